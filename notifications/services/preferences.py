"""What a person chooses about how and when they are reached."""

import datetime as dt

from django.db import transaction

from core.accounts.models import User
from core.audit import services as audit
from notifications.models import Preference
from notifications.queries.preferences import Preferences
from notifications.services import calendar


@transaction.atomic
def save_preferences(*, person: User, preferences: Preferences, at: dt.datetime) -> Preference:
    """Keep how a person wants to be reached; messages that wait for their time follow from the next sweep on."""
    known = Preference.objects.select_for_update().filter(person=person).first()
    before = _facts(known) if known is not None else {}
    fresh = {
        "hour": preferences.hour,
        "weekdays": preferences.weekdays,
        "paused_until": preferences.paused_until,
        "muted": sorted(preferences.muted),
    }
    saved, _made = Preference.objects.update_or_create(person=person, defaults=fresh)
    after = _facts(saved)
    changes = {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
    if changes:
        audit.record(
            by=person,
            at=at,
            verb="preferences_saved",
            subject=f"person:{person.pk}",
            label=str(person),
            changes=changes,
        )
        calendar.forget()
    return saved


@transaction.atomic
def pause(*, person: User, until: dt.date | None, at: dt.datetime) -> None:
    """Send a person nothing before a day, or go on where `until` is None; their other preferences stay as they are."""
    chosen, _made = Preference.objects.get_or_create(person=person)
    if chosen.paused_until == until:
        return
    before = _facts(chosen)["paused_until"]
    chosen.paused_until = until
    chosen.save(update_fields=["paused_until"])
    audit.record(
        by=person,
        at=at,
        verb="preferences_saved",
        subject=f"person:{person.pk}",
        label=str(person),
        changes={"paused_until": [before, _facts(chosen)["paused_until"]]},
    )


@transaction.atomic
def mute(*, person: User, channel: str, at: dt.datetime) -> None:
    """Switch a channel off for a person, as their own mail program or they themselves ask."""
    chosen, _made = Preference.objects.get_or_create(person=person)
    if channel in chosen.muted:
        return
    chosen.muted = sorted({*chosen.muted, channel})
    chosen.save(update_fields=["muted"])
    changes = {"muted": [None, chosen.muted]}
    audit.record(
        by=person, at=at, verb="unsubscribed", subject=f"person:{person.pk}", label=str(person), changes=changes
    )


def _facts(chosen: Preference) -> dict[str, object]:
    paused = chosen.paused_until.isoformat() if chosen.paused_until else None
    return {"hour": chosen.hour, "weekdays": chosen.weekdays, "paused_until": paused, "muted": chosen.muted}
