"""Many at once, on threads of their own: no answer is lost, none slips in late, one of two consensuses wins."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Barrier

import pytest
from django.db import connection

from assessments import services
from assessments.choices import AnswerKind
from assessments.exceptions import AnswersClosed
from assessments.models import Answer, Assessment, Assessor, Consensus, Criterion
from assessments.queries import points_to_agree
from assessments.services import JudgementInput
from core.accounts.models import User
from core.exceptions import Refusal, Stale
from programs.choices import Role
from programs.models import Membership
from tests.assessments.conftest import AnswerAll
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db(transaction=True)
Criteria = dict[str, Criterion]


def at_once(*tasks: Callable[[], None]) -> None:
    """Run tasks in the same moment, each on a connection of its own; what one of them raises is raised here."""
    start = Barrier(len(tasks))

    def run(task: Callable[[], None]) -> None:
        start.wait()
        try:
            task()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        list(pool.map(run, tasks))


def _percent(criterion: Criterion, person: int) -> int:
    """Return what somebody says of a criterion: something else than everybody else does, where there is a choice."""
    if criterion.answer == AnswerKind.YES_NO:
        return 100 * (person % 2)
    return (criterion.position + person) * 5 % 105


def test_six_assessors_answer_sixty_five_criteria_at_once_and_no_answer_is_lost(
    opened: Assessment, assessors: dict[str, Assessor], criteria: Criteria, roles: dict[Role, User], alice: User
) -> None:
    late = (alice, roles[Role.VIEWER])
    more = [services.add_assessor(assessment=opened, person=person, by=alice, at=MONDAY) for person in late]
    places = [*assessors.values(), *more]
    assert len(places) == 6

    def answer(person: int, place: Assessor, said: Iterable[Criterion]) -> Callable[[], None]:
        def run() -> None:
            for criterion in said:
                judgement = JudgementInput(percent=_percent(criterion, person))
                services.save_answer(
                    assessor=place, criterion=criterion, judgement=judgement, by=place.person, at=MONDAY
                )

        return run

    forwards, backwards = list(criteria.values()), list(criteria.values())[::-1]
    at_once(*(answer(n, place, backwards if n % 2 else forwards) for n, place in enumerate(places)))
    kept = {(row.assessor_id, row.criterion_id): row.percent for row in Answer.objects.all()}
    due = {(place.pk, each.pk): _percent(each, n) for n, place in enumerate(places) for each in forwards}
    assert len(due) == 6 * 65
    assert kept == due


def test_one_assessor_in_two_windows_has_one_answer_a_criterion(
    opened: Assessment, assessors: dict[str, Assessor], criteria: Criteria
) -> None:
    place = assessors["lead"]
    outcomes: list[int | None] = []

    def window(percent: int) -> Callable[[], None]:
        def run() -> None:
            judgement = JudgementInput(percent=percent)
            try:
                services.save_answer(
                    assessor=place, criterion=criteria["P1"], judgement=judgement, by=place.person, at=MONDAY,
                    expected_version=0,
                )  # fmt: skip
                outcomes.append(percent)
            except Stale:
                outcomes.append(None)

        return run

    at_once(*(window(percent) for percent in (10, 20, 30, 40)))
    assert outcomes.count(None) == 3
    assert Answer.objects.get().percent in outcomes


def test_no_answer_slips_in_after_a_spread_was_shown(
    opened: Assessment, assessors: dict[str, Assessor], criteria: Criteria, answer_all: AnswerAll, alice: User
) -> None:
    for place in assessors.values():
        answer_all(place, {"P1": JudgementInput(percent=0)})
    seen: list[int] = []

    def hurry(place: Assessor) -> Callable[[], None]:
        def run() -> None:
            for percent in cycle(range(5, 101, 5)):
                try:
                    services.save_answer(
                        assessor=place, criterion=criteria["P1"], judgement=JudgementInput(percent=percent),
                        by=place.person, at=MONDAY,
                    )  # fmt: skip
                except AnswersClosed:
                    return

        return run

    def agree() -> None:
        shown = services.open_consensus(assessment=opened, by=alice, at=MONDAY)
        spread = points_to_agree(shown)[0].spread
        assert spread is not None
        seen.extend([spread.low or 0, spread.high or 0])

    at_once(*(hurry(place) for place in assessors.values()), agree)
    percents = sorted(answer.percent or 0 for answer in Answer.objects.all())
    assert [percents[0], percents[-1]] == seen


def test_of_two_facilitators_who_set_one_consensus_one_is_told(
    in_consensus: Assessment, criteria: Criteria, roles: dict[Role, User], alice: User
) -> None:
    Membership.objects.filter(person=roles[Role.LEAD]).update(role=Role.MANAGER)
    outcomes: list[int | None] = []

    def agree(by: User, percent: int) -> Callable[[], None]:
        def run() -> None:
            try:
                services.set_consensus(
                    assessment=in_consensus, criterion=criteria["P1"], judgement=JudgementInput(percent=percent),
                    by=by, at=MONDAY, expected_version=0,
                )  # fmt: skip
                outcomes.append(percent)
            except Stale:
                outcomes.append(None)

        return run

    at_once(agree(alice, 40), agree(roles[Role.LEAD], 60))
    assert sorted(outcomes, key=str) in ([40, None], [60, None])
    assert [Consensus.objects.get().percent] == [each for each in outcomes if each is not None]


def test_an_assessment_is_withdrawn_or_answered_never_both(
    opened: Assessment, assessors: dict[str, Assessor], criteria: Criteria, alice: User
) -> None:
    place = assessors["lead"]

    def withdraw() -> None:
        try:
            services.withdraw_assessment(assessment=opened, by=alice, at=MONDAY)
        except Refusal:
            return

    def answer() -> None:
        judgement = JudgementInput(percent=50)
        try:
            services.save_answer(
                assessor=place, criterion=criteria["P1"], judgement=judgement, by=place.person, at=MONDAY
            )
        except Refusal:
            return

    at_once(withdraw, answer)
    is_draft = Assessment.objects.get(pk=opened.pk).state == "draft"
    assert is_draft != Answer.objects.exists()
