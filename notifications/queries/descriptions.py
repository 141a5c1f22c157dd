"""A program's reminder rules as sentences, and what they would send to whom, when and why."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.accounts.models import User
from notifications import queries as notifications
from notifications import registry
from notifications.models import ReminderRule, Scope
from notifications.registry import Forecast, Presented

Text = Any


@dataclass(frozen=True)
class Rule:
    """A rule in words: for what, when, to whom."""

    label: Text
    days: list[str]
    repeat: str
    audience: list[Text]
    is_known: bool


@dataclass(frozen=True)
class Planned:
    """One reminder as it would be sent."""

    leaves_at: dt.datetime
    to: str
    subject: Presented
    why: str
    due_on: dt.date


def started_at(scope_id: int) -> dt.datetime | None:
    """Return since when reminders are sent, None while they are not."""
    return Scope.objects.filter(pk=scope_id).values_list("started_at", flat=True).first()


def rules(scope_id: int) -> list[Rule]:
    """Return the rules of a program in words."""
    return [_rule(rule) for rule in notifications.rules(scope_id)]


def _rule(rule: ReminderRule) -> Rule:
    source = registry.sources().get(rule.kind)
    names = {name: role.label for name, role in source.roles.items()} if source else {}
    every = rule.overdue_every
    return Rule(
        label=registry.label(rule.kind),
        days=[step_in_words(offset) for offset in sorted(rule.offsets)],
        repeat=ngettext("every %(n)d day while overdue", "every %(n)d days while overdue", every) % {"n": every}
        if every
        else "",
        audience=[names.get(role, role) for role in rule.audience],
        is_known=source is not None,
    )


def step_in_words(step: int) -> str:
    """Return "7 days before", "on the day", "3 days after"."""
    if step == 0:
        return _("on the day")
    if step < 0:
        return ngettext("%(n)d day before", "%(n)d days before", -step) % {"n": -step}
    return ngettext("%(n)d day after", "%(n)d days after", step) % {"n": step}


def planned(forecasts: Sequence[Forecast], reader: User) -> list[Planned]:
    """Return forecasts with the names of people and subjects, in one query a kind and one for the people."""
    names = dict(User.objects.filter(pk__in={each.recipient_id for each in forecasts}).values_list("pk", "name"))
    subjects: dict[tuple[str, int], Presented] = {}
    for kind, source in registry.sources().items():
        ids = {each.subject_id for each in forecasts if each.kind == kind}
        found = source.present(ids, reader) if ids else {}
        subjects |= {(kind, number): shown for number, shown in found.items()}
    return [
        Planned(each.leaves_at, names.get(each.recipient_id, ""), subject, step_in_words(each.step), each.due_on)
        for each in forecasts
        if (subject := subjects.get((each.kind, each.subject_id))) is not None
    ]
