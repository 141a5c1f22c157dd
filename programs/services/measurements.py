"""Recording readings of measures."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.audit import services as audit
from programs import access
from programs.access import Right
from programs.exceptions import ReadingInTheFuture
from programs.models import Measure, Measurement


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A value read from a measure on a day, with where it comes from."""

    value: Decimal
    measured_on: dt.date
    note: str = ""
    evidence_url: str = ""


@transaction.atomic
def record_measurement(*, measure: Measure, reading: Reading, by: User, at: dt.datetime) -> Measurement:
    """Append a reading; it is final, a later one may supersede it.

    Raises:
        core.exceptions.NotAllowed: to who neither owns the measure nor manages the program.
        ReadingInTheFuture: when it would be read after today, in the program's time zone.
    """
    who = access.standing(by, measure.program_id)
    access.require_any(who, Right.MANAGE, person_ids=[measure.owner_id], roles=_("the owner or a manager"))
    today = clock.today(measure.program.time_zone, at)
    if reading.measured_on > today:
        raise ReadingInTheFuture(fields={"measured_on": [ReadingInTheFuture.sentence]})
    measurement = Measurement.objects.create(
        measure=measure, recorded_on=today, recorded_at=at, recorded_by=by, **vars(reading)
    )
    audit.record(
        by=by,
        at=at,
        verb="record_measurement",
        scope=f"program:{measure.program_id}",
        subject=f"measure:{measure.pk}",
        label=f"{measure.program.key}-{measure.code} {measure.name}",
        changes={"value": [None, str(reading.value)], "measured_on": [None, reading.measured_on.isoformat()]},
    )
    return measurement
