"""Every form of assessments that edits, with all fields set, is opened and sent back: no column may differ."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from assessments import services
from assessments.choices import AnswerKind, Purpose
from assessments.models import Assessment, Assessor, Criterion, Debrief, Finding, Recommendation, Section
from assessments.services import JudgementInput
from core.accounts.models import User
from programs.choices import Role
from programs.models import Program
from tests.cast import MONDAY
from tests.support import send_back
from tests.support.send_back import Opening
from tests.work import STAMPS

EVIDENCE: dict[str, Any] = {
    "has_owner": True,
    "owner_name": "Bob",
    "is_consistent": True,
    "documents": "planned",
    "links": ("https://example.org/a", "https://example.org/b"),
    "note": "Seen in\ntwo branches",
}
DOES_NOT_APPLY = JudgementInput(is_not_applicable=True, not_applicable_reason="No branches\nhere", **EVIDENCE)


@dataclass(frozen=True)
class Scene:
    """Alice's program, who plays in it, and the criteria of its assessments."""

    program: Program
    criteria: Mapping[str, Criterion]
    alice: User
    bob: User

    def draft(self, code: str, *, is_in_words: bool = False) -> Assessment:
        """Return an assessment with every field set, and Bob asked to answer it."""
        found = Assessment.objects.create(
            program=self.program, template=self.criteria["P1"].template, code=code, purpose=Purpose.CALIBRATION,
            facilitator=self.alice, closes_on=MONDAY.date() + dt.timedelta(days=14), target=500, target_next=620,
            is_named=True, is_in_words=is_in_words, **STAMPS,
        )  # fmt: skip
        sections = Section.objects.filter(template_id=found.template_id, part_of=None)
        services.add_assessor(
            assessment=found, person=self.bob, sections=list(sections), is_leader=True, by=self.alice, at=MONDAY
        )
        return found

    def opened(self, code: str, *, is_in_words: bool = False) -> Assessment:
        """Return one that is open, and that Bob has answered."""
        found = self.draft(code, is_in_words=is_in_words)
        services.open_assessment(assessment=found, by=self.alice, at=MONDAY)
        for criterion, judgement in self.judgements(is_in_words=is_in_words):
            services.save_answer(
                assessor=self.place(found), criterion=criterion, judgement=judgement, by=self.bob, at=MONDAY
            )
        return found

    def agreed(self, code: str, *, is_in_words: bool = False) -> Assessment:
        """Return one in consensus, with what is agreed on."""
        found = services.open_consensus(assessment=self.opened(code, is_in_words=is_in_words), by=self.alice, at=MONDAY)
        for criterion, judgement in self.judgements(is_in_words=is_in_words):
            services.set_consensus(assessment=found, criterion=criterion, judgement=judgement, by=self.alice, at=MONDAY)
        return found

    def place(self, assessment: Assessment) -> Assessor:
        """Return Bob's place in an assessment."""
        return Assessor.objects.get(assessment=assessment, person=self.bob)

    def judgements(self, *, is_in_words: bool) -> Iterator[tuple[Criterion, JudgementInput]]:
        """Yield a criterion of each kind with all that can be said of it, and one that does not apply."""
        kinds = {each.answer: each for each in self.criteria.values()}
        for kind, criterion in kinds.items():
            if kind == AnswerKind.FLAG:
                yield criterion, JudgementInput(flag="present", note="Seen")
            else:
                yield criterion, JudgementInput(percent=None if is_in_words else 100, **EVIDENCE)
        others = (each for each in self.criteria.values() if each not in kinds.values())
        yield next(each for each in others if each.answer == AnswerKind.RANGE), DOES_NOT_APPLY


@pytest.fixture
def scene(
    program: Program, criteria: dict[str, Criterion], roles: dict[Role, User], alice: User, bob: User, monday: None
) -> Scene:
    """Where the forms are opened."""
    return Scene(program, criteria, alice, bob)


def _of_assessments(scene: Scene, request: pytest.FixtureRequest) -> list[Opening]:
    completed: Assessment = request.getfixturevalue("completed")
    Assessment.objects.filter(pk=completed.pk).update(target=500, target_next=620)
    found = [scene.draft("T2"), scene.draft("T3", is_in_words=True), scene.opened("T4"), scene.agreed("T5"), completed]
    return [Opening(scene.alice, (f"ONE-{each.code}",)) for each in found]


def _of_assessors(scene: Scene, request: pytest.FixtureRequest) -> list[Opening]:
    found = [scene.draft("T2"), scene.opened("T3")]
    return [Opening(scene.alice, (f"ONE-{each.code}", scene.place(each).pk)) for each in found]


def _of_criteria(scene: Scene, made: Callable[..., Assessment], by: User) -> list[Opening]:
    found = [made("T2"), made("T3", is_in_words=True)]
    return [
        Opening(by, (f"ONE-{each.code}", criterion.code))
        for each in found
        for criterion, _judgement in scene.judgements(is_in_words=each.is_in_words)
    ]


def _of_answers(scene: Scene, request: pytest.FixtureRequest) -> list[Opening]:
    return _of_criteria(scene, scene.opened, scene.bob)


def _of_consensus(scene: Scene, request: pytest.FixtureRequest) -> list[Opening]:
    return _of_criteria(scene, scene.agreed, scene.alice)


def _of_findings(scene: Scene, request: pytest.FixtureRequest) -> list[Opening]:
    found: list[Finding] = [request.getfixturevalue(name) for name in ("gap", "strength")]
    Finding.objects.filter(kind="gap").update(text="Seen\nhere", root_cause="Nobody\nasked")
    return [Opening(scene.alice, (f"ONE-T1-{each.code}",)) for each in found]


def _of_recommendations(scene: Scene, request: pytest.FixtureRequest) -> list[Opening]:
    found: list[Recommendation] = [request.getfixturevalue(name) for name in ("essential", "critical")]
    Recommendation.objects.filter(pk=found[0].pk).update(text="Ask\nthem", rationale="They\nknow")
    return [Opening(scene.alice, (f"ONE-T1-{each.code}",)) for each in found]


def _of_debriefs(scene: Scene, request: pytest.FixtureRequest) -> list[Opening]:
    debrief: Debrief = request.getfixturevalue("debrief")
    services.write_private_notes(debrief=debrief, text="Not\nfor all", by=scene.alice, at=MONDAY)
    return [Opening(scene.alice, ("ONE-T1",))]


def _of_parts(scene: Scene, request: pytest.FixtureRequest) -> list[Opening]:
    debrief: Debrief = request.getfixturevalue("debrief")
    own = services.add_debrief_part(
        debrief=debrief, title="What the branches say", text="One.\n\nTwo: “£5”.", by=scene.alice, at=MONDAY
    )
    for part in (own, debrief.parts.order_by("position")[0]):
        services.edit_debrief_part(part=part, is_left_out=True, by=scene.alice, at=MONDAY)
    return [Opening(scene.alice, ("ONE-T1", part.pk)) for part in debrief.parts.order_by("position")]


# The views that open a row for editing, by the name of their address, with what opens them with all fields set.
EDITED: dict[str, Callable[[Scene, pytest.FixtureRequest], list[Opening]]] = {
    "assessments:edit": _of_assessments,
    "assessments:assessor": _of_assessors,
    "assessments:answer_question": _of_answers,
    "assessments:set_consensus": _of_consensus,
    "assessments:edit_finding": _of_findings,
    "assessments:edit_recommendation": _of_recommendations,
    "assessments:plan_debrief": _of_debriefs,
    "assessments:debrief_part": _of_parts,
    "assessments:private_notes": _of_debriefs,
}


@pytest.mark.parametrize("name", EDITED)
def test_a_form_that_is_sent_back_unchanged_changes_nothing(
    name: str, scene: Scene, request: pytest.FixtureRequest
) -> None:
    send_back.check(name, EDITED[name](scene, request))
