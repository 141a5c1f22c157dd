"""Debriefs, their parts and their private notes: read, prepared, edited, and moved to their end."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from assessments import access, exceptions, models, queries, services
from assessments.api import filters
from assessments.api.serializers import debrief_parts, debriefs
from assessments.api.views.findings import placed
from assessments.choices import DEBRIEF_MOVES
from assessments.queries.pages import assessment_for
from core import clock
from core.api.inputs import Reason
from core.api.pagination import Row
from core.api.serializers import StrictSerializer
from core.api.views import ItemEndpoint, ListEndpoint, MoveEndpoint, ResourceEndpoint
from programs import access as program_access

_IN_PROGRAM = ("assessment__program__key", "assessment__code")


class Debriefs(ResourceEndpoint):
    access_rule = "member"
    model = models.Debrief
    ref_example = "ONE-T2"
    serializer_class: Any = debriefs.DebriefDetail
    code_fields = _IN_PROGRAM

    def rows(self) -> QuerySet[Any, Row]:
        return debriefs.Debrief.select(queries.readable_debriefs(self.reader))

    def whole(self, values: Row) -> Row:
        debrief = models.Debrief.objects.defer("private_notes").select_related("assessment").get(pk=values["id"])
        member = program_access.membership(self.reader, values["assessment__program_id"])
        parts = queries.readable_parts(self.reader).filter(debrief_id=values["id"]).order_by("position")
        may_facilitate = access.may_facilitate(member, debrief.assessment)
        return debriefs.DebriefDetail.row(
            values,
            parts=[debrief_parts.DebriefPart.row(part) for part in debrief_parts.DebriefPart.select(parts)],
            commitments=debriefs.commitments(queries.commitments(debrief), values["assessment__program__key"]),
            legal_moves=DEBRIEF_MOVES.legal(values["state"]) if may_facilitate else [],
        )


class DebriefList(Debriefs, ListEndpoint):
    """The debriefs of the reader's programs that were held, and those that the reader prepares or hears of first."""

    serializer_class = debriefs.Debrief
    filterset_class = filters.DebriefFilter
    orderings = ("id", "planned_on", "held_on", "updated_at")

    @extend_schema(request=debriefs.DebriefRequest, responses={201: debriefs.DebriefDetail})
    def post(self, request: Request) -> HttpResponse:
        """Prepare a debrief: its parts are written from what is known now."""
        data = self.read(debriefs.DebriefRequest)
        assessment = assessment_for(self.reader, data.pop("assessment"))
        made = services.prepare_debrief(assessment=assessment, **data, by=self.reader, at=clock.now())
        return self.created(made.pk)


class DebriefItem(Debriefs, ItemEndpoint):
    """One debrief, with its parts, what was committed to, and the moves that the reader can make."""

    @extend_schema(request=debriefs.DebriefChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Plan the meeting for another day."""
        with self.changing(debriefs.DebriefChange) as (debrief, row, data):
            planned_on = data.get("planned_on", row["planned_on"])
            services.plan_debrief(debrief=debrief, planned_on=planned_on, by=self.reader, at=clock.now())
        return self.changed(debrief.pk)


class DebriefMove(Debriefs, MoveEndpoint):
    """A move of a debrief."""

    input_class: ClassVar[type[StrictSerializer]] = Reason
    service: ClassVar[Callable[..., models.Debrief]]

    def move(self, subject: models.Debrief, data: dict[str, Any]) -> None:
        type(self).service(debrief=subject, **data, by=self.reader, at=clock.now())


class DebriefBrief(DebriefMove):
    """Say that the sponsor was briefed."""

    input_class = debriefs.Day
    service = services.brief_sponsor


class DebriefHold(DebriefMove):
    """Say that the meeting was held; everybody in the program reads it from then on."""

    input_class = debriefs.Day
    service = services.hold_debrief


class DebriefUndoBriefing(DebriefMove):
    """Undo that the sponsor was briefed, and say why."""

    service = services.undo_briefing


class DebriefUndoHolding(DebriefMove):
    """Undo that the meeting was held, and say why."""

    service = services.undo_holding


class DebriefReopen(DebriefMove):
    """Let it end in another way, and say why."""

    service = services.reopen_debrief


class DebriefCommit(DebriefMove):
    """End it: with commitments, or on record with none."""

    input_class = debriefs.Commit
    service = services.commit_debrief

    def move(self, subject: models.Debrief, data: dict[str, Any]) -> None:
        program_id = subject.assessment.program_id
        member = program_access.membership(self.reader, program_id)
        access.require_facilitate(member, subject.assessment)
        DEBRIEF_MOVES.target(subject.state, "commit")
        requests = [
            services.asked_there(
                text=said["text"], requested_for=said["requested_for"], **placed(self.reader, program_id, said)
            )
            for said in data.pop("requests", [])
        ]
        items = self._items(subject, data.pop("action_items", []))
        super().move(subject, {**data, "action_items": items, "requests": requests})

    def _items(self, debrief: models.Debrief, named: list[int | str]) -> list[Any]:
        """Return the action items that a body names, of those that the debrief can end with."""
        key = debrief.assessment.program.key
        found: dict[int | str, Any] = {}
        for item in queries.commitment_choices(debrief):
            found |= {item.pk: item, item.code: item, f"{key}-{item.code}": item}
        if any(name not in found for name in named):
            raise exceptions.CommitmentElsewhere(fields={"action_items": [exceptions.CommitmentElsewhere.sentence]})
        return [found[name] for name in named]


class DebriefParts(ResourceEndpoint):
    access_rule = "member"
    model = models.DebriefPart
    ref_example = "417"
    serializer_class: Any = debrief_parts.DebriefPart

    def rows(self) -> QuerySet[Any, Row]:
        return debrief_parts.DebriefPart.select(queries.readable_parts(self.reader))


class DebriefPartList(DebriefParts, ListEndpoint):
    """The parts of the debriefs that the reader may read."""

    filterset_class = filters.PartFilter
    orderings = ("id", "position")

    @extend_schema(request=debrief_parts.PartRequest, responses={201: debrief_parts.DebriefPart})
    def post(self, request: Request) -> HttpResponse:
        """Add a part of one's own."""
        data = self.read(debrief_parts.PartRequest)
        debrief = queries.debrief_for(self.reader, data.pop("debrief"))
        after = queries.part_named(debrief, data.pop("after", None))
        made = services.add_debrief_part(debrief=debrief, after=after, **data, by=self.reader, at=clock.now())
        return self.created(made.pk)


class DebriefPartItem(DebriefParts, ItemEndpoint):
    """One part; its version is its debrief's."""

    @extend_schema(request=debrief_parts.PartChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Change what it says, or leave it out."""
        with self.changing(debrief_parts.PartChange) as (part, _row, data):
            services.edit_debrief_part(part=part, **data, by=self.reader, at=clock.now())
        return self.changed(part.pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, ref: str) -> HttpResponse:
        """Take a part of one's own out."""
        with self.removing() as part:
            services.delete_debrief_part(part=part, by=self.reader, at=clock.now())
        return HttpResponse(status=204)


class DebriefNotes(Debriefs, ItemEndpoint):
    """The private notes, read and written by the sponsor and the facilitator alone."""

    serializer_class = debriefs.PrivateNotes

    def rows(self) -> QuerySet[Any, Row]:
        # Named one by one: the notes themselves are read apart, by whoever was let through to them.
        columns = ("id", "notes_version", "assessment__program__key", "assessment__code")
        rows: QuerySet[Any, Row] = queries.readable_debriefs(self.reader).values(*columns)
        return rows

    def values_of(self, where: Q) -> Row:
        """Return a debrief's row, to who sees its notes; refuse with 403 to others who may read it."""
        values = super().values_of(where)
        debrief = models.Debrief.objects.select_related("assessment__program").get(pk=values["id"])
        access.require_see_notes(self.reader, debrief)
        return {**values, "version": values["notes_version"]}

    def whole(self, values: Row) -> Row:
        text, _version = queries.private_notes_of(models.Debrief(pk=values["id"]))
        code = f"{values['assessment__program__key']}-{values['assessment__code']}"
        return {"id": values["id"], "debrief": code, "text": text}

    @extend_schema(request=debriefs.NotesChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Write them anew."""
        with self.changing(debriefs.NotesChange) as (debrief, _row, data):
            text = data.get("text")
            if text is not None:
                services.write_private_notes(debrief=debrief, text=text, by=self.reader, at=clock.now())
        return self.changed(debrief.pk)
