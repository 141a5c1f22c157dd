"""A milestone that another pushes is expected on one day, whatever door it is read through."""

import datetime as dt
from collections.abc import Callable

import pytest

from core.accounts.models import User
from notifications import registry
from programs.choices import OutcomeArea
from programs.models import Outcome, Phase, Program
from tests.cast import MONDAY
from tests.support.api import ApiOf
from tests.support.pages import read, signed_in
from tests.work import FRIDAY, STAMPS, TODAY
from workstreams import queries, services
from workstreams.choices import MILESTONE, Check, GateState
from workstreams.models import ActionItem, GateReview, Milestone
from workstreams.queries import contributions

pytestmark = pytest.mark.usefixtures("monday")

# S1 is said for this day, and S2, which is due two weeks earlier, waits for it.
PUSHED_ON = FRIDAY + dt.timedelta(days=14)
SLIP = 14
Shown = Callable[[str], str]


@pytest.fixture
def pushed(following: Milestone, milestone: Milestone, alice: User) -> Milestone:
    """S2, whose owner says Friday, and which is expected two weeks later."""
    services.forecast_milestone(milestone=milestone, forecast_on=PUSHED_ON, reason="Vendor", by=alice, at=MONDAY)
    following.refresh_from_db()
    assert following.due_on == FRIDAY
    return following


@pytest.fixture
def shown(alice: User) -> Shown:
    """The pages as Alice reads them."""
    return lambda address: read(signed_in(alice), address)


def _told(day: dt.date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("milestones/ONE-S2/", "Expected on"),
        ("programs/ONE/milestones/", 'id="S2"'),
        ("programs/ONE/plan/", 'id="S2"'),
        ("programs/ONE/lanes/", "/milestones/ONE-S2/"),
        ("programs/ONE/phases/PH1/", "/milestones/ONE-S2/"),
        ("programs/ONE/", "Wave 1 live"),
        ("my-work/", "Wave 1 live"),
    ],
)
def test_every_page_names_the_day_it_is_expected(address: str, part: str, pushed: Milestone, shown: Shown) -> None:
    page = shown(f"/{address}")
    _before, found, rest = page.partition(part)
    assert found, page
    assert _told(PUSHED_ON) in rest[:2000], rest[:2000]


def test_the_milestones_page_does_not_say_that_it_is_due_earlier(pushed: Milestone, shown: Shown) -> None:
    page = shown("/milestones/ONE-S2/")
    assert f"Expected on {_told(PUSHED_ON)}, {SLIP} days after its baseline." in page
    assert "Due on" not in page


def test_the_file_carries_its_day_slip_and_lateness(pushed: Milestone, alice: User) -> None:
    answer = signed_in(alice).get("/programs/ONE/milestones/?format=csv")
    (row,) = [line for line in answer.content.decode().splitlines() if line.startswith("S2")]
    assert f"{FRIDAY},{PUSHED_ON},,{SLIP},0,{SLIP}" in row


def test_the_api_and_the_figures_tell_the_same(pushed: Milestone, alice: User, api_of: ApiOf) -> None:
    api = api_of(alice)
    for row in (api.get("milestones/ONE-S2/").json(), api.get("milestones/?program=ONE").json()["results"][1]):
        assert (row["code"], row["expected_on"], row["slip_days"]) == ("ONE-S2", PUSHED_ON.isoformat(), SLIP)
    overview = {row["code"]: row for row in api.get("programs/ONE/overview/").json()["milestones"]}
    assert overview["ONE-S2"]["expected_on"] == PUSHED_ON.isoformat()
    assert overview["ONE-S2"]["slip_days"] == SLIP


def test_the_gate_is_told(pushed: Milestone, program: Program, phase: Phase, shown: Shown) -> None:
    GateReview.objects.create(
        program=program, phase=phase, code="G1", planned_on=FRIDAY, state=GateState.SCHEDULED, **STAMPS
    )
    _before, found, row = shown("/gates/ONE-G1/pack/").partition("S2 Wave 1 live")
    assert found
    assert _told(PUSHED_ON) in row
    assert f"+{SLIP}" in row
    (line,) = [line for line in queries.checklist(phase, TODAY) if line.check == Check.PROJECT]
    assert set(line.names) == {"S1", "S2"}


def test_the_line_of_sight_names_it(pushed: Milestone, item: ActionItem, milestone: Milestone, shown: Shown) -> None:
    beside = f'<a href="/milestones/ONE-S2/">Wave 1 live</a>, Alice Archer, {_told(PUSHED_ON)}'
    assert f"Then comes</dt> <dd>{beside}" in shown("/milestones/ONE-S1/")
    ActionItem.objects.filter(pk=item.pk).update(milestone=milestone)
    assert _told(PUSHED_ON) in shown(f"/actions/ONE-{item.code}/").partition("Wave 1 live")[2][:200]


def test_an_outcome_is_fed_on_that_day(pushed: Milestone, program: Program, phase: Phase) -> None:
    outcome = Outcome.objects.create(
        program=program, phase=phase, code="O1", statement="Stay", area=OutcomeArea.CUSTOMER, **STAMPS
    )
    rows = {row["code"]: row for row in contributions.of_outcome(outcome, today=TODAY).milestones}
    assert (rows["S2"]["on"], rows["S2"]["days_late"]) == (PUSHED_ON, SLIP)


def test_mail_says_when_it_is_expected(pushed: Milestone, alice: User) -> None:
    shown = registry.sources()[MILESTONE].present([pushed.pk], alice)[pushed.pk]
    assert shown.line.startswith("One Customer, Mobilise, expected on ")
    assert f"{PUSHED_ON.day} " in shown.line
