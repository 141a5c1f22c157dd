"""The notifications app: when all apps are loaded it finds what they say and what in them falls due."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        """Import every app's `deadlines` and `notices`, which register themselves."""
        autodiscover_modules("deadlines", "notices")
