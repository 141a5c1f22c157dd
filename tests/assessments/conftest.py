"""The assessment that stories are told with: Alice facilitates, her colleagues and somebody from outside answer."""

import datetime as dt
from collections.abc import Callable, Mapping

import pytest

from assessments import services
from assessments.choices import AnswerKind, Purpose
from assessments.models import Answer, Assessment, AssessmentTemplate, Assessor, Criterion
from assessments.services import AssessmentDetails, JudgementInput
from core.accounts.models import User
from programs.choices import Role
from programs.models import Program
from tests.cast import MONDAY, PASSWORD

CLOSES_ON = MONDAY.date() + dt.timedelta(days=14)
# Says, for every criterion that a person is asked, the judgement given or 50 %, yes or "absent".
AnswerAll = Callable[..., list[Answer]]


@pytest.fixture
def template(db: None) -> AssessmentTemplate:
    """The model of nine sections, 65 criteria and 1000 points, which the product brings."""
    services.install_built_in(at=MONDAY)
    return AssessmentTemplate.objects.get(slug="crm-best-practice", number=1)


@pytest.fixture
def templates(template: AssessmentTemplate) -> dict[str, AssessmentTemplate]:
    """The templates of the product, by short name."""
    found = AssessmentTemplate.objects.filter(is_built_in=True).order_by("-number")
    return {each.slug: each for each in found}


@pytest.fixture
def criteria(template: AssessmentTemplate) -> dict[str, Criterion]:
    """Its criteria by code."""
    rows = Criterion.objects.filter(template=template).select_related("section")
    return {criterion.code: criterion for criterion in rows.order_by("position")}


@pytest.fixture
def details(template: AssessmentTemplate) -> AssessmentDetails:
    """What Alice prepares: a first look, to be answered in two weeks."""
    return AssessmentDetails(template=template, purpose=Purpose.READINESS, closes_on=CLOSES_ON, target=500)


@pytest.fixture
def assessment(program: Program, roles: dict[Role, User], details: AssessmentDetails, alice: User) -> Assessment:
    """A draft, ONE-T1, which nobody is asked to answer yet."""
    return services.prepare_assessment(program=program, details=details, by=alice, at=MONDAY)


@pytest.fixture
def olivia(db: None) -> User:
    """Olivia knows the organisation from outside: she belongs to no program."""
    return User.objects.create_user("olivia@example.net", PASSWORD, name="Olivia Outside")


@pytest.fixture
def assessors(assessment: Assessment, roles: dict[Role, User], olivia: User, alice: User) -> dict[str, Assessor]:
    """Who is asked: the sponsor, the lead and Bob of the program, and Olivia from outside; all of it each."""
    people = {role.value: roles[role] for role in (Role.SPONSOR, Role.LEAD, Role.MEMBER)}
    found = {
        name: services.add_assessor(
            assessment=assessment, person=person, is_leader=name == Role.SPONSOR, by=alice, at=MONDAY
        )
        for name, person in people.items()
    }
    found["outside"] = services.add_assessor(assessment=assessment, email=olivia.email, by=alice, at=MONDAY)
    return found


@pytest.fixture
def opened(assessment: Assessment, assessors: dict[str, Assessor], alice: User) -> Assessment:
    """The same, open."""
    return services.open_assessment(assessment=assessment, by=alice, at=MONDAY)


@pytest.fixture
def answer_all(criteria: dict[str, Criterion]) -> AnswerAll:
    """Return what answers everything for an assessor, or only the criteria that are given."""

    def answer(assessor: Assessor, given: Mapping[str, JudgementInput] | None = None) -> list[Answer]:
        said = given or {code: usual(criterion) for code, criterion in criteria.items()}
        return [
            services.save_answer(
                assessor=assessor, criterion=criteria[code], judgement=judgement, by=assessor.person, at=MONDAY
            )
            for code, judgement in said.items()
        ]

    return answer


def usual(criterion: Criterion) -> JudgementInput:
    """Return what is said of a criterion where a story does not say otherwise."""
    if criterion.answer == AnswerKind.FLAG:
        return JudgementInput(flag="absent")
    return JudgementInput(percent=100 if criterion.answer == AnswerKind.YES_NO else 50)


@pytest.fixture
def in_consensus(
    opened: Assessment,
    assessors: dict[str, Assessor],
    answer_all: AnswerAll,
    alice: User,
    criteria: dict[str, Criterion],
) -> Assessment:
    """The same, in consensus: all have answered P1 to P3 alone, 20 % apart, and nothing is agreed on yet."""
    for step, place in enumerate(assessors.values()):
        answer_all(place, {code: JudgementInput(percent=20 * step, note="mine") for code in ("P1", "P2", "P3")})
    return services.open_consensus(assessment=opened, by=alice, at=MONDAY)
