"""When the next reading of a measure is due, for whom, and what that leads to."""

import datetime as dt
from pathlib import Path

import pytest

from backend.programfile import services as programfile
from core.accounts.models import User
from notifications import registry
from notifications import services as notifications
from notifications.choices import STANDING
from notifications.models import Reminder
from programs import queries, services
from programs.access import MEASUREMENT
from programs.choices import ProgramStatus
from programs.models import Measure, Measurement, Outcome, Phase, Program
from programs.services import Reading
from workstreams import services as work
from workstreams.models import GateReview

SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
AT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
STATUS = AT.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def sample(db: None) -> Program:
    """The sample, on its status date."""
    programfile.load_program_file(
        text=SAMPLE.read_text(encoding="utf-8"), source_name=SAMPLE.name, as_of=None, by=None, at=AT
    )
    return Program.objects.get(key="ONE")


def due(code: str) -> dt.date | None:
    return queries.reading_due_on(Measure.objects.get(code=code).pk)


def owners() -> dict[str, dt.date]:
    """Return what is due to the owners, by code."""
    codes = dict(Measure.objects.values_list("pk", "code"))
    return {codes[row["subject_id"]]: row["due_on"] for row in registry.sources()[MEASUREMENT].roles["owner"].rows()}


def test_a_reading_is_due_a_cadence_after_the_one_before(sample: Program) -> None:
    assert due("M6") == STATUS
    assert due("M2") == dt.date(2026, 12, 1)
    assert due("M3") == dt.date(2026, 12, 31)
    assert due("M8") is None  # its outcome is realised


def test_the_reporting_lag_gives_it_longer_and_the_baseline_is_the_first_reading(sample: Program) -> None:
    Measure.objects.filter(code="M6").update(reporting_lag_days=3)
    assert due("M6") == STATUS + 3 * DAY
    fresh = Measure.objects.get(code="M2")
    unread = services.add_measure(
        outcome=fresh.outcome,
        details=services.MeasureDetails(name="Unread", baseline_on=STATUS, cadence="weekly"),
        by=User.objects.get(email="joan.ellery@harbourvale.example"),
        at=AT,
    )
    assert queries.reading_due_on(unread.pk) == STATUS + 7 * DAY


def test_a_measure_of_its_phases_end_is_due_then_until_it_was_read(sample: Program) -> None:
    Measure.objects.filter(code="M6").update(cadence="phase")
    Measure.objects.filter(code="M6").update(target_on=None)
    assert due("M6") == dt.date(2027, 1, 14)  # its review is planned
    GateReview.objects.filter(phase__code="PH3").update(held_on=dt.date(2027, 1, 12))
    assert due("M6") == dt.date(2027, 1, 12)  # and held
    GateReview.objects.filter(phase__code="PH3").delete()
    assert due("M6") == dt.date(2027, 1, 15)  # as forecast
    Phase.objects.filter(code="PH3").update(forecast_end_on=dt.date(2026, 12, 15))
    assert due("M6") == dt.date(2026, 12, 15)  # it was read 32 days before
    Phase.objects.filter(code="PH3").update(forecast_end_on=None)
    assert due("M6") is None  # the baseline, 11 December: it was read on 13 November
    Measure.objects.filter(code="M6").update(target_on=dt.date(2027, 3, 1))
    assert due("M6") == dt.date(2027, 3, 1)  # once more for its target


def test_a_review_that_moves_moves_the_reading_for_it(sample: Program) -> None:
    Measure.objects.filter(code="M6").update(cadence="phase", target_on=None)
    gate = GateReview.objects.select_related("program", "phase").get(phase__code="PH3")
    joan = User.objects.get(email="joan.ellery@harbourvale.example")
    measure = Measure.objects.get(code="M6")
    GateReview.objects.filter(pk=gate.pk).update(planned_on=STATUS + 2 * DAY)
    notifications.sweep(at=AT)
    gate.refresh_from_db()
    Measure.objects.filter(code="M6").update(reporting_lag_days=0)
    before = told_of(measure)
    work.reschedule_gate(gate=gate, planned_on=STATUS + 60 * DAY, reason="The board meets later.", by=joan, at=AT)
    assert before != told_of(measure) or not before
    assert STATUS + 2 * DAY not in told_of(measure)


def test_due_to_its_owner_while_it_will_be_read(sample: Program) -> None:
    assert owners()["M7"] == dt.date(2026, 7, 31)
    assert "M8" not in owners()
    Outcome.objects.filter(code="O5").update(status="withdrawn")
    assert "M7" not in owners()
    Program.objects.update(status=ProgramStatus.CLOSED)
    assert owners()["M6"] == STATUS
    Program.objects.update(status=ProgramStatus.PAUSED)
    assert owners() == {}


def test_the_sample_reminds_its_owners_of_readings_and_recording_ends_that(sample: Program) -> None:
    luis = User.objects.get(email="luis.abara@harbourvale.example")
    measure = Measure.objects.select_related("program").get(code="M6")
    notifications.run_once(at=AT + dt.timedelta(hours=1), worker="test")
    told = Reminder.objects.get(kind=MEASUREMENT, subject_id=measure.pk)
    assert (told.recipient_id, told.due_on) == (luis.pk, STATUS)
    shown = registry.sources()[MEASUREMENT].present([measure.pk], luis)[measure.pk]
    assert (shown.code, shown.url) == ("ONE-M6", "/outcomes/ONE-O4/#M6")
    reading = Reading(value=measure.target or measure.baseline or 0, measured_on=STATUS)  # type: ignore[arg-type]
    services.record_measurement(measure=measure, reading=reading, by=luis, at=AT)
    told.refresh_from_db()
    assert told.state == "superseded"
    assert due("M6") == STATUS + 7 * DAY
    assert Measurement.objects.latest("pk").recorded_by == luis


def told_of(measure: Measure) -> set[dt.date | None]:
    """Return the days for which somebody is or will be reminded to read a measure."""
    rows = Reminder.objects.filter(kind=MEASUREMENT, subject_id=measure.pk, state__in=STANDING)
    return set(rows.values_list("due_on", flat=True))


@pytest.fixture
def at_the_end(sample: Program) -> Measure:
    """A measure that is read at the end of its phase, of which its owner is reminded."""
    # Without a review the phase's own end tells when.
    GateReview.objects.filter(phase__code="PH3").delete()
    Phase.objects.filter(code="PH3").update(forecast_end_on=STATUS + 2 * DAY)
    read = Measure.objects.get(code="M6")
    details = services.MeasureDetails(name="At its end", baseline_on=STATUS, cadence="phase", owner=read.owner)
    joan = User.objects.get(email="joan.ellery@harbourvale.example")
    unread = services.add_measure(outcome=read.outcome, details=details, by=joan, at=AT)
    notifications.sweep(at=AT)
    return Measure.objects.select_related("outcome", "outcome__phase").get(pk=unread.pk)


def test_a_reading_at_the_end_of_a_phase_moves_with_it(at_the_end: Measure) -> None:
    joan = User.objects.get(email="joan.ellery@harbourvale.example")
    assert told_of(at_the_end) == {STATUS + 2 * DAY}
    moved = {"forecast_end_on": STATUS + DAY}
    work.edit_phase(phase=at_the_end.outcome.phase, changes=moved, reason="Sooner", by=joan, at=AT)
    assert told_of(at_the_end) == set()
    notifications.sweep(at=AT)
    assert told_of(at_the_end) == {STATUS + DAY}


def test_it_moves_with_its_outcome_to_another_phase(at_the_end: Measure) -> None:
    joan = User.objects.get(email="joan.ellery@harbourvale.example")
    later = {"phase": Phase.objects.get(code="PH4")}
    services.edit_outcome(outcome=at_the_end.outcome, changes=later, by=joan, at=AT)
    assert told_of(at_the_end) == set()


def test_a_phase_that_keeps_its_end_keeps_what_was_said(at_the_end: Measure) -> None:
    joan = User.objects.get(email="joan.ellery@harbourvale.example")
    work.edit_phase(phase=at_the_end.outcome.phase, changes={"name": "Pilots"}, by=joan, at=AT)
    assert told_of(at_the_end) == {STATUS + 2 * DAY}
