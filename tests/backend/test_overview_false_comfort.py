"""Programs that were once told to be well and are not: the word needs its data, and the sentence tells what is late."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from django.test import Client

from backend.overview.indicators.confidence import Rating
from backend.overview.queries.confidence import missing, reasons
from backend.overview.queries.figures import Figures, program_figures
from backend.overview.queries.known_by import known_by
from backend.programfile.services import load_program_file
from core.accounts.models import User
from programs.indicators import Freshness
from programs.models import Program
from tests.conftest import Clock
from tests.support.pages import read

NOW = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
TODAY = NOW.date()
MARTA, JOAN = "marta@example.org", "joan@example.org"

pytestmark = pytest.mark.django_db

Told = Callable[..., Figures]


class Plain(yaml.SafeDumper):
    """Writes what stands twice twice: a program file has no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def measure(number: int, **facts: Any) -> dict[str, Any]:
    """Return a measure of a program file, from 0 to 100 % in some two years, read 90 on 25 November."""
    return {
        "code": f"M{number}", "name": f"Measure {number}", "kind": "customer_behaviour", "unit": "%",
        "direction": "up", "baseline": 0, "baseline_on": dt.date(2026, 3, 25), "target": 100,
        "target_on": dt.date(2027, 6, 18), "cadence": "monthly", "owner": JOAN,
        "readings": [{"date": dt.date(2026, 11, 25), "value": 90}],
    } | facts  # fmt: skip


def phase(measures: list[dict[str, Any]], **facts: Any) -> dict[str, Any]:
    """Return a phase under way since 14 May with one outcome."""
    started = dt.date(2026, 5, 14)
    outcome = {
        "code": "O1", "statement": "Customers wait less", "owner": JOAN, "area": "customer", "status": "realising",
        "measures": measures,
    }  # fmt: skip
    return {
        "code": "PH1", "name": "Pilot", "owner": JOAN, "status": "active",
        "baseline": {"start": started, "end": dt.date(2027, 3, 10)}, "actual": {"start": started},
        "outcomes": [outcome],
    } | facts  # fmt: skip


@pytest.fixture
def told(tmp_path: Any, clock: Clock) -> Told:
    """Load a program of one phase and return its figures on 30 November 2026."""

    def load(only: dict[str, Any], **more: Any) -> Figures:
        clock.move_to(NOW)
        body = {
            "format": "crm-program/1", "status_date": TODAY,
            "program": {"key": "ONE", "name": "One", "timezone": "Europe/London", "case_for_change": "c",
                        "status": "active"},
            "people": [{"email": MARTA, "name": "Marta", "role": "sponsor"},
                       {"email": JOAN, "name": "Joan", "role": "manager"}],
            "workstreams": [{"code": "W1", "discipline": "project", "name": "Project"},
                            {"code": "W2", "discipline": "change", "name": "Change"}],
            "phases": [only],
        } | more  # fmt: skip
        path = tmp_path / "one.yaml"
        path.write_text(yaml.dump(body, Dumper=Plain, sort_keys=False))
        load_program_file(text=path.read_text(), source_name="one.yaml", as_of=None, by=None, at=NOW)
        return program_figures(Program.objects.get(key="ONE").pk, TODAY)

    return load


def page(address: str = "/programs/ONE/") -> str:
    """Return what the manager reads."""
    client = Client()
    client.force_login(User.objects.get(email=JOAN))
    return read(client, address)


def test_a_phase_past_its_end_is_late_although_nobody_said_another_day(told: Told) -> None:
    found = told(phase([measure(1)], baseline={"start": dt.date(2026, 5, 14), "end": dt.date(2026, 9, 1)}))
    assert found.latest_phase is not None and found.latest_phase["variance_days"] == 90
    # Two ratings have data and one of them is red.
    assert found.ratings == {"outcomes": Rating.GREEN, "schedule": Rating.RED}
    assert found.rating is Rating.RED
    shown = page()
    assert "<strong>Pilot</strong> is 90 days past its day, 1 September." in shown
    assert "Nothing is late" not in shown


def test_what_nobody_ever_read_is_not_on_track(told: Told) -> None:
    unread = [measure(number, cadence="weekly", readings=[]) for number in range(2, 11)]
    found = told(phase([measure(1, cadence="weekly"), *unread]))
    assert (found.on_track.part, found.on_track.whole) == (1, 10)
    assert found.ratings["outcomes"] is Rating.RED
    assert reasons(found)["outcomes"].startswith("1 of 10 unfinished measures were read and are on track. Never read:")


def test_a_copy_without_a_baseline_tells_nothing(told: Told) -> None:
    found = told(phase([measure(1, baseline=None, baseline_on=None), measure(2, readings=[], target=None)]))
    assert found.measures[0]["figures"].attainment is None
    assert (found.on_track.part, found.on_track.whole) == (0, 2)


def test_one_limit_is_enough_to_stay_within(told: Told) -> None:
    limits = {"direction": "maintain", "target": None, "target_on": None, "limits": {"low": 40}}
    inside = measure(1, **limits, readings=[{"date": dt.date(2026, 11, 25), "value": 55}])
    outside = measure(2, **limits, readings=[{"date": dt.date(2026, 11, 25), "value": 39}])
    found = told(phase([inside, outside]))
    words = {row["code"]: (row["figures"].attainment, row["figures"].word) for row in found.measures}
    assert words == {"M1": (1, "expected"), "M2": (0, "behind")}


def test_a_reading_for_the_review_counts_for_it_and_short_of_a_past_target_is_behind(told: Told) -> None:
    ended = dt.date(2026, 10, 30)
    one = measure(1, cadence="phase", target_on=ended, readings=[{"date": ended - dt.timedelta(days=3), "value": 95}])
    gate = {"code": "G1", "planned": ended - dt.timedelta(days=2), "held": ended, "rating": "green"}
    found = told(phase([one], baseline={"start": dt.date(2026, 5, 14), "end": ended}, gate=gate))
    figures = found.measures[0]["figures"]
    assert (figures.freshness, figures.word) == (Freshness.FRESH, "behind")


def test_two_ratings_are_not_enough_for_green_and_the_page_says_what_is_missing(told: Told) -> None:
    found = told(phase([measure(1)]))
    assert found.ratings == {"outcomes": Rating.GREEN, "schedule": Rating.GREEN}
    assert found.rating is None
    known = known_by(Program.objects.get().pk, found)
    assert known == {"parity": None, "promises": None, "risks": None}
    assert missing(known, TODAY) == ["Parity of change and project", "Promises", "Risks"]
    assert '<a href="/programs/ONE/confidence/">Not enough to say</a>.' in page()
    assert "Green" not in page()
    assert "Missing: Parity of change and project, Promises, Risks." in page("/programs/ONE/confidence/")
    assert "not enough to say" in page("/programs/")


def test_nothing_planned_is_not_nothing_late(told: Told) -> None:
    told(phase([measure(1)]))
    assert "No milestone and no gate is planned yet." in page()
    assert "Nothing is late" not in page()


def test_milestones_open_after_their_baselines_rate_the_schedule(told: Told) -> None:
    said = {"date": dt.date(2027, 3, 1), "said": dt.date(2026, 8, 1), "reason": "Later"}
    milestones = [
        {"code": f"S{number}", "workstream": "W1", "phase": "PH1", "name": f"Step {number}",
         "baseline": dt.date(2026, 8, 7), "forecasts": [said]}
        for number in range(1, 5)
    ]  # fmt: skip
    found = told(phase([measure(1)]), milestones=milestones)
    assert found.ratings["schedule"] is Rating.RED
    assert "4 of 4 milestones due by baseline are still open, up to 115 days past it." in reasons(found)["schedule"]
    assert "moved 206 days, now 1 March" in page()
    assert "late" not in page().partition("<main")[2].partition("</c-lead>")[0].partition("lead__note")[0].lower()


@pytest.mark.parametrize("status", ["paused", "draft"])
def test_only_an_active_program_is_rated(told: Told, status: str) -> None:
    found = told(phase([measure(1)], baseline={"start": dt.date(2026, 5, 14), "end": dt.date(2026, 9, 1)}))
    Program.objects.update(status=status)
    found = program_figures(Program.objects.get().pk, TODAY)
    assert found.ratings and found.rating is None
    assert "Only an active program is rated." in page("/programs/ONE/confidence/")
    assert "not rated" in page("/programs/")


def test_the_day_by_which_a_rating_is_known_is_told_and_comes_true(told: Told) -> None:
    """Nothing happens but that time goes by: on the day each rating has its data, and not the day before."""
    never_read = measure(1, cadence="weekly", readings=[], baseline_on=dt.date(2026, 11, 26))
    planned = phase([never_read], status="planned", baseline={"start": dt.date(2027, 3, 1), "end": dt.date(2027, 9, 1)})
    del planned["actual"]
    milestones = [
        {"code": code, "name": code, "workstream": stream, "phase": "PH1", "baseline": dt.date(2026, 12, day)}
        for code, stream, day in (("S1", "W1", 14), ("C1", "W2", 28))
    ]
    promise = {
        "code": "A1", "title": "Brief them", "performer": JOAN, "requester": MARTA, "state": "committed",
        "workstream": "W1", "phase": "PH1", "requested_for": dt.date(2026, 12, 10),
        "promised_for": dt.date(2026, 12, 10),
    }  # fmt: skip
    found = told(planned, milestones=milestones, actions=[promise])
    program = Program.objects.get()
    known = known_by(program.pk, found)
    assert found.ratings == {}
    assert known == {
        "outcomes": max(known["outcomes"] or TODAY, TODAY + dt.timedelta(days=1)),
        "schedule": dt.date(2026, 12, 14),
        "parity": dt.date(2026, 12, 28),
        "promises": dt.date(2026, 12, 11),
        "risks": None,
    }
    for rating, day in known.items():
        if day is not None:
            assert rating in program_figures(program.pk, day).ratings
            assert rating not in program_figures(program.pk, day - dt.timedelta(days=1)).ratings
    assert "Schedule (known by 14 December)" in page("/programs/ONE/confidence/")
