"""Every write of the engine: scopes and rules, deciding, collecting, delivering, direct notices, preferences."""

from notifications.services.arming import cancel, rearm
from notifications.services.notices import notify
from notifications.services.rules import save_rules
from notifications.services.scopes import note_loading, set_scope, start_reminders, stop_reminders
from notifications.services.waking import wake

__all__ = [
    "cancel",
    "note_loading",
    "notify",
    "rearm",
    "save_rules",
    "set_scope",
    "start_reminders",
    "stop_reminders",
    "wake",
]
