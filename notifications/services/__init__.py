"""Every write of the engine: scopes and rules, deciding, collecting, delivering, direct notices, preferences."""

from notifications.services.deliveries import claim, deliver, settle_lost
from notifications.services.inbox import mark_all_read, mark_read
from notifications.services.next_delivery import NextDelivery, next_delivery
from notifications.services.notices import Told, notify, notify_each
from notifications.services.one_click import act, asked
from notifications.services.preferences import mute, pause, save_preferences
from notifications.services.replays import replay
from notifications.services.reschedule import cancel, reschedule, reschedule_all
from notifications.services.rounds import run_once
from notifications.services.rules import faults, save_rules
from notifications.services.scopes import note_loading, set_scope, start_reminders, stop_reminders
from notifications.services.sweeps import dry_run, sweep
from notifications.services.wakeup import wake

__all__ = [
    "NextDelivery",
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
    "next_delivery",
    "note_loading",
    "notify",
    "notify_each",
    "pause",
    "replay",
    "reschedule",
    "reschedule_all",
    "run_once",
    "save_preferences",
    "save_rules",
    "set_scope",
    "settle_lost",
    "start_reminders",
    "stop_reminders",
    "sweep",
    "wake",
]
