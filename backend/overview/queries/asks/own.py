"""What a person performs, owns, reads, looks at again and answers: one short query a kind."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.choices import AssessmentState
from assessments.queries.pending_requests import asked
from backend.overview.queries.asks.places import Scope
from backend.overview.queries.asks.task import Kind, Task
from core import clock
from programs import queries as measures
from programs.choices import MEASURED_PROGRAMS
from programs.models import Measure
from workstreams import queries as work
from workstreams.choices import OPEN_ACTIONS, ActionState, MilestoneState, RaidKind, RaidState
from workstreams.models import ActionItem, Milestone, RaidEntry
from workstreams.queries import dates
from workstreams.queries import network as networks

# More of one kind than this is no list that a person works through; the program's own lists hold the rest.
MOST_OF_A_KIND = 200


def actions(within: Scope) -> Iterator[Task]:
    """Yield the open items a person performs, and those they asked others for."""
    person = within.person
    mine = Q(performer=person) | Q(requester=person)
    items = ActionItem.objects.filter(mine, state__in=OPEN_ACTIONS, program_id__in=within.ids())
    columns = ("pk", "program_id", "code", "title", "state", "requested_for", "promised_for", "done_on", "due_on")
    people = ("performer_id", "requester_id", "requester__name", "performer__name", "needs_acceptance", "accepted_on")
    ordered = items.order_by("due_on", "pk").values(*columns, *people, "outcome_id", "outcome__statement")
    rows = list(ordered[:MOST_OF_A_KIND])
    effects = work.effects({row["outcome_id"] for row in rows if row["outcome_id"]})
    for row in rows:
        is_mine = row["performer_id"] == person.pk
        kind = _kind_of_action(row, person.pk)
        is_done = row["done_on"] is not None and row["needs_acceptance"]
        common = within.common(row)
        yield Task(
            kind=kind,
            title=row["title"],
            due_on=row["due_on"],
            url=reverse("workstreams:action", args=[common["code"]]),
            is_waiting=kind == Kind.AWAITED or (is_done and kind != Kind.ACCEPT),
            whom=row["requester__name"] if is_mine else row["performer__name"],
            why=row["outcome__statement"] or "",
            effect=effects.get(row["outcome_id"]),
            **common,
        )


def _kind_of_action(row: dict[str, Any], person_id: int) -> Kind:
    if row["done_on"] is not None and row["needs_acceptance"] and row["requester_id"] == person_id:
        return Kind.ACCEPT
    if row["performer_id"] != person_id:
        return Kind.AWAITED
    return Kind.PROMISE if row["state"] == ActionState.REQUESTED else Kind.KEEP


def milestones(within: Scope) -> Iterator[Task]:
    """Yield the milestones a person owns that are still planned."""
    own = Milestone.objects.filter(owner=within.person, state=MilestoneState.PLANNED, program_id__in=within.ids())
    columns = ("pk", "program_id", "code", "name", "workstream__name", "phase__name", *dates.COLUMNS)
    rows = list(own.order_by("due_on", "pk").values(*columns)[:MOST_OF_A_KIND])
    found = within.networks or networks.networks(within.days({row["program_id"] for row in rows}))
    for row in rows:
        common = within.common(row)
        yield Task(
            kind=Kind.REACH,
            title=row["name"],
            due_on=dates.dated(row, found[row["program_id"]])["on"],
            url=reverse("workstreams:milestone", args=[common["code"]]),
            whom=row["workstream__name"],
            why=_("Milestone of “%(phase)s”") % {"phase": row["phase__name"]},
            **common,
        )


def readings(within: Scope) -> Iterator[Task]:
    """Yield the measures whose next reading a person owes."""
    own = Measure.objects.filter(owner=within.person, program_id__in=within.ids(statuses=MEASURED_PROGRAMS))
    rows = measures.with_reading_due(own).filter(reading_due_on__isnull=False).order_by("reading_due_on", "pk")
    columns = ("pk", "program_id", "code", "name", "unit", "reading_due_on", "outcome__code", "outcome__statement")
    for row in rows.values(*columns)[:MOST_OF_A_KIND]:
        common = within.common(row)
        outcome = reverse("programs:outcome", args=[f"{common['program_key']}-{row['outcome__code']}"])
        yield Task(
            kind=Kind.READ,
            title=row["name"],
            due_on=row["reading_due_on"],
            url=f"{outcome}#{row['code']}",
            why=row["outcome__statement"],
            **common,
        )


def raid_entries(within: Scope) -> Iterator[Task]:
    """Yield the entries of the register that a person has to look at again."""
    own = RaidEntry.objects.filter(
        owner=within.person, program_id__in=within.ids(), state__in=(RaidState.OPEN, RaidState.MITIGATING)
    )
    rows = own.exclude(kind=RaidKind.DECISION).exclude(review_on=None).annotate(day=F("review_on"))
    columns = ("pk", "program_id", "code", "title", "kind", "day")
    for row in rows.order_by("day", "pk").values(*columns)[:MOST_OF_A_KIND]:
        common = within.common(row)
        yield Task(
            kind=Kind.REVIEW,
            title=row["title"],
            due_on=row["day"],
            url=f"{reverse('workstreams:raid', args=[common['program_key']])}#{row['code']}",
            why=_("%(kind)s to review") % {"kind": RaidKind(row["kind"]).label},
            **common,
        )


def assessments(within: Scope) -> Iterator[Task]:
    """Yield the assessments that a person answers, in their programs and from outside, and those that they lead."""
    for row in asked(within.person):
        if not within.is_whole and row["program_id"] not in within.places:
            continue
        common = {
            "code": f"{row['program__key']}-{row['code']}",
            "today": clock.today(row["program__time_zone"], within.at),
            "program_key": row["program__key"],
            "program": row["program__name"],
            "due_on": row["closes_on"],
            "row": row,
        }
        if row["is_asked"]:
            yield Task(
                kind=Kind.ASSESS,
                title=_("Answer “%(title)s”") % {"title": row["title"]},
                url=reverse("assessments:answer", args=[common["code"]]),
                **common,
            )
        if row["is_led"]:
            yield _led(row, common)


def _led(row: dict[str, Any], common: dict[str, Any]) -> Task:
    """Return what the facilitator does next: while others still answer, it waits for them until its day."""
    is_open = row["state"] == AssessmentState.OPEN
    is_waiting = row["is_waiting"] and row["closes_on"] >= common["today"]
    words = _("Open consensus on “%(title)s”") if is_open else _("Find consensus on “%(title)s”")
    return Task(
        kind=Kind.OPEN_CONSENSUS if is_open else Kind.FIND_CONSENSUS,
        title=words % {"title": row["title"]},
        url=reverse("assessments:assessment" if is_open else "assessments:consensus", args=[common["code"]]),
        is_waiting=is_waiting,
        is_held_for_answer=not is_waiting and row["closes_on"] >= common["today"],
        **common,
    )


KINDS: Final = (actions, milestones, readings, raid_entries, assessments)
