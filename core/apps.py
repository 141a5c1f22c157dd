"""The core app: the page shell, API conventions and the clock."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
