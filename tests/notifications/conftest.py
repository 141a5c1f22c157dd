"""The engine's stage: a scope whose reminders run, a rule, things that fall due, and mail in memory."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from pytest_django import DjangoDbBlocker

from core.accounts.models import User
from notifications import registry, services
from notifications.registry import RuleInput
from tests.notifications import things
from tests.notifications.things import Thing

UTC = dt.UTC
# A Monday in winter, before anybody's nine o'clock but the Pacific's.
MONDAY = dt.date(2026, 11, 23)
SCOPE = 7


@pytest.fixture(scope="session")
def things_table(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The table of things, beside the product's."""
    with django_db_blocker.unblock():
        things.make_table()


@pytest.fixture(autouse=True)
def _empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_registry", registry.Registry())
    things.register()


def at(day: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    """Return an instant in UTC."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=UTC)


@pytest.fixture
def london(alice: User) -> User:
    """Alice, who reads in London: in winter her nine o'clock is nine UTC."""
    return alice


@pytest.fixture
def scope(things_table: None, db: None) -> int:
    """A scope in London whose reminders run since the Friday before, with one rule for things."""
    friday = at(MONDAY - dt.timedelta(days=3), 8)
    services.set_scope(scope_id=SCOPE, subject="program:7", label="One", time_zone="Europe/London", holidays=[])
    rule = RuleInput(kind="thing", offsets=(-7, -1, 0), overdue_every=3, audience=("owner",))
    services.save_rules(scope_id=SCOPE, rules=[rule], by=None, at=friday)
    services.start_reminders(scope_id=SCOPE, by=None, at=friday)
    return SCOPE


MakeThing = Callable[..., Thing]


@pytest.fixture
def make_thing(scope: int, alice: User) -> MakeThing:
    """Make a thing of Alice's, due on a day."""

    def make(due_on: dt.date, **fields: object) -> Thing:
        facts: dict[str, object] = {"scope_id": scope, "title": "Ship it", "owner_id": alice.pk}
        return Thing.objects.create(due_on=due_on, **(facts | fields))

    return make


def rounds(*instants: dt.datetime) -> list[EmailMessage]:
    """Let the engine work at each instant, and return the mails sent since."""
    before = len(mail.outbox)
    for instant in instants:
        services.run_once(at=instant, worker="test")
    return list(mail.outbox[before:])
