"""Templates over the API: listed with their sections, read whole, kept with every fault named, deleted."""

from assessments import services
from core.accounts.models import User
from programs.models import Program
from tests.assessments.test_format import SMALL
from tests.cast import MONDAY
from tests.support.api import ApiOf

LIST = "assessment-templates/"


def test_a_list_has_sections_and_parts_in_three_queries(program: Program, alice: User, api_of: ApiOf) -> None:
    services.install_built_in(at=MONDAY)
    api = api_of(alice)
    api.get(LIST)
    rows = {(row["slug"], row["version"]): row for row in api.get(LIST).json()["results"]}

    # The token is looked up besides.
    assert len(api.queries) <= 3
    best = rows["crm-best-practice", 2]
    assert (best["total_points"], best["criterion_count"]) == (1000, 65)
    assert ("crm-best-practice", 1) in rows
    assert [section["points"] for section in best["sections"] if section["parts"]] == [300]
    assert api.codes(f"{LIST}?slug=organisational-readiness") == ["organisational-readiness.1"]


def test_one_has_its_criteria_and_is_named_by_slug_version_or_number(
    program: Program, alice: User, api_of: ApiOf
) -> None:
    services.install_built_in(at=MONDAY)
    api = api_of(alice)
    newest = api.get(f"{LIST}crm-best-practice/")
    whole = newest.json()

    assert whole["sections"][0]["criteria"][0]["code"] == "P1"
    for ref in (whole["code"], str(whole["id"])):
        assert api.get(f"{LIST}{ref}/").json() == whole
    assert api.get(f"{LIST}crm-best-practice/", If_None_Match=newest["ETag"]).status_code == 304
    for ref in ("crm-best-practice.9", "no-such", "crm-best-practice.x", "999999999999999999999"):
        assert api.get(f"{LIST}{ref}/").status_code == 404


def test_one_is_kept_and_deleted(program: Program, alice: User, bob: User, api_of: ApiOf) -> None:
    api = api_of(alice)
    kept = api.post(LIST, {"document": SMALL})

    assert kept.status_code == 201 and len(api.queries) <= 12
    assert kept.json()["saved_by"]["name"] == "Alice Archer"
    assert api.post(LIST, {"document": SMALL}).status_code == 409
    assert api_of(bob).send("DELETE", f"{LIST}our-check/", None, If_Match=kept["ETag"]).status_code == 403
    assert api.send("DELETE", f"{LIST}our-check/", None).status_code == 428
    assert api.send("DELETE", f"{LIST}our-check/", None, If_Match=kept["ETag"]).status_code == 204


def test_faults_are_named_by_path_and_line(program: Program, alice: User, api_of: ApiOf) -> None:
    answer = api_of(alice).post(LIST, {"document": SMALL.replace("total_points: 30", "total_points: 29")})

    assert answer.status_code == 409
    assert "line 5" in str(answer.json())


def test_the_copied_one_must_be_there(program: Program, alice: User, api_of: ApiOf) -> None:
    assert api_of(alice).post(LIST, {"document": SMALL, "copied_from": "no-such"}).status_code == 409
