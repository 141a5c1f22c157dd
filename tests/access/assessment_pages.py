"""What the matrix of addresses needs for assessments: a thing in the right state for every write."""

from collections.abc import Callable, Mapping
from typing import Any

from assessments.choices import COMPLETED_STATES, AnswerKind, AssessmentState, PromptState, Purpose
from assessments.models import Answer, Assessment, AssessmentTemplate, Assessor, Consensus, Criterion, Prompt, Section
from core import clock
from core.accounts.models import User
from programs.choices import Code
from programs.services import codes
from tests.access.stage import House, soon, today

# A template as small as they come.
DOCUMENT = """format: crm-assessment-template/1
slug: new-check
version: 1
title: New check
total_points: 10
evidence_tests:
  - {code: owner, question: Is somebody responsible?}
  - {code: consistent, question: Is it how we say we work?}
  - {code: documented, question: Do documents show it?}
range_bands: [[0, 45], [50, 100]]
sections:
  - code: A
    name: Alone
    points: 10
    criteria:
      - {code: A1, answer: range, points: 10, statement: We listen.}
"""
# What these name belongs to all who sign in, not to a program.
SHARED = ("assessment-template-item",)


def own_template(reader: User) -> AssessmentTemplate:
    """Return a template that somebody keeps."""
    now = clock.now()
    template, _made = AssessmentTemplate.objects.get_or_create(
        slug=f"kept-by-{reader.pk}",
        number=1,
        defaults={"title": "Kept", "total_points": 10, "saved_by": reader, "created_at": now, "updated_at": now},
    )
    return template


def prompt_in(house: House) -> Prompt:
    """Return what asks a program to assess itself again, by today."""
    now = clock.now()
    facts = {"due_on": today(), "created_at": now, "updated_at": now}
    prompt, _made = Prompt.objects.get_or_create(program=house.program, state=PromptState.OPEN, defaults=facts)
    return prompt


def prompted(house: House) -> str:
    """Return the key of a program that is asked to assess itself again."""
    prompt_in(house)
    return house.key


def assessment_in(house: House, state: str) -> Assessment:
    """Return T9 of a program in a state, unless it is there: the member answers its one criterion, A1."""
    now = clock.now()
    stamps: dict[str, Any] = {"created_at": now, "updated_at": now}
    facts = {
        "template": _small_template(house, stamps), "purpose": Purpose.READINESS, "closes_on": soon(), "state": state,
        "facilitator": house.people["manager"], "completed_on": today() if state in COMPLETED_STATES else None,
    }  # fmt: skip
    found, is_new = Assessment.objects.get_or_create(program=house.program, code="T9", defaults={**facts, **stamps})
    if is_new:
        codes.keep_ahead(program_id=house.program.pk, kind=Code.ASSESSMENT, number=9)
        place = Assessor.objects.create(assessment=found, person=house.people["member"], **stamps)
        criterion = Criterion.objects.get(template=found.template)
        if state != AssessmentState.DRAFT:
            Answer.objects.create(assessor=place, criterion=criterion, percent=50, note=house.word, **stamps)
        if state == AssessmentState.CONSENSUS or found.completed_on is not None:
            Consensus.objects.create(assessment=found, criterion=criterion, percent=50, **stamps)
    return found


def _small_template(house: House, stamps: dict[str, Any]) -> AssessmentTemplate:
    template, is_new = AssessmentTemplate.objects.get_or_create(
        slug="small", number=1, defaults={"title": "Small", "total_points": 10, "range_bands": [[0, 100]], **stamps}
    )
    if is_new:
        section = Section.objects.create(template=template, position=1, code="A", name="Alone", points=10)
        facts = {"position": 1, "code": "A1", "answer": AnswerKind.RANGE, "points": 10, "statement": "We listen."}
        Criterion.objects.create(template=template, section=section, **facts)
    return template


def unanswered(house: House) -> dict[str, Any]:
    """Take back the answer, as withdrawing needs; return a body that says nothing."""
    Answer.objects.filter(assessor__assessment__program=house.program).delete()
    return {}


# The state that a page is looked at in, or a move starts from.
STATE_OF: Mapping[str, AssessmentState] = {
    "edit": AssessmentState.DRAFT,
    "delete": AssessmentState.DRAFT,
    "assessors": AssessmentState.DRAFT,
    "assessor": AssessmentState.DRAFT,
    "remove_assessor": AssessmentState.DRAFT,
    "consensus": AssessmentState.CONSENSUS,
    "set_consensus": AssessmentState.CONSENSUS,
    "open": AssessmentState.DRAFT,
    "withdraw": AssessmentState.OPEN,
    "open_consensus": AssessmentState.OPEN,
    "complete": AssessmentState.CONSENSUS,
    "reopen": AssessmentState.COMPLETED,
    "review": AssessmentState.COMPLETED,
}
MOVES = ("open", "withdraw", "open_consensus", "complete", "reopen", "review")
PAGES = (
    *("assessment", "edit", "delete", "move", "assessors", "assessor", "remove_assessor", "answer", "submit"),
    *("answer_question", "blank", "consensus", "set_consensus"),
)


def _reference(place: Any, house: House, reader: User) -> str:
    page = place.move or place.address.name.removeprefix("assessments:")
    return house.code(assessment_in(house, STATE_OF.get(page, AssessmentState.OPEN)).code)


def _assessor(place: Any, house: House, reader: User) -> int:
    return assessment_in(house, AssessmentState.DRAFT).assessors.get().pk


def prepared(house: House) -> dict[str, Any]:
    """Say what is prepared."""
    return {"template": assessment_in(house, AssessmentState.DRAFT).template_id, "purpose": "readiness"}


def agreed(house: House) -> dict[str, Any]:
    """Say what all agree on now, of what is there."""
    return {"version": "1", "percent": "55"}


MAKERS: Mapping[tuple[str, str], Callable[[Any, House, User], Any]] = {
    ("assessments:assess_again", "key"): lambda place, house, reader: prompted(house),
    ("assessment-prompt-item", "ref"): lambda place, house, reader: prompt_in(house).pk,
    ("assessment-prompt-dismiss", "ref"): lambda place, house, reader: prompt_in(house).pk,
    **{(f"assessments:{page}", "reference"): _reference for page in PAGES},
    **{(f"assessments:{page}", "criterion"): lambda place, house, reader: "A1" for page in PAGES},
    **{(f"assessments:{page}", "pk"): _assessor for page in ("assessor", "remove_assessor")},
    ("assessment-template-item", "ref"): lambda place, house, reader: own_template(reader).pk,
    **{
        (name, "slug"): lambda place, house, reader: own_template(reader).slug
        for name in ("assessments:template", "assessments:template_copy", "assessments:template_delete")
    },
    **{
        (name, "number"): lambda place, house, reader: 1
        for name in ("assessments:template", "assessments:template_copy", "assessments:template_delete")
    },
}
