"""A real program in an installation, told what its people do: `python -m tests.faults.program seed | milestone | ...`.

It is a Celery application too: the product's own, in which the looking at milestones waits while a file holds it.
"""

import datetime as dt
import json
import os
import sys
import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
django.setup()

from django.conf import settings  # noqa: E402 - only a configured Django has models to import

from backend.celery import app  # noqa: E402
from core import clock  # noqa: E402
from core.accounts.models import User  # noqa: E402
from notifications import registry  # noqa: E402
from notifications import services as notifications  # noqa: E402
from notifications.models import Attempt, Delivery, Reminder  # noqa: E402
from notifications.registry import Presented  # noqa: E402
from programs import services as programs  # noqa: E402
from programs.choices import Role  # noqa: E402
from programs.models import Membership, Phase, Program  # noqa: E402
from programs.services import ProgramDetails  # noqa: E402
from tests.faults.installation import HOLD  # noqa: E402
from workstreams import services  # noqa: E402
from workstreams.choices import MILESTONE  # noqa: E402
from workstreams.models import Milestone, Workstream  # noqa: E402
from workstreams.services import ActionRequest  # noqa: E402

__all__ = ["app"]

_SOURCE = registry.sources()[MILESTONE]


def present(subject_ids: Collection[int], reader: User) -> Mapping[int, Presented]:
    """Show milestones as the product does, when nothing holds."""
    while Path(settings.DATA_DIR, HOLD).exists():
        time.sleep(0.05)
    return _SOURCE.present(subject_ids, reader)


registry._registry.sources[MILESTONE] = replace(_SOURCE, present=present)


def _person(name: str) -> User:
    return User.objects.get(email=f"{name}@example.org")


def seed() -> None:
    """Make a program with a manager and a member, whose reminders run by the rules that every program starts with."""
    now = clock.now()
    alice = User.objects.create_user("alice@example.org", name="Alice", may_create_programs=True)
    bob = User.objects.create_user("bob@example.org", name="Bob")
    details = ProgramDetails(key="ONE", name="One Customer", time_zone="UTC")
    program = programs.open_program(details=details, by=alice, at=now).program
    Membership.objects.create(program=program, person=bob, role=Role.MEMBER)
    Phase.objects.create(program=program, code="PH1", position=1, name="Mobilise", created_at=now, updated_at=now)
    programs.start_reminders(program=program, by=alice, at=now)


def milestone(code: str, name: str, days: str = "0") -> None:
    """Give Bob a milestone that is due in so many days."""
    now, due_on = clock.now(), _day(days)
    program = Program.objects.get()
    Milestone.objects.create(
        program=program, workstream=Workstream.objects.filter(program=program).order_by("code")[0],
        phase=Phase.objects.get(), code=code, name=name, owner=_person("bob"), baseline_on=due_on, due_on=due_on,
        created_at=now, updated_at=now,
    )  # fmt: skip


def forecast(code: str, days: str) -> None:
    """Let Bob say another date."""
    found, bob = Milestone.objects.get(code=code), _person("bob")
    services.forecast_milestone(milestone=found, forecast_on=_day(days), reason="It moved", by=bob, at=clock.now())


def achieve(code: str) -> None:
    """Let Bob reach a milestone."""
    services.achieve_milestone(milestone=Milestone.objects.get(code=code), by=_person("bob"), at=clock.now())


def request(title: str) -> None:
    """Let Alice ask Bob for something by today."""
    program, bob = Program.objects.get(), _person("bob")
    asked = ActionRequest(
        workstream=Workstream.objects.filter(program=program).order_by("code")[0], phase=Phase.objects.get(),
        title=title, performer=bob, requested_for=_day("0"),
    )  # fmt: skip
    services.request_action(program=program, request=asked, by=_person("alice"), at=clock.now())


def sweep() -> None:
    """Work ten times over."""
    for _ in range(10):
        notifications.run_once(at=clock.now(), worker="by hand")


def state() -> None:
    """Say how every message and every reminder of a date stands."""
    deliveries = {
        str(one.pk): [one.state, Attempt.objects.filter(delivery=one, state="handoff").count()]
        for one in Delivery.objects.all()
    }
    sys.stdout.write(json.dumps(deliveries))


def reminders() -> None:
    """Say how the reminders of dates stand, by the code of their milestone."""
    codes = dict(Milestone.objects.values_list("pk", "code"))
    rows: dict[str, list[Any]] = {}
    for one in Reminder.objects.filter(kind=MILESTONE).order_by("pk"):
        rows.setdefault(codes[one.subject_id], []).append([one.step, one.state])
    sys.stdout.write(json.dumps(rows))


def _day(days: str) -> dt.date:
    return clock.today("UTC", clock.now()) + dt.timedelta(days=int(days))


COMMANDS = {one.__name__: one for one in (seed, milestone, forecast, achieve, request, sweep, state, reminders)}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]](*sys.argv[2:])
