"""The workstreams app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import addresses, navigation
from core.navigation import Tab

TABS = (Tab("plan", _("Plan"), "workstreams:plan", order=50),)
ADDRESSES = {
    "action": "workstreams:action",
    "milestone": "workstreams:milestone",
    "gate": "workstreams:gate",
    "paste": "workstreams:paste",
}


class WorkstreamsConfig(AppConfig):
    name = "workstreams"

    def ready(self) -> None:
        """Put the app's pages among those of a program."""
        navigation.register_tabs("program", *TABS)
        addresses.register(ADDRESSES)
