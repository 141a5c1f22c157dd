"""Rows of values as the API shows them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assessments import indicators
from assessments.models import Assessment, Judgement
from assessments.queries import Asked, Point, Spread, reference_of
from assessments.queries.criteria import JUDGEMENT
from core.api import rows
from core.api.pagination import Row

_ASSESSMENT = (
    "id", "purpose", "state", "closes_on", "is_named", "is_in_words", "target", "target_next", "asked", "submitted",
    "asks_me", "opened_at", "consensus_at", "completed_on", "created_at", "updated_at",
)  # fmt: skip
_ASSESSOR = (
    "id",
    "email",
    "is_member",
    "is_leader",
    "asked",
    "answered",
    "submitted_at",
    "left_at",
    "created_at",
    "updated_at",
)
# What stands in a judgement that nobody has made.
_BLANK: Row = {
    "has_owner": None, "owner_name": "", "is_consistent": None, "documents": None, "links": [], "percent": None,
    "flag": None, "is_not_applicable": False, "not_applicable_reason": "", "note": "",
}  # fmt: skip


def assessment(values: Row) -> Row:
    """Return an assessment."""
    code = rows.code(values)
    return {
        **{name: values[name] for name in _ASSESSMENT},
        "code": code,
        "url": rows.address("assessments", code),
        "program": rows.program(values),
        "template": {
            "id": values["template_id"],
            "code": f"{values['template__slug']}.{values['template__number']}",
            "name": values["template__title"],
        },
        "total_points": values["template__total_points"],
        "facilitator": rows.person(values, "facilitator"),
    }


def assessor(values: Row, sections: Sequence[str], assessment: Assessment) -> Row:
    """Return somebody who was asked."""
    return {
        **{name: values[name] for name in _ASSESSOR},
        "url": _under(assessment, "assessors", values["id"]),
        "person": rows.person(values, "person"),
        "sections": list(sections),
    }


def answer(asked: Asked, assessment: Assessment) -> Row:
    """Return what an assessor is asked and what they said of it."""
    question, said = asked.question, asked.said
    judged = _judgement(said)
    band = indicators.proposed_band(
        assessment.template.range_bands, judged["has_owner"], judged["is_consistent"], judged["documents"] or ""
    )
    return {
        "code": question.code,
        "url": _under(assessment, "answers", question.code),
        "section": {"code": question.section_code, "name": question.section_name, "part": question.part_name},
        "answer": question.kind,
        "points": question.points,
        "statement": question.statement,
        "rationale": question.rationale,
        "is_answered": asked.is_answered,
        **judged,
        "proposed": None if band is None else {"low": band[0], "high": band[1]},
        "updated_at": None if said is None else said.updated_at,
    }


def point(each: Point, assessment: Assessment) -> Row:
    """Return a criterion to agree on, with its spread and what was agreed."""
    criterion, agreed = each.criterion, each.agreed
    whole = criterion.section.part_of or criterion.section
    part = criterion.section.name if criterion.section.part_of_id else ""
    set_by = agreed.set_by if agreed is not None else None
    return {
        "code": criterion.code,
        "url": _under(assessment, "consensus", criterion.code),
        "section": {"code": whole.code, "name": whole.name, "part": part},
        "answer": criterion.answer,
        "points": criterion.points,
        "statement": criterion.statement,
        "spread": None if each.spread is None else _spread(each.spread),
        "said": [{**asdict(one), "flag": one.flag or None} for one in each.said],
        **_judgement(agreed),
        "set_by": None if set_by is None else {"id": set_by.pk, "name": str(set_by)},
        "updated_at": None if agreed is None else agreed.updated_at,
    }


def _under(assessment: Assessment, resource: str, ref: Any) -> str:
    return rows.address(f"assessments/{reference_of(assessment)}/{resource}", ref)


def _judgement(said: Judgement | None) -> Row:
    if said is None:
        return dict(_BLANK)
    judged: dict[str, Any] = {name: getattr(said, name) for name in JUDGEMENT}
    return {**judged, "documents": said.documents or None, "flag": said.flag or None}


def _spread(spread: Spread) -> Row:
    """Return a spread; its mean is rounded to a tenth of a percent."""
    mean = None if spread.mean is None else round(float(spread.mean), 1)
    flags = dict(spread.flags) or None
    return {"count": spread.count, "low": spread.low, "high": spread.high, "mean": mean, "flags": flags}


def prompt(values: Row, causes: Sequence[Row]) -> Row:
    """Return what asks a program to assess itself again."""
    return {
        **{name: values[name] for name in ("id", "state", "due_on", "reason", "created_at", "updated_at")},
        "url": rows.address("assessment-prompts", values["id"]),
        "program": rows.program(values),
        "assessment": rows.coded(values, "assessment", "template__title"),
        "closed_by": rows.person(values, "closed_by"),
        "causes": [{name: cause[name] for name in ("kind", "on", "code", "name")} for cause in causes],
    }
