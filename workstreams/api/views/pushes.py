"""What other dates for milestones push, and many of them said at once."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request

from core import clock
from core.api import renderers
from core.api.pagination import Row
from core.api.serializers import StrictSerializer
from core.api.views import Endpoint, ItemEndpoint
from core.exceptions import InvalidInput
from programs import access as program_access
from workstreams import access, services
from workstreams.api import references
from workstreams.api.serializers import milestones
from workstreams.api.views.milestones import Milestones
from workstreams.models import Milestone
from workstreams.queries import network as networks


class WhatIf(StrictSerializer):
    """A date that somebody thinks of."""

    forecast_on = fields.DateField(required=False)


class MilestonePushes(Milestones, ItemEndpoint):
    """What another date for a milestone would push: nothing is changed."""

    http_method_names = ("get", "head")
    serializer_class = milestones.Pushes
    query_parameters = ("forecast_on",)
    is_ruled = True

    @extend_schema(parameters=[OpenApiParameter("forecast_on", dt.date, description="The new date.")])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        values = self.values()
        read = WhatIf(data=request.query_params.dict())
        if not read.is_valid():
            raise InvalidInput(fields={name: [str(words) for words in said] for name, said in read.errors.items()})
        on = read.validated_data.get("forecast_on")
        proposed = {values["id"]: on} if on else {}
        today = clock.today(values["program__time_zone"])
        pushed = networks.what_is_pushed(values["program_id"], proposed, today)
        return renderers.answer(renderers.to_bytes({"pushes": [milestones.push(each) for each in pushed]}))


class MilestonesMove(Endpoint):
    """Other dates for many milestones with one reason: all of them, or none."""

    access_rule = "member"
    http_method_names = ("post",)
    serializer_class = milestones.Moved
    input_class = milestones.MoveMany

    @extend_schema(request=milestones.MoveMany, responses={200: milestones.Moved})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move milestones together, or with `dry_run` only tell what that would push."""
        data = self.read(milestones.MoveMany)
        named = [one["milestone"] for one in data["moves"]]
        program, found = references.milestones(self.reader, data["program"], named)
        moves = {row.pk: one["forecast_on"] for row, one in zip(found, data["moves"], strict=True)}
        pushed = networks.what_is_pushed(program.pk, moves, clock.today(program.time_zone))
        if data.get("dry_run"):
            self._require(program.pk, found)
        else:
            services.move_milestones(
                program=program, moves=moves, reason=data["reason"], by=self.reader, at=clock.now()
            )
        moved = [_moved(program.key, row, moves[row.pk]) for row in found]
        return renderers.answer(
            renderers.to_bytes({"moved": moved, "pushes": [milestones.push(each) for each in pushed]})
        )

    def _require(self, program_id: int, found: list[Milestone]) -> None:
        """Refuse to try what the caller may not do."""
        member = program_access.membership(self.reader, program_id)
        for milestone in found:
            access.require(member, milestone, "forecast")


def _moved(key: str, milestone: Milestone, due_on: dt.date) -> Row:
    return {"id": milestone.pk, "code": f"{key}-{milestone.code}", "name": milestone.name, "due_on": due_on}
