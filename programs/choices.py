"""The states, kinds and roles of a program and what stands in it, and their legal moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Machine, move


class Role(TextChoices):
    SPONSOR = "sponsor", _("Sponsor")
    MANAGER = "manager", _("Manager")
    LEAD = "lead", _("Lead")
    MEMBER = "member", _("Member")
    VIEWER = "viewer", _("Viewer")


class ProgramStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")
    STOPPED = "stopped", _("Stopped")


PROGRAM_MOVES = Machine(
    ProgramStatus,
    starts=[ProgramStatus.DRAFT],
    moves={
        "activate": move(ProgramStatus.DRAFT, to=ProgramStatus.ACTIVE),
        "deactivate": move(ProgramStatus.ACTIVE, to=ProgramStatus.DRAFT),
        "pause": move(ProgramStatus.ACTIVE, to=ProgramStatus.PAUSED),
        "resume": move(ProgramStatus.PAUSED, to=ProgramStatus.ACTIVE),
        "close": move(ProgramStatus.ACTIVE, ProgramStatus.PAUSED, to=ProgramStatus.CLOSED),
        "stop": move(ProgramStatus.ACTIVE, ProgramStatus.PAUSED, to=ProgramStatus.STOPPED),
        "reopen": move(ProgramStatus.CLOSED, ProgramStatus.STOPPED, to=ProgramStatus.ACTIVE),
    },
)


class PhaseStatus(TextChoices):
    PLANNED = "planned", _("Planned")
    ACTIVE = "active", _("Active")
    IN_REVIEW = "in_review", _("In review")
    CLOSED = "closed", _("Closed")
    STOPPED = "stopped", _("Stopped")


RUNNING_PHASES = (PhaseStatus.ACTIVE, PhaseStatus.IN_REVIEW)


class OutcomeArea(TextChoices):
    FINANCIAL = "financial", _("Financial")
    CUSTOMER = "customer", _("Customer")
    EMPLOYEE = "employee", _("Employee")
    PARTNER = "partner", _("Partner")


class OutcomeStatus(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed")
    REALISING = "realising", _("Realising")
    REALISED = "realised", _("Realised")
    MISSED = "missed", _("Missed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


_OPEN_OUTCOME = (OutcomeStatus.PROPOSED, OutcomeStatus.AGREED, OutcomeStatus.REALISING)
OUTCOME_MOVES = Machine(
    OutcomeStatus,
    starts=[OutcomeStatus.PROPOSED],
    moves={
        "agree": move(OutcomeStatus.PROPOSED, to=OutcomeStatus.AGREED),
        "begin": move(OutcomeStatus.AGREED, to=OutcomeStatus.REALISING),
        "realise": move(OutcomeStatus.AGREED, OutcomeStatus.REALISING, to=OutcomeStatus.REALISED),
        "miss": move(OutcomeStatus.AGREED, OutcomeStatus.REALISING, to=OutcomeStatus.MISSED),
        "withdraw": move(*_OPEN_OUTCOME, to=OutcomeStatus.WITHDRAWN),
        "reopen": move(
            OutcomeStatus.REALISED, OutcomeStatus.MISSED, OutcomeStatus.WITHDRAWN, to=OutcomeStatus.REALISING
        ),
    },
)


# Nothing is started in these any more.
ENDED_PROGRAMS = (ProgramStatus.CLOSED, ProgramStatus.STOPPED)
# What a program was for is measured after it has closed, too; a paused or stopped one asks nobody for a reading.
MEASURED_PROGRAMS = (ProgramStatus.DRAFT, ProgramStatus.ACTIVE, ProgramStatus.CLOSED)
# Nothing more is read of these.
ENDED_OUTCOMES = (OutcomeStatus.REALISED, OutcomeStatus.MISSED, OutcomeStatus.WITHDRAWN)


class MeasureKind(TextChoices):
    CUSTOMER_BEHAVIOUR = "customer_behaviour", _("Customer behaviour")
    CUSTOMER_PERCEPTION = "customer_perception", _("Customer perception")
    FINANCIAL = "financial", _("Financial")
    EMPLOYEE = "employee", _("Employee")
    PARTNER = "partner", _("Partner")
    INTERNAL = "internal", _("Internal")


class Direction(TextChoices):
    UP = "up", _("Up")
    DOWN = "down", _("Down")
    MAINTAIN = "maintain", _("Maintain")


class Cadence(TextChoices):
    WEEKLY = "weekly", _("Weekly")
    MONTHLY = "monthly", _("Monthly")
    QUARTERLY = "quarterly", _("Quarterly")
    PHASE = "phase", _("At the end of the phase")


class Rating(TextChoices):
    RED = "red", _("Red")
    AMBER = "amber", _("Amber")
    GREEN = "green", _("Green")


class Code(TextChoices):
    """The prefix of the codes made for each kind of thing; a loaded file may bring codes of its own."""

    PHASE = "PH", _("Phase")
    OUTCOME = "O", _("Outcome")
    MEASURE = "M", _("Measure")
    GATE = "G", _("Gate review")
    WORKSTREAM = "W", _("Workstream")
    PROJECT_MILESTONE = "S", _("Milestone of a project workstream")
    CHANGE_MILESTONE = "C", _("Milestone of a change workstream")
    ACTION = "A", _("Action item")
    RAID = "R", _("RAID entry")
    ASSESSMENT = "T", _("Self-assessment")
