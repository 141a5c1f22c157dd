"""An assessment in a browser: four keys a question, saved on the way, without script as well, agreed on in place."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from assessments import services
from assessments.choices import AssessmentState, Purpose
from assessments.models import Answer, Assessment, AssessmentTemplate, Assessor, Consensus, Criterion
from assessments.services import AssessmentDetails, JudgementInput
from core import clock
from core.accounts.models import User
from programs.models import Program
from tests.journeys.conftest import Cast, Enter
from tests.journeys.test_keyboard import press
from tests.support.browser import PHONE, broken_rules, overflow

pytestmark = pytest.mark.django_db(transaction=True)

BOTH_WAYS = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


@pytest.fixture
def opened(people: Cast) -> Assessment:
    """Thirteen questions about leadership, asked of Marta, Ben, Priya and, from outside, of 陈伟."""
    now, program = clock.now(), Program.objects.get(key="ONE")
    services.install_built_in(at=now)
    template = AssessmentTemplate.objects.get(slug="leadership-and-commitment")
    day = clock.today("Europe/London", now) + dt.timedelta(days=12)
    details = AssessmentDetails(template=template, purpose=Purpose.CALIBRATION, closes_on=day)
    found = services.prepare_assessment(program=program, details=details, by=people["Joan"], at=now)
    for name in ("Marta", "Ben", "Priya"):
        services.add_assessor(assessment=found, person=people[name], by=people["Joan"], at=now)
    services.add_assessor(assessment=found, email="wei@example.net", name="陈伟", by=people["Joan"], at=now)
    return services.open_assessment(assessment=found, by=people["Joan"], at=now)


@pytest.fixture
def in_consensus(opened: Assessment, people: Cast) -> Assessment:
    """The same, answered by three: far apart on the first question, together on the others."""
    now = clock.now()
    for number, place in enumerate(Assessor.objects.filter(assessment=opened, person__in=people.values())):
        for criterion in questions(opened):
            percent = 40 * number if criterion.position == 1 else 100 if criterion.answer == "yes_no" else 50
            judgement = JudgementInput(percent=percent)
            services.save_answer(assessor=place, criterion=criterion, judgement=judgement, by=place.person, at=now)
    return services.open_consensus(assessment=opened, by=people["Joan"], at=now)


def questions(assessment: Assessment) -> list[Criterion]:
    rows = Criterion.objects.filter(template=assessment.template).select_related("section")
    return list(rows.order_by("position"))


def form_of(assessment: Assessment) -> str:
    return f"/assessments/ONE-{assessment.code}/answer/"


def place_of(assessment: Assessment, person: User) -> Assessor:
    return Assessor.objects.get(assessment=assessment, person=person)


def test_the_keyboard_alone_takes_four_keys_a_question(opened: Assessment, people: Cast, enter: Enter) -> None:
    page = enter(people["Marta"])
    press(page, "Answer “Leadership and commitment”")
    page.wait_for_url(f"**{form_of(opened)}")
    expect(page.get_by_role("link", name="Begin")).to_be_focused()
    page.keyboard.press("Enter")
    for criterion in questions(opened):
        expect(page.locator("#statement")).to_have_text(criterion.statement)
        expect(page.locator("input:focus")).to_have_attribute("name", "has_owner")
        # Digits choose once they are written on the choices.
        expect(page.locator("label:has(input:focus)")).to_have_attribute("data-key", "1")
        # Responsible, consistent, planned and done; then the second percent of 90 to 100, or yes.
        for key in ("1", "1", "3", "1" if criterion.answer == "yes_no" else "2"):
            page.keyboard.press(key)
    page.wait_for_url(f"**{form_of(opened)}")
    expect(page.locator(".lead")).to_contain_text("All 13 are answered; submit them.")
    answers = Answer.objects.filter(assessor=place_of(opened, people["Marta"]))
    assert {answer.percent for answer in answers} <= {95, 100}
    assert answers.count() == 13
    assert all(answer.has_owner and answer.is_consistent and answer.documents == "done" for answer in answers)
    expect(page.get_by_role("button", name="Submit your answers")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".lead")).to_contain_text("Submitted on")
    assert place_of(opened, people["Marta"]).submitted_at is not None


def test_it_is_saved_on_the_way_and_resumed_there(opened: Assessment, people: Cast, enter: Enter) -> None:
    first, second = questions(opened)[:2]
    page = enter(people["Ben"])
    page.goto(f"{form_of(opened)}{first.code}/")
    page.get_by_role("group", name="Is someone clearly responsible").get_by_label("No", exact=True).check()
    expect(page.locator("#saved")).to_contain_text("Saved,")
    page.get_by_label("A note, to learn from").fill("Only for mortgages")
    page.get_by_role("group", name="How far is it so").get_by_label("35", exact=True).check()
    expect(page.locator("#progress")).to_contain_text("1 of 13 answered")
    page.goto(form_of(opened))
    page.get_by_role("link", name=f"Go on with {second.code}").click()
    expect(page.locator("#statement")).to_have_text(second.statement)
    kept = Answer.objects.get(assessor=place_of(opened, people["Ben"]))
    assert (kept.has_owner, kept.percent, kept.note) == (False, 35, "Only for mortgages")


def test_the_band_appears_with_the_third_test_and_binds_nobody(opened: Assessment, people: Cast, enter: Enter) -> None:
    first = questions(opened)[0]
    page = enter(people["Ben"])
    page.goto(f"{form_of(opened)}{first.code}/")
    for key in ("1", "2"):
        page.keyboard.press(key)
    expect(page.locator(".band")).to_be_hidden()
    page.keyboard.press("2")
    expect(page.locator(".band")).to_have_text("The tests propose 30 to 45 %. You are free to say another.")
    expect(page.locator(".choice--proposed")).to_have_count(4)
    # Arrows and Enter say another percent.
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#statement")).not_to_have_text(first.statement)
    assert Answer.objects.get(assessor=place_of(opened, people["Ben"])).percent == 10


@BOTH_WAYS
def test_somebody_from_outside_answers_and_nothing_else(
    opened: Assessment, people: Cast, enter: Enter, script: bool
) -> None:
    outsider = User.objects.get(email="wei@example.net")
    page = enter(outsider, script=script, **PHONE)
    page.get_by_role("link", name="Answer “Leadership and commitment”").click()
    page.get_by_role("link", name="Begin").click()
    for criterion in questions(opened)[:2]:
        expect(page.locator("#statement")).to_have_text(criterion.statement)
        page.get_by_role("group", name="Is someone clearly responsible").get_by_label("Yes", exact=True).check()
        page.get_by_label("Who?").fill("王芳")
        page.get_by_role("group", name="How far is it so").get_by_label("65", exact=True).check()
        if not script:
            assert page.locator("#saved").inner_text() == ""
        page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("#statement")).to_have_text(questions(opened)[2].statement)
    kept = Answer.objects.filter(assessor=place_of(opened, outsider))
    assert {(answer.percent, answer.owner_name) for answer in kept} == {(65, "王芳")}
    answer = page.goto(f"/assessments/ONE-{opened.code}/")
    assert answer is not None
    assert answer.status == 404


def agree(page: Page, code: str, percent: str) -> None:
    """Set the consensus on a criterion in its line."""
    line = page.locator(f"#{code}")
    line.get_by_role("link", name="Agree").click()
    page.get_by_role("group", name="How far is it so").get_by_label(percent, exact=True).check()
    page.get_by_role("button", name="Agree on this").click()


@BOTH_WAYS
def test_consensus_is_found_in_place_and_the_second_reads_what_stands(
    in_consensus: Assessment, people: Cast, enter: Enter, script: bool
) -> None:
    first = questions(in_consensus)[0]
    page, other = enter(people["Joan"], script=script), enter(people["Joan"], script=script)
    for each in (page, other):
        each.goto(f"/assessments/ONE-{in_consensus.code}/consensus/")
        # The widest spread stands first.
        expect(each.locator(".agreeing > li").first).to_contain_text("3 answers, 0 to 80 %, mean 40 %")
    other.locator(f"#{first.code}").get_by_role("link", name="Agree").click()
    agree(page, first.code, "45")
    expect(page.locator(f"#{first.code}")).to_contain_text("agreed 45 %")
    expect(page.locator(".lead")).to_contain_text("1 of 13 criteria agreed on.")
    other.get_by_role("group", name="How far is it so").get_by_label("70", exact=True).check()
    other.get_by_role("button", name="Agree on this").click()
    expect(other.get_by_text("Somebody was quicker")).to_be_visible()
    expect(other.get_by_text("Joan Ellery set this")).to_be_visible()
    assert Consensus.objects.get().percent == 45
    other.get_by_role("button", name="Agree on this").click()
    expect(other.locator(f"#{first.code}")).to_contain_text("agreed 70 %")
    assert Consensus.objects.get().percent == 70


def test_every_step_fits_a_phone_and_breaks_no_rule(in_consensus: Assessment, people: Cast, enter: Enter) -> None:
    one, key = f"/assessments/ONE-{in_consensus.code}/", questions(in_consensus)[0].code
    manager = enter(people["Joan"], **PHONE)
    shown = ["", "answer/", "blank/", "consensus/", "consensus/?show=open", f"consensus/{key}/", "moves/complete/"]
    assessor = enter(people["Marta"], **PHONE, color_scheme="dark")
    for page, paths in ((manager, [path for path in shown if path != "answer/"]), (assessor, ["", "answer/"])):
        for path in paths:
            page.goto(one + path)
            assert broken_rules(page) == [], path
            assert overflow(page) == 0, path
    services.complete_assessment(assessment=_agreed(in_consensus, people["Joan"]), by=people["Joan"], at=clock.now())
    for path in (one, f"{one}consensus/", "/programs/ONE/assessments/"):
        manager.goto(path)
        assert broken_rules(manager) == [], path
        assert overflow(manager) == 0, path


def _agreed(assessment: Assessment, by: User) -> Assessment:
    """Agree on the first question."""
    judgement, first = JudgementInput(percent=50), questions(assessment)[0]
    services.set_consensus(assessment=assessment, criterion=first, judgement=judgement, by=by, at=clock.now())
    return assessment


def test_a_line_that_is_agreed_on_fits_a_phone(in_consensus: Assessment, people: Cast, enter: Enter) -> None:
    key = questions(in_consensus)[0].code
    manager = enter(people["Joan"], **PHONE)
    manager.goto(f"/assessments/ONE-{in_consensus.code}/consensus/")
    manager.locator(f"#{key}").get_by_role("link", name="Agree").click()
    expect(manager.get_by_role("button", name="Agree on this")).to_be_visible()
    assert broken_rules(manager) == []
    assert overflow(manager) == 0


def test_the_form_fits_a_phone_and_breaks_no_rule(opened: Assessment, people: Cast, enter: Enter) -> None:
    page = enter(people["Ben"], **PHONE, color_scheme="dark")
    desk = enter(people["Ben"])
    for path in ("", *(f"{criterion.code}/" for criterion in questions(opened)[:2])):
        for each in (page, desk):
            each.goto(form_of(opened) + path)
            assert broken_rules(each) == [], path
            assert overflow(each) == 0, path
    for path in ("assessors/", "edit/", "moves/open_consensus/"):
        manager = enter(people["Joan"], **PHONE)
        manager.goto(f"/assessments/ONE-{opened.code}/{path}")
        assert broken_rules(manager) == [], path
        assert overflow(manager) == 0, path
    assert opened.state == AssessmentState.OPEN
