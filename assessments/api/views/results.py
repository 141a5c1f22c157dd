"""What an assessment came to, over the API."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from assessments import queries
from assessments.api.serializers import results
from assessments.models import Assessment
from core import clock
from core.api.pagination import Row
from core.api.views import ItemEndpoint


class AssessmentResults(ItemEndpoint):
    """The score by section, against the last one and the target, and what stands out: in twelve queries at most."""

    access_rule = "member"
    model = Assessment
    ref_example = "ONE-T2"
    code_fields = ("program__key", "code")
    serializer_class: Any = results.ResultsShown
    http_method_names = ("get", "head")

    def rows(self) -> QuerySet[Any, Row]:
        rows: QuerySet[Any, Any] = self.subjects().values("id", "version")
        return rows

    def subjects(self) -> QuerySet[Assessment]:
        return Assessment.objects.visible_to(self.reader).select_related("program", "template")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        found = queries.whole_results(self.subject(), clock.now())
        return self.show_document(results.results(found.results, found.rises, found.gaps, found.engagement))
