"""What the plan tells: the sample's slips as of its day, pairing, and the cost of a large plan."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.programfile.services import load_program_file
from core.accounts.models import User
from programs.models import Phase, Program
from tests.support import big_program
from tests.support.big_program import Size
from tests.work import FRIDAY, STAMPS, TODAY
from workstreams.choices import Discipline
from workstreams.models import Milestone, Workstream
from workstreams.queries import network as networks
from workstreams.queries import plan as plans
from workstreams.queries import plan_page

SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
STATUS_DAY = dt.date(2026, 11, 20)
SLIPS = {
    "S1": 7, "S2": 21, "S3": 7, "S4": 35, "S5": 28,
    "C1": 0, "C2": 47, "C3": -1, "C4": 14, "C5": 0,
}  # fmt: skip


def test_the_slips_of_the_sample_on_its_day(db: None) -> None:
    at = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    load_program_file(text=SAMPLE.read_text(encoding="utf-8"), source_name=SAMPLE.name, as_of=None, by=None, at=at)
    found = plan_page.planned(Program.objects.get().pk, STATUS_DAY)
    assert {row["code"]: row["slip"] for row in found.milestones if row["code"] in SLIPS} == SLIPS


@pytest.fixture
def pair(milestone: Milestone, workstreams: dict[Discipline, Workstream]) -> tuple[Milestone, Milestone]:
    """A project milestone that goes live on Friday, and one of change a day before it."""
    Milestone.objects.filter(pk=milestone.pk).update(goes_live=True)
    day = FRIDAY - dt.timedelta(days=1)
    place = {"program": milestone.program, "phase": milestone.phase, "workstream": workstreams[Discipline.CHANGE]}
    return milestone, Milestone.objects.create(
        code="C1", name="Branches briefed", baseline_on=day, due_on=day, **place, **STAMPS
    )


def test_what_goes_live_with_nobody_prepared_is_pointed_out(pair: tuple[Milestone, Milestone]) -> None:
    live, change = pair
    program_id = live.program_id
    assert plan_page.planned(program_id, TODAY).findings == []
    Milestone.objects.filter(pk=change.pk).update(due_on=FRIDAY + dt.timedelta(days=3))
    (finding,) = plan_page.planned(program_id, TODAY).findings
    assert finding.milestone is not None and finding.milestone["code"] == "S1"


def test_a_phase_without_a_discipline_is_pointed_out(milestone: Milestone) -> None:
    (finding,) = plan_page.planned(milestone.program_id, TODAY).findings
    assert (finding.phase["code"], finding.missing) == ("PH1", "change management")
    Phase.objects.update(status="stopped")
    assert plan_page.planned(milestone.program_id, TODAY).findings == []


def test_a_large_plan_costs_four_queries_as_a_small_one(alice: User) -> None:
    small = big_program.make(alice, key="SMALL", size=big_program.SMALL)
    large = big_program.make(alice, key="LARGE", size=Size(phases=12, milestones=200, dependencies=1000))
    for program in (small, large):
        with CaptureQueriesContext(connection) as captured:
            plan_page.planned(program.pk, big_program.TODAY)
        assert len(captured) == 4
    with CaptureQueriesContext(connection) as captured:
        assert set(networks.networks({small.pk: big_program.TODAY, large.pk: big_program.TODAY})) == {
            small.pk,
            large.pk,
        }
    assert len(captured) == 1


def test_what_a_picture_has_no_room_for_is_reckoned_all_the_same(milestone: Milestone) -> None:
    """The last of many milestones is the one that moved: its phase ends with it, and it is told as moved."""
    program, day = milestone.program, TODAY + dt.timedelta(days=10)
    place = {"program": program, "phase": milestone.phase, "workstream": milestone.workstream, "baseline_on": day}
    Milestone.objects.bulk_create(
        Milestone(code=f"N{n}", name=f"Step {n}", due_on=day, **place, **STAMPS) for n in range(plans.MOST_DRAWN)
    )
    last_on = TODAY + dt.timedelta(days=500)
    Milestone.objects.create(code="LAST", name="The last", due_on=last_on, **place, **STAMPS)
    Phase.objects.filter(pk=milestone.phase_id).update(
        status="active", baseline_start_on=TODAY, baseline_end_on=day, actual_start_on=TODAY
    )
    found = plans.plan(program.pk, TODAY)
    assert "LAST" in [row["code"] for row in found.late]
    assert "LAST" not in [row["code"] for row in found.drawn]
    assert [row["end_on"] for row in found.phases if row["pk"] == milestone.phase_id] == [last_on]
