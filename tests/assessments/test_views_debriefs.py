"""The pages of findings and of the debrief, the PDF, and the private notes behind every door."""

import html
import re
from typing import Any

import pypdfium2
import pytest

from assessments import exceptions, services
from assessments.choices import DebriefState, RecommendationState
from assessments.models import Assessment, Debrief, DebriefPart, Finding, Recommendation
from core import clock, pdf
from core.accounts.models import User
from core.audit.models import Entry
from programs.choices import Role
from programs.models import Program
from tests.assessments.found import Accept, Roles
from tests.cast import MONDAY
from tests.support.api import ApiOf
from tests.support.pages import signed_in, text
from workstreams.choices import Discipline
from workstreams.models import ActionItem, Workstream

SECRET = "The board doubts the CIO"
CHINESE = "如果不改变，客户会继续流失。"
FINDINGS, DEBRIEF = "/assessments/ONE-T1/findings/", "/assessments/ONE-T1/debrief/"


def said(answer: Any) -> str:
    """Return what a page says, without its tags."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())))


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


@pytest.fixture
def told(held: Debrief) -> Debrief:
    """The debrief, held, with private notes and Chinese text in it."""
    DebriefPart.objects.filter(debrief=held, kind="stake").update(text=f"Customers leave.\n\n{CHINESE}")
    Debrief.objects.filter(pk=held.pk).update(private_notes=SECRET)
    return held


def test_findings_say_what_waits_and_offer_what_the_reader_decides(
    gap: Finding, strength: Finding, essential: Recommendation, critical: Recommendation, roles: Roles
) -> None:
    as_manager, as_sponsor = (signed_in(roles[role]).get(FINDINGS) for role in (Role.MANAGER, Role.SPONSOR))
    assert "1 gap, 1 strength. 2 recommended steps wait for a decision." in said(as_manager)
    assert "/recommendations/ONE-T1-N1/accept/" in as_manager.content.decode()
    assert "/recommendations/ONE-T1-N2/accept/" not in as_manager.content.decode()
    assert "/recommendations/ONE-T1-N2/accept/" in as_sponsor.content.decode()
    as_member = signed_in(roles[Role.MEMBER]).get(FINDINGS).content.decode()
    assert "/accept/" not in as_member
    assert "/findings/ONE-T1-F1/" not in as_member


def test_the_map_is_a_picture_with_a_list_behind_it(gap: Finding, alice: User) -> None:
    page = signed_in(alice).get(FINDINGS)
    assert "1 gap touches 2 other criteria. The list below has all of them." in said(page)
    assert page.content.decode().count('<path d="M290') == 2
    assert "E2" in said(page).split("The same as a list")[1]


def test_a_finding_is_written_and_a_wrong_code_is_named(completed: Assessment, alice: User) -> None:
    client = signed_in(alice)
    body = {"kind": "gap", "text": "Nobody owns complaints.", "affects": "E2, XX"}
    wrong = client.post(f"{FINDINGS}new/", body)
    assert (wrong.status_code, "There is no criterion XX." in said(wrong)) == (422, True)
    answer = client.post(f"{FINDINGS}new/", {**body, "affects": "E2 S1"})
    assert answer["Location"] == f"{FINDINGS}#F1"
    assert Finding.objects.get().affects.count() == 2
    answer = client.post("/findings/ONE-T1-F1/", {"kind": "strength", "text": "They do.", "root_cause": "Luck"})
    assert str(exceptions.StrengthHasNoCause.sentence) in said(answer)


def test_accepting_on_the_page_makes_the_promise_and_its_page_says_where_it_came_from(
    essential: Recommendation, phase: Any, workstreams: dict[Discipline, Workstream], roles: Roles, bob: User
) -> None:
    body = {
        "performer": bob.pk,
        "requested_for": clock.now().date().isoformat(),
        "workstream": workstreams[Discipline.CHANGE].pk,
        "phase": phase.pk,
    }
    answer = signed_in(roles[Role.MANAGER]).post("/recommendations/ONE-T1-N1/accept/", body)
    assert answer["Location"] == FINDINGS
    sight = said(signed_in(bob).get("/actions/ONE-A1/"))
    assert "Recommended Withdraw the duplicate proof-of-income letter It is asked for twice." in sight
    assert "For the finding Card and mortgage staff ask for the same papers." in sight
    assert "Of the assessment ONE-T1 CRM best-practice" in sight


def test_a_manager_gets_no_critical_step_by_typing_its_address(critical: Recommendation, alice: User) -> None:
    answer = signed_in(alice).get("/recommendations/ONE-T1-N1/accept/")
    assert (answer.status_code, "Only the sponsor or the deputy may do this." in said(answer)) == (403, True)


def test_before_it_is_held_members_are_told_of_no_debrief(debrief: Debrief, roles: Roles, charlie: User) -> None:
    page = signed_in(roles[Role.MEMBER]).get(DEBRIEF)
    assert (page.status_code, "There is no debrief to read yet." in said(page)) == (200, True)
    assert signed_in(roles[Role.MEMBER]).get("/assessments/ONE-T1/debrief.pdf").status_code == 404
    assert signed_in(charlie).get(DEBRIEF).status_code == 404
    assert "The sponsor is briefed first." in said(signed_in(roles[Role.SPONSOR]).get(DEBRIEF))


def test_the_whole_debrief_on_its_pages(completed: Assessment, alice: User, roles: Roles) -> None:
    client, at = signed_in(alice), clock.now()
    assert "Prepare the debrief" in said(client.get(DEBRIEF))
    client.post(f"{DEBRIEF}prepare/", {"planned_on": at.date().isoformat()})
    debrief = Debrief.objects.get()
    stake = debrief.parts.get(kind="stake")
    client.post(f"{DEBRIEF}parts/{stake.pk}/", {"text": "Much.\n\n- One\n- Two"})
    page = text(client.get(DEBRIEF))
    assert "<ul><li>One</li><li>Two</li></ul>" in page
    client.post(f"{DEBRIEF}parts/{stake.pk}/", {"rewrite": "1"})
    assert debrief.parts.get(kind="stake").text.startswith("The case for change")
    client.post(f"{DEBRIEF}parts/new/?after={stake.pk}", {"title": "Budget", "text": "Half."})
    assert list(debrief.parts.order_by("position").values_list("kind", flat=True))[3] == "own"
    for move in ("brief_sponsor", "hold"):
        assert client.post(f"{DEBRIEF}moves/{move}/", {}).status_code == 302
    ending = {"none_reason": "", "requests-TOTAL_FORMS": "2", "requests-INITIAL_FORMS": "0"}
    assert client.post(f"{DEBRIEF}commit/", ending).status_code == 422
    assert client.post(f"{DEBRIEF}commit/", {**ending, "none_reason": "No money"}).status_code == 302
    assert "No commitment was made. No money" in said(signed_in(roles[Role.VIEWER]).get(DEBRIEF))


def test_it_ends_with_what_is_chosen_and_asked_for(
    held: Debrief, essential: Recommendation, accept: Accept, alice: User, bob: User, phase: Any
) -> None:
    item = accept(essential, alice).action_item
    assert item is not None
    rows = {"text": "Brief the branches", "performer": bob.pk, "requested_for": "2026-12-18",
            "workstream": item.workstream_id, "phase": phase.pk}  # fmt: skip
    body = {"action_items": [item.pk], "requests-TOTAL_FORMS": "2", "requests-INITIAL_FORMS": "0"}
    answer = signed_in(alice).post(
        f"{DEBRIEF}commit/", {**body, **{f"requests-0-{name}": value for name, value in rows.items()}}
    )
    assert answer.status_code == 302
    assert "It ended with 2 commitments." in said(signed_in(bob).get(DEBRIEF))
    assert "Committed to at the debrief of ONE-T1" in said(signed_in(bob).get("/actions/ONE-A2/"))


def test_the_pdf_names_program_date_and_pages_and_draws_chinese(told: Debrief, roles: Roles, bob: User) -> None:
    answer = signed_in(bob).get("/assessments/ONE-T1/debrief.pdf")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf", 'inline; filename="ONE-T1-debrief.pdf"',
    )  # fmt: skip
    pages = pages_of(answer.content)
    for number, page in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in page
        assert "One Customer · Monday 23 November 2026" in page
    whole = "".join(pages)
    assert CHINESE in whole
    headings = ("Reason for the meeting", "Status of the initiative", "What is at stake", "Commitment to action")
    assert sorted(headings, key=whole.index) == list(headings)
    document = pypdfium2.PdfDocument(answer.content)
    textpage, found = document[0].get_textpage(), None
    found = textpage.search(CHINESE[:4]).get_next()
    assert found is not None
    left, bottom, right, top = textpage.get_charbox(found[0])
    page = document[0]
    scale = 4
    picture = page.render(scale=scale).to_pil().convert("L")
    box = (left * scale, (page.get_height() - top) * scale, right * scale, (page.get_height() - bottom) * scale)
    glyph = picture.crop(tuple(int(edge) for edge in box))
    inked = sum(count for count, shade in glyph.getcolors(256) if shade < 128) / (glyph.width * glyph.height)
    # A box in the place of a glyph that the font lacks would be a thin line around white.
    assert 0.15 < inked < 0.75


def test_a_part_that_is_left_out_is_not_in_the_pdf(told: Debrief, bob: User) -> None:
    DebriefPart.objects.filter(debrief=told, kind="stake").update(is_left_out=True)
    whole = "".join(pages_of(signed_in(bob).get("/assessments/ONE-T1/debrief.pdf").content))
    assert "What is at stake" not in whole
    assert CHINESE not in said(signed_in(bob).get(DEBRIEF))


def test_without_pango_the_address_says_what_to_do(
    told: Debrief, bob: User, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library')\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    answer = signed_in(bob).get("/assessments/ONE-T1/debrief.pdf")
    assert (answer.status_code, "tracker doctor" in said(answer)) == (pdf.RendererMissing.status, True)


def test_private_notes_come_out_of_no_door_but_their_own(
    told: Debrief, program: Program, roles: Roles, api_of: ApiOf, charlie: User
) -> None:
    Program.objects.filter(pk=program.pk).update(deputy_sponsor=roles[Role.LEAD])
    own = f"{DEBRIEF}notes/"
    doors = (DEBRIEF, FINDINGS, "/assessments/ONE-T1/", "/programs/ONE/", "/programs/ONE/export/")
    api = ("debriefs/", "debriefs/ONE-T1/", "debrief-parts/", "assessments/", "programs/ONE/overview/")
    for role, person in roles.items():
        client, caller, sees = signed_in(person), api_of(person), role in (Role.SPONSOR, Role.MANAGER)
        assert [door for door in doors if SECRET in client.get(door).content.decode()] == []
        assert [path for path in api if SECRET in caller.get(path).content.decode()] == []
        assert SECRET not in "".join(pages_of(client.get("/assessments/ONE-T1/debrief.pdf").content))
        assert (client.get(own).status_code, SECRET in client.get(own).content.decode()) == (200 if sees else 403, sees)
        answer = caller.get("debriefs/ONE-T1/private-notes/")
        assert (answer.status_code, SECRET in answer.content.decode()) == (200 if sees else 403, sees)
    assert signed_in(charlie).get(own).status_code == 404
    assert not [row for row in Entry.objects.values_list("label", "reason", "changes") if SECRET in str(row)]


def test_the_second_of_two_who_write_notes_on_the_page_is_told(told: Debrief, roles: Roles) -> None:
    client = signed_in(roles[Role.SPONSOR])
    assert client.post(f"{DEBRIEF}notes/", {"text": "One", "version": "1"}).status_code == 302
    answer = client.post(f"{DEBRIEF}notes/", {"text": "Two", "version": "1"})
    assert (answer.status_code, "This was changed since you read it." in said(answer)) == (422, True)


def test_the_api_goes_the_whole_way(
    completed: Assessment, phase: Any, workstreams: Any, alice: User, roles: Roles, api_of: ApiOf
) -> None:
    api, sponsor = api_of(alice), api_of(roles[Role.SPONSOR])
    finding = api.post(
        "findings/", {"assessment": "ONE-T1", "kind": "gap", "text": "Gap", "criterion": "C2", "affects": ["E2"]}
    )
    assert (finding.status_code, finding.json()["code"], finding.json()["affects"]) == (201, "ONE-T1-F1", ["E2"])
    step = api.post("recommendations/", {"finding": "ONE-T1-F1", "text": "Step", "urgency": "critical"})
    assert (step.status_code, step.json()["legal_moves"]) == (201, [])
    asked = {"performer": "bob@example.org", "requested_for": "2026-12-18", "workstream": "W1", "phase": "PH1"}
    assert api.post("recommendations/ONE-T1-N1/accept/", asked).status_code == 403
    accepted = sponsor.post("recommendations/ONE-T1-N1/accept/", asked)
    assert (accepted.status_code, accepted.json()["action_item"]["code"]) == (200, "ONE-A1")
    again = sponsor.post("recommendations/ONE-T1-N1/accept/", asked)
    assert (again.status_code, again.json()["legal_moves"]) == (409, ["reopen"])
    assert api.post("debriefs/", {"assessment": "ONE-T1"}).status_code == 201
    assert api.post("debriefs/ONE-T1/hold/", {}).status_code == 409
    assert api.post("debriefs/ONE-T1/brief-sponsor/", {}).status_code == 200
    assert api.post("debriefs/ONE-T1/hold/", {}).status_code == 200
    ended = api.post("debriefs/ONE-T1/commit/", {"action_items": ["ONE-A1"], "requests": [{**asked, "text": "More"}]})
    assert [item["code"] for item in ended.json()["commitments"]] == ["ONE-A1", "ONE-A2"]
    assert Recommendation.objects.get().state == RecommendationState.ACCEPTED
    assert Debrief.objects.get().state == DebriefState.COMMITTED
    assert ActionItem.objects.count() == 2


def test_a_change_over_the_api_needs_the_version_that_was_read(gap: Finding, debrief: Debrief, api_of: ApiOf) -> None:
    api = api_of(gap.assessment.facilitator or User())
    etag = api.get("findings/ONE-T1-F1/")["ETag"]
    assert api.patch("findings/ONE-T1-F1/", {"text": "New"}, If_Match=etag).status_code == 200
    assert api.patch("findings/ONE-T1-F1/", {"text": "Newer"}, If_Match=etag).status_code == 412
    part = debrief.parts.get(kind="stake")
    etag = api.get(f"debrief-parts/{part.pk}/")["ETag"]
    assert api.patch(f"debrief-parts/{part.pk}/", {"text": "New"}, If_Match=etag).status_code == 200
    assert api.patch(f"debrief-parts/{part.pk}/", {"text": "Newer"}, If_Match=etag).status_code == 412


def test_lists_cost_the_same_however_long_they_are(
    gap: Finding, essential: Recommendation, held: Debrief, alice: User, api_of: ApiOf
) -> None:
    api = api_of(alice)
    counts = []
    for _round in range(2):
        api.get("findings/")
        first = len(api.queries)
        api.get("recommendations/")
        second = len(api.queries)
        api.get("debriefs/")
        counts.append((first, second, len(api.queries)))
        for number in range(5):
            details = services.FindingDetails(kind="gap", text=f"Gap {number}", affects=list(gap.affects.all()))
            services.add_finding(assessment=gap.assessment, details=details, by=alice, at=MONDAY)
    assert counts[0] == counts[1]
    # Who calls, their programs and the rows; of findings what they touch.
    assert max(counts[0]) <= 4


@pytest.mark.parametrize(("path", "most"), [(FINDINGS, 18), (DEBRIEF, 24)])
def test_pages_cost_the_same_however_much_there_is(
    gap: Finding, held: Debrief, alice: User, django_assert_max_num_queries: Any, path: str, most: int
) -> None:
    client = signed_in(alice)
    client.get(path)
    for number in range(5):
        details = services.FindingDetails(kind="gap", text=f"Gap {number}", affects=list(gap.affects.all()))
        services.add_finding(assessment=gap.assessment, details=details, by=alice, at=MONDAY)
    with django_assert_max_num_queries(most):
        client.get(path)


def test_a_debrief_that_came_in_with_its_program_tells_what_is_known_of_it(
    told: Debrief, alice: User, bob: User
) -> None:
    services.commit_debrief(debrief=told, none_reason="The budget is gone", by=alice, at=MONDAY)
    DebriefPart.objects.filter(debrief=told).delete()
    client = signed_in(bob)
    for whole in (said(client.get(DEBRIEF)), "".join(pages_of(client.get(f"{DEBRIEF[:-1]}.pdf").content))):
        assert "came in with its program" in " ".join(whole.split())
        assert "No commitment was made. The budget is gone" in " ".join(whole.split())
