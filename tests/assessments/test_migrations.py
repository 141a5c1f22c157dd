"""What the migrations of assessments do to a database that is in use."""

import datetime as dt
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from core.accounts.models import User
from notifications import services as notifications
from notifications.models import ReminderRule, RuleStep
from notifications.registry import RuleInput, default_rules
from programs import services as programs
from programs.models import Program
from tests.cast import MONDAY

OLD = RuleInput(kind="milestone", offsets=(-7, 0), overdue_every=3, audience=("owner",))
NEW = {rule.kind: rule for rule in default_rules() if rule.kind in ("assessment", "reassessment")}


@pytest.fixture
def migrate() -> Any:
    """The data migration, to be run by hand."""
    module = import_module("assessments.migrations.0005_programs_are_reminded_of_assessments")
    return lambda: module.add_missing_rules(apps, None)


@pytest.fixture
def older(program: Program, alice: User) -> Program:
    """A program from before there were assessments, in Auckland."""
    Program.objects.filter(pk=program.pk).update(time_zone="Pacific/Auckland")
    program.refresh_from_db()
    programs.tell_engine(program, holidays=())
    notifications.save_rules(scope_id=program.pk, rules=[OLD], by=alice, at=MONDAY)
    return program


def kinds(program: Program) -> list[str]:
    return list(ReminderRule.objects.filter(scope=program.pk).order_by("kind").values_list("kind", flat=True))


def test_an_older_program_is_reminded_as_a_new_one_from_today_on(older: Program, alice: User, migrate: Any) -> None:
    migrate()
    migrate()
    assert kinds(older) == ["assessment", "milestone", "reassessment"]
    today = timezone.now().astimezone(dt.timezone(dt.timedelta(hours=13))).date()
    made = RuleStep.objects.filter(kind__in=NEW)
    assert {each.since_on for each in made} <= {today, today - dt.timedelta(days=1)}
    before = set(made.values_list("kind", "role", "offset", "every"))
    # They are the rules of new programs: saving those changes nothing.
    saved = notifications.save_rules(scope_id=older.pk, rules=[OLD, *NEW.values()], by=alice, at=MONDAY)
    assert {rule.version for rule in saved} == {1}
    assert set(made.values_list("kind", "role", "offset", "every")) == before


def test_what_its_manager_took_out_stays_out(older: Program, alice: User, migrate: Any) -> None:
    notifications.save_rules(scope_id=older.pk, rules=[OLD, NEW["reassessment"]], by=alice, at=MONDAY)
    notifications.save_rules(scope_id=older.pk, rules=[OLD], by=alice, at=MONDAY)
    migrate()
    assert kinds(older) == ["assessment", "milestone"]


def test_what_its_manager_wrote_stays_as_it_is(older: Program, alice: User, migrate: Any) -> None:
    own = RuleInput(kind="assessment", offsets=(-1,), overdue_every=None, audience=("facilitator",))
    notifications.save_rules(scope_id=older.pk, rules=[own], by=alice, at=MONDAY)
    migrate()
    rule = ReminderRule.objects.get(scope=older.pk, kind="assessment")
    assert (rule.offsets, rule.audience, rule.steps.count()) == ([-1], ["facilitator"], 1)
