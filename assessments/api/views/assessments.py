"""Assessments: read, prepared, changed, deleted while drafts, and each move."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from assessments import access, models, queries, services
from assessments.api import filters
from assessments.api.serializers import assessments
from assessments.services import AssessmentDetails
from core import clock
from core.api.inputs import Reason
from core.api.pagination import Row
from core.api.views import ItemEndpoint, ListEndpoint, MoveEndpoint, ResourceEndpoint
from programs.access import MemberContext
from programs.choices import Role


class Assessments(ResourceEndpoint):
    access_rule = "member"
    model = models.Assessment
    ref_example = "ONE-T1"
    serializer_class: Any = assessments.AssessmentDetail
    code_fields = ("program__key", "code")

    def rows(self) -> QuerySet[Any, Row]:
        return assessments.Assessment.select(queries.assessments_with_progress(self.reader))

    def subjects(self) -> QuerySet[models.Assessment]:
        return models.Assessment.objects.visible_to(self.reader)

    def whole(self, values: Row) -> Row:
        is_deputy = values["program__deputy_sponsor_id"] == self.reader.pk
        member = MemberContext(values["program_id"], self.reader.pk, Role(values["role"]), is_deputy)
        facts = {name: values[name] for name in ("state", "facilitator_id")}
        return assessments.AssessmentDetail.row(
            values, legal_moves=access.open_moves(member, models.Assessment(**facts))
        )


class AssessmentList(Assessments, ListEndpoint):
    """The assessments of the reader's programs."""

    serializer_class = assessments.Assessment
    filterset_class = filters.AssessmentFilter
    orderings = ("id", "closes_on", "completed_on", "updated_at")

    @extend_schema(request=assessments.AssessmentRequest, responses={201: assessments.AssessmentDetail})
    def post(self, request: Request) -> HttpResponse:
        """Prepare an assessment, a draft that nobody is told of yet."""
        data = self.read(assessments.AssessmentRequest)
        places = {name: data.pop(name, None) for name in ("facilitator", "previous")}
        found = queries.find_places(self.reader, data.pop("program"), places)
        template = queries.template_of(data.pop("template")) if "template" in data else None
        details = AssessmentDetails(**data, template=template, facilitator=found["facilitator"])
        assessment = services.prepare_assessment(
            program=found["program"], details=details, previous=found["previous"], by=self.reader, at=clock.now()
        )
        return self.created(assessment.pk)


class AssessmentItem(Assessments, ItemEndpoint):
    """One assessment, with the moves that the reader can make."""

    @extend_schema(request=assessments.AssessmentChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Change what an assessment is; names and words stand from the opening on."""
        with self.changing(assessments.AssessmentChange) as (assessment, _row, data):
            named = {"facilitator": data["facilitator"]} if "facilitator" in data else {}
            data |= queries.find_moved(self.reader, assessment.program_id, named)
            services.edit_assessment(assessment=assessment, changes=data, by=self.reader, at=clock.now())
        return self.changed(assessment.pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, ref: str) -> HttpResponse:
        """Delete a draft."""
        with self.removing() as assessment:
            services.delete_assessment(assessment=assessment, by=self.reader, at=clock.now())
        return HttpResponse(status=204)


class AssessmentMove(Assessments, MoveEndpoint):
    """A move of an assessment."""

    service: ClassVar[Callable[..., models.Assessment]]

    def move(self, subject: models.Assessment, data: dict[str, Any]) -> None:
        type(self).service(assessment=subject, **data, by=self.reader, at=clock.now())


class AssessmentOpen(AssessmentMove):
    """Ask the assessors to answer, each alone, by the closing date."""

    service = services.open_assessment


class AssessmentWithdraw(AssessmentMove):
    """Make a draft of an assessment that nobody has answered yet."""

    service = services.withdraw_assessment


class AssessmentOpenConsensus(AssessmentMove):
    """End the answering, so that the spread is seen and all agree; there is no way back."""

    service = services.open_consensus


class AssessmentComplete(AssessmentMove):
    """Lock what was agreed, and keep the points."""

    service = services.complete_assessment


class AssessmentReopen(AssessmentMove):
    """Take the consensus up again, and say why."""

    input_class = Reason
    service = services.reopen_assessment


class AssessmentReview(AssessmentMove):
    """Say that the results were gone through together."""

    service = services.review_assessment
