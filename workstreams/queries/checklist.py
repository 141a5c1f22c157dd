"""The checklist of a gate: what is known of its phase today, or what was known when it was decided."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from programs import queries as programs
from programs.choices import ENDED_OUTCOMES, OutcomeStatus
from programs.indicators import Freshness
from programs.models import Measure, Outcome, Phase, Program
from workstreams import indicators
from workstreams.choices import OPEN_ACTIONS, ActionState, Check, Discipline, MilestoneState, RaidKind, RaidState
from workstreams.indicators import Line
from workstreams.models import ActionItem, GateCheck, Milestone, RaidEntry
from workstreams.queries import dates
from workstreams.queries import network as networks

Row = dict[str, Any]
_OF_DISCIPLINE = {Discipline.PROJECT: Check.PROJECT, Discipline.CHANGE: Check.CHANGE}
_UNREAD = (Freshness.NONE, Freshness.STALE)


def checklist(phase: Phase, today: dt.date) -> list[Line]:
    """Return what there is to know before a gate of a phase is decided, in seven queries whatever its size.

    The phase comes with its program.
    """
    measures = _measures(phase, today)
    return [
        _measured(phase, measures),
        _fresh(measures),
        _on_track(measures),
        *_milestones(phase, today),
        _promises(phase, today),
        _risks(phase.program_id),
        _money(phase.program, today),
    ]


def kept_checklist(gate_id: int) -> list[Line]:
    """Return the checklist as it was when a gate was decided; none where a file brought the decision without it."""
    order = {check.value: place for place, check in enumerate(Check)}
    rows = GateCheck.objects.filter(gate_review_id=gate_id)
    lines = [Line(row.check_of, row.is_well, row.done, row.total, tuple(row.names.split())) for row in rows]
    return sorted(lines, key=lambda line: order[line.check])


def _measures(phase: Phase, today: dt.date) -> list[Row]:
    rows = Measure.objects.filter(outcome__phase=phase).exclude(outcome__status=OutcomeStatus.WITHDRAWN)
    return programs.measured(rows.order_by("pk"), today, "outcome_id", "owner_id", "unit", "target_on")


def _measured(phase: Phase, measures: Iterable[Row]) -> Line:
    """Tell which outcomes have an owner and measures that are all complete."""
    complete: dict[int, list[bool]] = {}
    for row in measures:
        complete.setdefault(row["outcome_id"], []).append(_is_complete(row))
    outcomes = Outcome.objects.filter(phase=phase).exclude(status=OutcomeStatus.WITHDRAWN).order_by("pk")
    rows: list[tuple[int, str, int | None]] = list(outcomes.values_list("pk", "code", "owner_id"))
    wrong = [code for pk, code, owner_id in rows if owner_id is None or not all(complete.get(pk, [False]))]
    return indicators.tally(Check.MEASURED, done=len(rows) - len(wrong), total=len(rows), wrong=wrong, is_needed=True)


def _is_complete(row: Row) -> bool:
    fields = ("owner_id", "unit", "direction", "baseline", "baseline_on", "target", "target_on", "low", "high")
    return Measure(**{name: row[name] for name in fields}).is_complete


def _fresh(measures: Iterable[Row]) -> Line:
    rows = [row for row in measures if row["outcome__status"] not in ENDED_OUTCOMES]
    wrong = [row["code"] for row in rows if row["figures"].freshness in _UNREAD]
    return indicators.tally(Check.FRESH, done=len(rows) - len(wrong), total=len(rows), wrong=wrong)


def _on_track(measures: Iterable[Row]) -> Line:
    """Tell which measures are behind; what was never read is told by their freshness, and is not counted here."""
    rows = [row for row in measures if row["figures"].variance is not None]
    wrong = [row["code"] for row in rows if row["figures"].is_behind]
    return indicators.tally(Check.ON_TRACK, done=len(rows) - len(wrong), total=len(rows), wrong=wrong)


def _milestones(phase: Phase, today: dt.date) -> list[Line]:
    """Tell of each discipline what is reached, and what is late: past its day, or expected later than its baseline."""
    network = networks.network(phase.program_id, today)
    found: dict[str, list[tuple[str, bool, bool]]] = {discipline: [] for discipline in Discipline}
    rows = Milestone.objects.filter(phase=phase).exclude(state=MilestoneState.CANCELLED).order_by("due_on", "pk")
    for row in rows.values("pk", "code", "workstream__discipline", *dates.COLUMNS):
        days = dates.dated(row, network)
        found[row["workstream__discipline"]].append((row["code"], days["is_done"], days["days_late"] > 0))
    return [
        indicators.tally(
            _OF_DISCIPLINE[discipline],
            done=sum(is_reached for _code, is_reached, _is_late in found[discipline]),
            total=len(found[discipline]),
            wrong=[code for code, _is_reached, is_late in found[discipline] if is_late],
            is_needed=True,
        )
        for discipline in Discipline
    ]


def _promises(phase: Phase, today: dt.date) -> Line:
    """Tell how many action items of the phase are settled, and which promises are overdue."""
    items = ActionItem.objects.filter(phase=phase).exclude(state__in=(ActionState.WITHDRAWN, ActionState.DECLINED))
    rows = list(items.order_by("due_on", "pk").values_list("code", "state", "due_on"))
    still_open = [(code, due_on) for code, state, due_on in rows if state in OPEN_ACTIONS]
    return indicators.tally(
        Check.PROMISES,
        done=len(rows) - len(still_open),
        total=len(rows),
        wrong=[code for code, due_on in still_open if due_on < today],
    )


def _risks(program_id: int) -> Line:
    """Tell of the program's open issues and risks, and which of them are high."""
    kinds = (RaidKind.RISK, RaidKind.ISSUE)
    rows = RaidEntry.objects.filter(program_id=program_id, kind__in=kinds).exclude(state=RaidState.CLOSED)
    found = list(rows.order_by("pk").values_list("code", "kind", "probability", "impact"))
    wrong = [
        code
        for code, kind, probability, impact in found
        if (indicators.risk_score(kind=kind, probability=probability, impact=impact) or 0) >= settings.HIGH_RISK_SCORE
    ]
    line = indicators.tally(Check.RISKS, done=len(found) - len(wrong), total=len(found), wrong=wrong)
    # Nothing open is good news, not missing data.
    return line if found else Line(Check.RISKS, True, 0, 0)


def _money(program: Program, today: dt.date) -> Line:
    return indicators.money(
        Check.MONEY,
        spent=program.spent,
        budget=program.budget,
        start_on=program.start_on,
        end_on=program.end_on,
        today=today,
    )
