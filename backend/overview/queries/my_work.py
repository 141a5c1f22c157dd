"""What is asked of a person, over all their programs: one short query a kind of thing, sorted into groups."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.choices import AssessmentState
from assessments.queries.pending_requests import asked
from core import clock
from core.accounts.models import User
from programs import queries as measures
from programs.choices import MEASURED_PROGRAMS, ProgramStatus
from programs.models import Measure
from workstreams import queries as work
from workstreams.choices import OPEN_ACTIONS, ActionState, GateState, MilestoneState, RaidKind, RaidState
from workstreams.models import ActionItem, GateReview, Milestone, RaidEntry
from workstreams.queries import dates
from workstreams.queries import network as networks
from workstreams.queries.line_of_sight import Effect

# More of one kind than this is no list that a person works through; the program's own lists hold the rest.
MOST_OF_A_KIND = 200
# The program's clockwork runs in these.
_LIVE = (ProgramStatus.DRAFT, ProgramStatus.ACTIVE)


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing in somebody's work. `kind` names the template part that shows it; `due_on` is its date."""

    kind: str
    code: str
    title: str
    due_on: dt.date
    today: dt.date
    url: str
    is_asked: bool = False
    is_waiting: bool = False
    whom: str = ""
    program: str = ""
    why: str = ""
    effect: Effect | None = None
    row: dict[str, Any]

    @property
    def is_late(self) -> bool:
        """Tell whether its day is gone."""
        return self.due_on < self.today

    @property
    def group(self) -> str:
        """Return where it stands: what others owe, what is late, what waits for an answer, then by date."""
        if self.is_waiting:
            return "waiting"
        if self.is_asked:
            return "asked"
        if self.is_late:
            return "late"
        return "week" if (self.due_on - self.today).days < 7 else "later"


def tasks(person: User, at: dt.datetime) -> list[Task]:
    """Return everything in a person's work, by date; at most 200 of a kind, in seven queries."""
    found = [*_actions(person, at), *_milestones(person, at), *_readings(person, at), *_gates(person, at)]
    found += [*_raid(person, at), *_assessments(person, at)]
    return sorted(found, key=lambda task: (task.due_on, task.code))


def _common(row: dict[str, Any], at: dt.datetime) -> dict[str, Any]:
    return {
        "code": f"{row['program__key']}-{row['code']}",
        "today": clock.today(row["program__time_zone"], at),
        "program": row["program__name"],
        "row": row,
    }


_PROGRAM = ("program__key", "program__name", "program__time_zone")


def _actions(person: User, at: dt.datetime) -> Iterator[Task]:
    """Yield the open items a person performs, and those they asked others for."""
    mine = Q(performer=person) | Q(requester=person)
    items = ActionItem.objects.visible_to(person).filter(mine, state__in=OPEN_ACTIONS, program__status__in=_LIVE)
    columns = ("pk", "code", "title", "state", "requested_for", "promised_for", "done_on", "due_on", "performer_id")
    names = ("requester_id", "requester__name", "performer__name", "needs_acceptance", "accepted_on", "outcome_id")
    rows = list(
        items.order_by("due_on", "pk").values(*columns, *names, "outcome__statement", *_PROGRAM)[:MOST_OF_A_KIND]
    )
    effects = work.effects({row["outcome_id"] for row in rows if row["outcome_id"]})
    for row in rows:
        is_mine = row["performer_id"] == person.pk
        is_done = row["done_on"] is not None and row["needs_acceptance"]
        to_accept = is_done and row["requester_id"] == person.pk
        common = _common(row, at)
        yield Task(
            kind="acceptance" if to_accept else "action" if is_mine else "awaited",
            title=row["title"],
            due_on=row["due_on"],
            url=reverse("workstreams:action", args=[common["code"]]),
            is_asked=to_accept or (is_mine and row["state"] == ActionState.REQUESTED),
            is_waiting=not to_accept and (not is_mine or is_done),
            whom=row["requester__name"] if is_mine else row["performer__name"],
            why=row["outcome__statement"] or "",
            effect=effects.get(row["outcome_id"]),
            **common,
        )


def _milestones(person: User, at: dt.datetime) -> Iterator[Task]:
    """Yield the milestones a person owns that are still planned."""
    own = Milestone.objects.visible_to(person).filter(
        owner=person, state=MilestoneState.PLANNED, program__status__in=_LIVE
    )
    columns = ("pk", "program_id", "code", "name", "workstream__name", "phase__name", *dates.COLUMNS, *_PROGRAM)
    rows = list(own.order_by("due_on", "pk").values(*columns)[:MOST_OF_A_KIND])
    found = networks.networks({row["program_id"]: clock.today(row["program__time_zone"], at) for row in rows})
    for row in rows:
        common = _common(row, at)
        yield Task(
            kind="milestone",
            title=row["name"],
            due_on=dates.dated(row, found[row["program_id"]])["on"],
            url=reverse("workstreams:milestone", args=[common["code"]]),
            whom=row["workstream__name"],
            why=_("Milestone of “%(phase)s”") % {"phase": row["phase__name"]},
            **common,
        )


def _readings(person: User, at: dt.datetime) -> Iterator[Task]:
    """Yield the measures whose next reading a person owes."""
    own = Measure.objects.visible_to(person).filter(owner=person, program__status__in=MEASURED_PROGRAMS)
    rows = measures.with_reading_due(own).filter(reading_due_on__isnull=False).order_by("reading_due_on", "pk")
    columns = ("pk", "code", "name", "unit", "reading_due_on", "outcome__code", "outcome__statement", *_PROGRAM)
    for row in rows.values(*columns)[:MOST_OF_A_KIND]:
        common = _common(row, at)
        outcome = reverse("programs:outcome", args=[f"{row['program__key']}-{row['outcome__code']}"])
        yield Task(
            kind="reading",
            title=row["name"],
            due_on=row["reading_due_on"],
            url=f"{outcome}#{row['code']}",
            why=row["outcome__statement"],
            **common,
        )


def _gates(person: User, at: dt.datetime) -> Iterator[Task]:
    """Yield the gate reviews that a person holds as manager or decides as sponsor or deputy."""
    open_gates = GateReview.objects.visible_to(person).exclude(state=GateState.DECIDED)
    theirs = open_gates.filter(
        Q(program__manager=person) | Q(program__sponsor=person) | Q(program__deputy_sponsor=person),
        program__status__in=_LIVE,
    )
    columns = ("pk", "code", "planned_on", "state", "phase__name", *_PROGRAM)
    for row in theirs.order_by("planned_on", "pk").values(*columns)[:MOST_OF_A_KIND]:
        common = _common(row, at)
        yield Task(
            kind="gate",
            title=_("Gate review of “%(phase)s”") % {"phase": row["phase__name"]},
            due_on=row["planned_on"],
            why=_("Held, and waits for a decision") if row["state"] == GateState.HELD else "",
            url=reverse("workstreams:gate", args=[common["code"]]),
            **common,
        )


def _raid(person: User, at: dt.datetime) -> Iterator[Task]:
    """Yield the entries of the register that a person has to look at again."""
    own = RaidEntry.objects.visible_to(person).filter(
        owner=person, program__status__in=_LIVE, state__in=(RaidState.OPEN, RaidState.MITIGATING)
    )
    rows = own.exclude(kind=RaidKind.DECISION).exclude(review_on=None).annotate(day=F("review_on"))
    columns = ("pk", "code", "title", "kind", "day", *_PROGRAM)
    for row in rows.order_by("day", "pk").values(*columns)[:MOST_OF_A_KIND]:
        common = _common(row, at)
        yield Task(
            kind="raid",
            title=row["title"],
            due_on=row["day"],
            url=reverse("overview:program", args=[row["program__key"]]),
            why=_("%(kind)s to review") % {"kind": RaidKind(row["kind"]).label},
            **common,
        )


def _assessments(person: User, at: dt.datetime) -> Iterator[Task]:
    """Yield the assessments that a person answers, in their programs and from outside, and those that they lead."""
    for row in asked(person):
        common = _common(row, at) | {"due_on": row["closes_on"]}
        if row["is_asked"]:
            yield Task(
                kind="answer",
                title=_("Answer “%(title)s”") % {"title": row["title"]},
                url=reverse("assessments:answer", args=[common["code"]]),
                is_asked=row["closes_on"] >= common["today"],
                **common,
            )
        if row["is_led"]:
            yield _led(row, common)


def _led(row: dict[str, Any], common: dict[str, Any]) -> Task:
    """Return what the facilitator does next: while others still answer, it waits for them until its day."""
    is_open = row["state"] == AssessmentState.OPEN
    words = _("Open consensus on “%(title)s”") if is_open else _("Find consensus on “%(title)s”")
    return Task(
        kind="assessment",
        title=words % {"title": row["title"]},
        url=reverse("assessments:assessment" if is_open else "assessments:consensus", args=[common["code"]]),
        is_waiting=row["is_waiting"] and row["closes_on"] >= common["today"],
        **common,
    )
