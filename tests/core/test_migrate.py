"""What is final: `migrate` puts back lost triggers, renews those whose words changed, drops those declared no more."""

from collections.abc import Callable
from typing import ClassVar

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command, get_commands
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext, isolate_apps

from core import clock, triggers
from core.audit.models import Entry
from core.triggers import AppendOnly, Refuse

FOUND = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT t.tgname, t.tgenabled::text || p.prosrc || pg_get_triggerdef(t.oid) FROM pg_trigger t "
    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal",
}
NAMES = {"audit_entry_no_update", "audit_entry_no_delete"}
pytestmark = pytest.mark.django_db


def in_database() -> dict[str, str]:
    """Return the text of every trigger that the database has."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND[connection.vendor])
        return dict(cursor.fetchall())


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop(name: str, table: str) -> None:
    run(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if connection.vendor == "postgresql" else ""))


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have the trail declare something else."""
    return lambda *final: monkeypatch.setattr(Entry, "final", final)


@pytest.fixture
def entry() -> Entry:
    """A row of the trail."""
    return Entry.objects.create(at=clock.now(), verb="test", subject="test:1")


def test_every_declared_trigger_is_there_and_no_other() -> None:
    declared = {trigger.name for model in apps.get_models() for trigger in triggers.declared(model)}
    assert set(in_database()) == declared
    assert declared > NAMES


def test_the_command_of_this_product_is_the_one_that_runs() -> None:
    assert get_commands()["migrate"] == "core"


def test_migrate_puts_a_lost_trigger_back(entry: Entry) -> None:
    before = in_database()
    drop("audit_entry_no_update", "audit_entry")
    Entry.objects.filter(pk=entry.pk).update(verb="changed")
    call_command("migrate", verbosity=0)
    assert in_database() == before
    with pytest.raises(IntegrityError, match="audit_entry is append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(verb="changed")


def test_migrate_renews_a_trigger_whose_words_or_conditions_changed(entry: Entry, declare: Callable[..., None]) -> None:
    declare(Refuse(name="no_update", event="UPDATE", words="it's 100% final"), AppendOnly())
    call_command("migrate", verbosity=0)
    declare(Refuse(name="no_update", event="UPDATE", words="it's 100% final", when="OLD.verb = 'test'"))
    call_command("migrate", verbosity=0)
    assert set(in_database()) & NAMES == {"audit_entry_no_update"}
    with pytest.raises(IntegrityError, match="it's 100% final"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(verb="changed")
    Entry.objects.filter(pk=entry.pk).delete()
    assert not Entry.objects.exists()


def test_migrate_drops_what_is_declared_no_more_and_leaves_what_is_not_its_own(declare: Callable[..., None]) -> None:
    if connection.vendor == "sqlite":
        run('CREATE TRIGGER "of_somebody_else" BEFORE UPDATE ON "audit_entry" BEGIN SELECT 1; END')
    else:
        run(
            "CREATE FUNCTION of_somebody_else() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "CREATE TRIGGER of_somebody_else BEFORE UPDATE ON audit_entry FOR EACH ROW "
            "EXECUTE FUNCTION of_somebody_else()",
        )
    declare()
    call_command("migrate", verbosity=0)
    assert set(in_database()) & (NAMES | {"of_somebody_else"}) == {"of_somebody_else"}


def test_an_unchanged_database_is_asked_once() -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        triggers.restore(connection, apps.get_models())
    assert len(asked) == 1


@isolate_apps("core")
def test_a_trigger_waits_for_its_table_and_its_columns() -> None:
    class Late(models.Model):
        final: ClassVar = (Refuse(name="dated", event="DELETE", words="no", when="OLD.day > 1"),)

        class Meta:
            app_label = "core"

        def __str__(self) -> str:
            return "late"

    def is_held() -> bool:
        triggers.restore(connection, [Late])
        return "core_late_dated" in in_database()

    assert not is_held()
    run("CREATE TABLE core_late (id integer PRIMARY KEY)")
    assert not is_held()
    run("ALTER TABLE core_late ADD COLUMN day integer")
    assert is_held()
    run("DROP TABLE core_late")
    assert not is_held()


def test_a_data_migration_lifts_what_is_final_and_has_it_back(entry: Entry) -> None:
    before = in_database()
    with triggers.lifted(Entry):
        Entry.objects.filter(pk=entry.pk).update(verb="changed", by=None)
    assert in_database() == before
    with pytest.raises(IntegrityError, match="audit_entry is append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).delete()


def test_what_was_lifted_is_back_after_a_failure(entry: Entry) -> None:
    before = in_database()
    with pytest.raises(ZeroDivisionError), triggers.lifted(Entry):
        Entry.objects.filter(pk=entry.pk).update(verb="changed")
        1 / 0  # noqa: B018
    assert in_database() == before
    assert Entry.objects.get().verb == "test"


@pytest.mark.django_db(transaction=True)
def test_a_table_that_a_migration_makes_anew_has_its_triggers_after_migrate() -> None:
    before = in_database()
    constraint = models.CheckConstraint(name="audit_entry_has_a_verb", condition=~models.Q(verb=""))
    with connection.schema_editor() as editor:
        editor.add_constraint(Entry, constraint)
    try:
        if connection.vendor == "sqlite":
            assert not NAMES & set(in_database())
        call_command("migrate", verbosity=0)
        assert in_database() == before
    finally:
        with connection.schema_editor() as editor:
            editor.remove_constraint(Entry, constraint)
        call_command("migrate", verbosity=0)
    assert in_database() == before


def test_a_database_of_another_version_is_refused_and_stays_as_it_is() -> None:
    MigrationRecorder(connection).record_applied("programs", "0002_final_rows")
    MigrationRecorder(connection).record_applied("sessions", "0009_of_somebody_else")
    drop("audit_entry_no_update", "audit_entry")
    with pytest.raises(CommandError, match=r"another version of the tracker \(programs\.0002_final_rows\); nothing"):
        call_command("migrate", verbosity=0)
    assert set(in_database()) & NAMES == {"audit_entry_no_delete"}
