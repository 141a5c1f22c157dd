"""My work: everything that is a person's, in its group, and nothing that is not."""

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments import services as assessments
from assessments.models import AssessmentTemplate
from assessments.services import AssessmentDetails, JudgementInput
from backend.overview.queries import asks
from backend.overview.views.my_work import sentence
from core.accounts.models import User
from programs.choices import Cadence, Direction, MeasureKind, OutcomeArea, ProgramStatus, Role
from programs.models import Measure, Measurement, Outcome, Phase, Program
from tests.cast import MONDAY
from tests.conftest import Clock
from tests.work import FRIDAY, STAMPS, TODAY
from workstreams import services
from workstreams.models import ActionItem, GateReview, Milestone
from workstreams.services import ActionRequest

DAY = dt.timedelta(days=1)


def groups(person: User, at: dt.datetime = MONDAY) -> dict[str, str]:
    """Return where each thing in somebody's work stands."""
    return {task.code: task.group for task in asks.tasks(asks.scope(person, at))}


@pytest.fixture
def measure(program: Program, phase: Phase, bob: User) -> Measure:
    """A measure that Bob reads every week, last read ten days ago."""
    outcome = Outcome.objects.create(
        program=program, phase=phase, code="O1", statement="Fewer repeats", area=OutcomeArea.CUSTOMER, **STAMPS
    )
    measure = Measure.objects.create(
        program=program,
        outcome=outcome,
        code="M1",
        name="Repeat contacts",
        kind=MeasureKind.CUSTOMER_BEHAVIOUR,
        direction=Direction.DOWN,
        baseline=31,
        baseline_on=TODAY - 60 * DAY,
        target=14,
        target_on=TODAY + 200 * DAY,
        cadence=Cadence.WEEKLY,
        owner=bob,
        unit="contacts",
        **STAMPS,
    )
    read_on = TODAY - 10 * DAY
    Measurement.objects.create(
        measure=measure, value=25, measured_on=read_on, recorded_on=read_on, recorded_at=MONDAY, recorded_by=bob
    )
    return measure


def test_each_thing_stands_in_its_group(
    item: ActionItem, milestone: Milestone, measure: Measure, bob: User, roles: dict[Role, User]
) -> None:
    assert groups(bob) == {"ONE-A1": "asked", "ONE-S1": "week", "ONE-M1": "late"}
    assert groups(roles[Role.SPONSOR]) == {"ONE-A1": "waiting"}


def test_a_promise_goes_from_later_over_this_week_to_late(promise: ActionItem, bob: User) -> None:
    assert groups(bob, MONDAY - 30 * DAY) == {"ONE-A1": "later"}
    assert groups(bob, MONDAY) == {"ONE-A1": "week"}
    assert groups(bob, MONDAY + 4 * DAY) == {"ONE-A1": "week"}
    assert groups(bob, MONDAY + 5 * DAY) == {"ONE-A1": "late"}


def test_what_is_done_waits_for_its_requester(
    program: Program, request_of_bob: ActionRequest, bob: User, roles: dict[Role, User]
) -> None:
    asked = replace(request_of_bob, needs_acceptance=True)
    item = services.request_action(program=program, request=asked, by=roles[Role.SPONSOR], at=MONDAY)
    services.promise_action(item=item, promised_for=FRIDAY, by=bob, at=MONDAY)
    services.keep_action(item=item, by=bob, at=MONDAY)
    assert groups(bob) == {"ONE-A1": "waiting"}
    assert groups(roles[Role.SPONSOR]) == {"ONE-A1": "asked"}


def test_gates_wait_for_the_manager(program: Program, phase: Phase, alice: User, bob: User) -> None:
    GateReview.objects.create(program=program, phase=phase, code="G1", planned_on=FRIDAY, **STAMPS)
    assert groups(alice) == {"ONE-G1": "week"}
    assert groups(bob) == {}


def test_a_stranger_and_a_closed_program_have_no_work(item: ActionItem, bob: User, charlie: User) -> None:
    assert groups(charlie) == {}
    complete = {"sponsor": bob, "case_for_change": "They leave"}
    Program.objects.update(status=ProgramStatus.CLOSED, **complete)
    assert groups(bob) == {}


def test_who_left_the_program_has_no_work_in_it(item: ActionItem, bob: User) -> None:
    bob.memberships.all().delete()
    assert groups(bob) == {}


def test_the_first_sentence_counts(item: ActionItem, milestone: Milestone, measure: Measure, bob: User) -> None:
    assert sentence(asks.tasks(asks.scope(bob, MONDAY))) == "One asked, one late, one this week."
    assert sentence([]) == "Nothing asked of you."
    later = asks.tasks(asks.scope(bob, MONDAY - 40 * DAY))[-1:]
    assert sentence(later) == "Nothing asked of you. Next: Rules approved, 27 November."


def test_a_reading_is_recorded_from_its_row(
    client: Client, measure: Measure, bob: User, charlie: User, clock: Clock
) -> None:
    clock.move_to(MONDAY)
    client.force_login(bob)
    client.post("/my-work/readings/ONE-M1/", {"value": "24.5"})
    newest = measure.measurements.latest("pk")
    assert (float(newest.value), newest.measured_on, newest.recorded_by) == (24.5, TODAY, bob)

    page = client.post("/my-work/readings/ONE-M1/", {"value": "many"}, follow=True).content.decode()
    assert "Enter a number." in page
    client.force_login(charlie)
    assert client.post("/my-work/readings/ONE-M1/", {"value": "1"}).status_code == 404
    assert measure.measurements.count() == 2


def test_the_page_and_its_fragment(client: Client, item: ActionItem, bob: User, clock: Clock) -> None:
    clock.move_to(MONDAY)
    client.force_login(bob)
    page = client.get("/my-work/").content.decode()
    assert "One asked." in page
    assert "Brief the branches" in page

    part = client.get("/my-work/", headers={"HX-Request": "true", "HX-Target": "work"}).content.decode()
    assert part.strip().startswith('<div class="work"')
    beside = client.get("/my-work/?item=ONE-A1", headers={"HX-Request": "true", "HX-Target": "beside"})
    assert "<aside" in beside.content.decode()


def test_its_queries_do_not_grow(
    client: Client,
    program: Program,
    request_of_bob: ActionRequest,
    bob: User,
    roles: dict[Role, User],
    clock: Clock,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    clock.move_to(MONDAY)
    client.force_login(bob)
    for number in range(30):
        asked = replace(request_of_bob, title=f"Thing {number}")
        services.request_action(program=program, request=asked, by=roles[Role.SPONSOR], at=MONDAY)
    with django_assert_max_num_queries(18):
        client.get("/my-work/")


def test_assessments_stand_among_what_is_asked(
    program: Program, roles: dict[Role, User], alice: User, bob: User
) -> None:
    assessments.install_built_in(at=MONDAY)
    template = AssessmentTemplate.objects.get(slug="leadership-and-commitment")
    details = AssessmentDetails(template=template, purpose="readiness", closes_on=MONDAY.date() + 5 * DAY)
    found = assessments.prepare_assessment(program=program, details=details, by=alice, at=MONDAY)
    olivia = User.objects.create_user("olivia@example.net", name="Olivia")
    own = assessments.add_assessor(assessment=found, person=bob, by=alice, at=MONDAY)
    other = assessments.add_assessor(assessment=found, email=olivia.email, by=alice, at=MONDAY)
    assert groups(bob) == {}
    assessments.open_assessment(assessment=found, by=alice, at=MONDAY)
    assert groups(bob) == groups(olivia) == {"ONE-T1": "asked"}
    assert groups(bob, MONDAY + 6 * DAY) == {"ONE-T1": "late"}
    assert groups(alice) == {"ONE-T1": "waiting"}
    assert groups(alice, MONDAY + 6 * DAY) == {"ONE-T1": "late"}
    criterion = template.criteria.order_by("position")[0]
    for place in (own, other):
        judgement = JudgementInput(percent=50)
        assessments.save_answer(assessor=place, criterion=criterion, judgement=judgement, by=place.person, at=MONDAY)
        assessments.submit_answers(assessor=place, by=place.person, at=MONDAY)
    assert groups(bob) == groups(olivia) == {}
    assert groups(alice) == {"ONE-T1": "asked"}
    assessments.open_consensus(assessment=found, by=alice, at=MONDAY)
    assert [task.url for task in asks.tasks(asks.scope(alice, MONDAY))] == ["/assessments/ONE-T1/consensus/"]


def test_the_page_says_when_the_next_mail_leaves_and_pauses_it(client: Client, bob: User, clock: Clock) -> None:
    clock.move_to(MONDAY)
    client.force_login(bob)
    assert "No reminder waits for you now." in client.get("/my-work/").content.decode()

    paused = client.post("/my-work/pause/", {"is_paused": "1"}, follow=True).content.decode()
    assert "Mail is paused until Monday 30 November 2026." in paused
    assert "No reminder waits" not in paused

    resumed = client.post("/my-work/pause/", {"is_paused": "0"}, follow=True).content.decode()
    assert "Mail is paused" not in resumed
