"""Adding, editing and deleting milestones, and the sponsor's decision to move a frozen baseline."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core import clock
from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit import services as audit
from notifications import services as notifications
from programs import access as program_access
from programs.choices import Code
from programs.models import Phase, Program
from programs.models.programs import validate_code
from programs.services import keep_ahead, next_code
from programs.services.guards import require_current, require_words
from workstreams import access, exceptions
from workstreams.choices import MILESTONE, MILESTONE_MOVES, Discipline
from workstreams.models import Milestone, MilestoneRebaselining, Workstream
from workstreams.services import push_notices
from workstreams.services.guards import require_name, require_places
from workstreams.services.milestone_transitions import locked, write

_CODES = {Discipline.PROJECT: Code.PROJECT_MILESTONE, Discipline.CHANGE: Code.CHANGE_MILESTONE}
# A code with more digits is a name; no counter follows it.
MOST_DIGITS = 9
EDITABLE = frozenset({"name", "owner", "goes_live", "baseline_on", "phase", "workstream"})


@dataclass(frozen=True, kw_only=True)
class MilestoneDetails:
    """What a new milestone is made of; without a code it gets the next one of its discipline."""

    workstream: Workstream
    phase: Phase
    name: str
    baseline_on: dt.date
    owner: User | None = None
    goes_live: bool = False
    code: str = ""


@transaction.atomic
def add_milestone(*, program: Program, details: MilestoneDetails, by: User, at: dt.datetime) -> Milestone:
    """Add a milestone to a plan. In a phase that has started its baseline is frozen from the first day.

    Raises:
        core.exceptions.NotAllowed: to who neither leads the workstream nor manages the program.
        NotInThisProgram: when a place or the owner is of elsewhere.
        CodeTaken: when another milestone of the program has the code.
    """
    member = program_access.membership(by, program.pk)
    require_places(program, vars(details))
    workstream = Workstream.objects.get(pk=details.workstream.pk)
    phase = Phase.objects.get(pk=details.phase.pk)
    access.require(member, Milestone(program=program, workstream=workstream), "add")
    facts = vars(details) | {"workstream": workstream, "phase": phase, "name": require_name(details.name)}
    facts["code"] = _code(program, Discipline(workstream.discipline), details.code)
    milestone = Milestone.objects.create(
        program=program,
        due_on=details.baseline_on,
        baseline_frozen_at=at if phase.actual_start_on else None,
        created_at=at,
        updated_at=at,
        **facts,
    )
    told = {
        "baseline_on": [None, audit.text_of(milestone.baseline_on)],
        "owner": [None, audit.text_of(milestone.owner)],
    }
    _record(milestone, "add", by=by, at=at, changes=told)
    notifications.wake()
    return milestone


@transaction.atomic
def edit_milestone(
    *, milestone: Milestone, changes: dict[str, Any], by: User, at: dt.datetime, expected_version: int | None = None
) -> Milestone:
    """Change what a milestone is; its baseline and phase only until the phase starts. Other dates have moves of theirs.

    Raises:
        core.exceptions.Stale: when it is no longer at the expected version.
        NotInThisProgram: when the new owner, phase or workstream does not belong to the program.
        BaselineFrozen: when its phase has started.
    """
    milestone, member = locked(milestone, by)
    access.require(member, milestone, "edit")
    require_current(milestone, expected_version)
    changed = {name: value for name, value in changes.items() if getattr(milestone, name) != value}
    if unknown := changed.keys() - EDITABLE:
        raise core_exceptions.InvalidInput(fields={name: [core_exceptions.InvalidInput.sentence] for name in unknown})
    require_places(milestone.program, changed)
    if not changed:
        return milestone
    if "name" in changed:
        changed["name"] = require_name(changed["name"])
    changed = _with_consequences(milestone, member, changed, at)
    if "due_on" in changed:
        push_notices.tell_of_date(milestone, changed["due_on"], by=by, at=at)
    return write(milestone, "edit", by=by, at=at, **changed)


def _with_consequences(
    milestone: Milestone, member: program_access.MemberContext, changed: dict[str, Any], at: dt.datetime
) -> dict[str, Any]:
    """Return changes with what follows from them: another workstream, a started phase, another baseline."""
    if "workstream" in changed:
        changed["workstream"] = Workstream.objects.get(pk=changed["workstream"].pk)
        access.require(member, Milestone(program=milestone.program, workstream=changed["workstream"]), "edit")
    frozen = {"baseline_on", "phase"} & changed.keys()
    if frozen and milestone.baseline_frozen_at is not None:
        raise exceptions.BaselineFrozen(fields={name: [exceptions.BaselineFrozen.sentence] for name in frozen})
    if "phase" in changed:
        changed["phase"] = Phase.objects.get(pk=changed["phase"].pk)
        if changed["phase"].actual_start_on:
            changed["baseline_frozen_at"] = at
    if "baseline_on" in changed and not milestone.forecasts.exists():
        changed["due_on"] = changed["baseline_on"]
    return changed


@transaction.atomic
def rebaseline_milestone(
    *, milestone: Milestone, baseline_on: dt.date, reason: str, by: User, at: dt.datetime
) -> Milestone:
    """Decide that a frozen baseline moves, and why: the sponsor's decision, kept for good with the day it replaces.

    Raises:
        core.exceptions.NotAllowed: to who is neither the sponsor nor the deputy.
        BaselineNotFrozen: before its phase has started.
        SameDate: when this is its baseline already; ReasonMissing: without a reason.
    """
    milestone, member = locked(milestone, by)
    access.require(member, milestone, "rebaseline")
    MILESTONE_MOVES.target(milestone.state, "rebaseline")
    if milestone.baseline_frozen_at is None:
        raise exceptions.BaselineNotFrozen
    reason = require_words(reason, field="reason")
    if baseline_on == milestone.baseline_on:
        raise exceptions.SameDate(fields={"baseline_on": [exceptions.SameDate.sentence]})
    decision = MilestoneRebaselining.objects.create(
        milestone=milestone,
        old_on=milestone.baseline_on,
        new_on=baseline_on,
        decided_on=clock.today(milestone.program.time_zone, at),
        decided_by=by,
        reason=reason,
    )
    changes: dict[str, Any] = {"baseline_on": baseline_on, "rebaselining": decision}
    if not milestone.forecasts.exists():
        changes["due_on"] = baseline_on
        push_notices.tell_of_date(milestone, baseline_on, by=by, at=at)
    return write(milestone, "rebaseline", by=by, at=at, reason=reason, **changes)


@transaction.atomic
def delete_milestone(*, milestone: Milestone, by: User, at: dt.datetime, expected_version: int | None = None) -> None:
    """Delete a milestone that nothing hangs on yet, with what it waits for; anything else is cancelled instead.

    Raises:
        MilestoneInUse: naming what hangs on it.
    """
    milestone, member = locked(milestone, by)
    access.require(member, milestone, "delete")
    require_current(milestone, expected_version)
    if uses := _uses(milestone):
        raise exceptions.MilestoneInUse(uses=pgettext("list", ", ").join(uses))
    notifications.cancel(kind=MILESTONE, subject_ids=[milestone.pk], at=at)
    _record(milestone, "delete", by=by, at=at, changes={"baseline_on": [audit.text_of(milestone.baseline_on), None]})
    milestone.delete()


def _uses(milestone: Milestone) -> list[str]:
    """Return what hangs on a milestone, in words."""
    actions, waiting = milestone.action_items.count(), milestone.successor_links.count()
    found = (
        (milestone.baseline_frozen_at is not None, _("its phase has started")),
        (milestone.forecasts.exists(), _("other dates were said for it")),
        (
            actions > 0,
            ngettext("%(n)d action item serves it", "%(n)d action items serve it", actions) % {"n": actions},
        ),
        (
            waiting > 0,
            ngettext("%(n)d milestone waits for it", "%(n)d milestones wait for it", waiting) % {"n": waiting},
        ),
    )
    return [words for is_so, words in found if is_so]


def _record(milestone: Milestone, verb: str, *, by: User, at: dt.datetime, changes: dict[str, Any]) -> None:
    audit.record(
        by=by,
        at=at,
        verb=f"{verb}_milestone",
        scope=f"program:{milestone.program_id}",
        subject=f"{MILESTONE}:{milestone.pk}",
        label=push_notices.label(milestone),
        changes=changes,
    )


def _code(program: Program, discipline: Discipline, wanted: str) -> str:
    """Return the code wanted, if it is free, or the next one of the discipline."""
    kind = _CODES[discipline]
    if not wanted:
        return next_code(program_id=program.pk, kind=kind)
    try:
        validate_code(wanted)
    except ValidationError as error:
        raise core_exceptions.InvalidInput(fields={"code": error.messages}) from error
    for each in _CODES.values():
        number = wanted.removeprefix(each.value)
        if number != wanted and number.isascii() and number.isdigit() and len(number) < MOST_DIGITS:
            keep_ahead(program_id=program.pk, kind=each, number=int(number))
    if Milestone.objects.filter(program=program, code=wanted).exists():
        taken = exceptions.CodeTaken(code=wanted)
        raise exceptions.CodeTaken(code=wanted, fields={"code": [taken.message]})
    return wanted
