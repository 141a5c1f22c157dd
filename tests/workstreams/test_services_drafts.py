"""A draft is re-planned as a whole: all planned days move by the same days, and nothing slips."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit.models import Entry
from programs.choices import ProgramStatus, Role
from programs.models import Phase, Program
from tests.cast import MONDAY
from tests.support.api import ApiOf
from tests.work import FRIDAY, STAMPS, TODAY
from workstreams import exceptions, services
from workstreams.models import GateReview, Milestone

WEEK = dt.timedelta(days=7)


@pytest.fixture
def draft(program: Program, phase: Phase, milestone: Milestone) -> Program:
    """Alice's program as a draft: a phase with a gate and a milestone."""
    Program.objects.filter(pk=program.pk).update(status=ProgramStatus.DRAFT, start_on=TODAY)
    Phase.objects.filter(pk=phase.pk).update(
        status="planned", actual_start_on=None, baseline_start_on=TODAY, baseline_end_on=TODAY + 8 * WEEK
    )
    Milestone.objects.filter(pk=milestone.pk).update(baseline_frozen_at=None, baseline_on=FRIDAY, due_on=FRIDAY)
    GateReview.objects.create(program=program, phase=phase, code="G1", planned_on=TODAY + 7 * WEEK, **STAMPS)
    program.refresh_from_db()
    return program


@pytest.mark.parametrize("how", [{"days": 9}, {"start_on": TODAY + dt.timedelta(days=9)}])
def test_all_days_move_and_nothing_slips(
    how: dict[str, Any], draft: Program, milestone: Milestone, alice: User
) -> None:
    nine = dt.timedelta(days=9)
    done = services.replan_draft(program=draft, by=alice, at=MONDAY, **how)
    assert (done.days, done.dates_moved) == (9, 6)
    draft.refresh_from_db()
    milestone.refresh_from_db()
    phase = draft.phases.get()
    assert draft.start_on == TODAY + nine
    assert (phase.baseline_start_on, phase.baseline_end_on) == (TODAY + nine, TODAY + 8 * WEEK + nine)
    assert draft.gate_reviews.get().planned_on == TODAY + 7 * WEEK + nine
    assert milestone.baseline_on == milestone.due_on == FRIDAY + nine
    assert not milestone.forecasts.exists()
    told = Entry.objects.get(verb="replan_program").changes
    assert (told["days"], told["dates_moved"]) == ([None, 9], [None, 6])
    of_milestone = Entry.objects.get(verb="edit_milestone", subject=f"milestone:{milestone.pk}")
    assert of_milestone.changes["baseline_on"] == [FRIDAY.isoformat(), (FRIDAY + nine).isoformat()]


def test_a_slip_that_was_said_stays_as_large_as_it_was(draft: Program, milestone: Milestone, alice: User) -> None:
    services.forecast_milestone(
        milestone=milestone, forecast_on=FRIDAY + WEEK, reason="Late parts", by=alice, at=MONDAY
    )
    services.replan_draft(program=draft, by=alice, at=MONDAY, days=14)
    milestone.refresh_from_db()
    assert milestone.due_on - milestone.baseline_on == WEEK
    assert milestone.forecasts.order_by("-pk")[0].forecast_on == milestone.due_on


def test_what_is_running_or_has_started_is_refused(draft: Program, milestone: Milestone, alice: User) -> None:
    Phase.objects.filter(program=draft).update(actual_start_on=TODAY)
    with pytest.raises(exceptions.DraftHasStarted, match="PH1"):
        services.replan_draft(program=draft, by=alice, at=MONDAY, days=7)
    Phase.objects.filter(program=draft).update(actual_start_on=None)
    Program.objects.filter(pk=draft.pk).update(status=ProgramStatus.ACTIVE, sponsor=alice, case_for_change="So")
    with pytest.raises(exceptions.NotADraft, match="Only a draft"):
        services.replan_draft(program=draft, by=alice, at=MONDAY, days=7)
    milestone.refresh_from_db()
    assert milestone.baseline_on == FRIDAY


@pytest.mark.parametrize(
    ("how", "refusal"),
    [
        ({}, exceptions.DaysOrStart),
        ({"days": 1, "start_on": FRIDAY}, exceptions.DaysOrStart),
        ({"days": 0}, exceptions.SameDate),
        ({"start_on": TODAY}, exceptions.SameDate),
        ({"days": 80_000}, core_exceptions.DayOutOfRange),
        ({"days": -20_000}, core_exceptions.DayOutOfRange),
    ],
)
def test_what_moves_nothing_or_too_far_is_refused(
    how: dict[str, Any], refusal: type[Exception], draft: Program, milestone: Milestone, alice: User
) -> None:
    with pytest.raises(refusal):
        services.replan_draft(program=draft, by=alice, at=MONDAY, **how)
    milestone.refresh_from_db()
    assert milestone.baseline_on == FRIDAY


def test_only_a_manager_re_plans(draft: Program, charlie: User, roles: dict[Role, User]) -> None:
    for role in Role:
        if role != Role.MANAGER:
            with pytest.raises(core_exceptions.NotAllowed):
                services.replan_draft(program=draft, by=roles[role], at=MONDAY, days=7)
    with pytest.raises(core_exceptions.NotFound):
        services.replan_draft(program=draft, by=charlie, at=MONDAY, days=7)


def test_the_page_moves_a_draft_and_says_how_many(draft: Program, milestone: Milestone, alice: User) -> None:
    her = Client()
    her.force_login(alice)
    assert "/programs/ONE/plan/replan/" in her.get("/programs/ONE/plan/").content.decode()
    refused = her.post("/programs/ONE/plan/replan/", {})
    assert (refused.status_code, "one of the two" in refused.content.decode()) == (422, True)
    done = her.post("/programs/ONE/plan/replan/", {"days": "9"}, follow=True)
    assert "6 dates moved." in done.content.decode()
    milestone.refresh_from_db()
    assert milestone.baseline_on == milestone.due_on == FRIDAY + dt.timedelta(days=9)


def test_the_page_of_a_running_program_has_no_form(draft: Program, alice: User) -> None:
    Program.objects.filter(pk=draft.pk).update(status=ProgramStatus.ACTIVE, sponsor=alice, case_for_change="So")
    her = Client()
    her.force_login(alice)
    page = her.get("/programs/ONE/plan/replan/").content.decode()
    assert "Only a draft can be re-planned as a whole." in page
    assert "Or to this start date" not in page


def test_the_api_moves_a_draft(draft: Program, alice: User, api_of: ApiOf) -> None:
    api = api_of(alice)
    done = api.post("programs/ONE/replan/", {"start_on": (TODAY + WEEK).isoformat()})
    assert (done.status_code, done.json()) == (200, {"days": 7, "dates_moved": 6})
    Program.objects.filter(pk=draft.pk).update(status=ProgramStatus.ACTIVE, sponsor=alice, case_for_change="So")
    refused = api.post("programs/ONE/replan/", {"days": 7})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_a_draft")
