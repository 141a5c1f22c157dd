"""What the staff see of the engine: how much waits, what is stuck, what was kept, when it last worked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from notifications.choices import OPEN, STUCK, DeliveryState
from notifications.models import Delivery, Heartbeat, KeptMail, ReminderRule

PAGE = 50
# Readiness, not liveness, fails after so long without a sweep.
SILENT_AFTER = dt.timedelta(seconds=120)
SWEEP = "sweep"


@dataclass(frozen=True)
class Figures:
    """How the engine stands."""

    waiting: int
    oldest_due: dt.datetime | None
    dead: int
    held: int
    heartbeat: Heartbeat | None


def figures() -> Figures:
    """Return how much waits, since when, what is stuck, and the last sweep."""
    counted = Delivery.objects.filter(state__in=(*OPEN, *STUCK)).aggregate(
        waiting=Count("id", filter=Q(state__in=OPEN)),
        oldest=Min("created_at", filter=Q(state__in=OPEN)),
        dead=Count("id", filter=Q(state=DeliveryState.DEAD)),
        held=Count("id", filter=Q(state=DeliveryState.UNKNOWN, claimable_at__isnull=True)),
    )
    return Figures(
        waiting=counted["waiting"],
        oldest_due=counted["oldest"],
        dead=counted["dead"],
        held=counted["held"],
        heartbeat=Heartbeat.objects.filter(name=SWEEP).first(),
    )


def stuck() -> Sequence[Delivery]:
    """Return the newest messages that were given up or are held, with their readers."""
    held = Q(state=DeliveryState.DEAD) | Q(state=DeliveryState.UNKNOWN, claimable_at__isnull=True)
    rows = Delivery.objects.filter(held).filter(state__in=STUCK).select_related("recipient")
    return list(rows.order_by("-created_at")[:PAGE])


def kept_mail() -> Sequence[KeptMail]:
    """Return the newest mails that were kept because there is no mail server."""
    return list(KeptMail.objects.order_by("-at", "-id")[:PAGE])


def heartbeat_problem(at: dt.datetime) -> str:
    """Return what is wrong with the sweeps, "" when the last one is recent."""
    last = Heartbeat.objects.filter(name=SWEEP).first()
    if last is None:
        return _("No reminder sweep has run yet. Start a worker and beat, or tracker up.")
    silent = at - last.at
    if silent <= SILENT_AFTER:
        return ""
    return _("The last reminder sweep ran %(seconds)d seconds ago.") % {"seconds": silent.total_seconds()}


def rules(scope_id: int) -> Sequence[ReminderRule]:
    """Return a scope's reminder rules, by kind."""
    return list(ReminderRule.objects.filter(scope_id=scope_id).order_by("kind"))
