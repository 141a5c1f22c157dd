"""Every write of the engine: scopes and rules, deciding, collecting, delivering, direct notices, preferences."""

from notifications.services.acting import act, asked
from notifications.services.arming import cancel, rearm, rearm_all
from notifications.services.delivering import claim, deliver, settle_lost
from notifications.services.foretelling import NextMail, next_mail
from notifications.services.notices import Told, notify, notify_each
from notifications.services.reading import mark_all_read, mark_read, mute, pause, save_preferences
from notifications.services.replaying import replay
from notifications.services.rules import faults, save_rules
from notifications.services.scopes import note_loading, set_scope, start_reminders, stop_reminders
from notifications.services.sweeping import dry_run, sweep
from notifications.services.waking import wake
from notifications.services.working import work

__all__ = [
    "NextMail",
    "Told",
    "act",
    "asked",
    "cancel",
    "claim",
    "deliver",
    "dry_run",
    "faults",
    "mark_all_read",
    "mark_read",
    "mute",
    "next_mail",
    "note_loading",
    "notify",
    "notify_each",
    "pause",
    "rearm",
    "rearm_all",
    "replay",
    "save_preferences",
    "save_rules",
    "set_scope",
    "settle_lost",
    "start_reminders",
    "stop_reminders",
    "sweep",
    "wake",
    "work",
]
