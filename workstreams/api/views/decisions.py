"""The decision log of a program over the API: read in pages, the newest first; and a decision recorded."""

import datetime as dt
from typing import Any

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from core import clock
from core.api import concurrency, renderers
from core.api.pagination import DEFAULT_LIMIT, MAX_LIMIT, NoSuchPage, Row
from core.api.views import ItemEndpoint
from core.exceptions import InvalidInput
from programs.models import Program
from workstreams import models, services
from workstreams.api.serializers import decisions
from workstreams.api.serializers.raid import RaidEntry
from workstreams.choices import DecisionKind
from workstreams.queries import decisions as queries
from workstreams.queries import find_places
from workstreams.queries.decisions import Edge, Scope
from workstreams.services import DecisionDetails

SALT = "workstreams.decisions"


def _edge(cursor: str) -> Edge | None:
    if not cursor:
        return None
    try:
        on, kind, row, is_backward = signing.loads(cursor, salt=SALT)
    except signing.BadSignature as error:
        raise NoSuchPage from error
    return Edge(dt.date.fromisoformat(on), kind, row, is_backward)


def _limit(said: str) -> int:
    if not said:
        return DEFAULT_LIMIT
    if not (said.isascii() and said.isdigit() and len(said) < 6 and 1 <= int(said) <= MAX_LIMIT):
        raise InvalidInput(fields={"limit": [_("Give a number from 1 to %(most)d.") % {"most": MAX_LIMIT}]})
    return int(said)


class ProgramDecisions(ItemEndpoint):
    """What was decided in a program."""

    access_rule = "member"
    model = Program
    ref_example = "ONE"
    code_fields = ("key",)
    serializer_class = decisions.DecisionLog
    http_method_names = ("get", "head", "post")
    query_parameters = ("kind", "cursor", "limit")

    def rows(self) -> QuerySet[Any, Row]:
        rows: QuerySet[Any, Any] = self.subjects().values("id", "key", "name", "time_zone")
        return rows

    def subjects(self) -> QuerySet[Program]:
        return Program.objects.visible_to(self.reader)

    @extend_schema(
        parameters=[
            OpenApiParameter("kind", str, enum=DecisionKind.values),
            OpenApiParameter("cursor", str, description="From `next` or `previous`."),
            OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}),
        ]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """List what was decided, the newest first, in two queries."""
        program, asked = self.values(), request.query_params
        if asked.get("kind", "") not in ("", *DecisionKind.values):
            raise InvalidInput(fields={"kind": [_("There is no such kind.")]})
        limit = _limit(asked.get("limit", ""))
        edge = _edge(asked.get("cursor", ""))
        log = queries.decisions(Scope(program["id"], program["time_zone"]), asked.get("kind", ""), edge)
        found = [queries.shown(row) for row in log[: limit + 1]]
        shown, has_more = found[:limit], len(found) > limit
        is_backward = edge is not None and edge.is_backward
        if is_backward:
            shown.reverse()
        has_previous = has_more if is_backward else edge is not None
        return self.show_document(
            {
                "results": [decisions.decision(row, program["key"]) for row in shown],
                "next": self._address(shown[-1]) if shown and (is_backward or has_more) else None,
                "previous": self._address(shown[0], is_backward=True) if shown and has_previous else None,
            }
        )

    def _address(self, edge: Row, *, is_backward: bool = False) -> str:
        query = QueryDict(mutable=True)
        query.update(self.request.query_params.dict())
        query["cursor"] = signing.dumps([edge["on"].isoformat(), edge["kind"], edge["row"], is_backward], salt=SALT)
        return self.request.build_absolute_uri(f"?{query.urlencode()}")

    @extend_schema(request=decisions.DecisionInput, responses={201: RaidEntry})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Record a decision; answers the entry of the RAID register that it became."""
        program: Program = self.subject()
        data = self.read(decisions.DecisionInput)
        places = {name: data.pop(name, None) for name in ("owner", "workstream")}
        found = find_places(self.reader, program.pk, places)
        details = DecisionDetails(**data, owner=found["owner"], workstream=found["workstream"])
        entry = services.record_decision(program=program, details=details, by=self.reader, at=clock.now())
        values = RaidEntry.select(models.RaidEntry.objects.visible_to(self.reader)).get(pk=entry.pk)
        shown = RaidEntry.row(values)
        body = renderers.to_bytes(shown)
        etag = concurrency.item_etag(values["version"], body)
        address = self.request.build_absolute_uri(shown["url"])
        return renderers.answer(body, status=201, etag=etag, headers={"Location": address})
