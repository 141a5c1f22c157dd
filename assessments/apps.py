"""The assessments app."""

from django.apps import AppConfig

from core import origins


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        """Tell the pages of the work which action items came from an assessment."""
        origins.register("action", "assessments.queries.origins.of_actions")
