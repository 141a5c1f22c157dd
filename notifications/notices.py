"""What a reminder or notice says, in its reader's language: the news, and why it comes."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from core import clock, health, navigation
from core.accounts.models import User
from core.audit import registry as audit
from notifications import registry
from notifications.choices import RELEASED
from notifications.models import Reminder
from notifications.queries import inbox, outbox
from notifications.registry import Presented

Subject = tuple[str, str, int]


@dataclass(frozen=True)
class Line:
    """One line of the inbox. `is_over`: it was said, but its date was moved since, or nothing is asked any more."""

    id: int
    headline: str
    why: str
    subject: Presented
    shows_at: dt.datetime
    is_read: bool
    is_over: bool


def inbox_lines(reminders: Sequence[Reminder], reader: User, today: dt.date) -> list[Line]:
    """Return reminders as lines of their reader's inbox, without those whose subject may not be seen (any more)."""
    shown = present(reminders, reader)
    return [
        Line(
            id=reminder.pk,
            headline=headline(reminder, today),
            why=why(reminder),
            subject=shown[subject_of(reminder)],
            shows_at=reminder.shows_at,
            is_read=reminder.read_at is not None,
            is_over=reminder.state in RELEASED,
        )
        for reminder in reminders
        if subject_of(reminder) in shown
    ]


def subject_of(reminder: Reminder) -> Subject:
    """Return what names a reminder's subject together with the one who presents it."""
    return reminder.kind, reminder.subject_kind, reminder.subject_id


def present(reminders: Collection[Reminder], reader: User) -> Mapping[Subject, Presented]:
    """Return the subjects as their reader may see them; those that may not be seen are absent.

    Who presents them is called once, whatever the kinds of news about them.
    """
    by_presenter: dict[registry.Present, set[Subject]] = {}
    for reminder in reminders:
        presenter = registry.presenter(reminder.kind, reminder.subject_kind)
        if presenter is not None:
            by_presenter.setdefault(presenter, set()).add(subject_of(reminder))
    shown: dict[Subject, Presented] = {}
    for presenter, subjects in by_presenter.items():
        found = presenter(sorted({pk for _kind, _subject_kind, pk in subjects}), reader)
        shown |= {subject: found[subject[2]] for subject in subjects if subject[2] in found}
    return shown


def headline(reminder: Reminder, today: dt.date) -> str:
    """Return the news in a few words: when it is due, or what was done."""
    if reminder.due_on is not None:
        return _due_words(reminder.due_on, today)
    notice = registry.notices().get(reminder.kind)
    if notice is None:
        return str(registry.label(reminder.kind))
    return str(notice.sentence) % _readable(reminder.params or {})


def why(reminder: Reminder) -> str:
    """Return why this came to this reader."""
    if reminder.step is None:
        return str(registry.label(reminder.kind))
    source = registry.sources().get(reminder.kind)
    role = source.roles.get(reminder.role) if source is not None else None
    words = {"role": role.label if role is not None else reminder.role, "rule": _rule_words(reminder.step)}
    return _("You are told as %(role)s: %(rule)s.") % words


def day(value: dt.date) -> str:
    """Return "Fri 27 Nov 2026"."""
    return format_date(value, pgettext("date format", "D j M Y"))


def _due_words(due_on: dt.date, today: dt.date) -> str:
    days = (due_on - today).days
    if days < 0:
        words = ngettext("Overdue by %(days)d day, since %(day)s", "Overdue by %(days)d days, since %(day)s", -days)
    elif days == 0:
        words = _("Due today, %(day)s")
    elif days == 1:
        words = _("Due tomorrow, %(day)s")
    else:
        words = ngettext("Due in %(days)d day, %(day)s", "Due in %(days)d days, %(day)s", days)
    return words % {"days": abs(days), "day": day(due_on)}


def _rule_words(step: int) -> str:
    if step == 0:
        return _("the rule reminds on the day it is due")
    if step < 0:
        words = ngettext(
            "the rule reminds %(days)d day before it is due", "the rule reminds %(days)d days before it is due", -step
        )
    else:
        words = ngettext(
            "the rule reminds %(days)d day after it was due", "the rule reminds %(days)d days after it was due", step
        )
    return words % {"days": abs(step)}


def _readable(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return a notice's params with dates written out."""
    return {
        name: day(dt.date.fromisoformat(value)) if name.endswith("_on") and value else value
        for name, value in params.items()
    }


def _unread(reader: User) -> int:
    return inbox.unread(reader.pk, clock.now())


navigation.register_count("notifications:inbox", _unread)
health.register_check("heartbeat", outbox.heartbeat_problem)

# What is on record, in words.
audit.register_verbs(
    {
        "reminders_started": gettext_lazy("%(by)s started the reminders of %(what)s"),
        "reminders_stopped": gettext_lazy("%(by)s stopped the reminders of %(what)s"),
        "reminder_rules_saved": gettext_lazy("%(by)s changed the reminder rules of %(what)s"),
    }
)
