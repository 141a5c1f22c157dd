"""A draft re-planned as a whole over the API."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from core import clock
from core.api import renderers
from core.api.pagination import Row
from core.api.views import ItemEndpoint
from programs.models import Program
from workstreams import services
from workstreams.api.serializers import drafts


class ProgramReplan(ItemEndpoint):
    """All planned dates of a draft moved together."""

    access_rule = "member"
    model = Program
    ref_example = "ONE"
    code_fields = ("key",)
    serializer_class = drafts.Replanned
    input_class = drafts.ReplanInput
    http_method_names = ("post",)

    def rows(self) -> QuerySet[Any, Row]:
        rows: QuerySet[Any, Any] = self.subjects().values("id", "key")
        return rows

    def subjects(self) -> QuerySet[Program]:
        return Program.objects.visible_to(self.reader)

    @extend_schema(request=drafts.ReplanInput, responses={200: drafts.Replanned})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move all planned dates of a draft, baselines too, by days or to a start."""
        program: Program = self.subject()
        data = self.read(drafts.ReplanInput)
        done = services.replan_draft(program=program, by=self.reader, at=clock.now(), **data)
        return renderers.answer(renderers.to_bytes({"days": done.days, "dates_moved": done.dates_moved}))
