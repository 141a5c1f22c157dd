"""The pages of outcomes: what they say first, who may change what, readings recorded, corrected and pasted."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from backend.programfile import services as programfile
from core.accounts.models import User
from programs.choices import OutcomeStatus
from programs.exceptions import ReadingInTheFuture, ReadingIsFinal
from programs.models import Measure, Measurement, Outcome
from tests.conftest import Clock
from tests.support.pages import text

SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
STATUS = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)


@pytest.fixture
def sample(clock: Clock) -> None:
    """The sample, on its status date."""
    clock.move_to(STATUS)
    programfile.load_program_file(
        text=SAMPLE.read_text(encoding="utf-8"), source_name=SAMPLE.name, as_of=None, by=None, at=STATUS
    )


def client_of(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=f"{name}@harbourvale.example"))
    return client


@pytest.fixture
def joan(sample: None) -> Client:
    """The manager's browser."""
    return client_of("joan.ellery")


@pytest.fixture
def priya(sample: None) -> Client:
    """The browser of who owns M1 and M2."""
    return client_of("priya.nair")


def words(client: Client, path: str) -> str:
    """Return what a page says, without its tags and breaks."""
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_list_says_what_is_behind_and_where_each_measure_stands(joan: Client) -> None:
    page = words(joan, "/programs/ONE/outcomes/")
    assert "<strong>Applications asking again for known data</strong>" in page
    assert "are behind. <strong>Broker cases with status visible to the customer</strong> was not read lately." in page
    for percent in ("36.5 %", "35.3 %", "16.1 %", "12.0 %", "4.7 %", "68.2 %", "0.0 %", "87.0 %"):
        assert percent in page
    assert page.count("</svg>behind</span>") == 2
    assert ">37.5 %<" in page


def test_a_page_answers_whether_the_outcome_is_true(joan: Client) -> None:
    page = words(joan, "/outcomes/ONE-O1/")
    assert "Not true yet. <strong>Contacts repeated within 7 days per 100 requests</strong> is behind: 25" in page
    assert "A3 Agree consent wording with compliance" in page
    assert "S4 Income and consent write-back live" in page and "through A3" in page
    assert "S1 Customer matching rules approved" in page and "of its phase, PH2" in page
    assert "True: it is realised." in words(joan, "/outcomes/ONE-O6/")
    assert "was last read on Tue 30 Jun" in words(joan, "/outcomes/ONE-O5/")


def test_a_page_costs_the_same_with_many_readings(
    joan: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    measure, day = Measure.objects.get(code="M2"), STATUS.date()
    Measurement.objects.bulk_create(
        Measurement(measure=measure, value=25, measured_on=day, recorded_on=day, recorded_at=STATUS) for _ in range(200)
    )
    with django_assert_num_queries(11):
        joan.get("/outcomes/ONE-O1/")


def test_strangers_find_nothing(sample: None, charlie: User) -> None:
    stranger = Client()
    stranger.force_login(charlie)
    reading = Measurement.objects.all()[0].pk
    for path in (
        "/programs/ONE/outcomes/", "/outcomes/ONE-O1/", "/measures/ONE-M1/", f"/readings/{reading}/correct/",
        "/programs/ONE/readings/",
    ):  # fmt: skip
        assert stranger.get(path).status_code == 404


def test_a_reading_is_recorded_in_one_step_by_whose_measure_it_is(priya: Client) -> None:
    measure = Measure.objects.get(code="M2")
    body = {f"m{measure.pk}-value": "21.5", f"m{measure.pk}-measured_on": "2026-11-20"}
    answer = priya.post("/measures/ONE-M2/readings/", body)
    assert answer.headers["Location"] == "/outcomes/ONE-O1/#M2"
    assert measure.measurements.latest("pk").value == 21.5
    assert "<strong>21.5</strong>" in words(priya, "/outcomes/ONE-O1/")
    assert client_of("luis.abara").post("/measures/ONE-M2/readings/", body).status_code == 403


def test_the_page_offers_a_reading_to_those_alone_who_may_record_it(priya: Client) -> None:
    assert "New reading" in words(priya, "/outcomes/ONE-O1/")
    assert "New reading" not in words(client_of("marta.osei"), "/outcomes/ONE-O1/")
    assert "New reading" not in words(client_of("luis.abara"), "/outcomes/ONE-O1/")


def test_a_reading_of_tomorrow_is_refused_in_the_words_of_the_service(priya: Client) -> None:
    measure = Measure.objects.get(code="M2")
    body = {f"m{measure.pk}-value": "21.5", f"m{measure.pk}-measured_on": "2026-11-21"}
    answer = priya.post("/measures/ONE-M2/readings/", body)
    assert answer.status_code == 422
    assert str(ReadingInTheFuture.sentence) in answer.content.decode()
    assert measure.measurements.count() == 2


def test_a_correction_takes_a_readings_place_once(priya: Client) -> None:
    wrong = Measurement.objects.get(measure__code="M2", value=25)
    path = f"/readings/{wrong.pk}/correct/"
    assert str(ReadingIsFinal.sentence) in priya.get(path).content.decode()
    body = {"value": "24", "measured_on": "2026-10-31", "note": "A day was missing"}
    assert priya.post(path, body).status_code == 302
    page = words(priya, "/outcomes/ONE-O1/")
    assert "chart__dot--hollow" in page and "<s>25</s>" in page
    assert priya.post(path, body).status_code == 422
    assert client_of("luis.abara").get(path).status_code == 403


ROWS = "Measure\tDay\tValue\nM1\t2026-11-19\t50\nONE-M2\t2026-11-19\t24,5\n"


def test_pasted_rows_are_shown_then_recorded(priya: Client) -> None:
    text = ROWS.replace("24,5", "24.5")
    before = Measurement.objects.count()
    shown = priya.post("/programs/ONE/readings/", {"text": text})
    assert (shown.status_code, Measurement.objects.count()) == (200, before)
    assert "2 readings are ready" in shown.content.decode()
    done = priya.post("/programs/ONE/readings/", {"text": text, "record": "yes"})
    assert (done.status_code, Measurement.objects.count()) == (302, before + 2)


def test_what_is_on_record_already_is_not_ready_and_not_recorded_again(priya: Client) -> None:
    text = ROWS.replace("24,5", "24.5")
    priya.post("/programs/ONE/readings/", {"text": text, "record": "yes"})
    before = Measurement.objects.count()
    again = priya.post("/programs/ONE/readings/", {"text": text}).content.decode()
    assert "All of these readings are on record already." in again
    assert "is ready" not in again and "are ready" not in again
    assert again.count("on record already, left out") == 2
    refused = priya.post("/programs/ONE/readings/", {"text": text, "record": "yes"})
    assert (refused.status_code, Measurement.objects.count()) == (200, before)
    more = f"{text}M1\t2026-11-17\t49\nM1\t2026-11-17\t49\n"
    assert "1 reading is ready" in priya.post("/programs/ONE/readings/", {"text": more}).content.decode()
    priya.post("/programs/ONE/readings/", {"text": more, "record": "yes"})
    assert Measurement.objects.count() == before + 1


def test_every_bad_row_is_named_and_nothing_is_kept(priya: Client) -> None:
    text = "M1,2026-11-19,50\nM9,2026-11-19,1\nM2,yesterday,2\nM2,2026-11-21,3\nM6,2026-11-19,4\n"
    before = Measurement.objects.count()
    answer = priya.post("/programs/ONE/readings/", {"text": text, "record": "yes"})
    page = answer.content.decode()
    assert (answer.status_code, Measurement.objects.count()) == (422, before)
    assert "4 of 5 rows are wrong" in page
    assert "no measure “M9”" in page
    assert str(ReadingInTheFuture.sentence) in page
    assert "Only the owner or a manager may do this" in page


def test_a_bad_row_is_named_by_the_line_it_stands_in(priya: Client) -> None:
    rows = "measure;day;value\r\n\r\nM1;2026-11-19;50,5\r\n\r\nM9;2026-11-19;1\r\n"
    answer = priya.post("/programs/ONE/readings/", {"text": rows.replace("50,5", "50.5")})
    page = text(answer)
    assert "1 of 2 rows is wrong" in page
    assert "<tr><td>3</td>" in page and '<tr><td>5</td> <th scope="row">M9</th>' in page


@pytest.mark.parametrize(
    ("text", "words"),
    [("M1,2026-11-19,50," + "x" * 200_000, "Line 1 cannot be read"), (" \n,,\n", "There are no rows in it.")],
)
def test_what_holds_no_rows_is_refused_in_words(priya: Client, text: str, words: str) -> None:
    answer = priya.post("/programs/ONE/readings/", {"text": text, "record": "yes"})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_a_manager_adds_an_outcome_and_measures_it(joan: Client) -> None:
    phase = Outcome.objects.get(code="O1").phase_id
    body = {"statement": "Complaints close at once", "phase": phase, "area": "customer"}
    answer = joan.post("/programs/ONE/outcomes/new/", body)
    assert answer.headers["Location"] == "/outcomes/ONE-O7/"
    assert "Nothing measures it." in words(joan, "/outcomes/ONE-O7/")
    measure = {
        "name": "Closed within a day", "kind": "customer_perception", "unit": "%", "direction": "up", "baseline": "40",
        "baseline_on": "2026-11-01", "target": "30", "target_on": "2027-06-30", "cadence": "weekly",
        "reporting_lag_days": "2", "steps": "2026-12-31 50\n2027-03-31 60",
    }  # fmt: skip
    refused = joan.post("/outcomes/ONE-O7/measures/new/", measure)
    assert (refused.status_code, "in the stated direction" in refused.content.decode()) == (422, True)
    assert joan.post("/outcomes/ONE-O7/measures/new/", measure | {"target": "80"}).status_code == 302
    made = Measure.objects.get(name="Closed within a day")
    assert (made.code, made.steps.count()) == ("M9", 2)
    assert "2026-12-31 50" in joan.get("/measures/ONE-M9/edit/").content.decode()
    assert joan.post("/measures/ONE-M9/delete/").status_code == 302
    assert joan.post("/outcomes/ONE-O7/delete/").status_code == 302
    assert joan.get("/outcomes/ONE-O7/").status_code == 404


def test_what_was_changed_meanwhile_is_not_overwritten(joan: Client) -> None:
    outcome = Outcome.objects.get(code="O1")
    body = {
        "statement": "They stop", "phase": outcome.phase_id, "area": "customer", "owner": outcome.owner_id,
        "version": outcome.version,
    }  # fmt: skip
    assert joan.post("/outcomes/ONE-O1/edit/", body).status_code == 302
    answer = joan.post("/outcomes/ONE-O1/edit/", body)
    assert (answer.status_code, "This was changed since you read it" in answer.content.decode()) == (422, True)


def test_moves_ask_for_what_they_need(joan: Client, priya: Client) -> None:
    assert "Closing note" in words(joan, "/outcomes/ONE-O4/?move=realise")
    refused = joan.post("/outcomes/ONE-O4/moves/realise/", {"closing_note": ""})
    assert (refused.status_code, "M6 fell short of the target" in refused.content.decode()) == (422, True)
    assert joan.post("/outcomes/ONE-O4/moves/realise/", {"closing_note": "Enough"}).status_code == 302
    assert Outcome.objects.get(code="O4").status == OutcomeStatus.REALISED
    assert joan.post("/outcomes/ONE-O4/moves/reopen/", {"reason": "Not yet"}).status_code == 302
    assert joan.post("/outcomes/ONE-O4/moves/agree/").status_code == 422
    assert joan.get("/outcomes/ONE-O4/?move=fly").status_code == 404
    assert priya.post("/outcomes/ONE-O4/moves/withdraw/", {"reason": "No"}).status_code == 403
    assert "Withdraw" not in words(priya, "/outcomes/ONE-O4/")
