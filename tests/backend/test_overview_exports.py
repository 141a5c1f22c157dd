"""The lists of a program as files: what they hold, that no cell is a formula, that strangers get none."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from django.test import Client

from backend.programfile import services as programfile
from core.accounts.models import User
from programs.models import Measure, Membership, Outcome, Phase, Program
from tests.conftest import Clock
from workstreams.models import GateReview

SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
STATUS = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)


@pytest.fixture
def joan(clock: Clock, db: None) -> Client:
    """The browser of the sample's manager, on its status date."""
    clock.move_to(STATUS)
    programfile.load_program_file(
        text=SAMPLE.read_text(encoding="utf-8"), source_name=SAMPLE.name, as_of=None, by=None, at=STATUS
    )
    client = Client()
    client.force_login(User.objects.get(email="joan.ellery@harbourvale.example"))
    return client


def rows(client: Client, name: str) -> list[dict[str, str]]:
    """Return a list as its file holds it."""
    answer = client.get(f"/programs/ONE/{name}/?format=csv")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="ONE-{name}.csv"'
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_outcomes_are_a_row_for_each_measure_and_one_for_what_has_none(joan: Client) -> None:
    program, phase = Program.objects.get(key="ONE"), Phase.objects.get(code="PH5")
    facts = {"statement": "Nobody measures this", "area": "customer", "created_at": STATUS, "updated_at": STATUS}
    Outcome.objects.create(program=program, phase=phase, code="O9", **facts)
    found = rows(joan, "outcomes")
    attained = {row["Measure"]: row["Attained, %"] for row in found}
    assert attained == {
        "M1": "36.5", "M2": "35.3", "M3": "16.1", "M4": "12.0", "M5": "4.7", "M6": "68.2", "M7": "0.0", "M8": "87.0",
        "": "",
    }  # fmt: skip
    second = next(row for row in found if row["Measure"] == "M2")
    assert (second["Baseline"], second["Now"], second["Target"]) == ("31", "25", "14")
    assert (second["Read on"], second["Freshness"], second["Outcome"]) == ("2026-10-31", "fresh", "O1")
    assert next(row for row in found if row["Outcome"] == "O9")["Statement"] == "Nobody measures this"


def test_phases_gates_and_people(joan: Client) -> None:
    third = rows(joan, "phases")[2]
    assert (third["Code"], third["State"], third["Schedule variance, days"], third["Gate"]) == (
        "PH3", "active", "35", "G3",
    )  # fmt: skip
    first = rows(joan, "gates")[0]
    assert (first["Code"], first["Decision"]) == ("G1", "proceed_with_conditions")
    assert first["Conditions"] == "A1 Publish the do-not-ask-twice rule"
    people = rows(joan, "people")
    assert [row["Name"] for row in people[:2]] == ["Marta Osei", "Joan Ellery"]


def test_workstreams_and_the_portfolio(joan: Client, charlie: User) -> None:
    assert [(row["Code"], row["Lead"]) for row in rows(joan, "workstreams")] == [
        ("W1", "Tomasz Reid"), ("W2", "Ben Okoro"),
    ]  # fmt: skip
    assert 'href="?format=csv"' in joan.get("/programs/").content.decode()
    answer = joan.get("/programs/?format=csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="programs.csv"'
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["Key"], row["Confidence"], row["Measures on track"], row["Measures"]) == ("ONE", "Amber", "4", "7")
    assert (row["Milestones overdue or moved"], row["Next gate"], row["Planned"]) == ("3", "G3", "2027-01-14")
    joan.force_login(charlie)
    assert "ONE" not in joan.get("/programs/?format=csv").content.decode()


@pytest.mark.parametrize("name", ["outcomes", "phases", "gates", "people"])
def test_no_cell_is_a_formula_and_a_negative_number_stays_a_number(joan: Client, name: str) -> None:
    evil = "=HYPERLINK(1)"
    Outcome.objects.update(statement=evil)
    Measure.objects.filter(code="M3").update(baseline=-31)
    Phase.objects.update(name=evil)
    GateReview.objects.filter(code="G3").update(findings=evil)
    Membership.objects.update(title=evil)
    cells = [cell for row in rows(joan, name) for cell in row.values()]
    assert f"'{evil}" in cells
    assert not [cell for cell in cells if cell.startswith("=")]
    assert ("-31" in cells) == (name == "outcomes")


@pytest.mark.parametrize("name", ["outcomes", "phases", "gates", "people", "workstreams"])
def test_the_page_leads_to_its_file_and_strangers_get_none(joan: Client, charlie: User, name: str) -> None:
    assert 'href="?format=csv"' in joan.get(f"/programs/ONE/{name}/").content.decode()
    stranger = Client()
    stranger.force_login(charlie)
    assert stranger.get(f"/programs/ONE/{name}/?format=csv").status_code == 404


def test_the_gates_say_first_which_comes_next(joan: Client, clock: Clock) -> None:
    def lead() -> str:
        return " ".join(joan.get("/programs/ONE/gates/").content.decode().split())

    assert (
        "Next is G3 of <strong>Pilot cards and mortgages together</strong>, on Thu 14 Jan 2027, in 55 days." in lead()
    )
    clock.move_to(STATUS + dt.timedelta(days=60))
    assert "was planned for Thu 14 Jan and is not held." in lead()
    GateReview.objects.filter(code="G4").update(state="held", held_on=STATUS.date(), rating="green", findings="Fine")
    assert "G4 of <strong>Roll out to branches and brokers</strong> was held and waits" in lead()
    GateReview.objects.filter(state__in=["held", "scheduled"]).delete()
    assert "Every gate that was planned is decided." in lead()
