"""The programfile app, under the roof."""

from django.apps import AppConfig


class ProgramfileConfig(AppConfig):
    name = "backend.programfile"
