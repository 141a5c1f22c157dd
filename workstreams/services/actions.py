"""Asking for an action item, and editing what was asked."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core import exceptions as core_exceptions
from core.accounts.models import User
from notifications import services as notifications
from programs import access as program_access
from programs.choices import Code
from programs.models import GateCondition, Membership, Outcome, Phase, Program
from programs.services import next_code
from workstreams import access, exceptions, notices
from workstreams.choices import ActionSource, ActionState
from workstreams.models import ActionEvent, ActionItem, Milestone, Workstream
from workstreams.services import history


@dataclass(frozen=True, kw_only=True)
class ActionRequest:
    """What somebody asks of a performer."""

    workstream: Workstream
    phase: Phase
    title: str
    performer: User
    requested_for: dt.date
    milestone: Milestone | None = None
    outcome: Outcome | None = None
    detail: str = ""
    needs_acceptance: bool = False
    external_source: str = ""
    external_id: str = ""


TITLE_LENGTH = 300
# What may be edited of an item after it was asked for.
EDITABLE = frozenset(
    {"title", "detail", "workstream", "phase", "milestone", "outcome", "requested_for", "needs_acceptance"}
)


def worded(text: str) -> tuple[str, str]:
    """Return title and detail of what a longer text asks for: what no title can hold stands whole in the detail."""
    return (text, "") if len(text) <= TITLE_LENGTH else (f"{text[: TITLE_LENGTH - 1]}…", text)


@transaction.atomic
def request_action(*, program: Program, request: ActionRequest, by: User, at: dt.datetime) -> ActionItem:
    """Ask somebody of the program for something by a day; who asks oneself still has to promise.

    Raises:
        core.exceptions.NotFound: to a stranger; NotAllowed: to a viewer.
        NotInThisProgram: when a reference points elsewhere.
        ExternalIdTaken: when an item carries the same external id.
    """
    access.require_request(program_access.standing(by, program.pk))
    return insert_action(program=program, request=request, requester=by, by=by, at=at)


def insert_action(
    *,
    program: Program,
    request: ActionRequest,
    requester: User,
    by: User,
    at: dt.datetime,
    source: ActionSource = ActionSource.MANUAL,
    renewal_of: ActionItem | None = None,
    condition: GateCondition | None = None,
) -> ActionItem:
    """Add a requested item with its first line of history, and tell its performer."""
    _check_places(program, vars(request))
    _check_performer(program, request.performer)
    # The code's counter lets one request of a program pass at a time: none can take an external id in between.
    code = next_code(program_id=program.pk, kind=Code.ACTION)
    _check_external(program, request)
    item = ActionItem.objects.create(
        program=program,
        code=code,
        requester=requester,
        source=source,
        renewal_of=renewal_of,
        gate_condition=condition,
        created_at=at,
        updated_at=at,
        **vars(request),
    )
    ActionEvent.objects.create(
        item=item, at=at, by=by, move="request", state_after=ActionState.REQUESTED, due_after=item.requested_for
    )
    history.record(item, "request", by=by, at=at, reason="", changes={})
    notifications.wake()
    notices.tell(notices.REQUESTED, item, to=[item.performer_id], by=by, at=at)
    return item


@transaction.atomic
def edit_action(
    *, item: ActionItem, changes: dict[str, Any], by: User, at: dt.datetime, expected_version: int | None = None
) -> ActionItem:
    """Change what was asked, whole fields at a time; a promised date is renegotiated, not edited.

    Raises:
        core.exceptions.Stale: when the item is no longer at the expected version.
        NotInThisProgram: when a reference points elsewhere.
    """
    item, who = history.locked(item, by)
    access.require(who, item, "edit")
    if expected_version is not None and item.version != expected_version:
        raise core_exceptions.Stale
    if unknown := changes.keys() - EDITABLE:
        raise core_exceptions.InvalidInput(fields={name: [core_exceptions.InvalidInput.sentence] for name in unknown})
    _check_places(item.program, changes)
    told = {name: [_text(getattr(item, name)), _text(value)] for name, value in changes.items()}
    told = {name: pair for name, pair in told.items() if pair[0] != pair[1]}
    if not told:
        return item
    for name in told:
        setattr(item, name, changes[name])
    item.version, item.updated_at = item.version + 1, at
    item.save(update_fields=[*told, "version", "updated_at"])
    history.record(item, "edit", by=by, at=at, reason="", changes=told)
    history.follow(item, at=at)
    return item


def _text(value: Any) -> Any:
    """Return a value as the audit trail keeps it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return getattr(value, "code", value)


def _check_places(program: Program, values: dict[str, Any]) -> None:
    """Refuse a workstream, phase, milestone or outcome of another program."""
    for name in ("workstream", "phase", "milestone", "outcome"):
        place = values.get(name)
        if place is not None and place.program_id != program.pk:
            raise exceptions.NotInThisProgram(fields={name: [exceptions.NotInThisProgram.sentence]})


def _check_performer(program: Program, performer: User) -> None:
    if not Membership.objects.filter(program=program, person=performer).exists():
        raise exceptions.NotInThisProgram(fields={"performer": [exceptions.NotInThisProgram.sentence]})


def _check_external(program: Program, request: ActionRequest) -> None:
    if not request.external_id:
        return
    if not request.external_source:
        raise exceptions.ReasonMissing(fields={"external_source": [exceptions.ReasonMissing.sentence]})
    existing = ActionItem.objects.filter(
        program=program, external_source=request.external_source, external_id=request.external_id
    ).values_list("pk", flat=True)
    if found := existing.first():
        raise exceptions.ExternalIdTaken(
            existing_id=found, external_source=request.external_source, external_id=request.external_id
        )
