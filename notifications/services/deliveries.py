"""Sending: claim by a lease, look again, fence, hand over, record. A worker may die between any two lines."""

import datetime as dt
import time
import uuid
from collections.abc import Iterable

import structlog
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from notifications import channels, indicators
from notifications.channels.base import Message, TransportError
from notifications.choices import CLAIMABLE, DeliveryState
from notifications.models import Delivery
from notifications.services import messages
from notifications.services.attempts import finish, note

log = structlog.get_logger(__name__)

LEASE = dt.timedelta(seconds=120)
HANDOFF = dt.timedelta(seconds=150)
# No send is started later than this after the first: the lease outlives the last one by far.
LAST_START = dt.timedelta(seconds=45)
BATCH = 20
MOST_UNKNOWNS = 5
MOST_LOST = 200
LOST = gettext_noop("nobody knows whether it arrived: the answer to handing it over was lost")


class Stopwatch:
    """The present instant, from the one that the door passed in."""

    def __init__(self, at: dt.datetime) -> None:
        self._at = at
        self._started = time.monotonic()

    @property
    def elapsed(self) -> dt.timedelta:
        return dt.timedelta(seconds=time.monotonic() - self._started)

    @property
    def now(self) -> dt.datetime:
        return self._at + self.elapsed


def deliver(*, at: dt.datetime, worker: str = "") -> int:
    """Send what waits, some at a time, until nothing does or the time is up; return how many were sent."""
    watch = Stopwatch(at)
    settle_lost(at=at)
    sent = 0
    while watch.elapsed < LAST_START and (claimed := claim(at=watch.now)):
        sent += _send_claimed(claimed, watch, worker)
    return sent


@transaction.atomic
def claim(*, at: dt.datetime) -> list[Delivery]:
    """Lease the next messages to this worker: nobody else can have them until the lease runs out."""
    waiting = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("recipient")
    free = list(waiting.filter(state__in=CLAIMABLE, claimable_at__lte=at).order_by("claimable_at")[:BATCH])
    token = uuid.uuid4()
    if free:
        mine = Delivery.objects.filter(pk__in=[delivery.pk for delivery in free])
        mine.update(state=DeliveryState.LEASED, token=token, claimable_at=at + LEASE)
    for delivery in free:
        delivery.state, delivery.token, delivery.claimable_at = DeliveryState.LEASED, token, at + LEASE
    return free


@transaction.atomic
def settle_lost(*, at: dt.datetime) -> int:
    """Find messages whose worker died while handing over: their fate is unknown, they are sent again or held."""
    lost = Delivery.objects.select_for_update(skip_locked=True).filter(
        state=DeliveryState.HANDOFF, claimable_at__lte=at
    )
    found = list(lost.order_by("claimable_at")[:MOST_LOST])
    for delivery in found:
        _lose(delivery, at)
    return len(found)


def _send_claimed(claimed: Iterable[Delivery], watch: Stopwatch, worker: str) -> int:
    waiting = list(claimed)
    sent = 0
    try:
        while waiting and watch.elapsed < LAST_START:
            sent += _send_one(waiting.pop(0), watch, worker)
    finally:
        # Time is up, or one could not be made: the others need not wait for the lease to run out.
        _release(waiting, watch.now)
    return sent


def _release(deliveries: Iterable[Delivery], at: dt.datetime) -> None:
    for delivery in deliveries:
        state = DeliveryState.RETRY if delivery.tries else DeliveryState.PENDING
        mine = Delivery.objects.filter(pk=delivery.pk, token=delivery.token, state=DeliveryState.LEASED)
        mine.update(state=state, token=None, claimable_at=at)


def _send_one(delivery: Delivery, watch: Stopwatch, worker: str) -> bool:
    message = messages.compose(delivery, at=watch.now)
    if message is None or not _fence(delivery, worker, watch.now):
        return False
    return _hand_over(delivery, message, watch, worker)


@transaction.atomic
def _fence(delivery: Delivery, worker: str, at: dt.datetime) -> bool:
    """Say, before anything leaves, that it is about to: only the holder of an unexpired lease may."""
    mine = Delivery.objects.filter(
        pk=delivery.pk, token=delivery.token, state=DeliveryState.LEASED, claimable_at__gt=at
    )
    if not mine.update(state=DeliveryState.HANDOFF, claimable_at=at + HANDOFF, tries=F("tries") + 1):
        log.warning("lease_lost", delivery=str(delivery.pk))
        return False
    delivery.tries += 1
    note(delivery, DeliveryState.HANDOFF, at=at, worker=worker)
    return True


def _hand_over(delivery: Delivery, message: Message, watch: Stopwatch, worker: str) -> bool:
    """Give the message to its channel, outside any transaction, and record what came of it."""
    transport = channels.CHANNELS[delivery.channel].send
    if transport is None:
        raise LookupError(f"the channel “{delivery.channel}” carries nothing out")
    try:
        transport(message)
    except TransportError as error:
        _record_failure(delivery, error, worker, watch.now)
        return False
    finish(delivery, DeliveryState.SENT, at=watch.now, worker=worker, was=DeliveryState.HANDOFF)
    return True


def _record_failure(delivery: Delivery, error: TransportError, worker: str, at: dt.datetime) -> None:
    words = str(error)
    if error.is_ambiguous:
        # It stays handed over: when the time for that is up its fate is unknown, as after a crash.
        note(delivery, DeliveryState.HANDOFF, at=at, worker=worker, detail=words)
        return
    delay = indicators.retry_delay(delivery.tries, str(delivery.pk))
    if error.permanent or delay is None:
        finish(delivery, DeliveryState.DEAD, at=at, worker=worker, was=DeliveryState.HANDOFF, reason=words)
        return
    again_at = at + max(delay, error.retry_after or delay)
    _put_back(delivery, DeliveryState.RETRY, again_at, at=at, worker=worker, reason=words)


def _lose(delivery: Delivery, at: dt.datetime) -> None:
    """Record that nobody knows whether a message arrived; after five times it is given up."""
    delivery.unknowns += 1
    Delivery.objects.filter(pk=delivery.pk).update(unknowns=delivery.unknowns)
    if delivery.unknowns >= MOST_UNKNOWNS:
        finish(delivery, DeliveryState.DEAD, at=at, was=DeliveryState.HANDOFF, reason=LOST)
        return
    is_sent_again = channels.CHANNELS[delivery.channel].is_sent_again()
    _put_back(delivery, DeliveryState.UNKNOWN, at if is_sent_again else None, at=at, reason=LOST)


@transaction.atomic
def _put_back(
    delivery: Delivery,
    state: DeliveryState,
    claimable_at: dt.datetime | None,
    *,
    at: dt.datetime,
    reason: str,
    worker: str = "",
) -> None:
    """Let go of a message that will be tried again, or that waits for the staff."""
    mine = Delivery.objects.filter(pk=delivery.pk, token=delivery.token, state=DeliveryState.HANDOFF)
    if mine.update(state=state, token=None, claimable_at=claimable_at, reason=reason[:500]):
        note(delivery, state, at=at, worker=worker, detail=reason)
