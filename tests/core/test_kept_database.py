"""A database that was kept when its migrations landed comes forward to today's with every row."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

from backend.programfile.queries import export_program
from core import clock, triggers
from tests.core import kept_database
from tests.support import databases

# Where each app of the product stood when the file was made.
KEPT_AT = [
    ("accounts", "0001_initial"), ("assessments", "0001_initial"), ("audit", "0001_initial"), ("core", "0001_initial"),
    ("notifications", "0001_initial"), ("overview", "0001_initial"), ("programfile", "0001_initial"),
    ("programs", "0001_initial"), ("workstreams", "0001_initial"),
]  # fmt: skip


def _migrated_to_then() -> Apps:
    """Make the tables as they were, the libraries' as they are; return the models of then."""
    executor = MigrationExecutor(connection)
    ours = {config.label for config in apps.get_app_configs() if config.name in settings.PRODUCT_APPS}
    libraries = [leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] not in ours]
    state = executor.migrate([*KEPT_AT, *libraries])
    ContentType.objects.clear_cache()
    return state.apps


@pytest.fixture(scope="module")
def forward(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, int]]:
    """The kept database, migrated forward; the number of rows that each model had."""
    with django_db_blocker.unblock(), databases.emptied() as name, databases.connected_to(name):
        kept = kept_database.tables()
        kept_database.restore(_migrated_to_then(), kept)
        call_command("migrate", interactive=False, verbosity=0)
        yield {label: len(rows) for label, rows in kept.items()}


def test_every_row_comes_forward(forward: dict[str, int]) -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name in settings.PRODUCT_APPS}
    tables = {model._meta.label_lower for model in kept_database.kept_models(apps) if model._meta.app_label in ours}
    assert len(tables & forward.keys()) > 50
    assert {label: apps.get_model(label)._base_manager.count() for label in forward} == forward
    connection.check_constraints()


def test_what_is_final_is_final_in_it(forward: dict[str, int]) -> None:
    declared = {trigger.name for model in apps.get_models() for trigger in triggers.declared(model)}
    assert declared
    with connection.cursor() as cursor:
        sqlite = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        postgresql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        cursor.execute(sqlite if connection.vendor == "sqlite" else postgresql)
        assert {name for (name,) in cursor.fetchall()} == declared


def test_its_programs_are_told_as_ever(forward: dict[str, int]) -> None:
    text = export_program("ONE", at=clock.now())
    assert "Income and consent write-back live" in text
    assert "New scope" in text
