"""The workstreams app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import addresses, navigation, panels
from core.navigation import Tab
from core.panels import Panel

TABS = (
    Tab("phases", _("Phases"), "workstreams:phases", order=20),
    Tab("lanes", _("Lanes"), "workstreams:lanes", order=40),
    Tab("plan", _("Plan"), "workstreams:plan", order=50),
    Tab("milestones", _("Milestones"), "workstreams:milestones", order=60),
    Tab("actions", _("Action items"), "workstreams:actions", order=70),
    Tab("gates", _("Gates"), "workstreams:gates", order=80),
    Tab("decisions", _("Decisions"), "workstreams:decisions", order=100),
    Tab("raid", _("RAID"), "workstreams:raid", order=110),
)
ADDRESSES = {
    "action": "workstreams:action",
    "milestone": "workstreams:milestone",
    "gate": "workstreams:gate",
    "paste": "workstreams:paste",
}


class WorkstreamsConfig(AppConfig):
    name = "workstreams"

    def ready(self) -> None:
        """Put the app's pages among those of a program, and what feeds an outcome on the outcome's page."""
        navigation.register_tabs("program", *TABS)
        addresses.register(ADDRESSES)
        panels.register("outcome", Panel("workstreams/feeding.html", "workstreams.queries.contributions.of_outcome"))
