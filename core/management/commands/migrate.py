"""Django's `migrate`, after which what is final is final: triggers that models declare are there, and no others."""

from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db import connections

from core import triggers


class Command(migrate.Command):
    """Run Django's, then put back what is missing of the triggers."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"] or options["prune"]):
            triggers.restore(connections[options["database"]], apps.get_models())
