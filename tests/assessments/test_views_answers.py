"""What one assessor is asked: their own answers alone, saved on the way, resumed where they stopped."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments import services
from assessments.models import Answer, Assessment, AssessmentTemplate, Assessor, Criterion
from assessments.services import AssessmentDetails, JudgementInput
from core.accounts.models import User
from programs.choices import Role
from programs.models import Program
from tests.assessments.conftest import AnswerAll
from tests.cast import MONDAY
from tests.support.pages import signed_in, text

pytestmark = pytest.mark.usefixtures("monday")

FORM = "/assessments/ONE-T1/answer/"
HTMX = {"HX-Request": "true"}
TESTS_PASSED = {"has_owner": "yes", "is_consistent": "yes", "documents": "done"}


def test_an_assessor_sees_how_far_they_are_and_where_to_go_on(
    opened: Assessment, assessors: dict[str, Assessor], answer_all: AnswerAll, bob: User
) -> None:
    client = signed_in(bob)
    page = text(client.get(FORM))
    assert "0 of 65 answered." in page
    assert "Answers close on Mon 7 Dec, in 14 days." in page
    assert "Nobody else reads your answers." in page
    answer_all(assessors["member"], {code: JudgementInput(percent=50) for code in ("P1", "P2", "P3")})
    page = text(client.get(FORM))
    assert "3 of 65 answered." in page
    assert "Go on with P4" in page


def test_names_are_told_before_the_first_answer(
    program: Program, details: AssessmentDetails, roles: dict[Role, User], alice: User, bob: User
) -> None:
    named = AssessmentDetails(**{**vars(details), "is_named": True})
    assessment = services.prepare_assessment(program=program, details=named, by=alice, at=MONDAY)
    services.add_assessor(assessment=assessment, person=bob, by=alice, at=MONDAY)
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    assert "This one carries names:" in text(signed_in(bob).get(FORM))


def test_an_answer_is_kept_and_leads_to_the_next_open_question(
    opened: Assessment, assessors: dict[str, Assessor], bob: User
) -> None:
    said = {
        **TESTS_PASSED, "owner_name": "Dora", "percent": "90", "note": "Only mortgages",
        "links": "https://example.org/plan\r\n\r\nhttps://example.org/done",
    }  # fmt: skip
    sent = signed_in(bob).post(f"{FORM}P1/", said)
    assert (sent.status_code, sent.headers["Location"]) == (302, f"{FORM}P2/")
    kept = Answer.objects.get(assessor=assessors["member"])
    assert (kept.has_owner, kept.owner_name, kept.is_consistent, kept.documents) == (True, "Dora", True, "done")
    assert (kept.percent, kept.note) == (90, "Only mortgages")
    assert kept.links == ["https://example.org/plan", "https://example.org/done"]


def test_what_was_said_stands_in_the_form_again(
    opened: Assessment, assessors: dict[str, Assessor], answer_all: AnswerAll, bob: User
) -> None:
    judgement = JudgementInput(
        has_owner=False, is_consistent=True, documents="planned", percent=35, links=("https://a.example/",)
    )
    answer_all(assessors["member"], {"P1": judgement})
    page = text(signed_in(bob).get(f"{FORM}P1/"))
    for chosen in ("id_has_owner_1", "id_is_consistent_0", "id_documents_1"):
        assert f'id="{chosen}" checked' in page
    assert 'value="35" id="id_percent_7" checked' in page
    assert "The tests propose 30 to 45 %." in page
    assert "https://a.example/" in page


def test_the_bands_that_the_script_looks_up_are_the_servers_own(opened: Assessment, bob: User) -> None:
    context = signed_in(bob).get(f"{FORM}P1/").context
    bands = json.loads(context["bands"])
    assert len(bands) == 12
    assert bands["yes yes done"] == [90, 100]
    assert bands["no no none"] == [0, 5]


def test_yes_no_and_what_does_not_apply(
    opened: Assessment, assessors: dict[str, Assessor], bob: User, criteria: dict[str, Criterion]
) -> None:
    client = signed_in(bob)
    client.post(f"{FORM}P4/", {"percent": "100"})
    client.post(f"{FORM}P5/", {"percent": "40", "not_applicable_reason": "We have no partners"})
    kept = {each.criterion.code: each for each in Answer.objects.select_related("criterion")}
    assert kept["P4"].percent == 100
    assert (kept["P5"].percent, kept["P5"].is_not_applicable) == (None, True)
    assert kept["P5"].not_applicable_reason == "We have no partners"
    # Clearing the reason takes it back.
    client.post(f"{FORM}P5/", {"percent": "40", "version": "1"})
    again = Answer.objects.get(criterion=criteria["P5"])
    assert (again.percent, again.is_not_applicable) == (40, False)


def test_it_is_saved_on_the_way_with_a_quiet_word(
    opened: Assessment, assessors: dict[str, Assessor], bob: User
) -> None:
    client = signed_in(bob)
    sent = client.post(f"{FORM}P1/", {"has_owner": "yes", "stay": "1"}, headers=HTMX)
    assert sent.status_code == 200
    assert "Saved, " in text(sent)
    assert "0 of 65 answered" in text(sent)
    assert Answer.objects.get().has_owner is True
    sent = client.post(f"{FORM}P1/", {"has_owner": "yes", "percent": "20", "stay": "1", "version": "1"}, headers=HTMX)
    assert "1 of 65 answered" in text(sent)
    assert 'id="answer"' not in text(sent)


def _version_in(answer: Any) -> str:
    """Return the version that a window shows after an answer."""
    found = re.search(r'name="version" id="answer-version" value="(\d+)"', answer.content.decode())
    return found[1] if found else ""


def test_a_slower_window_wipes_nothing_and_is_shown_what_stands(
    opened: Assessment, assessors: dict[str, Assessor], bob: User
) -> None:
    client = signed_in(bob)
    seen = _version_in(client.get(f"{FORM}P1/"))
    client.post(f"{FORM}P1/", {"percent": "40", "note": "Only mortgages", "version": seen, "stay": "1"}, headers=HTMX)
    quiet = client.post(f"{FORM}P1/", {"has_owner": "yes", "version": seen, "stay": "1"}, headers=HTMX)
    assert (quiet.status_code, _version_in(quiet)) == (422, "")
    assert "Not saved: you changed this in another window." in text(quiet)
    for headers in (HTMX, {}):
        slow = client.post(f"{FORM}P1/", {"has_owner": "yes", "percent": "80", "version": seen}, headers=headers)
        assert slow.status_code == 422
        page = text(slow)
        assert "You changed this in another window" in page
        assert "<strong>40 %</strong>" in page
        assert "Only mortgages" in page
        assert 'value="80" id="id_percent_16" checked' in page
    kept = Answer.objects.get()
    assert (kept.percent, kept.note, kept.has_owner) == (40, "Only mortgages", None)
    # Having seen it, they may put theirs in its place.
    sent = client.post(f"{FORM}P1/", {"has_owner": "yes", "percent": "80", "version": _version_in(slow)})
    assert sent.status_code == 302
    assert Answer.objects.get().percent == 80


def test_a_form_that_is_sent_twice_or_saved_on_the_way_is_no_other_window(
    opened: Assessment, assessors: dict[str, Assessor], bob: User
) -> None:
    client = signed_in(bob)
    for _time in range(2):
        assert client.post(f"{FORM}P1/", {"percent": "40", "version": "0"}).status_code == 302
    version = "1"
    for percent in ("50", "60", "70"):
        said = {"percent": percent, "version": version, "stay": "1"}
        version = _version_in(client.post(f"{FORM}P1/", said, headers=HTMX))
    assert (Answer.objects.get().percent, version) == (70, "4")


def test_what_is_not_right_yet_keeps_the_version_that_its_window_showed(
    opened: Assessment, assessors: dict[str, Assessor], bob: User
) -> None:
    client = signed_in(bob)
    client.post(f"{FORM}P1/", {"percent": "40", "version": "0"})
    wrong = client.post(f"{FORM}P1/", {"percent": "52", "version": "0"})
    assert (wrong.status_code, _version_in(wrong)) == (422, "0")
    assert client.post(f"{FORM}P1/", {"percent": "50", "version": "0"}).status_code == 422
    assert Answer.objects.get().percent == 40


def test_going_on_brings_the_next_question_alone(opened: Assessment, bob: User) -> None:
    client = signed_in(bob)
    sent = client.post(f"{FORM}P1/", {"percent": "20"}, headers=HTMX)
    page = sent.content.decode()
    assert sent.headers["HX-Push-Url"] == f"{FORM}P2/"
    assert page.lstrip().startswith('<div class="answer" id="answer">')
    assert "<html" not in page
    assert "<title>P2 " in page


def test_after_the_last_one_all_answers_are_shown(
    opened: Assessment, assessors: dict[str, Assessor], answer_all: AnswerAll, bob: User
) -> None:
    answer_all(assessors["member"])
    last = Criterion.objects.order_by("-position")[0].code
    Answer.objects.filter(criterion__code=last).delete()
    client = signed_in(bob)
    sent = client.post(f"{FORM}{last}/", {"percent": "20"}, headers=HTMX)
    assert sent.headers["HX-Redirect"] == FORM
    assert "All 65 are answered; submit them." in text(client.get(FORM))


def test_what_is_refused_says_why_and_is_not_kept(opened: Assessment, bob: User) -> None:
    client = signed_in(bob)
    said = {"percent": "50", "documents": "planned", "links": "ftp://example.org"}
    for headers, words in ((HTMX, 'id="answer"'), ({}, "<html")):
        sent = client.post(f"{FORM}P1/", said, headers=headers)
        assert sent.status_code == 422
        assert "beginning with https://" in text(sent)
        assert words in text(sent)
    quiet = client.post(f"{FORM}P1/", {**said, "stay": "1"}, headers=HTMX)
    assert (quiet.status_code, "Not saved:" in text(quiet)) == (422, True)
    assert client.post(f"{FORM}P1/", {"percent": "52"}).status_code == 422
    assert not Answer.objects.exists()


def test_submitting_ends_the_asking_and_can_be_corrected(
    opened: Assessment, assessors: dict[str, Assessor], answer_all: AnswerAll, bob: User
) -> None:
    answer_all(assessors["member"], {"P1": JudgementInput(percent=50)})
    client = signed_in(bob)
    sent = client.post(f"{FORM}submit/")
    assert (sent.status_code, sent.headers["Location"]) == (302, FORM)
    assert "Submitted on Mon 23 Nov, with 1 of 65 answered." in text(client.get(FORM))
    client.post(f"{FORM}P1/", {"percent": "60", "version": "1"})
    assert Answer.objects.get().percent == 60


def test_after_consensus_opened_answers_are_read_only(in_consensus: Assessment, bob: User) -> None:
    client = signed_in(bob)
    page = text(client.get(FORM))
    assert "The answers are closed; you answered 3 of 65." in page
    assert f'href="{FORM}P1/"' not in page
    assert client.post(f"{FORM}P1/", {"percent": "60"}).status_code == 422
    assert Answer.objects.filter(percent=60, assessor__person=bob).count() == 0


def test_who_was_not_asked(opened: Assessment, alice: User, charlie: User) -> None:
    for path in (FORM, f"{FORM}P1/"):
        assert signed_in(alice).get(path).status_code == 403
        assert signed_in(charlie).get(path).status_code == 404
        assert signed_in(charlie).post(path, {"percent": "50"}).status_code in (404, 405)
    assert signed_in(charlie).get("/assessments/ONE-T1/blank/").status_code == 404
    assert not Answer.objects.exists()


def test_somebody_from_outside_sees_their_form_and_nothing_else(
    opened: Assessment, assessors: dict[str, Assessor], olivia: User
) -> None:
    client = signed_in(olivia)
    for path in (FORM, f"{FORM}P1/", "/assessments/ONE-T1/blank/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "/programs/ONE/" not in answer.content.decode()
        assert "Bob Baker" not in answer.content.decode()
    assert client.post(f"{FORM}P1/", {"percent": "50"}).headers["Location"] == f"{FORM}P2/"
    for path in ("", "assessors/", "consensus/", "edit/", "moves/open_consensus/", "consensus/P1/"):
        assert client.get(f"/assessments/ONE-T1/{path}").status_code == 404
    assert client.get("/programs/ONE/assessments/").status_code == 404
    assert client.get("/programs/ONE/").status_code == 404


def test_a_draft_asks_nobody(assessment: Assessment, assessors: dict[str, Assessor], bob: User, olivia: User) -> None:
    assert "It is not open yet" in text(signed_in(bob).get(FORM))
    assert signed_in(olivia).get(FORM).status_code == 404
    assert signed_in(bob).post(f"{FORM}P1/", {"percent": "50"}).status_code == 422


def test_some_sections_are_a_form_of_their_own(
    assessment: Assessment, template: AssessmentTemplate, roles: dict[Role, User], alice: User, bob: User
) -> None:
    sections = list(template.sections.filter(code__in=["P", "O"]))
    services.add_assessor(assessment=assessment, person=bob, sections=sections, by=alice, at=MONDAY)
    services.add_assessor(assessment=assessment, person=roles[Role.LEAD], by=alice, at=MONDAY)
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    client = signed_in(bob)
    # The parts of Results come with it.
    assert "0 of 22 answered." in text(client.get(FORM))
    assert client.get(f"{FORM}E1/").status_code == 404
    page = text(client.get("/assessments/ONE-T1/blank/?mine=1"))
    assert "22 questions." in page
    assert "65 questions." in text(client.get("/assessments/ONE-T1/blank/"))


def test_in_words_the_note_is_the_answer(
    program: Program, details: AssessmentDetails, roles: dict[Role, User], alice: User, bob: User
) -> None:
    worded = AssessmentDetails(**{**vars(details), "is_in_words": True})
    assessment = services.prepare_assessment(program=program, details=worded, by=alice, at=MONDAY)
    services.add_assessor(assessment=assessment, person=bob, by=alice, at=MONDAY)
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    client = signed_in(bob)
    page = client.get(f"{FORM}P1/").content.decode()
    assert 'name="percent"' not in page
    assert "What do you see?" in page
    client.post(f"{FORM}P1/", {"note": "Nobody wrote it down."})
    assert "1 of 65 answered." in text(client.get(FORM))


def test_the_form_costs_the_same_however_many_answer(
    opened: Assessment, assessors: dict[str, Assessor], answer_all: AnswerAll, alice: User, bob: User
) -> None:
    client = signed_in(bob)
    counts = [_queries(client)]
    for number in range(16):
        person = User.objects.create_user(f"assessor{number}@example.org", name=f"Assessor {number}")
        place = services.add_assessor(assessment=opened, email=person.email, by=alice, at=MONDAY)
        answer_all(place, {"P1": JudgementInput(percent=50), "E1": JudgementInput(percent=20)})
    answer_all(assessors["member"])
    counts.append(_queries(client))
    assert counts[0] == counts[1]
    assert all(count <= 20 for count in counts[0].values()), counts


def _queries(client: Client) -> dict[str, int]:
    found = {}
    for path in (FORM, f"{FORM}P1/", "/assessments/ONE-T1/blank/"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        found[path] = len(captured)
    return found


def test_an_assessor_is_told_who_else_is_asked_the_same(
    assessment: Assessment, template: AssessmentTemplate, roles: dict[Role, User], alice: User, bob: User, olivia: User
) -> None:
    policies, organisation = (template.sections.get(code=code) for code in ("P", "O"))
    part = template.sections.filter(part_of=organisation)[0]
    services.add_assessor(assessment=assessment, person=bob, sections=[policies], by=alice, at=MONDAY)
    services.add_assessor(assessment=assessment, person=roles[Role.LEAD], sections=[part], by=alice, at=MONDAY)
    everything = services.add_assessor(assessment=assessment, person=roles[Role.SPONSOR], by=alice, at=MONDAY)
    gone = services.add_assessor(assessment=assessment, person=alice, by=alice, at=MONDAY)
    services.add_assessor(assessment=assessment, email=olivia.email, sections=[organisation], by=alice, at=MONDAY)
    services.add_assessor(assessment=assessment, email="two@example.net", name="Two", by=alice, at=MONDAY)
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    services.remove_assessor(assessor=gone, by=alice, at=MONDAY)
    assert "Some of the same is asked of: Sue Sponsor, Two (from outside the program)." in text(
        signed_in(bob).get(FORM)
    )
    lead = text(signed_in(roles[Role.LEAD]).get(FORM))
    assert "asked of: Olivia Outside (from outside the program), Sue Sponsor, Two (from outside the program)." in lead
    outside = text(signed_in(olivia).get(FORM))
    assert "Some of the same is asked of 3 other people. 1 of them is from outside the program." in outside
    assert "Sue Sponsor" not in outside
    services.remove_assessor(assessor=everything, by=alice, at=MONDAY)
    services.remove_assessor(assessor=Assessor.objects.get(person__email="two@example.net"), by=alice, at=MONDAY)
    assert "Nobody else is asked these questions, so no spread of the answers will be shown." in text(
        signed_in(bob).get(FORM)
    )


def test_what_people_write_is_text_on_every_page(
    opened: Assessment, assessors: dict[str, Assessor], answer_all: AnswerAll, alice: User, bob: User
) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:7 }} 客户 שלום"
    User.objects.filter(pk=bob.pk).update(name="<b>Bob</b>")
    answer_all(assessors["member"], {"P1": JudgementInput(percent=50, owner_name=evil, has_owner=True, note=evil)})
    services.open_consensus(assessment=opened, by=alice, at=MONDAY)
    for person, path in ((bob, FORM), (alice, "/assessments/ONE-T1/consensus/"), (alice, "/assessments/ONE-T1/")):
        page = signed_in(person).get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>Bob" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in signed_in(bob).get(FORM).content.decode()
