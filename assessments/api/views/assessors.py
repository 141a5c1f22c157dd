"""Who answers an assessment and how far they are, for whoever facilitates it."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from assessments import access, models, queries, services
from assessments.api.serializers import assessors
from core import clock
from core.api.pagination import Row
from core.api.views import ItemEndpoint, ListEndpoint, ResourceEndpoint
from programs import access as program_access


class Assessors(ResourceEndpoint):
    access_rule = "member"
    model = models.Assessor
    ref_example = "ONE-T1"
    serializer_class: Any = assessors.Assessor

    @cached_property
    def assessment(self) -> models.Assessment:
        """The assessment that the path names."""
        return queries.assessment_for(self.reader, str(self.kwargs["ref"]))

    def rows(self) -> QuerySet[Any, Row]:
        return assessors.Assessor.select(queries.assessors_with_progress(self.assessment))

    def row(self, values: Row) -> Row:
        return self._with_sections([values])[0]

    def require_facilitate(self) -> None:
        """Keep who is asked, and how far they are, to whoever facilitates."""
        member = program_access.membership(self.reader, self.assessment.program_id)
        access.require_facilitate(member, self.assessment)

    def _with_sections(self, found: Sequence[Row]) -> list[Row]:
        chosen = queries.chosen_sections([values["id"] for values in found])
        return [assessors.assessor(values, chosen[values["id"]], self.assessment) for values in found]


class AssessorList(Assessors, ListEndpoint):
    """Who was asked, and how many criteria each answered; never what."""

    orderings = ("id",)

    def dress(self, rows: Sequence[Row]) -> list[Row]:
        return self._with_sections(rows)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        self.require_facilitate()
        return super().get(request, *args, **kwargs)

    @extend_schema(request=assessors.AssessorRequest, responses={201: assessors.Assessor})
    def post(self, request: Request, ref: str) -> HttpResponse:
        """Ask somebody to answer; who had left comes back to what they answered."""
        data = self.read(assessors.AssessorRequest)
        named = {"person": data.pop("person")} if "person" in data else {}
        data |= queries.find_moved(self.reader, self.assessment.program_id, named)
        data["sections"] = queries.sections_named(self.assessment, data.get("sections", []))
        place = services.add_assessor(assessment=self.assessment, **data, by=self.reader, at=clock.now())
        return self.created(place.pk)


class AssessorItem(Assessors, ItemEndpoint):
    """Somebody who was asked."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.require_facilitate()

    def where(self) -> Q:
        return Q(pk=self.kwargs["assessor"])

    @extend_schema(request=assessors.AssessorChange)
    def patch(self, request: Request, ref: str, assessor: int) -> HttpResponse:
        """Change which sections somebody answers, or whether they count as a leader."""
        with self.changing(assessors.AssessorChange) as (place, _row, data):
            if "sections" in data:
                data["sections"] = queries.sections_named(self.assessment, data["sections"])
            services.edit_assessor(assessor=place, changes=data, by=self.reader, at=clock.now())
        return self.changed(place.pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, ref: str, assessor: int) -> HttpResponse:
        """Ask somebody no longer; what they answered stays and counts."""
        with self.removing() as place:
            services.remove_assessor(assessor=place, by=self.reader, at=clock.now())
        return HttpResponse(status=204)
