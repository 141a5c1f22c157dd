"""A program is planned in a real browser, from the template to active: pasted, measured, started, every door obeyed."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from core import clock
from programs.choices import PhaseStatus, ProgramStatus
from programs.models import Phase, Program
from tests.journeys.conftest import Cast, Enter
from tests.support.browser import PHONE, broken_rules, overflow

pytestmark = [pytest.mark.django_db(transaction=True)]


def press(page: Page, words: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    """Follow the first link of these words on a page."""
    page.locator("main").get_by_role("link", name=words, exact=True).first.click()


def paste(page: Page, kind: str, text: str) -> None:
    """Paste rows and look at their preview."""
    page.goto(f"/programs/NEW/plan/paste/?kind={kind}")
    page.locator("textarea[name=text]").fill(text)
    press(page, "Show the rows")


def test_from_the_template_to_active_by_pasting_rows(people: Cast, enter: Enter) -> None:
    joan = people["Joan"]
    joan.may_create_programs = True
    joan.save()
    today = clock.today("Europe/London", clock.now())
    page = enter(joan)

    page.goto("/programs/new/")
    page.get_by_label("Begin with").select_option(label="CRM program in five phases")
    page.get_by_label("Name", exact=True).fill("Next Customer")
    page.get_by_label("Key").fill("NEW")
    page.get_by_label("Start").fill(today.isoformat())
    press(page, "Create the program")
    expect(page.locator(".lead")).to_contain_text("Before it becomes active it needs a sponsor, a case for change.")

    follow(page, "A case for change")
    page.get_by_label("Case for change").fill("Customers repeat themselves, and leave.")
    press(page, "Change it")
    _people_come(page)
    _milestones_come(page, today)

    page.goto("/programs/NEW/")
    follow(page, "Make it active")
    press(page, "Make it active")
    expect(page.get_by_text("Active.", exact=True)).to_be_visible()
    assert Program.objects.get(key="NEW").status == ProgramStatus.ACTIVE

    _a_phase_starts(page, today)
    second = page.goto("/programs/NEW/phases/PH2/")
    assert second is not None
    expect(page.get_by_text("gate G1 of PH1 Mobilise before it is not decided")).to_be_visible()
    expect(page.get_by_role("button", name="Start the phase")).to_have_count(0)


def _people_come(page: Page) -> None:
    """Paste people, one of whom has no address at first; the sponsor is among them."""
    rows = "marta.osei@harbourvale.example, Marta Osei, sponsor, COO\n{}, Dora Day, lead, Service\n"
    paste(page, "people", rows.format("dora at example"))
    expect(page.locator(".lead")).to_contain_text("1 of 2 rows is wrong, so none is added.")
    page.locator("textarea[name=text]").fill(rows.format("dora@example.org"))
    press(page, "Show the rows again")
    press(page, "Add them")
    page.goto("/programs/NEW/people/")
    expect(page.locator("tbody")).to_contain_text("Marta Osei")
    expect(page.locator("tbody")).to_contain_text("Dora Day")


def _milestones_come(page: Page, today: dt.date) -> None:
    """Paste two more milestones, one for each discipline."""
    day = (today + dt.timedelta(days=70)).isoformat()
    paste(page, "milestones", f"Vendor chosen,W1,PH1,{day}\nBranches heard,W2,PH1,{day},dora@example.org\n")
    expect(page.locator(".lead")).to_contain_text("2 rows, ready to be added.")
    press(page, "Add them")
    page.goto("/programs/NEW/phases/PH1/")
    expect(page.locator("#milestones")).to_contain_text("Vendor chosen")
    expect(page.locator("#milestones")).to_contain_text("Branches heard")


def _a_phase_starts(page: Page, today: dt.date) -> None:
    """Meet the door of the first phase, give it an outcome with a measure, and start it."""
    page.goto("/programs/NEW/phases/PH1/")
    expect(page.get_by_text("It starts once one outcome of it has complete measures.")).to_be_visible()
    follow(page, "Add an outcome")
    page.get_by_label("What will be true").fill("Customers stop repeating themselves")
    expect(page.get_by_label("Phase")).to_have_value(str(Phase.objects.get(program__key="NEW", code="PH1").pk))
    press(page, "Propose it")
    follow(page, "Add a measure")
    page.get_by_label("What is counted").fill("Contacts repeated")
    page.locator("[name=unit]").fill("per 100")
    page.locator("[name=direction]").select_option("down")
    page.locator("[name=baseline]").fill("31")
    page.locator("[name=baseline_on]").fill(today.isoformat())
    page.locator("[name=target]").fill("14")
    page.locator("[name=target_on]").fill((today + dt.timedelta(days=300)).isoformat())
    page.locator("[name=owner]").select_option(label="Dora Day")
    page.locator("main form").get_by_role("button").first.click()
    page.goto("/programs/NEW/phases/PH1/")
    expect(page.get_by_text("It is measured, and nothing stands in its way.")).to_be_visible()
    press(page, "Start the phase")
    expect(page.locator(".lead")).to_contain_text("Under way")
    started = Phase.objects.get(program__key="NEW", code="PH1")
    assert started.status == PhaseStatus.ACTIVE
    assert not started.milestones.filter(baseline_frozen_at=None).exists()


def test_a_refused_start_names_what_is_missing_on_a_phone_and_without_script(people: Cast, enter: Enter) -> None:
    page = enter(people["Joan"], script=False, **PHONE)
    page.goto("/programs/ONE/phases/PH4/?move=override#move")
    page.get_by_label("Why").fill(" ")
    press(page, "Override the gate")
    expect(page.get_by_text(re.compile("This field is required"))).to_have_count(2)
    expect(page.get_by_text("The door is closed: gate G3 of PH3")).to_be_visible()
    assert overflow(page) == 0


def test_somebody_leaves_and_nothing_is_ownerless(people: Cast, enter: Enter) -> None:
    page = enter(people["Joan"])
    page.goto("/programs/ONE/people/")
    follow(page, "Luis Abara")
    follow(page, "Take out of the program")
    press(page, "Take out")
    expect(page.get_by_role("alert")).to_contain_text("Name who takes it over.")
    page.get_by_label("Who takes it over").select_option(label="Ben Okoro")
    press(page, "Take out")
    expect(page.get_by_text("Luis Abara is out of the program.")).to_be_visible()
    expect(page.locator("tbody")).not_to_contain_text("Luis Abara")
    expect(page.get_by_text("owned by somebody who left")).to_have_count(0)
    assert broken_rules(page) == []
