"""The assessments app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import navigation, panels, provenance
from core.navigation import Tab
from core.panels import Panel


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        """Tell the pages of the work which action items came from an assessment; add the page of a program's own."""
        navigation.register_tabs("program", Tab("assessments", _("Assessments"), "assessments:program_assessments", 90))
        panels.register("leave", Panel("assessments/leaving.html", "assessments.queries.facilitators.count_led"))
        provenance.register("action", "assessments.queries.provenance.of_actions")
