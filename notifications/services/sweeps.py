"""A sweep: decide what is to be said, put what is due into messages, and note that it was done."""

import datetime as dt
import uuid
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_noop

from core.accounts.models import User
from notifications import channels, registry
from notifications.choices import DeliveryState, ReminderState
from notifications.models import Delivery, DeliveryReminder, Heartbeat, Preference, Reminder, Watermark
from notifications.queries import due, preferences
from notifications.registry import Forecast
from notifications.services import calendar

# DELIVERY: everything due in [min(watermark, yesterday), now + 36 h]; an outage is looked back on for a month.
BACK = dt.timedelta(hours=24)
FORWARD = dt.timedelta(hours=36)
FARTHEST_BACK = dt.timedelta(days=31)
# Later than this a reminder is of no use; later than that it says so.
LATEST = dt.timedelta(hours=24)
DELAYED = dt.timedelta(hours=1)
# People whose messages are made in one transaction.
BATCH = 200

TOO_LATE = gettext_noop("it could not leave within 24 hours of its time")

_NAMESPACE = uuid.UUID("6f0f6a4e-2c1d-5a57-9c61-6a3f5d0f4f6d")

_INSERT = """
INSERT INTO notifications_reminder (kind, subject_kind, subject_id, scope_id, due_on, step, recipient_id, role,
  shows_at, send_at, state, reason, decided_at)
SELECT CAST(%s AS varchar(40)), CAST(%s AS varchar(40)), d.subject_id, d.scope_id, d.due_on, d.step, d.recipient_id,
  d.role, d.starts_at, d.leaves_at, 'pending', '', {now}
FROM ({select}) d
WHERE TRUE
ON CONFLICT DO NOTHING
"""


def sweep(*, at: dt.datetime, worker: str = "") -> int:
    """Decide, expire, collapse and collect; return how many messages were made. One process sweeps at a time."""
    with transaction.atomic():
        mark = _mark(at)
        if mark is None:
            return 0
        _decide(mark, at)
        mark.at = max(mark.at, at)
        mark.save(update_fields=["at", "calendar", "reach"])
        _beat(at, worker)
    if not Reminder.objects.filter(state=ReminderState.PENDING, send_at__lte=at).exists():
        return 0
    _expire(at)
    _collapse(at)
    return _collect(at)


def dry_run(*, scope_id: int, days: int, at: dt.datetime) -> list[Forecast]:
    """Return what would be sent for a scope in the next days, by its rules as they are, started or not.

    It is the statement of the sweep, read instead of inserted; it writes nothing but the days laid out.
    """
    last = at + dt.timedelta(days=days)
    reach = calendar.lay_out(mark=Watermark(), first=at, last=last)
    window = due.Window(first=at, last=last, reach=reach, scope_id=scope_id)
    found: dict[tuple[str, int, int, dt.datetime], Forecast] = {}
    for kind, steps in due.steps_by_kind(scope_id).items():
        source = registry.sources().get(kind)
        for row in due.forecasts(source, steps, window) if source is not None else ():
            key = (row.kind, row.subject_id, row.recipient_id, row.leaves_at)
            # Of two that leave at once for one subject only the newest is sent.
            if key not in found or found[key].step < row.step:
                found[key] = row
    return sorted(
        found.values(), key=lambda row: (row.leaves_at, row.recipient_id, row.kind, row.due_on, row.subject_id)
    )


def _mark(at: dt.datetime) -> Watermark | None:
    """Return the watermark, locked, or None while another process sweeps; the first sweep of all makes it."""
    free = Watermark.objects.select_for_update(skip_locked=True).filter(name=calendar.SWEEP)
    mark = free.first()
    if mark is None:
        Watermark.objects.bulk_create([Watermark(name=calendar.SWEEP, at=at)], ignore_conflicts=True)
        mark = free.first()
    return mark


def _beat(at: dt.datetime, worker: str) -> None:
    """Note that a sweep ran: silence is what readiness and the staff look for."""
    name = worker[:200]
    if not Heartbeat.objects.filter(name=calendar.SWEEP).update(at=at, worker=name):
        Heartbeat.objects.bulk_create([Heartbeat(name=calendar.SWEEP, at=at, worker=name)], ignore_conflicts=True)


def _decide(mark: Watermark, at: dt.datetime) -> None:
    """Insert what falls due around now, one statement a source; what is there already stays as it is."""
    by_kind = due.steps_by_kind()
    if not by_kind:
        return
    first = max(min(mark.at, at - BACK), at - FARTHEST_BACK)
    last = at + FORWARD
    window = due.Window(first=first, last=last, reach=calendar.lay_out(mark=mark, first=first, last=last))
    _plan_afresh()
    for kind, steps in by_kind.items():
        source = registry.sources().get(kind)
        statement = due.select(source, steps, window) if source is not None else None
        if statement is not None:
            _insert(kind, statement, at)


def _plan_afresh() -> None:
    """Have PostgreSQL plan for these very dates, and join by hashing, until the transaction ends.

    It takes the joins of the rules and days for one row where they are thousands: its nested loops cost ten times
    the hashes, and the general plan of a prepared statement a hundred times.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('plan_cache_mode', 'force_custom_plan', true),"
                " set_config('enable_nestloop', 'off', true)"
            )


def _insert(kind: str, statement: tuple[str, list[Any]], at: dt.datetime) -> None:
    select, params = statement
    now = "CAST(%s AS timestamptz)" if connection.vendor == "postgresql" else "%s"
    stamp = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT.format(select=select, now=now), [kind, kind, stamp, *params])


def _expire(at: dt.datetime) -> None:
    """Give up what could not leave in time; it stays to be seen in the inbox."""
    late = Reminder.objects.filter(state=ReminderState.PENDING, send_at__lt=at - LATEST)
    late.update(state=ReminderState.EXPIRED, reason=TOO_LATE, closed_at=at)


def _collapse(at: dt.datetime) -> None:
    """Keep the newest of several reminders of one subject to one person that are due at once."""
    newer = Reminder.objects.filter(
        Q(send_at__gt=OuterRef("send_at")) | Q(send_at=OuterRef("send_at"), step__gt=OuterRef("step")),
        state=ReminderState.PENDING,
        send_at__lte=at,
        due_on__isnull=False,
        kind=OuterRef("kind"),
        subject_id=OuterRef("subject_id"),
        recipient_id=OuterRef("recipient_id"),
    )
    older = Reminder.objects.filter(state=ReminderState.PENDING, send_at__lte=at, due_on__isnull=False)
    older.filter(Exists(newer)).update(state=ReminderState.COLLAPSED, closed_at=at)


def _collect(at: dt.datetime) -> int:
    """Put all that is due to one person over one channel into one message, some people at a time."""
    made = 0
    last = 0
    while people := _waiting_people(at, last):
        made += _collect_for(people, at)
        last = people[-1]
    return made


def _waiting_people(at: dt.datetime, after: int) -> Sequence[int]:
    waiting = Reminder.objects.filter(state=ReminderState.PENDING, send_at__lte=at, recipient_id__gt=after)
    return list(waiting.order_by("recipient_id").values_list("recipient_id", flat=True).distinct()[:BATCH])


@transaction.atomic
def _collect_for(people: Sequence[int], at: dt.datetime) -> int:
    """Make the messages of some people; rows that somebody is just changing wait for the next sweep."""
    rows = Reminder.objects.select_for_update(skip_locked=True).filter(
        state=ReminderState.PENDING, send_at__lte=at, recipient_id__in=people
    )
    due_rows = list(rows.order_by("recipient_id", "id").values_list("recipient_id", "id", "send_at"))
    readers = {reader.pk: reader for reader in User.objects.filter(pk__in=people)}
    chosen = Preference.objects.in_bulk(people)
    deliveries: list[Delivery] = []
    links: list[DeliveryReminder] = []
    for person, group in groupby(due_rows, key=lambda row: row[0]):
        reminders = [(pk, send_at) for _person, pk, send_at in group]
        for channel in channels.sending():
            delivery = _message(channel.kind, reminders, readers[person], chosen.get(person), at)
            deliveries.append(delivery)
            links += [DeliveryReminder(delivery=delivery, reminder_id=pk, channel=channel.kind) for pk, _ in reminders]
    Delivery.objects.bulk_create(deliveries)
    DeliveryReminder.objects.bulk_create(links)
    collected = Reminder.objects.filter(pk__in=[pk for _person, pk, _send_at in due_rows])
    collected.update(state=ReminderState.COLLECTED, collected_at=at)
    return len(deliveries)


def _message(
    channel: str, reminders: Sequence[tuple[int, dt.datetime]], reader: User, wish: Preference | None, at: dt.datetime
) -> Delivery:
    """Return the row of one message; one that its reader does not want is on record as not sent, and why."""
    key = f"{channel}:{reader.pk}:{','.join(str(pk) for pk, _send_at in reminders)}"
    unwanted = preferences.unwanted(channel, reader, wish, at)
    return Delivery(
        id=uuid.uuid5(_NAMESPACE, key),
        channel=channel,
        recipient=reader,
        created_at=at,
        is_delayed=any(send_at < at - DELAYED for _pk, send_at in reminders),
        state=DeliveryState.CANCELLED if unwanted else DeliveryState.PENDING,
        reason=unwanted,
        claimable_at=None if unwanted else at,
        finished_at=at if unwanted else None,
    )
