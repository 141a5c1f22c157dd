"""The staff's hand: sending again what was given up or held."""

import datetime as dt
import uuid

from django.db import transaction

from core.accounts.models import User
from core.audit import services as audit
from notifications.choices import STUCK, DeliveryState
from notifications.exceptions import NothingToReplay
from notifications.models import Delivery
from notifications.services.attempts import note
from notifications.services.wakeup import wake


@transaction.atomic
def replay(*, delivery_id: uuid.UUID, by: User, at: dt.datetime) -> Delivery:
    """Have a message that was given up, or whose fate is unknown, sent again; it is looked at again before it goes."""
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id, state__in=STUCK).first()
    if delivery is None:
        raise NothingToReplay(move="replay", state="", legal=[], legal_text="")
    was = delivery.state
    delivery.state = DeliveryState.PENDING
    # Not its first attempt: the schedule begins anew, expiry does not.
    delivery.tries = 1
    delivery.unknowns = 0
    delivery.claimable_at = at
    delivery.finished_at = None
    delivery.save(update_fields=["state", "tries", "unknowns", "claimable_at", "finished_at"])
    note(delivery, DeliveryState.PENDING, at=at, detail=f"sent again by {by}")
    audit.record(
        by=by,
        at=at,
        verb="message_replayed",
        subject=f"delivery:{delivery.pk}",
        label=f"{delivery.channel} to {delivery.recipient_id}",
        changes={"state": [was, DeliveryState.PENDING]},
    )
    wake()
    return delivery
