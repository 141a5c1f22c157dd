"""Templates of assessments: read, kept as text, deleted while unused; a version never changes."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from assessments import exceptions, models, queries, services
from assessments.api import filters
from assessments.api.serializers import templates
from core import clock
from core.api.pagination import Row
from core.api.views import ItemEndpoint, ListEndpoint, ResourceEndpoint


class Templates(ResourceEndpoint):
    access_rule = "signed_in"
    model = models.AssessmentTemplate
    ref_example = "crm-best-practice"
    serializer_class: Any = templates.AssessmentTemplateDetail

    def rows(self) -> QuerySet[Any, Row]:
        return templates.TemplateBase.select(queries.templates_with_counts())

    def whole(self, values: Row) -> Row:
        return templates.AssessmentTemplateDetail.row(values, sections=queries.whole_template(values["id"]))


class TemplateList(Templates, ListEndpoint):
    """Every version of every template, with its sections; all who sign in share them."""

    serializer_class = templates.AssessmentTemplate
    filterset_class = filters.TemplateFilter
    orderings = ("id", "slug", "title")

    def dress(self, rows: Sequence[Row]) -> list[Row]:
        sections = queries.sections_of([values["id"] for values in rows])
        return [templates.AssessmentTemplate.row(values, sections=sections[values["id"]]) for values in rows]

    @extend_schema(request=templates.TemplateRequest, responses={201: templates.AssessmentTemplateDetail})
    def post(self, request: Request) -> HttpResponse:
        """Keep a template, or its next version; every fault is told with its path and line."""
        data = self.read(templates.TemplateRequest)
        source = self._source(data.get("copied_from", ""))
        saved = services.save_template(text=data["document"], copied_from=source, by=self.reader, at=clock.now())
        return self.created(saved.pk)

    def _source(self, reference: str) -> models.AssessmentTemplate | None:
        if not reference:
            return None
        found = models.AssessmentTemplate.objects.filter(queries.template_named(reference)).first()
        if found is None:
            raise exceptions.NoSuchTemplate(fields={"copied_from": [exceptions.NoSuchTemplate.sentence]})
        return found


class TemplateItem(Templates, ItemEndpoint):
    """A version with all its criteria: crm-best-practice is its newest, crm-best-practice.1 its first."""

    def where(self) -> Q:
        return queries.template_named(str(self.kwargs["ref"]))

    def subjects(self) -> QuerySet[models.AssessmentTemplate]:
        return models.AssessmentTemplate.objects.all()

    @extend_schema(responses={204: None})
    def delete(self, request: Request, ref: str) -> HttpResponse:
        """Delete a version that nothing was assessed with."""
        with self.removing() as template:
            services.delete_template(template=template, by=self.reader, at=clock.now())
        return HttpResponse(status=204)
