"""A phase moves with its milestones, when that is asked for."""

import datetime as dt

import pytest
from django.test import Client

from core.accounts.models import User
from core.audit.models import Entry
from core.exceptions import DayOutOfRange
from programs.models import Phase
from tests.cast import MONDAY
from tests.support.api import ApiOf
from tests.work import FRIDAY, TODAY
from workstreams import exceptions, services
from workstreams.models import Milestone

pytestmark = pytest.mark.usefixtures("monday")
DAY = dt.timedelta(days=1)


@pytest.fixture
def planned(phase: Phase, milestone: Milestone) -> Phase:
    """A phase that has not started, with one milestone to be reached."""
    Phase.objects.filter(pk=phase.pk).update(
        status="planned", actual_start_on=None, baseline_start_on=TODAY, baseline_end_on=TODAY + 60 * DAY
    )
    Milestone.objects.filter(pk=milestone.pk).update(baseline_frozen_at=None, baseline_on=FRIDAY, due_on=FRIDAY)
    phase.refresh_from_db()
    return phase


def moved_by(days: int) -> dict[str, dt.date]:
    return {"baseline_start_on": TODAY + days * DAY, "baseline_end_on": TODAY + (60 + days) * DAY}


def test_a_moved_baseline_takes_those_of_the_milestones_along(
    planned: Phase, milestone: Milestone, alice: User
) -> None:
    done = services.edit_phase_with_milestones(phase=planned, changes=moved_by(9), by=alice, at=MONDAY)
    milestone.refresh_from_db()
    assert (done.milestones, milestone.baseline_on, milestone.due_on) == (1, FRIDAY + 9 * DAY, FRIDAY + 9 * DAY)
    entry = Entry.objects.get(verb="edit_milestone", subject=f"milestone:{milestone.pk}")
    assert entry.changes == {"baseline_on": [FRIDAY.isoformat(), (FRIDAY + 9 * DAY).isoformat()]}


def test_a_forecast_is_said_of_each_milestone_for_the_same_reason(
    planned: Phase, milestone: Milestone, alice: User
) -> None:
    Phase.objects.filter(pk=planned.pk).update(status="active", actual_start_on=TODAY)
    Milestone.objects.filter(pk=milestone.pk).update(baseline_frozen_at=MONDAY)
    changes = {"forecast_end_on": TODAY + 70 * DAY}
    with pytest.raises(exceptions.ReasonMissing):
        services.edit_phase_with_milestones(phase=planned, changes=changes, by=alice, at=MONDAY)
    services.edit_phase_with_milestones(phase=planned, changes=changes, reason="Late parts", by=alice, at=MONDAY)
    milestone.refresh_from_db()
    assert (milestone.baseline_on, milestone.due_on) == (FRIDAY, FRIDAY + 10 * DAY)
    assert milestone.forecasts.get().reason == "Late parts"


def test_all_of_it_or_nothing(planned: Phase, milestone: Milestone, alice: User) -> None:
    far = dt.date(2199, 12, 1)
    Milestone.objects.filter(pk=milestone.pk).update(baseline_on=far, due_on=far)
    with pytest.raises(DayOutOfRange):
        services.edit_phase_with_milestones(phase=planned, changes=moved_by(60), by=alice, at=MONDAY)
    planned.refresh_from_db()
    assert planned.baseline_start_on == TODAY


@pytest.mark.parametrize("is_asked", [True, False])
def test_the_api_moves_them_only_when_asked(
    is_asked: bool, planned: Phase, milestone: Milestone, alice: User, api_of: ApiOf
) -> None:
    said = {name: day.isoformat() for name, day in moved_by(9).items()}
    answer = api_of(alice).patch("phases/ONE-PH1/", {**said, "with_milestones": is_asked}, If_Match="*")
    assert answer.status_code == 200, answer.content
    milestone.refresh_from_db()
    assert milestone.baseline_on == FRIDAY + (9 if is_asked else 0) * DAY


@pytest.mark.parametrize("is_asked", [True, False])
def test_the_page_offers_it_with_the_count(is_asked: bool, planned: Phase, milestone: Milestone, alice: User) -> None:
    her, address = Client(), "/programs/ONE/phases/PH1/edit/"
    her.force_login(alice)
    assert "Move its 1 open milestone by the same days" in her.get(address).content.decode()
    said = {name: day.isoformat() for name, day in moved_by(9).items()}
    body = {"version": planned.version, "name": planned.name, **said} | ({"with_milestones": "on"} if is_asked else {})
    done = her.post(address, body, follow=True).content.decode()
    assert ("1 milestone moved with it." in done) == is_asked
    milestone.refresh_from_db()
    assert milestone.baseline_on == FRIDAY + (9 if is_asked else 0) * DAY
