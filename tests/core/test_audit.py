"""The audit trail: written once, final, read newest first."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core.accounts.models import User
from core.audit import queries, services
from core.audit.models import Entry

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def record(by: User, verb: str, minutes: int = 0, subject: str = "note:1", scope: str = "book:1") -> Entry:
    at = NOW + dt.timedelta(minutes=minutes)
    return services.record(by=by, at=at, verb=verb, subject=subject, scope=scope, changes={"a": [1, 2]})


def test_the_database_refuses_to_change_an_entry(alice: User) -> None:
    record(alice, "write")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.update(verb="something else")
    assert Entry.objects.get().verb == "write"


def test_the_database_refuses_to_delete_an_entry(alice: User) -> None:
    record(alice, "write")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.all().delete()
    assert Entry.objects.exists()


def test_histories_are_bounded_and_newest_first(alice: User, bob: User) -> None:
    for minute, verb in enumerate(["one", "two", "three"]):
        record(alice, verb, minute)
    record(alice, "other", 9, subject="note:2")
    record(alice, "elsewhere", 9, subject="note:3", scope="book:2")
    assert [row["verb"] for row in queries.history_of_subject("note:1", limit=2)] == ["three", "two"]
    record(bob, "own", 10)
    rows = list(queries.news_of_scope("book:1", after=None, not_by=bob.pk))
    assert [row["verb"] for row in rows] == ["other", "three", "two", "one"]
    assert (rows[0]["by_name"], rows[0]["changes"]) == ("Alice Archer", {"a": [1, 2]})


def test_what_the_product_does_by_itself_has_no_person(db: None) -> None:
    services.record(by=None, at=NOW, verb="expire", subject="note:1", label="x" * 400)
    assert [(row["by_name"], len(row["label"])) for row in queries.history_of_subject("note:1")] == [(None, 300)]
