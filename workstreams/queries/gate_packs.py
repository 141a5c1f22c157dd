"""What a gate's page and its printed pack show besides the checklist: outcomes with readings, milestones, promises."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from core import exceptions
from core.accounts.models import User
from core.audit import queries as audit
from programs import queries as programs
from programs.choices import OutcomeStatus, PhaseStatus
from programs.models import Measure, Outcome, Phase, Program
from programs.queries import name_of
from workstreams import indicators
from workstreams.choices import OPEN_ACTIONS, ActionState, GateState, MilestoneState, RaidKind, RaidState
from workstreams.models import ActionItem, GateReview, Milestone, RaidEntry
from workstreams.queries import network as networks
from workstreams.queries.dates import dated
from workstreams.queries.gates import conditions_of

Row = dict[str, Any]
# More of a kind is no reading for a board; the lists of the program have all.
MOST_SHOWN = 50


@dataclass(frozen=True)
class Shown:
    """What a pack has room for, and whether there is more."""

    rows: list[Row]
    has_more: bool


def _first(rows: Iterable[Row]) -> Shown:
    found = list(islice(rows, MOST_SHOWN + 1))
    return Shown(found[:MOST_SHOWN], len(found) > MOST_SHOWN)


_SAID = {
    "schedule_gate": _("Scheduled"),
    "reschedule_gate": _("Moved to another day"),
    "hold_gate": _("Held"),
    "reopen_gate": _("Said that it was not held"),
    "decide_gate": _("Decided"),
}
_STANDS = {
    "none": _("no data"),
    "behind": _("behind"),
    "ahead": _("ahead"),
    "expected": _("as expected"),
}


def gate_for(person: User, reference: str) -> GateReview:
    """Return the review that a reference names, with what its page shows.

    Raises:
        core.exceptions.NotFound: when there is none that the person may see.
    """
    related = ("program", "program__sponsor", "program__manager", "phase", "phase__owner", "decided_by")
    gate = GateReview.objects.visible_to(person).named(reference).select_related(*related).first()
    if gate is None:
        raise exceptions.NotFound
    return gate


def phases_to_review(program: Program) -> Any:
    """Return the phases that a review can be scheduled of, in their order."""
    waiting = GateReview.objects.exclude(state=GateState.DECIDED).values("phase_id")
    running = Phase.objects.filter(program=program).exclude(status__in=(PhaseStatus.CLOSED, PhaseStatus.STOPPED))
    return running.exclude(pk__in=waiting).order_by("position", "pk")


def conditions(gate: GateReview) -> list[Row]:
    """Return the conditions of a gate with what became of them, in two queries."""
    items = ActionItem.objects.filter(gate_condition__gate_review=gate)
    rows = items.values("pk", "state", "due_on", performer_name=name_of("performer"))
    answers: dict[int, Row] = {row["pk"]: dict(row) for row in rows}
    return [row | _answer(answers.get(row["action_item_id"])) for row in conditions_of([gate.pk])[gate.pk]]


def _answer(item: Row | None) -> Row:
    if item is None:
        return {"state": "", "performer": "", "due_on": None}
    label = ActionState(item["state"]).label
    return {"state": label, "performer": item["performer_name"], "due_on": item["due_on"]}


def history(subject: str) -> list[Row]:
    """Return what was done to a gate, the newest first."""
    rows = audit.history_of_subject(subject, limit=50)
    return [{**row, "said": _SAID.get(row["verb"], row["verb"])} for row in rows]


def outcomes(phase: Phase, today: dt.date) -> Shown:
    """Return the outcomes of a phase with their measures and where these stand, in three queries."""
    measures = Measure.objects.filter(outcome__phase=phase).exclude(outcome__status=OutcomeStatus.WITHDRAWN)
    rows = programs.measured(
        measures.order_by("pk"), today, "outcome_id", "name", "unit", "target_on", owner_name=name_of("owner")
    )
    found = Outcome.objects.filter(phase=phase).exclude(status=OutcomeStatus.WITHDRAWN).order_by("pk")
    shown = found.values("pk", "code", "statement", "status", owner_name=name_of("owner"))[: MOST_SHOWN + 1]
    return _first(
        {
            **outcome,
            "status_label": OutcomeStatus(outcome["status"]).label,
            "measures": [_stands(row) for row in rows if row["outcome_id"] == outcome["pk"]],
        }
        for outcome in shown
    )


def _stands(row: Row) -> Row:
    """Return a measure with the value expected of it, rounded, and a word for where it stands."""
    expected = row["figures"].expected_value
    return row | {
        "expected": None if expected is None else round(float(expected), 1),
        "stands": _STANDS[row["figures"].word],
    }


def milestones(phase: Phase, today: dt.date) -> Shown:
    """Return the milestones of a phase by discipline and day, with their days, in two queries."""
    network = networks.network(phase.program_id, today)
    rows = Milestone.objects.filter(phase=phase).exclude(state=MilestoneState.CANCELLED)
    ordered = rows.order_by("-workstream__discipline", "due_on", "pk")
    columns = ("pk", "code", "name", "state", "baseline_on", "due_on", "actual_on", "goes_live")
    named = {"discipline": F("workstream__discipline"), "owner_name": name_of("owner")}
    return _first(row | dated(row, network) for row in ordered.values(*columns, **named)[: MOST_SHOWN + 1])


def promises(phase: Phase, today: dt.date) -> Shown:
    """Return the open action items of a phase, by day."""
    rows = ActionItem.objects.filter(phase=phase, state__in=OPEN_ACTIONS).order_by("due_on", "pk")
    found = rows.values("code", "title", "state", "due_on", performer_name=name_of("performer"))
    return _first(
        {**row, "is_late": row["due_on"] < today, "state_label": ActionState(row["state"]).label}
        for row in found[: MOST_SHOWN + 1]
    )


def risks(program_id: int) -> Shown:
    """Return the open issues and risks of a program, the gravest first."""
    rows = RaidEntry.objects.filter(program_id=program_id, kind__in=(RaidKind.RISK, RaidKind.ISSUE))
    columns = ("code", "kind", "title", "probability", "impact", "response", "due_on")
    found = [
        {
            **row,
            "kind_label": RaidKind(row["kind"]).label,
            "score": indicators.risk_score(kind=row["kind"], probability=row["probability"], impact=row["impact"]),
        }
        for row in rows.exclude(state=RaidState.CLOSED).order_by("pk").values(*columns, owner_name=name_of("owner"))
    ]
    return _first(sorted(found, key=lambda row: -(row["score"] or 0)))


def next_phase(phase: Phase) -> Row | None:
    """Return the phase after another one with its days, None after the last."""
    after = Phase.objects.filter(program_id=phase.program_id, position__gt=phase.position).order_by("position", "pk")
    columns = ("code", "name", "status", "baseline_start_on", "baseline_end_on", "forecast_start_on", "forecast_end_on")
    row = after.values(*columns, "actual_start_on").first()
    return None if row is None else {**row, "status_label": PhaseStatus(row["status"]).label}
