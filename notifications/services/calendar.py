"""Lays out the days and instants that deciding joins: small tables, made by Python's time zone database."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator

from django.conf import settings

from core.accounts.models import User
from notifications import indicators
from notifications.models import Instant, Scope, SendDay, Watermark

KEPT = dt.timedelta(days=60)
# The one who decides: the row of this name is how far.
SWEEP = "sweep"

Zone = tuple[str, int, int]


def lay_out(*, mark: Watermark, first: dt.datetime, last: dt.datetime) -> int:
    """Make sure that the days around [first, last] are laid out for all who may be told; return their reach.

    The reach is the most days by which a day off moves anything. The fingerprint on the watermark makes this free
    where nothing has changed since the last time.
    """
    zones = _zones()
    start, end = first.date() - dt.timedelta(days=2), last.date() + dt.timedelta(days=2)
    fingerprint = _fingerprint(zones, start, end)
    if mark.calendar == fingerprint:
        return mark.reach
    masks = {weekdays for _zone, _hour, weekdays in zones}
    mark.reach = _lay_out_send_days(masks, start, end)
    _lay_out_instants({(zone, hour) for zone, hour, _weekdays in zones}, start, end)
    SendDay.objects.filter(day__lt=start - KEPT).delete()
    Instant.objects.filter(day__lt=start - KEPT).delete()
    mark.calendar = fingerprint
    return mark.reach


def forget() -> None:
    """Have the next sweep lay the days out anew: a scope or somebody's hours have changed."""
    Watermark.objects.filter(name=SWEEP).update(calendar="")


def _zones() -> list[Zone]:
    """Return the time zones, hours and working days in which anybody is to be reached."""
    weekdays, hour = indicators.mask(settings.REMINDER_WEEKDAYS), settings.REMINDER_HOUR
    chosen = ("reminder_preference__hour", "reminder_preference__weekdays")
    rows = User.objects.filter(is_active=True).order_by().values_list("time_zone", *chosen).distinct()
    found = {
        (zone, hour if own_hour is None else own_hour, weekdays if own_days is None else own_days)
        for zone, own_hour, own_days in rows
    }
    return sorted(found)


def _fingerprint(zones: list[Zone], start: dt.date, end: dt.date) -> str:
    return hashlib.sha256(repr((zones, start, end)).encode()).hexdigest()


def _days(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    for distance in range((end - start).days + 1):
        yield start + dt.timedelta(days=distance)


def _lay_out_send_days(masks: Iterable[int], start: dt.date, end: dt.date) -> int:
    """Lay out the send days of every scope, with a break's length to either side, and return the reach."""
    margin = dt.timedelta(days=indicators.LONGEST_BREAK)
    wanted = list(_days(start - margin, end + margin))
    have = set(SendDay.objects.filter(day__gte=wanted[0]).values_list("scope_id", "weekdays", "day"))
    for scope in Scope.objects.only("id", "holidays"):
        holidays = {dt.date.fromisoformat(text) for text in scope.holidays}
        for weekdays in masks:
            missing = [day for day in wanted if (scope.pk, weekdays, day) not in have]
            SendDay.objects.bulk_create(
                (_send_day(scope.pk, weekdays, day, holidays) for day in missing), ignore_conflicts=True
            )
    return _reach(start, end)


def _send_day(scope_id: int, weekdays: int, day: dt.date, holidays: set[dt.date]) -> SendDay:
    return SendDay(
        scope_id=scope_id,
        weekdays=weekdays,
        day=day,
        before_on=indicators.working_day(day, step=-1, weekdays=weekdays, holidays=holidays),
        after_on=indicators.working_day(day, step=1, weekdays=weekdays, holidays=holidays),
    )


def _reach(start: dt.date, end: dt.date) -> int:
    """Return by how many days at most anything is moved into the laid-out days."""
    rows = SendDay.objects.exclude(before_on__gt=end).exclude(after_on__lt=start)
    moved = rows.values_list("day", "before_on", "after_on").distinct()
    return max((max((day - before).days, (after - day).days) for day, before, after in moved), default=0)


def _lay_out_instants(zones: set[tuple[str, int]], start: dt.date, end: dt.date) -> None:
    rows = Instant.objects.filter(day__gte=start, day__lte=end).values_list("zone", "hour", "day")
    have = set(rows)
    Instant.objects.bulk_create(
        (
            Instant(
                zone=zone,
                hour=hour,
                day=day,
                starts_at=indicators.instant(day, 0, zone),
                leaves_at=indicators.instant(day, hour, zone),
            )
            for zone, hour in sorted(zones)
            for day in _days(start, end)
            if (zone, hour, day) not in have
        ),
        ignore_conflicts=True,
    )
