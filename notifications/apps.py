"""The notifications app; when it starts it takes in what every app registers."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        autodiscover_modules("deadlines", "notices")
