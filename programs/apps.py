"""The programs app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from core import addresses, navigation
from core.navigation import Tab

TABS = (
    Tab("outcomes", _("Outcomes"), "programs:outcomes", order=30),
    Tab("people", _("People"), "programs:people", order=120),
    Tab("reminders", _("Reminders"), "programs:reminders", order=130),
)
ADDRESSES = {
    "outcome": "programs:outcome",
    "measure": "programs:measure",
}


class ProgramsConfig(AppConfig):
    name = "programs"

    def ready(self) -> None:
        """Put the app's pages among those of a program; import every app's `contents`, which register themselves."""
        navigation.register_tabs("program", *TABS)
        addresses.register(ADDRESSES)
        autodiscover_modules("contents")
