"""Django's `migrate`, after which what is final is final: triggers that models declare are there, and no others."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core import triggers


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
    ours = {config.label for config in apps.get_app_configs() if config.name in settings.PRODUCT_APPS}
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    applied = MigrationRecorder(connection).applied_migrations()
    unknown = sorted(key for key in applied if key[0] in ours and key not in loader.disk_migrations)
    if unknown:
        named = ", ".join(".".join(key) for key in unknown[:3]) + (" …" if len(unknown) > 3 else "")
        raise CommandError(
            f"This database was made by another version of the tracker ({named}); nothing was changed. "
            "Export its programs with that version, and load them into an empty database here: docs/operating.md, "
            "“A database of another version”."
        )
