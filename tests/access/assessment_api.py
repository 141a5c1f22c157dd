"""What the matrix of addresses needs for the API of assessments: one in the right state for each address."""

from collections.abc import Callable, Mapping
from typing import Any

from assessments.choices import AssessmentState
from core.accounts.models import User
from tests.access.assessment_pages import assessment_in
from tests.access.stage import House

STATES: Mapping[str, AssessmentState] = {
    "assessment-item": AssessmentState.DRAFT,
    "assessment-open": AssessmentState.DRAFT,
    "assessment-withdraw": AssessmentState.OPEN,
    "assessment-open_consensus": AssessmentState.OPEN,
    "assessment-complete": AssessmentState.CONSENSUS,
    "assessment-reopen": AssessmentState.COMPLETED,
    "assessment-review": AssessmentState.COMPLETED,
    "assessment-submit": AssessmentState.OPEN,
    "assessment-answers": AssessmentState.OPEN,
    "assessment-answer": AssessmentState.OPEN,
    "assessment-consensus": AssessmentState.CONSENSUS,
    "consensus-item": AssessmentState.CONSENSUS,
    "assessor-list": AssessmentState.OPEN,
    "assessor-item": AssessmentState.OPEN,
}


def _ref(place: Any, house: House, reader: User) -> str:
    return house.code(assessment_in(house, STATES[place.address.name]).code)


def _assessor(place: Any, house: House, reader: User) -> int:
    return assessment_in(house, STATES[place.address.name]).assessors.get().pk


def request(house: House) -> dict[str, Any]:
    """Return the least that preparing an assessment says."""
    template_id = assessment_in(house, AssessmentState.DRAFT).template_id
    return {"program": house.key, "template": template_id, "purpose": "readiness"}


MAKERS: Mapping[tuple[str, str], Callable[[Any, House, User], Any]] = {
    **{(name, "ref"): _ref for name in STATES},
    ("assessment-answer", "criterion"): lambda place, house, reader: "A1",
    ("consensus-item", "criterion"): lambda place, house, reader: "A1",
    ("assessor-item", "assessor"): _assessor,
}
