"""A program's figures and what it asks, as the API shows them: fractions unrounded, null where there is no data."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from assessments.queries.history import Scored
from backend.overview.queries import confidence as words
from backend.overview.queries.asks import Task
from backend.overview.queries.confidence_statements import Confidence
from backend.overview.queries.figures import Figures
from backend.overview.queries.known_by import Known
from workstreams.queries.promises import Kept
from workstreams.queries.slips import Parity

Shown = dict[str, Any]


def overview(
    program: Mapping[str, Any], found: Figures, said: Confidence, known: Known, scores: Sequence[Scored]
) -> Shown:
    """Return everything that is computed of a program."""
    key = program["key"]
    return {
        "program": {"id": program["id"], "key": key, "name": program["name"]},
        "today": found.today,
        "phases": [
            {"code": f"{key}-{row['code']}", "status": row["status"], "variance_days": row["variance_days"]}
            for row in found.phases
        ],
        "measures": [_measure(key, row) for row in found.measures],
        "milestones": [_milestone(key, row) for row in found.milestones],
        "parity": _parity(found.parity),
        "promises": _promises(found.kept),
        "behaviour_share": {"behaviour": found.behaviour.part, "active": found.behaviour.whole},
        "confidence": confidence(found, said, known),
        "assessments": [
            {"code": f"{key}-{each.code}", "points": each.points, "of": each.of, "date": each.on} for each in scores
        ],
    }


def confidence(found: Figures, said: Confidence, known: Known) -> Shown:
    """Return delivery confidence: the rating that counts, those under it with their reasons, and whose word it is."""
    word = said.standing
    return {
        "rating": said.rating,
        "computed": said.computed,
        "ratings": found.ratings,
        "reasons": words.reasons(found),
        "missing": [{"rating": name, "known_by": day} for name, day in known.items()],
        "confirmed_by": None if word is None else {"id": word.by_id, "name": word.by_name},
        "confirmed_at": None if word is None else word.at,
        "override_reason": word.reason if word is not None and word.is_override else "",
        "is_confirmation_due": said.is_asked,
    }


def ask(task: Task, address: Callable[[str], str]) -> Shown:
    """Return one thing that somebody is to do; `address` makes a page's path whole."""
    return {
        "kind": task.kind,
        "code": task.code,
        "title": task.title,
        "due_on": task.due_on,
        "is_late": task.is_late,
        "whom": task.whom,
        "why": task.why,
        "program": {"id": task.row["program_id"], "key": task.program_key, "name": task.program},
        "page": address(task.url),
    }


def _measure(key: str, row: Mapping[str, Any]) -> Shown:
    stands = row["figures"]
    return {
        "code": f"{key}-{row['code']}",
        "attainment": _number(stands.attainment),
        "expected": _number(stands.expected),
        "variance": _number(stands.variance),
        "is_behind": stands.is_behind,
        "freshness": stands.freshness,
    }


def _milestone(key: str, row: Mapping[str, Any]) -> Shown:
    columns = ("discipline", "baseline_on", "expected_on", "actual_on", "slip_days", "reforecasts")
    return {"code": f"{key}-{row['code']}", **{name: row[name] for name in columns}}


def _parity(parity: Parity) -> Shown:
    return {
        "project": _number(parity.project.share),
        "change": _number(parity.change.share),
        "points": _number(parity.points),
        "alert": parity.is_alert,
        "project_slip_days": _number(parity.project.mean_slip_days),
        "change_slip_days": _number(parity.change.mean_slip_days),
    }


def _promises(kept: Kept) -> Shown:
    promises, commitments = kept.promises, kept.commitments
    return {
        "kept": promises.kept,
        "missed": promises.missed,
        "overdue": promises.overdue,
        "ppc": _number(promises.ppc),
        "answered": commitments.answered,
        "committed": commitments.committed,
        "declined": commitments.declined,
        "commitment_rate": _number(commitments.rate),
        "renegotiated": kept.renegotiated,
        "reasons": [{"reason": reason, "count": count} for reason, count in kept.reasons],
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
