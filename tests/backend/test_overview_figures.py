"""The figures of the sample, exactly, on its own day and as of another; what has no data; what many rows cost."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.overview.indicators.confidence import Rating
from backend.overview.queries import confidence
from backend.overview.queries.figures import Figures, figures, program_figures
from backend.programfile import services as programfile
from core.accounts.models import User
from programs.choices import OutcomeStatus
from programs.indicators import Share
from programs.models import Outcome, Program
from tests.support import big_program
from tests.support.big_program import SMALL, Size
from workstreams.choices import RaidState
from workstreams.indicators import Commitments, Promises
from workstreams.models import ActionItem, Milestone, RaidEntry
from workstreams.queries.raid import Risk

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
STATUS = dt.date(2026, 11, 20)
LATER = dt.date(2027, 3, 2)
A, R, G = Rating.AMBER, Rating.RED, Rating.GREEN


def _load(on: dt.date) -> Program:
    at = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
    as_of = None if on == STATUS else on
    programfile.load_program_file(
        text=SAMPLE.read_text(encoding="utf-8"), source_name=SAMPLE.name, as_of=as_of, by=None, at=at
    )
    return Program.objects.get(key="ONE")


@pytest.fixture(params=[STATUS, LATER], ids=["on its day", "as of another day"])
def sample(request: pytest.FixtureRequest) -> Figures:
    """The figures of the sample, told on the day it was loaded for."""
    return program_figures(_load(request.param).pk, request.param)


def test_where_each_measure_stands(sample: Figures) -> None:
    attained = {row["code"]: round(float(row["figures"].attainment) * 100, 1) for row in sample.measures}
    assert attained == {"M1": 36.5, "M2": 35.3, "M3": 16.1, "M4": 12.0, "M5": 4.7, "M6": 68.2, "M7": 0.0, "M8": 87.0}
    assert [row["code"] for row in sample.behind] == ["M1", "M2"]
    assert [row["code"] for row in sample.stale] == ["M7"]
    assert sample.behaviour == Share(3, 8)


def test_the_slip_of_each_milestone(sample: Figures) -> None:
    assert {row["code"]: row["slip_days"] for row in sample.milestones} == {
        "S1": 7, "S2": 21, "S3": 7, "S4": 35, "S5": 28, "C1": 0, "C2": 47, "C3": -1, "C4": 14, "C5": 0,
    }  # fmt: skip
    assert {row["code"]: row["reforecasts"] for row in sample.milestones if row["reforecasts"]} == {
        "S4": 2, "S5": 1, "C4": 1,
    }  # fmt: skip


def test_parity_promises_and_commitment(sample: Figures) -> None:
    assert sample.parity.points == 0
    assert not sample.parity.is_alert
    assert (sample.parity.project.achieved, sample.parity.project.due) == (3, 4)
    assert (sample.parity.change.achieved, sample.parity.change.due) == (3, 4)
    assert sample.kept.promises == sample.kept.recent == Promises(kept=2, missed=2, overdue=0)
    assert sample.kept.commitments == Commitments(committed=6, declined=1)
    assert sample.kept.reasons == [("competing_priority", 1), ("waiting_for_approval", 1)]


def test_delivery_confidence_is_amber_and_says_why(sample: Figures) -> None:
    assert sample.ratings == {"outcomes": A, "schedule": R, "parity": G, "promises": A, "risks": A}
    assert sample.rating is A
    assert confidence.reasons(sample) == {
        "outcomes": "4 of 7 unfinished measures were read and are on track. Behind: M1, M2. Stale: M7.",
        "schedule": "PH3 ends 35 days after its baseline. "
        "2 of 8 milestones due by baseline are still open, up to 7 days past it.",
        "parity": "Change reached 3 of 4 milestones due, project 3 of 4.",
        "promises": "2 of 4 promises of the last 8 weeks were kept.",
        "risks": "The highest open risk or issue, R1, scores 12 of 25.",
    }


def test_what_has_no_data_is_left_out_and_said(alice: User) -> None:
    size = Size(phases=1, milestones=0, dependencies=0, actions=0, outcomes=0)
    found = program_figures(big_program.make(alice, size=size).pk, STATUS)
    # A phase under way and in its time is all there is, which is not enough to say.
    assert (found.ratings, found.rating) == ({"schedule": G}, None)
    assert all("left out" in words for name, words in confidence.reasons(found).items() if name != "schedule")
    assert found.parity.points is None and not found.parity.is_alert


def test_a_change_behind_the_project_alarms() -> None:
    program = _load(STATUS)
    Milestone.objects.filter(code="C3").update(state="planned", actual_on=None)
    found = program_figures(program.pk, STATUS)
    assert found.parity.points == -25 and found.parity.is_alert
    assert found.ratings["parity"] is A


def test_promises_before_the_last_weeks_count_no_more_for_confidence() -> None:
    program = _load(STATUS)
    before = STATUS - dt.timedelta(days=56)
    ActionItem.objects.filter(code="A1").update(promised_for=before, done_on=before)
    found = program_figures(program.pk, STATUS)
    assert found.kept.promises.kept == 2 and found.kept.recent.kept == 1


def test_a_promise_past_its_day_without_an_answer_counts_as_not_kept() -> None:
    program = _load(STATUS)
    ActionItem.objects.filter(code="A6").update(promised_for=STATUS - dt.timedelta(days=1))
    assert program_figures(program.pk, STATUS).kept.promises == Promises(kept=2, missed=2, overdue=1)


def test_closed_risks_and_ended_outcomes_are_left_out() -> None:
    program = _load(STATUS)
    RaidEntry.objects.update(state=RaidState.CLOSED)
    Outcome.objects.filter(code="O1").update(status=OutcomeStatus.WITHDRAWN)
    found = program_figures(program.pk, STATUS)
    assert found.risk == Risk(0, "") and found.ratings["risks"] is G
    RaidEntry.objects.filter(program=program).exclude(kind="decision").delete()
    assert program_figures(program.pk, STATUS).risk is None
    assert found.on_track == Share(4, 5)
    assert found.behaviour == Share(2, 6)


def test_the_figures_of_many_programs_cost_what_those_of_one_do(alice: User) -> None:
    one = big_program.make(alice, key="ONE", size=SMALL)
    days = {one.pk: STATUS}
    for number, day in enumerate((STATUS, STATUS + dt.timedelta(days=1), STATUS - dt.timedelta(days=1))):
        days[big_program.make(alice, key=f"BIG{number}", size=Size(milestones=40, dependencies=60)).pk] = day
    with CaptureQueriesContext(connection) as few:
        alone = program_figures(one.pk, STATUS)
    with CaptureQueriesContext(connection) as many:
        together = figures(days)
    assert len(few) == len(many) == 11
    assert together[one.pk] == alone
