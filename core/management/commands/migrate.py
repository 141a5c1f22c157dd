"""Django's `migrate`, after which what is final is final: triggers that models declare are there, and no others."""

from typing import Any

from django.apps import apps
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from core import health, triggers


class Command(migrate.Command):
    """Run Django's, then put back what is missing of the triggers."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if not options["prune"]:
            _refuse_other_histories(connection)
        super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"] or options["prune"]):
            triggers.restore(connection, apps.get_models())


def _refuse_other_histories(connection: BaseDatabaseWrapper) -> None:
    """Let a database pass whose tables were made by migrations that this version has.

    Raises:
        CommandError: when this product ran migrations on it that are no more, or are not yet.
    """
    if unknown := health.unknown_migrations(connection):
        named = ", ".join(unknown[:3]) + (" …" if len(unknown) > 3 else "")
        raise CommandError(
            f"This database was made by another version of the tracker ({named}); nothing was changed. "
            "Export its programs with that version, and load them into an empty database here: docs/operating.md, "
            "“A database of another version”."
        )
