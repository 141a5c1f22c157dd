"""The overview app, under the roof: it joins the apps' pages in one navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from backend import celery
from core import addresses, navigation, panels
from core.navigation import Entry, Tab
from core.panels import Panel
from notifications import registry

# Where the things of a program have addresses of their own.
_OF_PROGRAMS = ("/outcomes/", "/measures/", "/readings/", "/gates/", "/milestones/", "/actions/", "/workstreams/")

ENTRIES = (
    Entry("overview:my_work", _("My work"), order=10),
    Entry("overview:programs", _("Programs"), order=20, covers=_OF_PROGRAMS),
    Entry("notifications:inbox", _("Inbox"), order=30),
    Entry("profile", _("Profile"), order=40, is_menu=True, icon="user-round"),
    Entry("notifications:preferences", _("Preferences"), order=50, is_menu=True, icon="sliders-horizontal"),
    Entry("tokens", _("Tokens"), order=60, is_menu=True, icon="key-round"),
    Entry("notifications:outbox", _("Outbox"), order=65, is_menu=True, is_staff=True, icon="send"),
    Entry("people", _("People"), order=65, is_menu=True, is_staff=True, icon="users"),
    Entry("admin:index", _("Administration"), order=70, is_menu=True, is_staff=True, icon="wrench"),
)

TABS = (Tab("program", _("Program"), "overview:program", order=10),)
ADDRESSES = {
    "portfolio": "overview:programs",
    "program": "overview:program",
}


class OverviewConfig(AppConfig):
    name = "backend.overview"

    def ready(self) -> None:
        """Put the entries of every app into the navigation, in one order, and hand the engine what it waits for."""
        registry.register_wake(celery.wake)
        panels.register("outbox", Panel("overview/unreckonable.html", "backend.overview.queries.unreckonable.faults"))
        for entry in ENTRIES:
            navigation.register(entry)
        navigation.register_tabs("program", *TABS)
        addresses.register(ADDRESSES)
