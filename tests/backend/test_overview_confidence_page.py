"""The page of delivery confidence: its sentence, its reasons, and the form that takes the sponsor's word."""

import datetime as dt
import html
from pathlib import Path

import pytest
from django.test import Client

from backend.programfile import services as programfile
from core.accounts.models import User
from programs.models import ConfidenceStatement, Program
from tests.conftest import Clock
from tests.support.big_program import NOW
from tests.support.pages import read

SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
ADDRESS = "/programs/ONE/confidence/"


def _person(name: str) -> User:
    return User.objects.get(email=f"{name}@harbourvale.example")


@pytest.fixture(autouse=True)
def sample(clock: Clock) -> Program:
    """The sample program on its day."""
    clock.move_to(NOW)
    programfile.load_program_file(
        text=SAMPLE.read_text(encoding="utf-8"), source_name=SAMPLE.name, as_of=None, by=None, at=NOW
    )
    return Program.objects.get(key="ONE")


@pytest.fixture
def marta(client: Client) -> User:
    """The sponsor, signed in."""
    person = _person("marta.osei")
    client.force_login(person)
    return person


def _page(client: Client) -> str:
    return read(client, ADDRESS)


def test_it_says_what_is_computed_and_why(client: Client, marta: User) -> None:
    page = _page(client)
    assert "Amber, as computed; the sponsor has not confirmed it." in html.unescape(page)
    assert "PH3 ends 35 days after its baseline." in page and "Nobody said anything about it yet." in page
    assert "checked" in page[page.index('value="amber"') :].partition(">")[0]


@pytest.mark.parametrize("name", ["joan.ellery", "tomasz.reid", "priya.nair"])
def test_who_does_not_decide_reads_it_without_a_form(client: Client, name: str) -> None:
    client.force_login(_person(name))
    assert "Your rating" not in _page(client)
    assert client.post(ADDRESS, {"rating": "amber"}).status_code == 403
    assert not ConfidenceStatement.objects.exists()


def test_a_stranger_knows_of_no_page(client: Client, charlie: User) -> None:
    client.force_login(charlie)
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, {"rating": "amber"}).status_code == 404


def test_the_sponsor_confirms(client: Client, marta: User) -> None:
    answer = client.post(ADDRESS, {"rating": "amber", "reason": ""}, follow=True)
    assert answer.redirect_chain == [("/programs/ONE/", 302)]
    assert "Your word on delivery confidence stands." in answer.content.decode()
    assert ConfidenceStatement.objects.get().by == marta
    page = _page(client)
    assert "Amber, confirmed by Marta Osei." in page and "As computed." in page


def test_an_override_without_a_reason_comes_back_as_it_was_typed(client: Client, marta: User) -> None:
    answer = client.post(ADDRESS, {"rating": "green", "reason": " "})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The figures say otherwise (Amber). Say why your rating is another one." in page
    chosen = page[page.index('value="green"') :].partition(">")[0]
    assert "checked" in chosen
    assert not ConfidenceStatement.objects.exists()


@pytest.mark.parametrize("typed", [{}, {"rating": ""}, {"rating": "blue", "reason": "Why"}])
def test_no_rating_is_no_word(client: Client, marta: User, typed: dict[str, str]) -> None:
    answer = client.post(ADDRESS, typed)
    assert answer.status_code == 422
    assert "The five ratings" in answer.content.decode()
    assert not ConfidenceStatement.objects.exists()


def test_an_override_stands_with_its_reason_until_it_is_too_old(client: Client, marta: User, clock: Clock) -> None:
    client.post(ADDRESS, {"rating": "red", "reason": "The vendor is <gone>."})
    page = _page(client)
    assert "Red, says Marta Osei; the figures say Amber." in page
    assert "The figures said Amber. The vendor is &lt;gone&gt;." in page
    clock.advance(dt.timedelta(days=31))
    client.force_login(marta)
    page = _page(client)
    assert "says Marta Osei; the figures say" not in page and "The vendor is &lt;gone&gt;." in page
