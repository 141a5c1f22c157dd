"""A gate in a real browser: held by the manager, decided by the sponsor, its condition in somebody's work."""

import pytest
from playwright.sync_api import Page, expect

from programs.choices import PhaseStatus
from programs.models import Phase
from tests.journeys.conftest import Cast, Enter
from tests.support.browser import PHONE, broken_rules, overflow
from workstreams.choices import ActionSource, ActionState, GateState
from workstreams.models import ActionItem, GateReview

pytestmark = pytest.mark.django_db(transaction=True)

BOTH_WAYS = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
CONDITION = "Remove the last two senseless rules"


def hold(page: Page) -> None:
    """Hold the third gate of the sample."""
    page.goto("/gates/ONE-G3/")
    expect(page.locator(".lead")).to_contain_text("3 of 8 checks are not met")
    page.get_by_role("link", name="Hold the review").click()
    page.get_by_label("Amber").check()
    page.get_by_label("Findings").fill("The pilot works; two rules are left.")
    page.get_by_role("button", name="Hold the review").click()
    expect(page.locator(".lead")).to_contain_text("waits for the sponsor's decision")


def decide(page: Page, day: str) -> None:
    """Find the gate in My work and decide it with a condition that Luis is to keep."""
    page.goto("/my-work/")
    page.locator("li.row", has_text="Pilot cards and mortgages together").get_by_role("link").first.click()
    page.get_by_role("link", name="Decide").click()
    page.get_by_label("Proceed with conditions").check()
    page.get_by_label("Rationale").fill("The pilot taught what it could.")
    first = page.get_by_role("group", name="Condition 1")
    first.get_by_label("Condition").fill(CONDITION)
    first.get_by_label("Who does it").select_option(label="Luis Abara")
    first.get_by_label("By when").fill(day)
    first.get_by_label("Workstream").select_option(index=2)
    page.get_by_label("Move to PH4").check()
    page.get_by_role("button", name="Go on to confirm").click()
    expect(page.locator(".lead")).to_contain_text("Proceed with conditions, for Pilot cards and mortgages together?")
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_label("Rationale")).to_have_value("The pilot taught what it could.")
    page.get_by_role("button", name="Go on to confirm").click()
    page.get_by_role("button", name="Decide: Proceed with conditions").click()
    expect(page.locator(".lead")).to_contain_text("Proceed with conditions, by Marta Osei")


@BOTH_WAYS
def test_a_gate_is_held_and_decided_and_its_condition_stands_in_somebodys_work(
    people: Cast, enter: Enter, script: bool
) -> None:
    hold(enter(people["Joan"], script=script))
    assert Phase.objects.get(code="PH3").status == PhaseStatus.IN_REVIEW
    sponsor = enter(people["Marta"], script=script)
    decide(sponsor, "2027-02-12")
    gate, item = GateReview.objects.get(code="G3"), ActionItem.objects.get(title=CONDITION)
    assert (gate.state, gate.checks.count()) == (GateState.DECIDED, 8)
    assert (item.state, item.source, item.performer) == (ActionState.REQUESTED, ActionSource.GATE, people["Luis"])
    assert Phase.objects.get(code="PH3").status == PhaseStatus.CLOSED

    sponsor.goto("/programs/ONE/decisions/")
    expect(sponsor.locator(".lead")).to_contain_text("Last decided: Pilot cards and mortgages together")
    performer = enter(people["Luis"], script=script)
    row = performer.locator("li.row", has_text=CONDITION)
    expect(row.get_by_role("button", name="Promise")).to_be_visible()
    row.get_by_role("button", name="Promise").click()
    expect(performer.locator("#messages .toast").last).to_contain_text("Promised.")


def test_every_step_fits_a_phone_and_breaks_no_rule(people: Cast, enter: Enter) -> None:
    manager, sponsor = enter(people["Joan"]), enter(people["Marta"], **PHONE)
    hold(manager)
    for path in ("/gates/ONE-G3/", "/gates/ONE-G3/decision/", "/gates/ONE-G3/pack/", "/gates/ONE-G1/"):
        sponsor.goto(path)
        assert broken_rules(sponsor) == [], path
        assert overflow(sponsor) == 0, path
    for path in ("/gates/ONE-G3/", "/programs/ONE/decisions/", "/programs/ONE/decisions/new/"):
        manager.goto(path)
        assert broken_rules(manager) == [], path
