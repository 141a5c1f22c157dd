"""The engine with things in it, as a Celery application of its own and a small command line: what the faults hit.

`python -m tests.faults.engine seed | add | sweep | deliver | state` works on the installation of the environment.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
django.setup()

from django.conf import settings  # noqa: E402 - only a configured Django has models to import

from backend.celery import app  # noqa: E402
from core import clock  # noqa: E402
from core.accounts.models import User  # noqa: E402
from notifications import registry, services  # noqa: E402
from notifications.models import Attempt, Delivery  # noqa: E402
from notifications.registry import DeadlineSource, Presented, RuleInput  # noqa: E402
from tests.faults.installation import HOLD  # noqa: E402
from tests.notifications import things  # noqa: E402

__all__ = ["app"]

SCOPE = 1


def present(subject_ids: Collection[int], reader: User) -> Mapping[int, Presented]:
    """Show the things, when nothing holds."""
    while Path(settings.DATA_DIR, HOLD).exists():
        time.sleep(0.05)
    return things.present(subject_ids, reader)


registry.register_source(DeadlineSource(kind="thing", label="Thing", roles=things.SOURCE.roles, present=present))


def seed(*_names: str) -> None:
    """Make a scope whose reminders run, and its reader."""
    things.make_table()
    now = clock.now()
    User.objects.create_user("alice@example.org", name="Alice")
    services.set_scope(scope_id=SCOPE, subject="program:1", label="One", time_zone="UTC", holidays=[])
    rule = RuleInput(kind="thing", offsets=(0,), audience=("owner",))
    services.save_rules(scope_id=SCOPE, rules=[rule], by=None, at=now)
    services.start_reminders(scope_id=SCOPE, by=None, at=now)


def add(*names: str) -> None:
    """Make things that fall due today; an address that is none of ours makes a reader of it."""
    owner = User.objects.get(email="alice@example.org")
    for name in names:
        things.Thing.objects.create(
            scope_id=SCOPE, title=name, owner_id=owner.pk, due_on=clock.today("UTC", clock.now())
        )


def crowd(count: str) -> None:
    """Make many readers with a thing each that falls due today, and put it into messages."""
    now = clock.now()
    readers = User.objects.bulk_create(
        User(email=f"reader{number}@example.org", password="!") for number in range(int(count))
    )
    things.Thing.objects.bulk_create(
        things.Thing(scope_id=SCOPE, title="One of many", owner_id=reader.pk, due_on=clock.today("UTC", now))
        for reader in readers
    )
    services.sweep(at=now)


def sweep(*_names: str) -> None:
    """Work ten times over."""
    for _ in range(10):
        services.run_once(at=clock.now(), worker="by hand")


def deliver(*_names: str) -> None:
    """Send what waits."""
    services.deliver(at=clock.now(), worker=str(os.getpid()))


def state(*_names: str) -> None:
    """Say how every message stands, and how often it was handed over."""
    found = {
        str(delivery.pk): [delivery.state, Attempt.objects.filter(delivery=delivery, state="handoff").count()]
        for delivery in Delivery.objects.all()
    }
    sys.stdout.write(json.dumps(found))


COMMANDS: dict[str, Callable[..., None]] = {
    "seed": seed,
    "add": add,
    "crowd": crowd,
    "sweep": sweep,
    "deliver": deliver,
    "state": state,
}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]](*sys.argv[2:])
