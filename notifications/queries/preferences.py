"""What readers chose about being reached, or the installation's defaults."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_noop

from core import clock
from core.accounts.models import User
from notifications import indicators
from notifications.models import Preference

INACTIVE = gettext_noop("its reader's account is closed")
MUTED = gettext_noop("its reader has switched this channel off")
PAUSED = gettext_noop("its reader has paused messages")


@dataclass(frozen=True)
class Preferences:
    """When and how a person is reached: the choices made, completed with the defaults."""

    hour: int
    weekdays: int
    paused_until: dt.date | None
    muted: tuple[str, ...]


def of(person: User) -> Preferences:
    """Return a person's preferences."""
    chosen = Preference.objects.filter(person=person).first() or Preference(person=person)
    return Preferences(
        hour=settings.REMINDER_HOUR if chosen.hour is None else chosen.hour,
        weekdays=indicators.mask(settings.REMINDER_WEEKDAYS) if chosen.weekdays is None else chosen.weekdays,
        paused_until=chosen.paused_until,
        muted=tuple(chosen.muted),
    )


def unwanted(channel: str, reader: User, chosen: Preference | None, at: dt.datetime) -> str:
    """Return why nothing is sent to a reader over a channel now, "" when it is."""
    if not reader.is_active:
        return INACTIVE
    if chosen is None:
        return ""
    if channel in chosen.muted:
        return MUTED
    if chosen.paused_until is not None and clock.today(reader.time_zone, at) < chosen.paused_until:
        return PAUSED
    return ""
