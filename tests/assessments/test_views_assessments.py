"""The assessments of a program on its pages: listed, prepared, changed, moved on; who answers them."""

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments import services
from assessments.choices import AssessmentState
from assessments.models import Assessment, AssessmentTemplate, Assessor, Criterion
from assessments.services import JudgementInput
from core.accounts.models import User
from programs.choices import Role
from programs.models import Membership, Program
from tests.assessments import past
from tests.assessments.conftest import AnswerAll
from tests.cast import MONDAY
from tests.support.pages import signed_in, text

pytestmark = pytest.mark.usefixtures("monday")

LIST, ONE = "/programs/ONE/assessments/", "/assessments/ONE-T1/"
Roles = dict[Role, User]


def test_an_empty_list_says_what_to_do_next(program: Program, roles: Roles, alice: User, charlie: User) -> None:
    page = text(signed_in(alice).get(LIST))
    assert "The program has not assessed itself yet." in page
    assert f"{LIST}new/" in page
    assert f"{LIST}new/" not in text(signed_in(roles[Role.VIEWER]).get(LIST))
    assert signed_in(charlie).get(LIST).status_code == 404


def test_the_list_tells_the_last_score_and_its_trend(
    program: Program, template: AssessmentTemplate, opened: Assessment, bob: User
) -> None:
    past.completed(program, template, "T8", MONDAY.date() - dt.timedelta(days=400), {"P": 20, "E": 40})
    past.completed(program, template, "T9", MONDAY.date() - dt.timedelta(days=200), {"P": 30, "E": 60}, target=500)
    page = text(signed_in(bob).get(LIST))
    assert "T1 is being answered: 0 of 4 submitted, open until Mon 7 Dec." in page
    assert "Last score: 90 of 150 points" in page
    assert "+200 since the one before" in page


def test_one_is_prepared_and_leads_to_who_answers(
    program: Program, roles: Roles, template: AssessmentTemplate, alice: User
) -> None:
    client = signed_in(alice)
    assert client.get(f"{LIST}new/").status_code == 200
    said = {"template": template.pk, "purpose": "readiness", "closes_on": "2026-12-07", "target": "500"}
    sent = client.post(f"{LIST}new/", said)
    assert (sent.status_code, sent.headers["Location"]) == (302, f"{ONE}assessors/")
    made = Assessment.objects.get()
    assert (made.state, made.facilitator, made.target) == (AssessmentState.DRAFT, alice, 500)
    refused = client.post(f"{LIST}new/", {**said, "target": "1001"})
    assert refused.status_code == 422
    assert "at most the 1000 points" in text(refused)
    assert signed_in(roles[Role.SPONSOR]).get(f"{LIST}new/").status_code == 403


def test_the_next_one_begins_as_the_last_was(
    program: Program, template: AssessmentTemplate, roles: Roles, alice: User, bob: User
) -> None:
    last = past.completed(program, template, "T9", MONDAY.date() - dt.timedelta(days=200), {"P": 30}, target_next=620)
    Assessor.objects.create(assessment=last, person=bob, created_at=MONDAY, updated_at=MONDAY)
    client = signed_in(alice)
    assert "?from=ONE-T9" in text(client.get(LIST))
    page = text(client.get(f"{LIST}new/?from=ONE-T9"))
    assert "As T9 was: the same people" in page
    assert 'value="620"' in page
    client.post(f"{LIST}new/?from=ONE-T9", {"template": template.pk, "purpose": "calibration", "target": "620"})
    made = Assessment.objects.latest("pk")
    assert [each.person for each in made.assessors.select_related("person")] == [bob]


def test_the_page_of_a_draft_says_what_it_lacks(assessment: Assessment, alice: User, bob: User) -> None:
    page = text(signed_in(alice).get(ONE))
    assert "A draft: nobody is asked yet." in page
    assert "Say who answers" in page
    page = text(signed_in(bob).get(ONE))
    assert "/moves/" not in page
    assert "Say who answers" not in page


def test_the_page_of_a_draft_that_lacks_nothing_asks_for_its_opening_once(
    assessment: Assessment, assessors: dict[str, Assessor], alice: User
) -> None:
    page = signed_in(alice).get(ONE).content.decode()
    assert page.count(f"{ONE}moves/open/") == 1
    assert "Asked of you" not in page


def test_an_open_one_tells_members_how_many_and_its_leader_who(
    opened: Assessment, assessors: dict[str, Assessor], answer_all: AnswerAll, roles: Roles, alice: User
) -> None:
    answer_all(assessors["member"], {"P1": JudgementInput(percent=15), "P2": JudgementInput(percent=15)})
    services.submit_answers(assessor=assessors["member"], by=assessors["member"].person, at=MONDAY)
    seen = text(signed_in(roles[Role.VIEWER]).get(ONE))
    assert "1 of 4 have submitted; answers close on Mon 7 Dec, in 14 days." in seen
    assert "Bob Baker" not in seen
    led = text(signed_in(alice).get(ONE))
    assert "2 of 65" in led
    assert "Bob Baker" in led
    assert "15 %" not in led + seen
    # Once somebody has answered, it is not offered to be taken back.
    assert "/moves/withdraw/" not in led


def test_an_assessor_is_asked_on_the_page(opened: Assessment, assessors: dict[str, Assessor], bob: User) -> None:
    page = text(signed_in(bob).get(ONE))
    assert "Asked of you" in page
    assert "0 of 65 answered" in page


def test_several_members_are_asked_at_once(assessment: Assessment, roles: Roles, alice: User) -> None:
    client = signed_in(alice)
    people = [roles[role].pk for role in (Role.SPONSOR, Role.LEAD, Role.VIEWER)]
    sections = [section.pk for section in assessment.template.sections.filter(code__in=["P", "L"])]
    sent = client.post(f"{ONE}assessors/", {"people": people, "sections": sections, "is_leader": "on"})
    assert sent.status_code == 302
    places = Assessor.objects.filter(assessment=assessment)
    assert {place.person_id for place in places} == set(people)
    assert all(place.is_leader and place.sections.count() == 2 for place in places)
    page = text(client.get(f"{ONE}assessors/"))
    assert "3 people are asked to answer." in page
    assert "P, L" in page


def test_somebody_is_asked_from_outside_by_address(assessment: Assessment, alice: User) -> None:
    client = signed_in(alice)
    refused = client.post(f"{ONE}assessors/", {"email": "no address"})
    assert refused.status_code == 422
    client.post(f"{ONE}assessors/", {"email": "wei@example.net", "name": "陈伟"})
    assert Assessor.objects.get().person.name == "陈伟"
    assert "from outside" in text(client.get(f"{ONE}assessors/"))
    again = client.post(f"{ONE}assessors/", {"email": "wei@example.net"})
    assert "is asked to answer already" in text(again)
    assert not mail.outbox


def test_a_place_is_changed_and_given_up(opened: Assessment, assessors: dict[str, Assessor], alice: User) -> None:
    place = assessors["member"]
    client, path = signed_in(alice), f"{ONE}assessors/{place.pk}/"
    section = opened.template.sections.get(code="P")
    assert client.get(path).status_code == 200
    assert client.post(path, {"sections": [section.pk], "version": place.version}).status_code == 302
    assert list(place.sections.all()) == [section]
    stale = client.post(path, {"sections": [], "version": place.version})
    assert (stale.status_code, "was changed since you read it" in text(stale)) == (422, True)
    assert "What was answered stays and counts." in text(client.get(f"{path}remove/"))
    assert client.post(f"{path}remove/").status_code == 302
    place.refresh_from_db()
    assert place.left_at is not None
    assert client.get(path).status_code == 404


def test_it_is_changed_as_far_as_its_state_lets(opened: Assessment, alice: User) -> None:
    client = signed_in(alice)
    page = client.get(f"{ONE}edit/").content.decode()
    assert 'name="closes_on"' in page
    assert 'name="is_named"' not in page
    said = {"purpose": "calibration", "closes_on": "2026-12-11", "facilitator": alice.pk, "version": opened.version}
    assert client.post(f"{ONE}edit/", said).status_code == 302
    opened.refresh_from_db()
    assert (opened.purpose, opened.closes_on) == ("calibration", dt.date(2026, 12, 11))
    stale = client.post(f"{ONE}edit/", {**said, "closes_on": "2026-12-12"})
    assert (stale.status_code, "was changed since you read it" in text(stale)) == (422, True)


def test_each_move_asks_first_and_says_what_it_leaves(
    assessment: Assessment, assessors: dict[str, Assessor], answer_all: AnswerAll, alice: User
) -> None:
    client = signed_in(alice)
    assert "Each assessor is told at once" in text(client.get(f"{ONE}moves/open/"))
    assert client.post(f"{ONE}moves/open/").headers["Location"] == ONE
    nothing = client.post(f"{ONE}moves/open_consensus/")
    assert (nothing.status_code, "Nobody has answered yet" in text(nothing)) == (422, True)
    answer_all(assessors["member"], {"P1": JudgementInput(percent=50)})
    services.submit_answers(assessor=assessors["member"], by=assessors["member"].person, at=MONDAY)
    page = text(client.get(f"{ONE}moves/open_consensus/"))
    assert "There is no way back." in page
    assert "Not submitted yet: Lee Lead, Olivia Outside, Sue Sponsor." in page
    assert client.post(f"{ONE}moves/open_consensus/").status_code == 302
    past.agree(assessment, "P1", 50)
    assert "64 criteria have no consensus." in text(client.get(f"{ONE}moves/complete/"))
    assert client.post(f"{ONE}moves/complete/").status_code == 302
    assert "Completed on Mon 23 Nov." in text(client.get(ONE))
    assert client.post(f"{ONE}moves/reopen/", {"reason": ""}).status_code == 422
    assert client.post(f"{ONE}moves/reopen/", {"reason": "P1 was forgotten"}).status_code == 302
    assessment.refresh_from_db()
    assert assessment.state == AssessmentState.CONSENSUS
    assert "P1 was forgotten" in text(client.get(ONE))
    assert client.get(f"{ONE}moves/close/").status_code == 404


def test_a_draft_is_deleted(assessment: Assessment, alice: User, bob: User) -> None:
    assert signed_in(bob).post(f"{ONE}delete/").status_code == 403
    client = signed_in(alice)
    assert client.get(f"{ONE}delete/").status_code == 200
    assert client.post(f"{ONE}delete/").headers["Location"] == LIST
    assert not Assessment.objects.exists()


def test_strangers_see_nothing(assessment: Assessment, charlie: User) -> None:
    client = signed_in(charlie)
    for path in ("", "edit/", "delete/", "assessors/", "moves/open/", "consensus/", "answer/", "blank/"):
        assert client.get(f"{ONE}{path}").status_code == 404, path


def test_pages_cost_the_same_with_twenty_people(
    opened: Assessment, assessors: dict[str, Assessor], answer_all: AnswerAll, alice: User
) -> None:
    client = signed_in(alice)
    counts = [_queries(client)]
    for number in range(16):
        person = User.objects.create_user(f"assessor{number}@example.org", name=f"Assessor {number}")
        place = services.add_assessor(assessment=opened, email=person.email, by=alice, at=MONDAY)
        answer_all(place, {"P1": JudgementInput(percent=50), "E1": JudgementInput(percent=20)})
    counts.append(_queries(client))
    assert counts[0] == counts[1]
    assert all(count <= 22 for count in counts[0].values()), counts


def _queries(client: Client) -> dict[str, int]:
    found = {}
    for path in (LIST, ONE, f"{ONE}assessors/", f"{ONE}moves/open_consensus/"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        found[path] = len(captured)
    return found


def test_the_page_of_the_program_asks_for_answers_and_for_the_next_step(
    opened: Assessment, assessors: dict[str, Assessor], answer_all: AnswerAll, alice: User, bob: User
) -> None:
    assert "/assessments/ONE-T1/answer/" in text(signed_in(bob).get("/programs/ONE/"))
    client = signed_in(alice)
    assert "/assessments/ONE-T1/" not in text(client.get("/programs/ONE/"))
    for place in assessors.values():
        answer_all(place, {"P1": JudgementInput(percent=50)})
        services.submit_answers(assessor=place, by=place.person, at=MONDAY)
    assert "/assessments/ONE-T1/answer/" not in text(signed_in(bob).get("/programs/ONE/"))
    assert 'href="/assessments/ONE-T1/"' in text(client.get("/programs/ONE/"))
    services.open_consensus(assessment=opened, by=alice, at=MONDAY)
    assert 'href="/assessments/ONE-T1/consensus/"' in text(client.get("/programs/ONE/"))


def test_the_page_of_who_leaves_says_what_they_facilitate(opened: Assessment, alice: User) -> None:
    place = Membership.objects.get(program=opened.program, person=alice)
    page = text(signed_in(alice).get(f"/programs/ONE/people/{place.pk}/leave/"))
    assert "1 assessment is theirs to facilitate." in page


def test_the_history_is_not_buried_under_the_consensus(
    in_consensus: Assessment, criteria: dict[str, Criterion], alice: User
) -> None:
    for number in range(210):
        judgement = JudgementInput(percent=5 * (number % 20))
        services.set_consensus(
            assessment=in_consensus, criterion=criteria["P1"], judgement=judgement, by=alice, at=MONDAY
        )
    told = [entry["said"] for entry in signed_in(alice).get(ONE).context["history"]]
    assert told == ["Opened consensus", "Opened", "Prepared"]
