"""The overview app, under the roof."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "backend.overview"
