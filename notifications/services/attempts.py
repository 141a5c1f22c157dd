"""What became of a message: its last state, and a row a thing that happened to it."""

import datetime as dt

from django.db import transaction

from notifications.choices import DeliveryState
from notifications.models import Attempt, Delivery


def note(delivery: Delivery, state: DeliveryState, *, at: dt.datetime, worker: str = "", detail: str = "") -> None:
    """Append one row to what is known of a message."""
    Attempt.objects.create(delivery=delivery, at=at, state=state, detail=detail[:500], worker=worker[:200])


@transaction.atomic
def finish(
    delivery: Delivery,
    state: DeliveryState,
    *,
    at: dt.datetime,
    was: DeliveryState,
    worker: str = "",
    reason: str = "",
) -> bool:
    """Bring a message to its end, if its token is still the holder's; say whether it was."""
    mine = Delivery.objects.filter(pk=delivery.pk, token=delivery.token, state=was)
    if not mine.update(state=state, token=None, claimable_at=None, finished_at=at, reason=reason[:500]):
        return False
    note(delivery, state, at=at, worker=worker, detail=reason)
    return True
