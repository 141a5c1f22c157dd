"""The whole loop in a browser: assessed by three, agreed on, acted on, debriefed; asked again half a year later."""

import datetime as dt
from collections.abc import Mapping

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from assessments import services
from assessments.choices import AssessmentState, DebriefState, PromptState, RecommendationState
from assessments.models import Assessment, Assessor, Criterion, Debrief, Prompt, Recommendation
from assessments.services import JudgementInput
from core import clock as product_clock
from core.accounts.models import User
from notifications import services as notifications
from tests.assessments.test_format import SMALL
from tests.conftest import Clock
from tests.journeys.conftest import Cast, Enter
from workstreams.choices import ActionSource, ActionState
from workstreams.models import ActionItem

pytestmark = pytest.mark.django_db(transaction=True)

ONE = "/assessments/ONE-T3/"
STEP = "Ask every caller once what they already told us"
FINDING = "We listen, and forget what we heard."
STATEMENTS = ("We listen.", "Nobody asks.", "We ask.", "我们倾听客户。")
# What each says of the two criteria in percent; yes or no, and the flag, are answered alike.
SAID: Mapping[str, tuple[str, str]] = {"Marta": ("80", "20"), "Luis": ("20", "40"), "Priya": ("50", "60")}


def day_in(days: int) -> str:
    return (product_clock.today("Europe/London", product_clock.now()) + dt.timedelta(days=days)).isoformat()


def prepare_and_open(page: Page, template: str) -> None:
    """Prepare an assessment, ask three people, open it."""
    page.goto("/programs/ONE/assessments/new/")
    page.get_by_label("Template").select_option(label=template)
    page.get_by_label("Closing date").fill(day_in(10))
    page.get_by_label("Target, points").fill("20")
    page.get_by_role("button", name="Prepare it").click()
    page.goto(f"{ONE}assessors/")
    for name in ("Marta Osei", "Luis Abara", "Priya Nair"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="Add them").click()
    expect(page.locator(".lead").first).to_contain_text("3 people are asked to answer")
    move(page, "Open it")


def move(page: Page, name: str) -> None:
    """Make a move on the page of the assessment, which asks first."""
    page.goto(ONE)
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("button", name=name).click()
    page.wait_for_url(f"**{ONE}")


def answer(page: Page, first: str, second: str) -> None:
    """Answer all four criteria, beginning where My work leads, and submit."""
    page.get_by_role("link", name="Answer “Our check”").first.click()
    page.get_by_role("link", name="Begin").click()
    for statement, choice in zip(STATEMENTS, (first, "Partly", "Yes", second), strict=True):
        expect(page.locator("#statement")).to_have_text(statement)
        # Of the groups the tests come first, and what is said of the criterion last.
        page.locator("fieldset.choices").last.get_by_label(choice, exact=True).check()
        page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Submit your answers").click()
    expect(page.locator(".lead")).to_contain_text("Submitted on")


def agree(page: Page, line: str, choice: str) -> None:
    """Set the consensus on one criterion."""
    row = page.locator(f"#{line}")
    row.get_by_role("link", name="Agree").click()
    page.locator("fieldset.choices").last.get_by_label(choice, exact=True).check()
    page.get_by_role("button", name="Agree on this").click()
    expect(page.locator(f"#{line}")).to_contain_text("agreed")


def find_and_recommend(page: Page) -> None:
    """Write down a gap with its cause, and recommend a critical step."""
    page.goto(f"{ONE}findings/new/")
    page.get_by_label("Finding", exact=True).fill(FINDING)
    page.locator("select[name=criterion]").select_option(index=1)
    page.get_by_label("Root cause").fill("Every channel keeps its own notes.")
    page.locator("main button[type=submit]").click()
    page.get_by_role("link", name="Recommend a step").click()
    page.get_by_label("Recommended step").fill(STEP)
    page.get_by_label("Rationale").fill("It is what customers complain of most.")
    page.get_by_label("Critical").check()
    page.get_by_role("button", name="Recommend it").click()
    expect(page.get_by_text(STEP)).to_be_visible()
    # A manager may not accept what is critical.
    expect(page.get_by_role("link", name="Accept")).to_have_count(0)


def accept(page: Page) -> None:
    """Accept the step as the sponsor: somebody is asked to do it."""
    page.goto(f"{ONE}findings/")
    page.get_by_role("link", name="Accept").click()
    page.get_by_label("Of whom it is asked").select_option(label="Luis Abara")
    page.get_by_label("By when").fill(day_in(30))
    page.get_by_label("Workstream").select_option(index=1)
    page.get_by_label("Phase").select_option(index=3)
    page.get_by_role("button", name="Accept it").click()
    expect(page.get_by_text("Luis Abara").first).to_be_visible()


def promise(page: Page) -> None:
    """Promise it, from My work."""
    page.goto("/my-work/")
    page.locator("li.row", has_text=STEP).get_by_role("button", name="Promise").click()
    expect(page.locator("#messages .toast").last).to_contain_text("Promised.")


def debrief(page: Page) -> None:
    """Have the debrief written, brief the sponsor, hold it, and end it with the commitment."""
    page.goto(f"{ONE}debrief/")
    page.get_by_role("link", name="Write it").or_(page.get_by_role("link", name="Prepare")).first.click()
    page.get_by_role("button", name="Write it").click()
    expect(page.get_by_role("heading", name="What is at stake")).to_be_visible()
    for step in ("The sponsor is briefed", "It was held"):
        page.goto(f"{ONE}debrief/")
        page.get_by_role("link", name=step).click()
        page.get_by_role("button", name=step).click()
    page.goto(f"{ONE}debrief/commit/")
    page.get_by_role("button", name="Record how it ended").click()
    expect(page.get_by_text("The debrief has ended")).to_be_visible()


def assess(people: Cast, enter: Enter) -> Page:
    """Take the first half of the loop, to the completed assessment; return the manager's page."""
    manager = enter(people["Joan"])
    prepare_and_open(manager, "Our check (1)")
    for name, (first, second) in SAID.items():
        answer(enter(people[name]), first, second)
    move(manager, "Open consensus")
    manager.goto(f"{ONE}consensus/")
    expect(manager.locator(".agreeing > li").first).to_contain_text("3 answers, 20 to 80 %, mean 50 %")
    for line, choice in (("A1", "50"), ("A2", "Partly"), ("BA1", "Yes"), ("BB1", "40")):
        agree(manager, line, choice)
    move(manager, "Complete it")
    # 10 x 50 % + 15 x 100 % + 5 x 40 %.
    expect(manager.locator(".lead").first).to_contain_text("22 of 30 points")
    return manager


@pytest.fixture
def half_a_year(people: Cast, clock: Clock) -> dt.timedelta:
    """Nothing but the cadence asks again in the sample, and all are told in London."""
    User.objects.update(time_zone="Europe/London")
    return dt.timedelta(days=184)


def test_the_whole_loop(people: Cast, enter: Enter, clock: Clock, half_a_year: dt.timedelta) -> None:
    services.save_template(text=SMALL, by=people["Joan"], at=clock.now())
    manager = assess(people, enter)
    find_and_recommend(manager)
    accept(enter(people["Marta"]))
    promise(enter(people["Luis"]))
    debrief(manager)

    item = ActionItem.objects.get(title=STEP)
    assert (item.source, item.state, item.performer) == (ActionSource.ASSESSMENT, ActionState.COMMITTED, people["Luis"])
    assert Recommendation.objects.get(text=STEP).state == RecommendationState.ACCEPTED
    found = Debrief.objects.get(assessment__code="T3")
    assert found.state == DebriefState.COMMITTED
    assert list(found.commitments.values_list("action_item_id", flat=True)) == [item.pk]
    assert Assessment.objects.get(code="T3").state == AssessmentState.COMPLETED

    clock.advance(half_a_year)
    before = len(mail.outbox)
    services.raise_prompts(at=clock.now())
    # A working day has its nine o'clock within four days, whatever day it is.
    for hours in range(0, 97, 12):
        notifications.run_once(at=clock.now() + dt.timedelta(hours=hours), worker="test")
    prompt = Prompt.objects.get(program__key="ONE", state=PromptState.OPEN)
    told = [one for one in mail.outbox[before:] if "assess-again" in one.body]
    assert people["Joan"].email in {address for one in told for address in one.to}
    page = enter(people["Joan"])
    again = ask_again(page, prompt)
    complete(again, people["Joan"], clock.now())
    page.goto(f"/assessments/ONE-{again.code}/")
    expect(page.locator(".lead").first).to_contain_text("25 of 30 points, 3 more than")


def ask_again(page: Page, prompt: Prompt) -> Assessment:
    """Find the prompt in the inbox, and prepare the next assessment from the last."""
    page.goto("/inbox/")
    page.get_by_role("link", name="assess").first.click()
    page.wait_for_url("**/programs/ONE/assess-again/")
    page.get_by_role("link", name="Prepare").or_(page.get_by_role("button", name="Prepare")).first.click()
    if page.url.endswith("assess-again/") or "/new/" in page.url:
        page.get_by_label("Closing date").fill(day_in(10))
        page.get_by_role("button", name="Prepare it").click()
    prompt.refresh_from_db()
    assert prompt.state == PromptState.ANSWERED
    assert prompt.assessment is not None
    assert prompt.assessment.template.slug == "our-check"
    return prompt.assessment


def complete(assessment: Assessment, manager: User, at: dt.datetime) -> None:
    """Take the second assessment through its states, in which one criterion rose."""
    services.open_assessment(assessment=assessment, by=manager, at=at)
    place = Assessor.objects.filter(assessment=assessment).select_related("person")[0]
    criteria = {
        one.code: one for one in Criterion.objects.filter(template=assessment.template).select_related("section")
    }
    one = JudgementInput(percent=80)
    services.save_answer(assessor=place, criterion=criteria["A1"], judgement=one, by=place.person, at=at)
    services.open_consensus(assessment=assessment, by=manager, at=at)
    for code, percent in (("A1", 80), ("BA1", 100), ("BB1", 40)):
        agreed = JudgementInput(percent=percent)
        services.set_consensus(assessment=assessment, criterion=criteria[code], judgement=agreed, by=manager, at=at)
    services.complete_assessment(assessment=assessment, by=manager, at=at)
