"""The score of the last assessment, in the portfolio, on the page of a program and in the overview."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments import services
from assessments.models import AssessmentTemplate
from core.accounts.models import User
from programs.models import Program
from tests.assessments.past import completed, in_consensus, of_sample
from tests.conftest import Clock
from tests.support import big_program
from tests.support.api import ApiOf
from tests.support.big_program import NOW, SMALL
from tests.support.pages import read


@pytest.fixture(autouse=True)
def _november(clock: Clock) -> None:
    clock.move_to(NOW)


@pytest.fixture
def template(db: None) -> AssessmentTemplate:
    """The nine sections of 1000 points."""
    services.install_built_in(at=NOW)
    return AssessmentTemplate.objects.get(slug="crm-best-practice", number=1)


@pytest.fixture
def one(alice: User, template: AssessmentTemplate) -> Program:
    """A program that was assessed twice, as the sample was, once in words, and is assessed again."""
    program = big_program.make(alice, key="ONE", size=SMALL)
    for code in ("T1", "T2"):
        of_sample(program, template, code)
    completed(program, template, "T3", dt.date(2026, 10, 1), is_in_words=True)
    program.manager = alice
    in_consensus(program, template, "T4")
    return program


def _read(client: Client, person: User, address: str) -> str:
    client.force_login(person)
    return read(client, address)


def test_the_portfolio_tells_score_and_trend(client: Client, alice: User, one: Program) -> None:
    page = _read(client, alice, "/programs/")
    assert '<a href="/assessments/ONE-T2/results/">492 of 1000</a> <p class="quiet">+102</p>' in page


def test_a_program_that_was_never_assessed_has_no_score(client: Client, alice: User) -> None:
    big_program.make(alice, key="NEW", size=SMALL)
    assert "/results/" not in _read(client, alice, "/programs/")
    assert "Last assessed on" not in _read(client, alice, "/programs/NEW/")


def test_the_page_of_a_program_says_the_last_score_in_a_line(client: Client, alice: User, one: Program) -> None:
    page = _read(client, alice, "/programs/ONE/")
    assert (
        'Last assessed on Mon 24 Aug: <a href="/assessments/ONE-T2/results/">492 of 1000 points</a>, +102; '
        "the target is 620."
    ) in page


def test_the_overview_tells_the_scores_of_completed_assessments(api_of: ApiOf, alice: User, one: Program) -> None:
    assert api_of(alice).get("programs/ONE/overview/").json()["assessments"] == [
        {"code": "ONE-T1", "points": 390, "of": 1000, "date": "2026-02-20"},
        {"code": "ONE-T2", "points": 492, "of": 1000, "date": "2026-08-24"},
    ]


def test_scores_cost_the_portfolio_one_query_whatever_their_number(
    client: Client, alice: User, one: Program, template: AssessmentTemplate
) -> None:
    counts = []
    for _round in range(2):
        client.force_login(alice)
        client.get("/programs/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/programs/")
        counts.append(sum("sectionpoints" in query["sql"] for query in queries))
        other = big_program.make(alice, key="TWO" if len(counts) == 1 else "SIX", size=SMALL)
        of_sample(other, template, "T1")
    assert counts == [1, 1]
