"""Recording readings of measures, one or many, and correcting them. A reading is final: nothing here edits one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, NoReturn

from django.db import IntegrityError, transaction

from core import clock
from core.accounts.models import User
from core.audit import services as audit
from core.exceptions import Refusal
from notifications import queries as reminders
from notifications import services as notifications
from programs import access, exceptions, queries
from programs.access import MEASUREMENT
from programs.models import Measure, Measurement
from programs.services.trail import entry, record

WEB = ("http://", "https://")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A value read from a measure on a day, with where it comes from."""

    value: Decimal
    measured_on: dt.date
    note: str = ""
    evidence_url: str = ""

    @classmethod
    def of(cls, measurement: Measurement) -> "Reading":
        """Return what one on record says."""
        return cls(**{field.name: getattr(measurement, field.name) for field in fields(cls)})


@transaction.atomic
def record_measurement(*, measure: Measure, reading: Reading, by: User, at: dt.datetime) -> Measurement:
    """Append a reading; it is final, a later one may supersede it. A phase or program that has closed takes it too.

    Raises:
        core.exceptions.NotAllowed: to who neither owns the measure nor manages the program nor was reminded of it.
        ReadingInTheFuture: when it would be read after today, in the program's time zone.
        EvidenceNotOfTheWeb: when its link is no web address.
    """
    access.require_reader_of(access.membership(by, measure.program_id), measure)
    return _append(measure, reading, "record_measurement", by=by, at=at, reason=reading.note)


@transaction.atomic
def correct_measurement(
    *, measurement: Measurement, reading: Reading, by: User, at: dt.datetime, reason: str = ""
) -> Measurement:
    """Append a reading that takes the place of another; both stay on record. One that says the same changes nothing.

    The reason is by default what its note says that the other's did not.

    Raises:
        ReadingCorrected: when another correction has taken its place.
        And what record_measurement raises.
    """
    measure = measurement.measure
    access.require_reader_of(access.membership(by, measure.program_id), measure)
    if Measurement.objects.filter(supersedes=measurement).exists():
        raise exceptions.ReadingCorrected
    if reading == Reading.of(measurement):
        return measurement
    reason = reason.strip() or (reading.note if reading.note != measurement.note else "")
    try:
        with transaction.atomic():
            return _append(measure, reading, "correct_measurement", by=by, at=at, reason=reason, supersedes=measurement)
    except IntegrityError as conflict:  # somebody corrected it in this very moment
        raise exceptions.ReadingCorrected from conflict


@transaction.atomic
def record_measurements(*, readings: Sequence[tuple[Measure, Reading]], by: User, at: dt.datetime) -> list[Measurement]:
    """Append many readings of one program, all or none, in a number of statements that does not grow with them.

    Raises:
        RowsRefused: naming every row that is wrong, counted from 1, and why.
    """
    if problems := problems_of(readings, by=by, at=at):
        raise exceptions.RowsRefused(count=len(problems), rows=list(problems.items()))
    made = Measurement.objects.bulk_create(
        Measurement(
            measure=measure,
            recorded_on=clock.today(measure.program.time_zone, at),
            recorded_at=at,
            recorded_by=by,
            **vars(reading),
        )
        for measure, reading in readings
    )
    audit.record_all(
        entry(measure, "record_measurement", by=by, at=at, reason=reading.note, changes=_changes(reading))
        for measure, reading in readings
    )
    due = queries.readings_due({measure.pk for measure, _reading in readings})
    notifications.reschedule_all(kind=MEASUREMENT, due=due, at=at)
    return made


def problems_of(readings: Sequence[tuple[Measure, Reading]], *, by: User, at: dt.datetime) -> dict[int, str]:
    """Return what would refuse each of many readings, by row counted from 1; nothing is written."""
    standings = {pk: access.membership(by, pk) for pk in {measure.program_id for measure, _reading in readings}}
    reminded = set(reminders.reminded_subjects(by, MEASUREMENT))
    found: dict[int, str] = {}
    for row, (measure, reading) in enumerate(readings, start=1):
        try:
            if measure.pk not in reminded:
                access.require_owner_or_manager(standings[measure.program_id], measure)
            _check(reading, clock.today(measure.program.time_zone, at))
        except Refusal as refusal:
            found[row] = refusal.message
    return found


def edit_measurement(*, measurement: Measurement, by: User) -> NoReturn:
    """Refuse to change or delete a reading, whoever asks.

    Raises:
        core.exceptions.NotFound: to strangers.
        ReadingIsFinal: to everybody else.
    """
    access.membership(by, measurement.measure.program_id)
    raise exceptions.ReadingIsFinal


def _append(
    measure: Measure,
    reading: Reading,
    verb: str,
    *,
    by: User,
    at: dt.datetime,
    reason: str,
    supersedes: Measurement | None = None,
) -> Measurement:
    today = clock.today(measure.program.time_zone, at)
    _check(reading, today)
    measurement = Measurement.objects.create(
        measure=measure, recorded_on=today, recorded_at=at, recorded_by=by, supersedes=supersedes, **vars(reading)
    )
    record(measure, verb, by=by, at=at, reason=reason, changes=_changes(reading, supersedes))
    due_on = queries.reading_due_on(measure.pk)
    notifications.reschedule(kind=MEASUREMENT, subject_id=measure.pk, due_on=due_on, at=at)
    return measurement


def _check(reading: Reading, today: dt.date) -> None:
    if reading.measured_on > today:
        raise exceptions.ReadingInTheFuture(fields={"measured_on": [exceptions.ReadingInTheFuture.sentence]})
    if reading.evidence_url and not reading.evidence_url.lower().startswith(WEB):
        raise exceptions.EvidenceNotOfTheWeb(fields={"evidence_url": [exceptions.EvidenceNotOfTheWeb.sentence]})


def _changes(reading: Reading, before: Measurement | None = None) -> dict[str, Any]:
    return {
        "value": [audit.text_of(before.value) if before else None, audit.text_of(reading.value)],
        "measured_on": [audit.text_of(before.measured_on) if before else None, audit.text_of(reading.measured_on)],
    }
