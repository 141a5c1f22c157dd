"""Asking for an action item, and editing what was asked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit import services as audit
from notifications import services as notifications
from programs import access as program_access
from programs.choices import Code
from programs.models import Membership, Outcome, Phase, Program
from programs.services import next_code, next_codes
from programs.services.guards import require_current
from workstreams import access, exceptions, notices
from workstreams.choices import ActionSource, ActionState
from workstreams.models import ActionEvent, ActionItem, GateCondition, GateReview, Milestone, Workstream
from workstreams.services import action_trail
from workstreams.services.guards import require_places


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
    access.require_request(program_access.membership(by, program.pk))
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
) -> ActionItem:
    """Add a requested item with its first line of history, and tell its performer."""
    require_places(program, vars(request))
    _check_performers(program, [request.performer])
    # The code's counter lets one request of a program pass at a time: none can take an external id in between.
    code = next_code(program_id=program.pk, kind=Code.ACTION)
    _check_external(program, request)
    item = _new(program, code, request, requester=requester, source=source, at=at)
    item.renewal_of = renewal_of
    item.save(force_insert=True)
    _tell_of([item], by=by, at=at)
    return item


def insert_conditions(
    *, gate: GateReview, asked: Sequence[tuple[GateCondition, ActionRequest]], by: User, at: dt.datetime
) -> list[ActionItem]:
    """Add the items that answer the conditions of a gate, however many, in the same few statements as one."""
    if not asked:
        return []
    program = gate.program
    for _condition, request in asked:
        require_places(program, vars(request))
    _check_performers(program, [request.performer for _condition, request in asked])
    codes = next_codes(program_id=program.pk, kind=Code.ACTION, count=len(asked))
    items = []
    for code, (condition, request) in zip(codes, asked, strict=True):
        item = _new(program, code, request, requester=by, source=ActionSource.GATE, at=at)
        item.gate_condition = condition
        items.append(item)
    ActionItem.objects.bulk_create(items)
    _tell_of(items, by=by, at=at)
    return items


def _new(
    program: Program, code: str, request: ActionRequest, *, requester: User, source: ActionSource, at: dt.datetime
) -> ActionItem:
    stamps = {"created_at": at, "updated_at": at}
    return ActionItem(program=program, code=code, requester=requester, source=source, **vars(request), **stamps)


def _tell_of(items: Sequence[ActionItem], *, by: User, at: dt.datetime) -> None:
    """Write the first line of history of new items, and tell their performers."""
    ActionEvent.objects.bulk_create(
        ActionEvent(
            item=item, at=at, by=by, move="request", state_after=ActionState.REQUESTED, due_after=item.requested_for
        )
        for item in items
    )
    audit.record_all(action_trail.entry(item, "request", by=by, at=at) for item in items)
    notifications.wake()
    notices.tell_requested(items, by=by, at=at)


@transaction.atomic
def edit_action(
    *, item: ActionItem, changes: dict[str, Any], by: User, at: dt.datetime, expected_version: int | None = None
) -> ActionItem:
    """Change what was asked, whole fields at a time; a promised date is renegotiated, not edited.

    Raises:
        core.exceptions.Stale: when the item is no longer at the expected version.
        NotInThisProgram: when a reference points elsewhere.
    """
    item, member = action_trail.locked(item, by)
    access.require(member, item, "edit")
    require_current(item, expected_version)
    if unknown := changes.keys() - EDITABLE:
        raise core_exceptions.InvalidInput(fields={name: [core_exceptions.InvalidInput.sentence] for name in unknown})
    require_places(item.program, changes)
    changed = {name: value for name, value in changes.items() if getattr(item, name) != value}
    if not changed:
        return item
    action_trail.record(item, "edit", by=by, at=at, reason="", changes=audit.write(item, changed, at=at))
    action_trail.follow(item, at=at)
    return item


def _check_performers(program: Program, performers: Sequence[User]) -> None:
    wanted = {performer.pk for performer in performers}
    if Membership.objects.filter(program=program, person_id__in=wanted).count() < len(wanted):
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
