"""What somebody answers alone, and what two write to each other, seen through every address there is by everybody."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from assessments.choices import AssessmentState, DebriefState
from assessments.models import Answer, Assessment, Assessor, Debrief, DebriefPart
from core import clock
from programs.choices import Role
from programs.models import Membership, Program
from tests.access import addresses, stage
from tests.access.arguments import Place, places
from tests.access.assessment_pages import assessment_in
from tests.access.stage import House, undone
from tests.access.test_matrix import Browser, text_of

pytestmark = pytest.mark.django_db
ALONE, BETWEEN_US = "Wagtail", "Bittern"
COLLEAGUE, STAFF = "colleague", "staff"
# How the same address is asked: as a page, as what a page fetches, as a file.
_WAYS: tuple[tuple[str, dict[str, str]], ...] = (
    ("", {}),
    ("", {"HX-Request": "true"}),
    ("?format=csv&show=open&mine=1&fields=id,version,updated_at,said,note", {}),
)


@pytest.fixture
def house(db: None) -> Iterator[House]:
    """A program with a second manager, and somebody of the staff."""
    cache.clear()
    house = stage.build("ONE", "Harbour")
    house.people[COLLEAGUE] = stage.person("colleague", "Another Manager")
    Membership.objects.create(program=house.program, person=house.people[COLLEAGUE], role=Role.MANAGER)
    house.people[STAFF] = stage.person("staff", "Staff", is_staff=True)
    yield house
    cache.clear()


def answered(house: House, state: AssessmentState) -> Assessment:
    """Return an assessment in a state; the member and two others answered, the member in words to be found again."""
    assessment = assessment_in(house, state)
    stamps: dict[str, Any] = {"created_at": clock.now(), "updated_at": clock.now()}
    own = Answer.objects.get(assessor__assessment=assessment)
    texts = {"note": ALONE, "owner_name": ALONE, "links": [f"https://example.org/{ALONE}"], "has_owner": True}
    Answer.objects.filter(pk=own.pk).update(percent=35, **texts)
    for name in ("lead", "viewer"):
        place = Assessor.objects.create(assessment=assessment, person=house.people[name], **stamps)
        Answer.objects.create(assessor=place, criterion=own.criterion, percent=60, **stamps)
    return assessment


def debriefed(house: House, state: str) -> Debrief:
    """Return a debrief whose sponsor and facilitator wrote to each other."""
    stamps: dict[str, Any] = {"created_at": clock.now(), "updated_at": clock.now()}
    Program.objects.filter(pk=house.program.pk).update(sponsor=house.people["sponsor"])
    assessment = answered(house, AssessmentState.COMPLETED)
    day = stage.today()
    held = {"held_on": day, "committed_on": day} if state == DebriefState.COMMITTED else {}
    debrief = Debrief.objects.create(
        assessment=assessment, state=state, sponsor_briefed_on=day, private_notes=BETWEEN_US,
        notes_sponsor=house.people["sponsor"], notes_facilitator=assessment.facilitator, **held, **stamps,
    )  # fmt: skip
    own, last = {"kind": "own", "title": house.word}, {"kind": "commitment"}
    for position, part in enumerate((own, last), start=1):
        DebriefPart.objects.create(debrief=debrief, position=position, **part)
    return debrief


def tellers(house: House, who: str, word: str) -> list[str]:
    """Return the addresses that tell somebody a word."""
    browser, found = Browser(house.people[who]), list[str]()
    for place in places(addresses.table()):
        if place.address.rule in ("public", "secret_link") or not place.address.is_ours:
            continue  # they know of no program
        for query, headers in _WAYS if place.address.module.startswith("assessments.") else _WAYS[:1]:
            with undone():
                answer = browser.afresh().get(f"{_path(house, place, who)}{query}", headers=headers)
                if word in _said(answer):
                    found.append(f"{place.label}{query}")
    return found


def _path(house: House, place: Place, who: str) -> str:
    """Return the path of a place, in the one assessment there is where it stands in one."""
    assessment = Assessment.objects.get(program=house.program)
    known: dict[str, Any] = {name: house.code(assessment.code) for name in ("reference", "ref")}
    known |= {"criterion": "A1", "move": place.move}
    if "assessor" in place.address.name:
        known |= dict.fromkeys(("pk", "assessor"), Assessor.objects.filter(assessment=assessment).order_by("pk")[0].pk)
    parameters = set(place.address.parameters)
    if place.address.module.startswith("assessments.") and parameters & {"reference", "ref"} and parameters <= {*known}:
        return reverse(place.address.name, kwargs={name: known[name] for name in parameters})
    return place.path(house, house.people[who])


def _said(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return text_of(content) + str(answer.headers)


@pytest.mark.parametrize(
    ("who", "state"),
    [
        ("manager", AssessmentState.OPEN),
        ("manager", AssessmentState.CONSENSUS),
        (STAFF, AssessmentState.REVIEWED),
    ],
)
def test_what_somebody_answers_is_read_by_nobody_else(house: House, who: str, state: AssessmentState) -> None:
    answered(house, state)
    assert tellers(house, who, ALONE) == []


def test_who_answered_reads_it_at_their_form(house: House) -> None:
    answered(house, AssessmentState.OPEN)
    assert "assessments:answer_question" in tellers(house, "member", ALONE)


@pytest.mark.parametrize("who", [COLLEAGUE, "lead"])
def test_what_sponsor_and_facilitator_write_to_each_other_is_read_by_nobody_else(house: House, who: str) -> None:
    debriefed(house, DebriefState.COMMITTED)
    assert tellers(house, who, BETWEEN_US) == []


def test_the_sponsor_reads_them_on_a_page_of_their_own(house: House) -> None:
    code = house.code(debriefed(house, DebriefState.COMMITTED).assessment.code)
    browser = Browser(house.people["sponsor"]).afresh()
    assert BETWEEN_US in browser.get(f"/assessments/{code}/debrief/notes/").content.decode()
    assert BETWEEN_US not in browser.get(f"/assessments/{code}/debrief/").content.decode()
    assert BETWEEN_US not in browser.get(f"/api/v1/debriefs/{code}/").content.decode()
