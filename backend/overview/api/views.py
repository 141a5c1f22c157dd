"""The figures of a program in one answer, the sponsor's word on its confidence, and what the reader is asked."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from assessments.queries import score_history
from backend.overview import services
from backend.overview.api import rows, serializers
from backend.overview.queries import asks
from backend.overview.queries.confidence_statements import Confidence, confidence, latest
from backend.overview.queries.figures import Figures, program_figures
from backend.overview.queries.known_by import Known, known_by
from core import clock
from core.api.pagination import Row
from core.api.views import Endpoint, ItemEndpoint
from programs.models import Program

MOST_ASKS = 100


class OfProgram(ItemEndpoint):
    """What belongs to a program as a whole."""

    access_rule = "member"
    model = Program
    ref_example = "ONE"
    code_fields = ("key",)
    serializer_class: Any

    def rows(self) -> QuerySet[Any, Row]:
        rows: QuerySet[Any, Any] = self.subjects().values("id", "key", "name", "time_zone")
        return rows

    def subjects(self) -> QuerySet[Program]:
        return Program.objects.visible_to(self.reader)

    def computed(self, program_id: int, time_zone: str) -> tuple[Figures, Confidence, Known]:
        """Return a program's figures now, its delivery confidence and when the rest of it will be known."""
        at = clock.now()
        found = program_figures(program_id, clock.today(time_zone, at))
        return found, confidence(found, latest([program_id]).get(program_id), at), known_by(program_id, found)


class ProgramOverview(OfProgram):
    """Everything that is computed of a program: a fixed number of queries, whatever its size."""

    serializer_class = serializers.Overview
    http_method_names = ("get", "head")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        program = self.values()
        scores = score_history([program["id"]])[program["id"]]
        return self.show_document(rows.overview(program, *self.computed(program["id"], program["time_zone"]), scores))


class ProgramConfidence(OfProgram):
    """Delivery confidence, and the sponsor's word on it."""

    serializer_class = serializers.Confidence
    input_class = serializers.StateConfidence

    http_method_names = ("get", "head", "post")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        program = self.values()
        return self.show_document(rows.confidence(*self.computed(program["id"], program["time_zone"])))

    @extend_schema(responses=serializers.Confidence)
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm the computed rating, or override it with a reason: the sponsor's or the deputy's."""
        program: Program = self.subject()
        data = self.read(serializers.StateConfidence)
        at = clock.now()
        found = services.state_confidence(program=program, **data, by=self.reader, at=at)
        said = confidence(found, latest([program.pk]).get(program.pk), at)
        return self.show_document(rows.confidence(found, said, known_by(program.pk, found)))


class Asks(Endpoint):
    """What is asked of the reader now: the same as My work, the Program page and Programs say."""

    access_rule = "signed_in"
    serializer_class = serializers.Asks
    http_method_names = ("get", "head")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        found = asks.tasks(asks.scope(self.reader, clock.now()))
        asked, address = asks.asks(found), request.build_absolute_uri
        coming = asks.coming(found)
        return self.show_document(
            {
                "asks": [rows.ask(task, address) for task in asked[:MOST_ASKS]],
                "has_more": len(asked) > MOST_ASKS,
                "next": None if coming is None else rows.ask(coming, address),
            }
        )
