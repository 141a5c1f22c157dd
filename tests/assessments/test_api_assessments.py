"""Assessments and their assessors over the API: prepared, changed, moved, deleted; who is asked, how far they are."""

from collections.abc import Callable
from typing import Any

import pytest

from assessments import services
from assessments.models import Assessment, Assessor, Criterion
from assessments.services import AssessmentDetails, JudgementInput
from core.accounts.models import User
from programs.choices import Role
from programs.models import Program
from tests.assessments.conftest import CLOSES_ON, AnswerAll
from tests.cast import MONDAY
from tests.support.api import Api, ApiOf

pytestmark = pytest.mark.usefixtures("monday")

Roles = dict[Role, User]
Places = dict[str, Assessor]
ONE = "assessments/ONE-T1/"
NEW = {"program": "ONE", "template": "crm-best-practice", "purpose": "readiness"}


@pytest.fixture
def api(alice: User, api_of: ApiOf) -> Api:
    """Alice's client."""
    return api_of(alice)


def test_an_assessment_is_prepared_and_shown(assessment: Assessment, api: Api) -> None:
    made = api.post("assessments/", {**NEW, "closes_on": CLOSES_ON.isoformat(), "target": 500})
    assert (made.status_code, made["Location"]) == (201, "http://testserver/api/v1/assessments/ONE-T2/"), made.content
    shown = made.json()
    assert shown["template"] == {**shown["template"], "code": "crm-best-practice.2"}
    assert (shown["state"], shown["total_points"], shown["target"]) == ("draft", 1000, 500)
    assert shown["facilitator"]["name"] == "Alice Archer"
    assert (shown["asked"], shown["submitted"], shown["asks_me"]) == (0, 0, False)
    assert shown["legal_moves"] == ["open"]


def test_what_a_read_gives_prepares_the_next(opened: Assessment, api: Api) -> None:
    api.patch(ONE, {"target_next": 620}, If_Match="*")
    shown = api.get(ONE).json()
    previous = {name: shown[name] for name in ("id", "code")}
    body = {"program": shown["program"], "purpose": "calibration", "previous": previous["code"]}
    made = api.post("assessments/", {**body, "template": shown["template"]}).json()
    assert (made["code"], made["target"], made["asked"], made["state"]) == ("ONE-T2", 620, 4, "draft")


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({**NEW, "template": "no-such"}, 409, "template"),
        ({**NEW, "previous": "T9"}, 409, "previous"),
        ({**NEW, "program": "TWO"}, 404, "program"),
        ({**NEW, "facilitator": "bob@example.org"}, 409, "facilitator"),
        ({**NEW, "facilitator": "charlie@example.org"}, 409, "facilitator"),
        ({**NEW, "target": 1001}, 409, "target"),
        ({**NEW, "target": -1}, 400, "target"),
        ({**NEW, "purpose": "fun"}, 400, "purpose"),
        ({**NEW, "state": "open"}, 400, "state"),
        ({"program": "ONE", "purpose": "readiness"}, 400, "template"),
    ],
)
def test_what_cannot_be_prepared_names_the_field(
    assessment: Assessment, charlie: User, api: Api, body: dict[str, Any], status: int, field: str
) -> None:
    refused = api.post("assessments/", body)
    assert (refused.status_code, [each["field"] for each in refused.json()["errors"]]) == (status, [field])


def test_a_change_takes_if_match_and_what_a_read_gives(assessment: Assessment, api: Api) -> None:
    shown = api.get(ONE)
    assert api.patch(ONE, {"target": 1}).status_code == 428
    taken = api.patch(ONE, shown.json(), If_Match=shown["ETag"])
    assert (taken.status_code, taken["ETag"]) == (200, shown["ETag"])
    changed = api.patch(ONE, {"is_named": True, "closes_on": None}, If_Match=shown["ETag"])
    assert (changed.status_code, changed.json()["is_named"], changed.json()["closes_on"]) == (200, True, None)
    stale = api.patch(ONE, {"target": 1}, If_Match=shown["ETag"])
    assert (stale.status_code, stale.json()["etag"]) == (412, changed["ETag"])
    refused = api.patch(ONE, {"state": "open"}, If_Match="*")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "state")
    assert api.get(ONE, If_None_Match=changed["ETag"]).status_code == 304


def test_the_moves_answer_the_row_and_refuse_with_what_is_legal(
    assessment: Assessment, assessors: Places, criteria: dict[str, Criterion], answer_all: AnswerAll, api: Api
) -> None:
    refused = api.post(f"{ONE}complete/")
    assert (refused.status_code, refused.json()["legal_moves"]) == (409, ["open"])
    opened = api.post(f"{ONE}open/").json()
    assert (opened["state"], opened["legal_moves"]) == ("open", ["withdraw", "open_consensus"])
    assert api.post(f"{ONE}withdraw/").json()["state"] == "draft"
    api.post(f"{ONE}open/")
    answer_all(assessors["lead"], {"P1": JudgementInput(percent=50)})
    assert api.post(f"{ONE}withdraw/").json()["code"] == "answers_given"
    assert api.post(f"{ONE}open-consensus/").json()["legal_moves"] == ["complete"]
    assert api.post(f"{ONE}complete/").json()["code"] == "nothing_agreed"
    assert api.send("PUT", f"{ONE}consensus/P1/", {"percent": 40}, If_Match="*").status_code == 200
    completed = api.post(f"{ONE}complete/").json()
    assert (completed["state"], completed["completed_on"]) == ("completed", MONDAY.date().isoformat())
    assert api.post(f"{ONE}review/").json()["legal_moves"] == ["reopen"]
    assert api.post(f"{ONE}reopen/").status_code == 400
    assert api.post(f"{ONE}reopen/", {"reason": "P1 was misread"}).json()["state"] == "consensus"


def test_the_sections_that_nobody_answers_are_named(assessment: Assessment, bob: User, api: Api) -> None:
    assert api.post(f"{ONE}open/").json()["code"] == "nobody_asked"
    body = {"person": "bob@example.org", "sections": ["P", "E", "C", "R", "OF", "OC", "OE", "OP", "L", "M", "H"]}
    assert api.post(f"{ONE}assessors/", body).status_code == 201
    refused = api.post(f"{ONE}open/").json()
    assert (refused["code"], len(refused["sections"])) == ("sections_unasked", 1)


def test_a_draft_is_deleted(assessment: Assessment, api: Api) -> None:
    assert api.send("DELETE", ONE, None).status_code == 428
    assert api.send("DELETE", ONE, None, If_Match=api.get(ONE)["ETag"]).status_code == 204
    assert api.get(ONE).status_code == 404


def test_a_list_is_narrowed(
    assessment: Assessment, in_consensus: Assessment, program: Program, alice: User, api: Api
) -> None:
    details = AssessmentDetails(template=assessment.template, purpose="calibration")
    services.prepare_assessment(program=program, details=details, by=alice, at=MONDAY)
    assert api.codes("assessments/") == ["ONE-T1", "ONE-T2"]
    for query, codes in {
        "state=draft": ["ONE-T2"],
        "state=draft,consensus": ["ONE-T1", "ONE-T2"],
        "purpose=calibration": ["ONE-T2"],
        "facilitator=me&program=ONE&template=crm-best-practice": ["ONE-T1", "ONE-T2"],
        "template=organisational-readiness": [],
        "closes_before=2027-01-01": ["ONE-T1"],
        "completed_after=2026-01-01": [],
    }.items():
        assert api.codes(f"assessments/?{query}") == codes, query
    assert api.get("assessments/?state=begun").status_code == 400


# Who is asked


def test_who_is_asked_is_listed_with_how_far_they_are(
    opened: Assessment, assessors: Places, answer_all: AnswerAll, api: Api
) -> None:
    answer_all(assessors["lead"], {"P1": JudgementInput(percent=50), "P2": JudgementInput(note="no answer yet")})
    services.submit_answers(assessor=assessors["lead"], by=assessors["lead"].person, at=MONDAY)
    found = {row["person"]["name"]: row for row in api.get(f"{ONE}assessors/").json()["results"]}
    lead, outside = found["Lee Lead"], found["Olivia Outside"]
    assert (lead["asked"], lead["answered"], lead["is_member"]) == (65, 1, True)
    assert lead["submitted_at"] == "2026-11-23T09:00:00Z"
    assert (outside["answered"], outside["is_member"], outside["email"]) == (0, False, "olivia@example.net")
    shown = api.get(ONE).json()
    assert (shown["asked"], shown["submitted"]) == (4, 1)


def test_somebody_is_asked_changed_and_asked_no_longer(assessment: Assessment, bob: User, api: Api) -> None:
    made = api.post(f"{ONE}assessors/", {"person": "bob@example.org", "sections": ["P", "P"], "is_leader": True})
    assert made.status_code == 201, made.content
    shown, path = made.json(), made["Location"].partition("/api/v1/")[2]
    assert (shown["sections"], shown["asked"], shown["is_leader"]) == (["P"], 5, True)
    assert api.patch(path, {"sections": []}).status_code == 428
    changed = api.patch(path, {"sections": []}, If_Match=made["ETag"])
    assert (changed.status_code, changed.json()["asked"]) == (200, 65)
    assert api.patch(path, {"is_leader": False}, If_Match=made["ETag"]).status_code == 412
    refused = api.patch(path, {"sections": ["Q"]}, If_Match="*")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (404, "sections")
    assert api.send("DELETE", path, None, If_Match=changed["ETag"]).status_code == 204
    assert api.get(path).status_code == 404


def test_somebody_from_outside_is_asked_by_address(assessment: Assessment, api: Api) -> None:
    made = api.post(f"{ONE}assessors/", {"email": "nina@example.net", "name": "Nina New"})
    assert (made.status_code, made.json()["person"]["name"], made.json()["is_member"]) == (201, "Nina New", False)
    assert api.post(f"{ONE}assessors/", {"email": "nina@example.net"}).json()["code"] == "already_an_assessor"
    assert api.post(f"{ONE}assessors/", {}).json()["code"] == "person_or_address"
    both = {"email": "nina@example.net", "person": "bob@example.org"}
    assert api.post(f"{ONE}assessors/", both).json()["code"] == "person_or_address"
    assert api.post(f"{ONE}assessors/", {"person": "nina@example.net"}).json()["code"] == "not_in_this_program"


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.LEAD, Role.MEMBER, Role.VIEWER])
def test_progress_is_for_who_facilitates_the_others_see_how_many(
    opened: Assessment, roles: Roles, role: Role, api_of: ApiOf
) -> None:
    api = api_of(roles[role])
    refused = api.get(f"{ONE}assessors/")
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "Only the facilitator or a manager may do this.",
    )
    shown = api.get(ONE).json()
    assert (shown["asked"], shown["submitted"], shown["legal_moves"]) == (4, 0, [])
    assert shown["asks_me"] is (role != Role.VIEWER)


# What it costs


@pytest.mark.parametrize("count", [2, 20])
def test_lists_cost_the_same_at_any_size(
    opened: Assessment, program: Program, alice: User, api: Api, count: int
) -> None:
    for number in range(count):
        email = f"p{number}@example.net"
        services.add_assessor(assessment=opened, email=email, by=alice, at=MONDAY)
        services.prepare_assessment(
            program=program,
            details=AssessmentDetails(template=opened.template, purpose="readiness"),
            by=alice,
            at=MONDAY,
        )
    assert len(api.get("assessments/?limit=200").json()["results"]) == count + 1
    assert len(api.queries) <= 3
    assert len(api.get(f"{ONE}assessors/?limit=200").json()["results"]) == count + 4
    assert len(api.queries) == 5


def test_a_write_costs_at_most_twelve_queries(
    assessment: Assessment, assessors: Places, answer_all: AnswerAll, api: Api
) -> None:
    def cost(send: Callable[..., Any], *said: Any, **headers: str) -> int:
        assert send(*said, **headers).status_code < 300
        return len(api.queries)

    costs = {
        "prepare": cost(api.post, "assessments/", NEW),
        "change": cost(api.patch, ONE, {"target": 400}, If_Match="*"),
        "ask": cost(api.post, f"{ONE}assessors/", {"person": "alice@example.org"}),
        "open": cost(api.post, f"{ONE}open/"),
        "ask late": cost(api.post, f"{ONE}assessors/", {"person": "viewer@example.org"}),
    }
    answer_all(assessors["lead"], {"P1": JudgementInput(percent=50)})
    costs["open consensus"] = cost(api.post, f"{ONE}open-consensus/")
    costs["agree"] = cost(api.send, "PUT", f"{ONE}consensus/P1/", {"percent": 40}, If_Match="*")
    costs["complete"] = cost(api.post, f"{ONE}complete/")
    assert {name: count for name, count in costs.items() if count > 12} == {}
