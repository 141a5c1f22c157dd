"""What makes a program whole: its two disciplines, its reminders, and what it needs before it is active."""

import datetime as dt

from django.db import transaction

from core.accounts.models import User
from core.audit import services as audit
from notifications import services as notifications
from notifications.registry import RuleInput
from programs import access as program_access
from programs.access import Right
from programs.choices import PROGRAM_MOVES
from programs.exceptions import ProgramNotReady
from programs.models import Program
from workstreams import queries
from workstreams.choices import ACTION, MILESTONE

# What a new program starts with; its manager changes them before starting the reminders.
DEFAULT_RULES = (
    RuleInput(kind=MILESTONE, offsets=(-14, -7, -1, 0), overdue_every=3, audience=("owner",)),
    RuleInput(kind=ACTION, offsets=(-3, 0), overdue_every=2, audience=("performer",)),
    # Named by text: the kind is one of an upper floor.
    RuleInput(kind="assessment", offsets=(-3, 0), overdue_every=2, audience=("assessor", "facilitator")),
    RuleInput(kind="reassessment", offsets=(-14, 0), overdue_every=7, audience=("manager",)),
)


@transaction.atomic
def activate_program(*, program: Program, by: User, at: dt.datetime) -> Program:
    """Make a draft active.

    Raises:
        core.exceptions.NotAllowed: to who is no manager.
        ProgramNotReady: naming everything that is missing.
    """
    program_access.require(program_access.standing(by, program.pk), Right.MANAGE)
    program = Program.objects.select_for_update().get(pk=program.pk)
    status = PROGRAM_MOVES.target(program.status, "activate")
    if gaps := queries.activation_gaps(program):
        raise ProgramNotReady(gaps=gaps, gaps_text="; ".join(str(gap) for gap in gaps))
    program.status, program.updated_at, program.version = status, at, program.version + 1
    program.save(update_fields=["status", "updated_at", "version"])
    subject = f"program:{program.pk}"
    audit.record(by=by, at=at, verb="activate_program", scope=subject, subject=subject, label=str(program))
    return program


@transaction.atomic
def start_reminders(*, program: Program, by: User, at: dt.datetime) -> None:
    """Switch a program's reminders on; its manager has seen what would be sent."""
    program_access.require(program_access.standing(by, program.pk), Right.MANAGE)
    notifications.start_reminders(scope_id=program.pk, by=by, at=at)


@transaction.atomic
def stop_reminders(*, program: Program, by: User, at: dt.datetime) -> None:
    """Switch a program's reminders off."""
    program_access.require(program_access.standing(by, program.pk), Right.MANAGE)
    notifications.stop_reminders(scope_id=program.pk, by=by, at=at)
