"""Where the answers lie apart, and what all agree on: never before its time, never of fewer than three answers."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments import services
from assessments.choices import AssessmentState
from assessments.models import Assessment, Assessor, Consensus, Criterion
from assessments.services import AssessmentDetails, JudgementInput
from core.accounts.models import User
from programs.choices import Role
from programs.models import Program
from tests.assessments.conftest import AnswerAll
from tests.cast import MONDAY
from tests.support.pages import signed_in, text

pytestmark = pytest.mark.usefixtures("monday")

PAGE = "/assessments/ONE-T1/consensus/"
HTMX = {"HX-Request": "true"}
Roles = dict[Role, User]


def test_there_is_nothing_to_see_before_consensus_opens(
    opened: Assessment, assessors: dict[str, Assessor], answer_all: AnswerAll, alice: User, bob: User
) -> None:
    for place in assessors.values():
        answer_all(place, {"P1": JudgementInput(percent=35)})
    for person in (alice, bob):
        for path in (PAGE, f"{PAGE}P1/"):
            assert signed_in(person).get(path).status_code == 404
        for path in ("/assessments/ONE-T1/", "/programs/ONE/assessments/"):
            assert not {"35", "35%", "35%."} & set(text(signed_in(person).get(path)).split()), path


def test_the_widest_spread_comes_first_with_ones_own_answer(in_consensus: Assessment, bob: User) -> None:
    page = text(signed_in(bob).get(PAGE))
    assert "0 of 65 criteria agreed on. Answers lie furthest apart on P1: 0 to 60 %." in page
    assert "4 answers, 0 to 60 %, mean 30 %" in page
    assert page.index('id="P1"') < page.index('id="E1"')
    # Bob's own, the third of four.
    assert "You: 40 %" in page
    # Who reads may not set.
    assert f"{PAGE}P1/" not in page
    assert signed_in(bob).get(f"{PAGE}P1/").status_code == 403
    assert "mine" not in page


def test_of_two_answers_nothing_is_told(
    opened: Assessment, assessors: dict[str, Assessor], answer_all: AnswerAll, alice: User
) -> None:
    for name, percent in (("member", 25), ("lead", 75)):
        answer_all(assessors[name], {"P1": JudgementInput(percent=percent)})
    services.open_consensus(assessment=opened, by=alice, at=MONDAY)
    page = text(signed_in(alice).get(PAGE))
    assert "fewer than three answers" in page
    assert '<svg class="strip"' not in page
    assert "25 %" not in page
    assert "75 %" not in page


def test_names_are_read_only_where_they_were_announced(
    program: Program, details: AssessmentDetails, roles: Roles, answer_all: AnswerAll, alice: User
) -> None:
    named = AssessmentDetails(**{**vars(details), "is_named": True})
    assessment = services.prepare_assessment(program=program, details=named, by=alice, at=MONDAY)
    place = services.add_assessor(assessment=assessment, person=roles[Role.LEAD], by=alice, at=MONDAY)
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    answer_all(place, {"P1": JudgementInput(percent=25, note="Only mortgages")})
    services.open_consensus(assessment=assessment, by=alice, at=MONDAY)
    page = text(signed_in(roles[Role.VIEWER]).get(PAGE))
    assert "Lee Lead: 25 %" in page
    assert "Only mortgages" in page


def test_consensus_is_set_in_its_line(in_consensus: Assessment, alice: User) -> None:
    client = signed_in(alice)
    editor = client.get(f"{PAGE}P1/", headers=HTMX)
    assert text(editor).startswith('<li class="row agree agree--open" id="P1">')
    said = {"version": "0", "percent": "45", "has_owner": "no", "is_consistent": "yes", "documents": "planned"}
    sent = client.post(f"{PAGE}P1/", said, headers=HTMX)
    assert sent.status_code == 200
    assert "45 %" in text(sent)
    assert "1 of 65 criteria agreed on." in text(sent)
    agreed = Consensus.objects.get()
    assert (agreed.percent, agreed.has_owner, agreed.documents, agreed.set_by) == (45, False, "planned", alice)
    assert 'id="P1"' not in text(client.get(f"{PAGE}?show=open"))
    assert text(client.get(f"{PAGE}P1/?line=1", headers=HTMX)).startswith('<li class="row agree" id="P1">')


def test_without_script_it_has_a_page_of_its_own(in_consensus: Assessment, alice: User) -> None:
    client = signed_in(alice)
    assert "<html" in text(client.get(f"{PAGE}P1/"))
    sent = client.post(f"{PAGE}P1/", {"version": "0", "not_applicable_reason": "No partners"})
    assert (sent.status_code, sent.headers["Location"]) == (302, f"{PAGE}#P1")
    assert Consensus.objects.get().is_not_applicable
    assert client.get(f"{PAGE}NO1/").status_code == 404


def test_the_second_of_two_reads_what_stands_now(in_consensus: Assessment, alice: User) -> None:
    first, second = signed_in(alice), signed_in(alice)
    first.post(f"{PAGE}P1/", {"version": "0", "percent": "45"}, headers=HTMX)
    sent = second.post(f"{PAGE}P1/", {"version": "0", "percent": "70"}, headers=HTMX)
    assert sent.status_code == 422
    page = text(sent)
    assert "Somebody was quicker" in page
    assert "Alice Archer set this" in page
    assert "<strong>45 %</strong>" in page
    assert Consensus.objects.get().percent == 45
    # Their own words are still in the form, which now knows the newer version.
    assert '<input type="hidden" name="version" value="1">' in page
    assert 'value="70" id="id_P1_percent_14" checked' in page
    assert second.post(f"{PAGE}P1/", {"version": "1", "percent": "70"}, headers=HTMX).status_code == 200
    assert Consensus.objects.get().percent == 70


def test_what_is_completed_is_read_only(in_consensus: Assessment, alice: User) -> None:
    client = signed_in(alice)
    client.post(f"{PAGE}P1/", {"version": "0", "percent": "45"})
    services.complete_assessment(assessment=in_consensus, by=alice, at=MONDAY)
    page = text(client.get(PAGE))
    assert "45 %" in page
    assert f'href="{PAGE}P1/"' not in page
    assert client.post(f"{PAGE}P1/", {"version": "1", "percent": "50"}).status_code == 422
    in_consensus.refresh_from_db()
    assert in_consensus.state == AssessmentState.COMPLETED


def test_the_page_costs_the_same_however_many_answered(
    opened: Assessment,
    assessors: dict[str, Assessor],
    answer_all: AnswerAll,
    criteria: dict[str, Criterion],
    alice: User,
) -> None:
    for place in assessors.values():
        answer_all(place, {"P1": JudgementInput(percent=50)})
    Assessment.objects.filter(pk=opened.pk).update(state=AssessmentState.CONSENSUS, consensus_at=MONDAY)
    few = _queries(signed_in(alice))
    Assessment.objects.filter(pk=opened.pk).update(state=AssessmentState.OPEN)
    for number in range(16):
        person = User.objects.create_user(f"assessor{number}@example.org", name=f"Assessor {number}")
        place = services.add_assessor(assessment=opened, email=person.email, by=alice, at=MONDAY)
        answer_all(place, {code: JudgementInput(percent=5 * number) for code in ("P1", "P2", "E1")})
    Assessment.objects.filter(pk=opened.pk).update(state=AssessmentState.CONSENSUS)
    opened.refresh_from_db()
    for criterion in (criteria["P1"], criteria["E1"]):
        judgement = JudgementInput(percent=50)
        services.set_consensus(assessment=opened, criterion=criterion, judgement=judgement, by=alice, at=MONDAY)
    many = _queries(signed_in(alice))
    assert few == many
    assert many <= 20


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(PAGE).status_code == 200
    return len(captured)
