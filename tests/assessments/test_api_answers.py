"""One's own answers and the consensus over the API; what nobody reads through any of its doors."""

import json
from typing import Any

import pytest
from django.test import Client

from assessments import services
from assessments.models import Answer, Assessment, AssessmentTemplate, Assessor, Criterion
from assessments.services import JudgementInput
from core.accounts.models import User
from core.audit import queries as audit
from programs.choices import Role
from tests.assessments.conftest import AnswerAll
from tests.cast import MONDAY
from tests.support.api import Api, ApiOf

pytestmark = pytest.mark.usefixtures("monday")

Roles = dict[Role, User]
Places = dict[str, Assessor]
ONE = "assessments/ONE-T1/"
P1 = f"{ONE}answers/P1/"
AGREED = f"{ONE}consensus/P1/"
WHOLE = {"has_owner": True, "owner_name": "Jo", "is_consistent": True, "documents": "planned"}


@pytest.fixture
def olivias(olivia: User, api_of: ApiOf) -> Api:
    """The client of Olivia, who comes from outside."""
    return api_of(olivia)


# One's own form


def test_the_form_says_what_is_asked_and_how(opened: Assessment, olivias: Api) -> None:
    form = olivias.get(f"{ONE}answers/").json()
    assert (form["code"], form["is_open"], form["is_named"], form["answered"]) == ("ONE-T1", True, False, 0)
    assert [each["code"] for each in form["evidence_tests"]] == ["owner", "consistent", "documented"]
    assert (form["asked_beside"], form["asked_from_outside"]) == (3, 0)
    assert len(form["results"]) == 65
    first = form["results"][0]
    assert (first["code"], first["answer"], first["points"], first["percent"]) == ("P1", "range", 15, None)
    assert first["section"] == {"code": "P", "name": "Policies & strategy", "part": ""}
    part = next(each for each in form["results"] if each["code"] == "OF1")
    assert part["section"] == {"code": "O", "name": "Results", "part": "Financial"}


def test_an_answer_is_put_whole_with_the_etag_of_the_form(opened: Assessment, olivias: Api) -> None:
    etag = olivias.get(f"{ONE}answers/").json()["results"][0]["etag"]
    assert olivias.send("PUT", P1, {"percent": 50}).status_code == 428
    put = olivias.send("PUT", P1, {**WHOLE, "percent": 50, "links": ["https://a.example/"]}, If_Match=etag)
    assert put.status_code == 200, put.content
    said = put.json()
    assert (said["percent"], said["owner_name"], said["is_answered"]) == (50, "Jo", True)
    assert said["proposed"] == {"low": 50, "high": 65}
    assert olivias.send("PUT", P1, {"percent": 55}, If_Match=etag).status_code == 412
    again = olivias.get(P1)
    assert again["ETag"] == put["ETag"]
    assert olivias.send("PUT", P1, again.json(), If_Match=again["ETag"])["ETag"] == again["ETag"]
    bare = olivias.send("PUT", P1, {"percent": 55}, If_Match=again["ETag"]).json()
    assert (bare["percent"], bare["owner_name"], bare["documents"], bare["proposed"]) == (55, "", None, None)
    assert olivias.get(P1, If_None_Match=again["ETag"]).status_code == 200
    assert olivias.get(f"{ONE}answers/").json()["answered"] == 1


@pytest.mark.parametrize(
    ("code", "body", "status", "field"),
    [
        ("P1", {"percent": 7}, 409, "percent"),
        ("P1", {"percent": 101}, 400, "percent"),
        ("P1", {"percent": "50"}, 400, "percent"),
        ("P4", {"percent": 35}, 409, "percent"),
        ("P1", {"flag": "present"}, 409, "flag"),
        ("P1", {"is_not_applicable": True}, 409, "not_applicable_reason"),
        ("P1", {"links": ["ftp://a.example/"]}, 409, "links"),
        ("P1", {"documents": "some"}, 400, "documents"),
        ("P1", {"points": 99}, 400, "points"),
        ("P1", {"score": 99}, 400, "score"),
    ],
)
def test_what_cannot_be_said_names_the_field(
    opened: Assessment, olivias: Api, code: str, body: dict[str, Any], status: int, field: str
) -> None:
    refused = olivias.send("PUT", f"{ONE}answers/{code}/", body, If_Match="*")
    assert (refused.status_code, [each["field"] for each in refused.json()["errors"]]) == (status, [field])
    assert not Answer.objects.exists()


def test_only_what_one_is_asked_is_in_the_form(
    opened: Assessment, assessors: Places, criteria: dict[str, Criterion], alice: User, olivias: Api
) -> None:
    changes = {"sections": [criteria["P1"].section]}
    services.edit_assessor(assessor=assessors["outside"], changes=changes, by=alice, at=MONDAY)
    assert len(olivias.get(f"{ONE}answers/").json()["results"]) == 5
    for code in ("E1", "HF1", "P99", "%00"):
        assert olivias.get(f"{ONE}answers/{code}/").status_code == 404
        assert olivias.send("PUT", f"{ONE}answers/{code}/", {"percent": 50}, If_Match="*").status_code == 404


def test_whoever_submits_says_so_once(opened: Assessment, olivias: Api) -> None:
    refused = olivias.post(f"{ONE}submit/")
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_submit")
    olivias.send("PUT", P1, {"percent": 50}, If_Match="*")
    for _time in range(2):
        done = olivias.post(f"{ONE}submit/")
        assert (done.status_code, done.json()["submitted_at"]) == (200, done.json()["submitted_at"])
        assert done.json()["submitted_at"] is not None


def test_answers_stand_once_consensus_is_open(in_consensus: Assessment, olivias: Api) -> None:
    form = olivias.get(f"{ONE}answers/").json()
    assert (form["is_open"], form["answered"]) == (False, 3)
    refused = olivias.send("PUT", P1, {"percent": 50}, If_Match="*")
    assert (refused.status_code, refused.json()["code"]) == (409, "answers_closed")


# Consensus


def test_the_spread_is_told_from_three_answers_up_the_widest_first(
    opened: Assessment, assessors: Places, answer_all: AnswerAll, alice: User, api_of: ApiOf
) -> None:
    given = {"sponsor": (100, 0, 40), "lead": (0, 50, 40), "member": (50, 10, 40), "outside": (None, None, None)}
    for name, (first, second, third) in given.items():
        said = {"P1": first, "P2": second, "P3": third}
        answer_all(assessors[name], {code: JudgementInput(percent=each) for code, each in said.items()})
    two = {code: JudgementInput(percent=5) for code in ("P5", "E1")}
    answer_all(assessors["lead"], two)
    answer_all(assessors["member"], two)
    services.open_consensus(assessment=opened, by=alice, at=MONDAY)
    found = api_of(alice).get(f"{ONE}consensus/").json()["results"]
    assert len(found) == 65
    assert [each["code"] for each in found[:4]] == ["P1", "P2", "P3", "P4"]
    assert found[0]["spread"] == {"count": 3, "low": 0, "high": 100, "mean": 50.0, "flags": None}
    assert found[2]["spread"] == {"count": 3, "low": 40, "high": 40, "mean": 40.0, "flags": None}
    assert {each["code"]: each["spread"] for each in found if each["code"] in two} == {"P5": None, "E1": None}
    assert all(each["said"] == [] for each in found)


def test_the_spread_of_a_warning_sign_counts_what_was_said(
    opened: Assessment, roles: Roles, alice: User, api_of: ApiOf
) -> None:
    template = AssessmentTemplate.objects.get(slug="organisational-readiness")
    details = services.AssessmentDetails(template=template, purpose="readiness", closes_on=opened.closes_on)
    other = services.prepare_assessment(program=opened.program, details=details, by=alice, at=MONDAY)
    people = [roles[role] for role in (Role.SPONSOR, Role.LEAD, Role.MEMBER)]
    places = [services.add_assessor(assessment=other, person=each, by=alice, at=MONDAY) for each in people]
    services.open_assessment(assessment=other, by=alice, at=MONDAY)
    sign = Criterion.objects.select_related("section").get(template=template, code="CW1")
    for place, flag in zip(places, ("absent", "present", "present"), strict=True):
        services.save_answer(
            assessor=place, criterion=sign, judgement=JudgementInput(flag=flag), by=place.person, at=MONDAY
        )
    services.open_consensus(assessment=other, by=alice, at=MONDAY)
    first = api_of(alice).get("assessments/ONE-T2/consensus/").json()["results"][0]
    assert (first["code"], first["spread"]["flags"]) == ("CW1", {"absent": 1, "partly": 0, "present": 2})
    put = api_of(alice).send("PUT", "assessments/ONE-T2/consensus/CW1/", {"flag": "partly"}, If_Match="*")
    assert (put.status_code, put.json()["flag"], put.json()["percent"]) == (200, "partly", None)
    refused = api_of(alice).send("PUT", "assessments/ONE-T2/consensus/CW1/", {"percent": 50}, If_Match="*")
    assert refused.json()["code"] == "flag_has_no_percent"


def test_of_two_who_agree_on_one_criterion_the_second_is_told(
    in_consensus: Assessment, alice: User, bob: User, api_of: ApiOf
) -> None:
    api = api_of(alice)
    etag = api.get(AGREED)["ETag"]
    assert api.send("PUT", AGREED, {"percent": 40}).status_code == 428
    put = api.send("PUT", AGREED, {"percent": 40, "note": "as we said"}, If_Match=etag)
    assert (put.status_code, put.json()["percent"], put.json()["set_by"]["name"]) == (200, 40, "Alice Archer")
    stale = api.send("PUT", AGREED, {"percent": 60}, If_Match=etag)
    assert (stale.status_code, stale.json()["etag"]) == (412, put["ETag"])
    listed = next(each for each in api.get(f"{ONE}consensus/").json()["results"] if each["code"] == "P1")
    assert listed["etag"] == put["ETag"]
    assert api.send("PUT", AGREED, put.json(), If_Match=put["ETag"])["ETag"] == put["ETag"]
    refused = api_of(bob).send("PUT", AGREED, {"percent": 60}, If_Match="*")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


# Nobody reads another's answer


SECRET = "what only Lee thinks"
API = [f"/api/v1/{ONE}{door}" for door in ("", "assessors/", "answers/", "answers/P1/", "consensus/", "consensus/P1/")]
API += [f"/api/v1/{path}" for path in (f"{ONE}results/", "assessments/", "programs/ONE/overview/", "reminders/")]
PAGES = [f"/assessments/ONE-T1/{page}" for page in ("", "assessors/", "answer/", "answer/P1/", "consensus/", "blank/")]
PAGES += [f"/assessments/ONE-T1/{page}" for page in ("consensus/P1/", "results/", "answers.csv", "edit/")]
PAGES += ["/programs/ONE/", "/programs/ONE/assessments/", "/programs/ONE/export/", "/inbox/", "/"]


@pytest.fixture
def told(opened: Assessment, assessors: Places, answer_all: AnswerAll) -> Assessment:
    """Lee and Bob have answered P1, and nobody else."""
    said = JudgementInput(
        percent=85, has_owner=True, owner_name=SECRET, note=SECRET, links=(f"https://a.example/{SECRET}",)
    )
    answer_all(assessors["lead"], {"P1": said})
    answer_all(assessors["member"], {"P1": JudgementInput(percent=5)})
    services.submit_answers(assessor=assessors["lead"], by=assessors["lead"].person, at=MONDAY)
    return opened


def _read(reader: User) -> str:
    """Return everything that somebody reads of the assessment and of its program, by page, API and file."""
    client = Client()
    client.force_login(reader)
    answers = {path: client.get(path, follow=True) for path in (*API, *PAGES)}
    assert {each.status_code for each in answers.values()} <= {200, 403, 404}
    read = [path for path, each in answers.items() if each.status_code == 200]
    assert f"/api/v1/{ONE}answers/" in read or "/assessments/ONE-T1/" in read
    return "".join(each.getvalue().decode() for each in answers.values())


@pytest.mark.parametrize("stage", ["open", "consensus", "completed"])
@pytest.mark.parametrize("who", ["manager", "sponsor", "member", "viewer", "outside"])
def test_nobody_reads_anothers_answer_or_guesses_it_from_a_spread_of_two(
    told: Assessment, criteria: dict[str, Criterion], roles: Roles, olivia: User, alice: User, who: str, stage: str
) -> None:
    if stage != "open":
        services.open_consensus(assessment=told, by=alice, at=MONDAY)
    if stage == "completed":
        agreed = JudgementInput(percent=50)
        services.set_consensus(assessment=told, criterion=criteria["P2"], judgement=agreed, by=alice, at=MONDAY)
        services.complete_assessment(assessment=told, by=alice, at=MONDAY)
    reader = olivia if who == "outside" else roles[Role(who)]
    read = _read(reader)
    assert SECRET not in read
    for key in ('"percent":85', '"mean":45', '"high":85', '"low":85'):
        assert key not in read, key
    if who != "member":
        assert '"percent":5,' not in read


def test_before_consensus_there_is_nothing_to_agree_on_for_anybody(
    told: Assessment, alice: User, api_of: ApiOf
) -> None:
    api = api_of(alice)
    assert api.get(f"{ONE}consensus/").json() == {"results": []}
    assert api.get(AGREED).status_code == 404
    assert api.send("PUT", AGREED, {"percent": 5}, If_Match="*").json()["code"] == "consensus_closed"


def test_with_names_the_program_reads_who_said_what_from_the_consensus_on(
    assessment: Assessment, assessors: Places, answer_all: AnswerAll, alice: User, roles: Roles, api_of: ApiOf
) -> None:
    services.edit_assessment(assessment=assessment, changes={"is_named": True}, by=alice, at=MONDAY)
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    answer_all(assessors["lead"], {"P1": JudgementInput(percent=85, note=SECRET)})
    viewer = api_of(roles[Role.VIEWER])
    assert viewer.get(f"{ONE}consensus/").json() == {"results": []}
    services.open_consensus(assessment=assessment, by=alice, at=MONDAY)
    shown = viewer.get(AGREED).json()
    assert [(each["person_name"], each["percent"], each["note"]) for each in shown["said"]] == [
        ("Lee Lead", 85, SECRET)
    ]
    # The spread of one stays untold: with names or without, it would only repeat them.
    assert shown["spread"] is None


def test_an_assessor_from_outside_sees_their_own_form_and_nothing_else_of_the_program(
    in_consensus: Assessment, criteria: dict[str, Criterion], alice: User, olivias: Api
) -> None:
    assert olivias.get(f"{ONE}answers/").status_code == 200
    assert olivias.get(f"{ONE}answers/P1/").status_code == 200
    paths = (ONE, f"{ONE}assessors/", f"{ONE}consensus/", AGREED, "programs/ONE/", "programs/ONE/overview/")
    assert {path: olivias.get(path).status_code for path in paths} == dict.fromkeys(paths, 404)
    moves = ("open/", "withdraw/", "open-consensus/", "complete/", "review/")
    assert {move: olivias.post(ONE + move).status_code for move in moves} == dict.fromkeys(moves, 404)
    assert olivias.codes("assessments/") == olivias.codes("programs/") == []


def test_strangers_leavers_and_members_who_were_not_asked_have_no_form(
    assessment: Assessment, assessors: Places, roles: Roles, alice: User, charlie: User, olivias: Api, api_of: ApiOf
) -> None:
    assert olivias.get(f"{ONE}answers/").status_code == 404  # a draft: nobody was asked yet
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    assert api_of(charlie).get(f"{ONE}answers/").status_code == 404
    refused = api_of(roles[Role.VIEWER]).get(f"{ONE}answers/")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    services.remove_assessor(assessor=assessors["outside"], by=alice, at=MONDAY)
    assert olivias.get(f"{ONE}answers/").status_code == 404
    assert olivias.post(f"{ONE}submit/").status_code == 404


def test_the_trail_is_silent_about_answers(told: Assessment, alice: User) -> None:
    services.open_consensus(assessment=told, by=alice, at=MONDAY)
    rows = audit.history_of_subject(f"assessment:{told.pk}", limit=1000)
    assert "submit_assessment" in {row["verb"] for row in rows}
    trail = json.dumps([row["changes"] for row in rows]) + " ".join(f"{row['label']} {row['reason']}" for row in rows)
    assert SECRET not in trail
    assert "85" not in trail


# What it costs


@pytest.mark.parametrize("people", [1, 16])
def test_the_form_and_the_consensus_cost_the_same_for_one_criterion_or_all_of_twenty_people(
    opened: Assessment, assessors: Places, criteria: dict[str, Criterion], alice: User, olivias: Api, api_of: ApiOf,
    people: int,
) -> None:  # fmt: skip
    places = [
        services.add_assessor(assessment=opened, email=f"p{number}@example.net", by=alice, at=MONDAY)
        for number in range(people)
    ]
    stamps = {"created_at": MONDAY, "updated_at": MONDAY}
    judged = list(criteria.values())[: 1 if people == 1 else 65]
    Answer.objects.bulk_create(
        Answer(assessor=place, criterion=criterion, percent=step % 2 * 100, **stamps)
        for step, place in enumerate([*places, *assessors.values()])
        for criterion in judged
    )
    assert olivias.get(f"{ONE}answers/").json()["answered"] == len(judged)
    assert len(olivias.queries) == 8
    services.open_consensus(assessment=opened, by=alice, at=MONDAY)
    api = api_of(alice)
    spreads = [each["spread"] for each in api.get(f"{ONE}consensus/").json()["results"] if each["spread"]]
    assert len(spreads) == len(judged)
    assert spreads[0]["count"] == people + 4
    assert len(api.queries) == 6


def test_an_answer_costs_at_most_twelve_queries(opened: Assessment, olivias: Api) -> None:
    for percent in (50, 55):
        assert olivias.send("PUT", P1, {"percent": percent}, If_Match="*").status_code == 200
        assert len(olivias.queries) <= 12
    assert olivias.post(f"{ONE}submit/").status_code == 200
