"""The lists of a program: action items, milestones, the RAID register, gate reviews, people. Filtered and bounded."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Count, F, Q, When

from core.pagination import Rows
from programs.choices import Rating
from programs.models import Membership
from workstreams.choices import ActionState, GateDecision, MilestoneState, RaidKind, RaidState
from workstreams.models import ActionItem, GateCondition, Milestone, RaidEntry
from workstreams.queries import network as networks
from workstreams.queries.dates import Row, dated

Filters = Mapping[str, Any]


def actions(program_id: int, filters: Filters, today: dt.date) -> Rows:
    """Return the action items of a program that filters let through, by the day they are due."""
    rows = ActionItem.objects.filter(program_id=program_id)
    if filters.get("state") == "overdue":
        rows = rows.filter(state=ActionState.COMMITTED, promised_for__lt=today)
    elif filters.get("state") == "due":
        rows = rows.filter(promised_for__lte=today).filter(
            Q(state__in=(ActionState.KEPT, ActionState.MISSED)) | Q(state=ActionState.COMMITTED, promised_for__lt=today)
        )
    elif filters.get("state"):
        rows = rows.filter(state=filters["state"])
    if filters.get("workstream"):
        rows = rows.filter(workstream__code=filters["workstream"])
    if filters.get("person"):
        rows = rows.filter(Q(performer_id=filters["person"]) | Q(requester_id=filters["person"]))
    columns = ("pk", "code", "title", "state", "requested_for", "promised_for", "due_on", "done_on", "miss_reason")
    found: Rows = rows.order_by("due_on", "pk").values(
        *columns,
        "note",
        workstream_code=F("workstream__code"),
        phase_code=F("phase__code"),
        milestone_code=F("milestone__code"),
        outcome_code=F("outcome__code"),
        performer_name=F("performer__name"),
        requester_name=F("requester__name"),
    )
    return found


def shown_action(row: Row, today: dt.date) -> Row:
    """Return an action item's row with its state in words."""
    is_overdue = row["state"] == ActionState.COMMITTED and row["promised_for"] < today
    return row | {"state_label": ActionState(row["state"]).label, "is_overdue": is_overdue}


def milestones(program_id: int, today: dt.date) -> list[Row]:
    """Return the milestones of a program with their dates on a day, by the day they are expected, in two queries."""
    network = networks.network(program_id, today)
    columns = ("pk", "code", "name", "state", "baseline_on", "due_on", "actual_on", "goes_live")
    rows = Milestone.objects.filter(program_id=program_id).values(
        *columns,
        discipline=F("workstream__discipline"),
        workstream_code=F("workstream__code"),
        workstream_name=F("workstream__name"),
        phase_code=F("phase__code"),
        owner_name=F("owner__name"),
    )
    found = [row | dated(row, network) for row in rows]
    return sorted(found, key=lambda row: (row["on"], row["pk"]))


def narrowed(rows: list[Row], filters: Filters, today: dt.date) -> list[Row]:
    """Return the milestones that filters let through."""
    named = {"discipline": "discipline", "workstream": "workstream_code", "phase": "phase_code"}
    wanted = {column: filters[name] for name, column in named.items() if filters.get(name)}
    state = filters.get("state", "")
    kept = [row for row in rows if all(row[column] == value for column, value in wanted.items())]
    return [row for row in kept if _is_in(state, row, today)] if state else kept


def _is_in(state: str, row: Row, today: dt.date) -> bool:
    if state in ("overdue", "moved"):
        return bool(row[f"days_{state}"])
    if state == "due":
        return bool(row["baseline_on"] <= today and row["state"] != MilestoneState.CANCELLED)
    return bool(row["state"] == state)


def milestone_counts(rows: list[Row]) -> dict[str, int]:
    """Return how many milestones a program has that are not cancelled, and how many of them are late."""
    standing = [row for row in rows if row["state"] != MilestoneState.CANCELLED]
    return {"total": len(standing), "late": sum(bool(row["days_late"]) for row in standing)}


# As workstreams.indicators.risk_score counts it, so that the database can sort by it.
_SCORE = Case(
    When(kind=RaidKind.ISSUE, then=3 * F("impact")), When(kind=RaidKind.RISK, then=F("probability") * F("impact"))
)


def raid(program_id: int, filters: Filters) -> Rows:
    """Return the RAID register of a program: what is open first, the gravest first."""
    rows = RaidEntry.objects.filter(program_id=program_id)
    if filters.get("kind"):
        rows = rows.filter(kind=filters["kind"])
    if filters.get("state") == "open":
        rows = rows.exclude(state=RaidState.CLOSED)
    elif filters.get("state"):
        rows = rows.filter(state=filters["state"])
    columns = ("code", "kind", "title", "detail", "probability", "impact", "response", "due_on", "review_on", "state")
    ordered = rows.annotate(score=_SCORE, is_closed=Q(state=RaidState.CLOSED)).order_by(
        "is_closed", F("score").desc(nulls_last=True), "pk"
    )
    named = {"owner_name": F("owner__name"), "workstream_code": F("workstream__code")}
    found: Rows = ordered.values(*columns, "score", **named)
    return found


def raid_counts(program_id: int, today: dt.date) -> Row:
    """Return how many entries of a register are open, overdue and to be reviewed, and the gravest of the open."""
    still_open = RaidEntry.objects.filter(program_id=program_id).exclude(state=RaidState.CLOSED)
    counts = still_open.aggregate(
        open=Count("pk"),
        overdue=Count("pk", filter=Q(due_on__lt=today)),
        reviews=Count("pk", filter=Q(review_on__lt=today)),
    )
    scored = still_open.annotate(score=_SCORE).exclude(score=None).order_by("-score", "pk")
    return counts | {"gravest": scored.values("code", "title", "score").first()}


def shown_raid(row: Row, today: dt.date) -> Row:
    """Return an entry's row with its kind and state in words, and whether its review has come."""
    is_open = row["state"] != RaidState.CLOSED
    return row | {
        "kind_label": RaidKind(row["kind"]).label,
        "state_label": RaidState(row["state"]).label,
        "is_review_due": is_open and row["review_on"] is not None and row["review_on"] < today,
        "is_overdue": is_open and row["due_on"] is not None and row["due_on"] < today,
    }


def people(program_id: int) -> Rows:
    """Return who belongs to a program."""
    rows = Membership.objects.filter(program_id=program_id).order_by("person__name", "pk")
    named: Any = {"name": F("person__name"), "email": F("person__email"), "time_zone": F("person__time_zone")}
    columns = ("person_id", "role", "title")
    found: Rows = rows.values(*columns, **named)
    return found


def with_conditions(program_id: int, gates: list[Row]) -> list[Row]:
    """Return gate reviews with the words of their ratings and decisions and with their conditions, in one query."""
    rows = GateCondition.objects.filter(gate_review__program_id=program_id).order_by("position")
    found: dict[int, list[Row]] = {}
    named = {"action_code": F("action_item__code"), "action_state": F("action_item__state")}
    columns = ("gate_review_id", "text")
    conditions: Rows = rows.values(*columns, **named)
    for row in conditions:
        row["state_label"] = ActionState(row["action_state"]).label if row["action_state"] else ""
        found.setdefault(row["gate_review_id"], []).append(row)
    return [
        gate
        | {
            "rating_label": Rating(gate["rating"]).label if gate["rating"] else "",
            "decision_label": GateDecision(gate["decision"]).label if gate["decision"] else "",
            "conditions": found.get(gate["pk"], []),
            "condition_texts": "; ".join(_coded(row) for row in found.get(gate["pk"], [])),
        }
        for gate in gates
    ]


def _coded(condition: Row) -> str:
    return f"{condition['action_code']} {condition['text']}" if condition["action_code"] else condition["text"]
