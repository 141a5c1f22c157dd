"""The overview endpoint: what it answers of the sample, to whom, at what cost; and the word on delivery confidence."""

import datetime as dt
from pathlib import Path

import pytest
from pytest_django import Settings

from backend.programfile import services as programfile
from core.accounts.models import User
from core.audit.models import Entry
from programs.choices import Role
from programs.models import ConfidenceStatement, Membership, Program
from tests.conftest import Clock
from tests.support import big_program
from tests.support.api import Api, ApiOf
from tests.support.big_program import LARGE, NOW, READINGS, SMALL

SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
# A token, its last use, the program, nine for the figures, one for the sponsor's word, one for scores.
OVERVIEW_QUERIES = 15


@pytest.fixture(autouse=True)
def _status_day(clock: Clock) -> None:
    clock.move_to(NOW)


def _person(name: str) -> User:
    return User.objects.get(email=f"{name}@harbourvale.example")


@pytest.fixture
def sample(db: None) -> Program:
    """The sample program."""
    programfile.load_program_file(
        text=SAMPLE.read_text(encoding="utf-8"), source_name=SAMPLE.name, as_of=None, by=None, at=NOW
    )
    return Program.objects.get(key="ONE")


@pytest.fixture
def sponsor(sample: Program, api_of: ApiOf) -> Api:
    """The sponsor's client."""
    return api_of(_person("marta.osei"))


def test_the_overview_of_the_sample(sponsor: Api) -> None:
    told = sponsor.get("programs/ONE/overview/").json()
    assert list(told) == [
        "program", "today", "phases", "measures", "milestones", "parity", "promises", "behaviour_share", "confidence",
        "assessments",
    ]  # fmt: skip
    assert told["today"] == "2026-11-20"
    assert told["phases"][2] == {"code": "ONE-PH3", "status": "active", "variance_days": 35}
    measures = {row["code"]: row for row in told["measures"]}
    assert measures["ONE-M1"]["attainment"] == pytest.approx(23 / 63)
    assert measures["ONE-M7"]["attainment"] == 0 and measures["ONE-M7"]["freshness"] == "stale"
    assert [code for code, row in measures.items() if row["is_behind"]] == ["ONE-M8", "ONE-M1", "ONE-M2"]
    assert {row["code"]: row for row in told["milestones"]}["ONE-S4"] == {
        "code": "ONE-S4", "discipline": "project", "baseline_on": "2026-11-13", "expected_on": "2026-12-18",
        "actual_on": None, "slip_days": 35, "reforecasts": 2,
    }  # fmt: skip
    assert told["parity"] | {"project_slip_days": 0, "change_slip_days": 0} == {
        "project": 0.75, "change": 0.75, "points": 0, "alert": False, "project_slip_days": 0, "change_slip_days": 0,
    }  # fmt: skip
    assert (told["parity"]["project_slip_days"], told["parity"]["change_slip_days"]) == (17.5, 15)
    assert told["behaviour_share"] == {"behaviour": 3, "active": 8}
    assert told["assessments"] == [
        {"code": "ONE-T1", "points": 390, "of": 1000, "date": "2026-02-20"},
        {"code": "ONE-T2", "points": 492, "of": 1000, "date": "2026-08-24"},
    ]


def test_promises_and_confidence_of_the_sample(sponsor: Api) -> None:
    told = sponsor.get("programs/ONE/overview/").json()
    assert told["promises"] == {
        "kept": 2, "missed": 2, "overdue": 0, "ppc": 0.5, "answered": 7, "committed": 6, "declined": 1,
        "commitment_rate": pytest.approx(6 / 7), "renegotiated": 0,
        "reasons": [{"reason": "competing_priority", "count": 1}, {"reason": "waiting_for_approval", "count": 1}],
    }  # fmt: skip
    confidence = told["confidence"]
    assert (confidence["rating"], confidence["computed"], confidence["confirmed_by"]) == ("amber", "amber", None)
    assert confidence["ratings"] == {
        "outcomes": "amber", "schedule": "red", "parity": "green", "promises": "amber", "risks": "amber",
    }  # fmt: skip
    assert confidence["reasons"]["schedule"] == (
        "PH3 ends 35 days after its baseline. 2 of 8 milestones due by baseline are still open, up to 7 days past it."
    )
    assert confidence["is_confirmation_due"]


def test_an_unchanged_overview_is_not_sent_again(sponsor: Api) -> None:
    first = sponsor.get("programs/ONE/overview/")
    assert sponsor.get("programs/ONE/overview/", If_None_Match=first["ETag"]).status_code == 304
    sponsor.post("programs/ONE/confidence/", {"rating": "amber"})
    assert sponsor.get("programs/ONE/overview/", If_None_Match=first["ETag"]).status_code == 200


def test_a_stranger_knows_of_no_overview(sample: Program, charlie: User, api_of: ApiOf) -> None:
    api = api_of(charlie)
    assert api.get("programs/ONE/overview/").status_code == 404
    assert api.get(f"programs/{sample.pk}/confidence/").status_code == 404
    assert api.post("programs/ONE/confidence/", {"rating": "amber"}).status_code == 404


def test_its_queries_do_not_grow_with_the_program(alice: User, api_of: ApiOf) -> None:
    big_program.make(alice, key="SMALL", size=SMALL)
    big_program.read_often(big_program.make(alice, key="BIG", size=LARGE), READINGS)
    api = api_of(alice)
    for key in ("SMALL", "BIG"):
        assert api.get(f"programs/{key}/overview/").status_code == 200
        assert len(api.queries) == OVERVIEW_QUERIES, api.queries


def test_the_sponsor_confirms_the_computed_rating(sponsor: Api) -> None:
    answer = sponsor.post("programs/ONE/confidence/", {"rating": "amber"})
    assert answer.status_code == 200
    told = answer.json()
    assert told["confirmed_by"]["name"] == "Marta Osei" and not told["is_confirmation_due"]
    assert told["confirmed_at"].startswith("2026-11-20T12:00")
    assert Entry.objects.filter(verb="confirm_confidence", by=_person("marta.osei")).count() == 1


def test_an_override_says_why_in_the_same_words_everywhere(sponsor: Api) -> None:
    words = "The figures say otherwise (Amber). Say why your rating is another one."
    refused = sponsor.post("programs/ONE/confidence/", {"rating": "green"})
    assert refused.status_code == 409 and refused.json()["detail"] == words
    assert refused.json()["errors"][0] | {"code": ""} == {"field": "reason", "code": "", "detail": words}
    told = sponsor.post("programs/ONE/confidence/", {"rating": "red", "reason": "The vendor is gone."}).json()
    assert (told["rating"], told["computed"], told["override_reason"]) == ("red", "amber", "The vendor is gone.")


@pytest.mark.parametrize("role", ["joan.ellery", "tomasz.reid", "priya.nair"])
def test_nobody_else_speaks_for_the_sponsor(sample: Program, api_of: ApiOf, role: str) -> None:
    refused = api_of(_person(role)).post("programs/ONE/confidence/", {"rating": "amber"})
    assert refused.status_code == 403 and "sponsor" in refused.json()["detail"]
    assert not ConfidenceStatement.objects.exists()


def test_a_deputy_speaks_for_the_sponsor(sample: Program, api_of: ApiOf) -> None:
    deputy = _person("dana.whit")
    Program.objects.update(deputy_sponsor=deputy)
    assert api_of(deputy).post("programs/ONE/confidence/", {"rating": "amber"}).status_code == 200


def test_a_word_stands_for_thirty_days(sponsor: Api, sample: Program, settings: Settings) -> None:
    at = NOW - dt.timedelta(days=30, hours=1)
    ConfidenceStatement.objects.create(
        program=sample, computed="amber", rating="red", reason="Gone", by=_person("marta.osei"), at=at
    )
    told = sponsor.get("programs/ONE/confidence/").json()
    assert (told["rating"], told["confirmed_by"], told["is_confirmation_due"]) == ("amber", None, True)
    settings.CONFIDENCE_STANDS_DAYS = 31
    assert sponsor.get("programs/ONE/confidence/").json()["rating"] == "red"


def test_a_word_on_other_figures_asks_again(sponsor: Api, sample: Program) -> None:
    ConfidenceStatement.objects.create(
        program=sample, computed="green", rating="green", by=_person("marta.osei"), at=NOW - dt.timedelta(days=1)
    )
    told = sponsor.get("programs/ONE/confidence/").json()
    assert (told["rating"], told["confirmed_by"], told["is_confirmation_due"]) == ("amber", None, True)


def test_a_member_reads_who_said_it(sponsor: Api, sample: Program, bob: User, api_of: ApiOf) -> None:
    Membership.objects.create(program=sample, person=bob, role=Role.VIEWER)
    sponsor.post("programs/ONE/confidence/", {"rating": "amber"})
    assert api_of(bob).get("programs/ONE/overview/").json()["confidence"]["confirmed_by"]["name"] == "Marta Osei"
