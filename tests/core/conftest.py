"""Fixtures of core's tests: the notes resource with its table, and clients that hold a token."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from core import clock
from core.accounts import services
from core.accounts.models import User
from tests.core.notes import Note

TokenClient = Callable[..., Client]


@pytest.fixture(scope="session")
def notes_table(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A table for the notes, beside those that migrations made."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Note)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Note)


@pytest.fixture
def notes(notes_table: None, db: None, settings: pytest.FixtureRequest) -> None:
    """The notes resource, alone in the API."""
    settings.ROOT_URLCONF = "tests.core.notes"  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def fresh_counters() -> Iterator[None]:
    """No throttle remembers the test before."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def client_of() -> TokenClient:
    """Return a client that sends a new token of a person."""

    def make(person: User, scope: str = "write") -> Client:
        at = clock.now()
        _token, text = services.create_token(person=person, name="test", scope=scope, days=1, by=person, at=at)
        return Client(headers={"Authorization": f"Bearer {text}"})

    return make
