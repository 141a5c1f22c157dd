"""What "ready" means: the database answers, its tables are up to date, and whatever the apps register.

In an app's `ready()`:

    health.register_check("heartbeat", queries.heartbeat_problem)  # at -> a sentence, "" when all is well
"""

import datetime as dt
from collections.abc import Callable

from django.apps import apps
from django.conf import settings
from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Check = Callable[[dt.datetime], str]

_checks: dict[str, Check] = {}


def register_check(name: str, check: Check) -> None:
    """Make readiness depend on a check: it takes the present instant and returns the problem, "" for none."""
    _checks[name] = check


def _database_problem() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return _("The database does not answer.")
    return ""


def unknown_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the migrations of this product that ran on a database and are no more, or are not yet."""
    ours = {config.label for config in apps.get_app_configs() if config.name in settings.PRODUCT_APPS}
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(".".join(key) for key in applied if key[0] in ours and key not in loader.disk_migrations)


def _migration_problem() -> str:
    if unknown := unknown_migrations(connection):
        sentence = _("The database was made by another version of the tracker (%(name)s).")
        return sentence % {"name": unknown[0]}
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not missing:
        return ""
    sentence = ngettext(
        "%(count)d migration is not applied. Run tracker up, or manage.py migrate.",
        "%(count)d migrations are not applied. Run tracker up, or manage.py migrate.",
        missing,
    )
    return sentence % {"count": missing}


def problems(*, at: Callable[[], dt.datetime]) -> dict[str, str]:
    """Return every check with its problem, "" where there is none; a failed step leaves out those that need it."""
    found = {"database": _database_problem()}
    if found["database"]:
        return found
    found["migrations"] = _migration_problem()
    if found["migrations"]:
        return found
    instant = at()
    return found | {name: check(instant) for name, check in _checks.items()}
