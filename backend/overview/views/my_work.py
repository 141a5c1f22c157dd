"""My work: what is asked of its reader, what they promised, what is late."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseLocation

from backend.overview.queries import asks
from backend.overview.queries.asks import Kind, Task
from core import clock, flash
from core.access import access, reader
from core.exceptions import NotFound
from core.templatetags.reader import day_in_full
from notifications import services as notifications
from programs import services as programs
from programs.forms import ReadingForm
from programs.models import Measure
from programs.services import Reading
from workstreams.queries import pages
from workstreams.views.actions import card
from workstreams.views.offers import MILESTONE_TRANSITIONS, Offer, Place, action_offers, milestone_offers

# Name, title, folded.
_GROUPS = (
    ("late", gettext_lazy("Late"), False),
    ("asked", gettext_lazy("Asked of you"), False),
    ("week", gettext_lazy("This week"), False),
    ("later", gettext_lazy("Later"), True),
    ("waiting", gettext_lazy("Waiting on others"), True),
)
# What one press of "Pause" is worth; other days are chosen on Preferences.
PAUSE = dt.timedelta(weeks=1)
# Rows that are seen at a glance: with no more, nothing is folded.
FEW = 10


@dataclass(frozen=True)
class Row:
    """A task with what its reader can do about it here."""

    task: Task
    place: Place | None
    offers: list[Offer]


@dataclass(frozen=True)
class Group:
    """Tasks that belong together."""

    name: str
    title: Any
    is_folded: bool
    rows: list[Row]
    is_open: bool = False


@access("signed_in")
@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """Show a person's work; beside it, the selected item's line of sight."""
    person = reader(request)
    chosen = request.GET.get("item", "")
    if request.htmx.target == "beside":  # type: ignore[attr-defined]
        return render(request, "overview/my_work.html#beside", _beside(request, chosen))
    at = clock.now()
    tasks = asks.tasks(asks.scope(person, at))
    groups = _groups(tasks)
    chosen = chosen or _first_action(groups)
    context = {
        "groups": groups,
        "sentence": sentence(tasks),
        "chosen": chosen,
        "next_delivery": notifications.next_delivery(person=person, at=at),
        **_beside(request, chosen),
    }
    is_part = request.htmx.target == "work"  # type: ignore[attr-defined]
    return render(request, f"overview/my_work.html{'#work' if is_part else ''}", context)


@access("signed_in")
@require_POST
def pause_mail(request: HttpRequest) -> HttpResponse:
    """Pause a person's mail for a week from today, or let it go on: one button either way."""
    person, at = reader(request), clock.now()
    until = clock.today(person.time_zone, at) + PAUSE if request.POST.get("is_paused") == "1" else None
    notifications.pause(person=person, until=until, at=at)
    if until is None:
        flash.add(request, _("Mail goes on."))
    else:
        flash.add(request, _("Paused until %(day)s. The inbox goes on.") % {"day": day_in_full(until)})
    return redirect("overview:my_work")


@access("member")
@require_POST
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """Record today's reading of a measure, from its row."""
    person = reader(request)
    measure = Measure.objects.visible_to(person).named(reference).select_related("program").first()
    if measure is None:
        raise NotFound
    form = ReadingForm(request.POST)
    if form.is_valid():
        now = clock.now()
        reading = Reading(value=form.cleaned_data["value"], measured_on=clock.today(measure.program.time_zone, now))
        programs.record_measurement(measure=measure, reading=reading, by=person, at=now)
        flash.add(request, _("Recorded: %(name)s.") % {"name": measure.name})
    else:
        flash.warn(request, f"{measure.name}: {form.errors['value'][0]}")
    back = reverse("overview:my_work")
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseLocation(back, target="#work", swap="outerHTML")
    return redirect(back)


def _first_action(groups: Iterable[Group]) -> str:
    """Return the code of the first item that has a line of sight, "" where there is none."""
    rows = (row for group in groups for row in group.rows)
    return next((row.task.code for row in rows if row.task.is_action), "")


def _beside(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Return what stands beside the list: an action item's card, or nothing."""
    if not reference:
        return {}
    try:
        return card(request, pages.action_for(reader(request), reference))
    except NotFound:
        return {}


def _groups(tasks: Iterable[Task]) -> list[Group]:
    by_name: dict[str, list[Row]] = {}
    for task in tasks:
        by_name.setdefault(task.group, []).append(_row(task))
    found = [Group(name, title, folded, by_name[name]) for name, title, folded in _GROUPS if name in by_name]
    # A short page hides nothing, and one of nothing but shut groups would look empty.
    is_short = sum(len(group.rows) for group in found) <= FEW or all(group.is_folded for group in found)
    return [replace(group, is_open=True) for group in found] if is_short else found


def _row(task: Task) -> Row:
    back = reverse("overview:my_work")
    if task.kind == Kind.REACH:
        place = Place(
            back=back, region="work", reference=task.code, route="milestone", transitions=MILESTONE_TRANSITIONS
        )
        return Row(task, place, milestone_offers(place, ("achieve", "forecast")))
    if not task.is_action:
        return Row(task, None, [])
    place = Place(back=back, region="work", reference=task.code)
    return Row(task, place, action_offers(place, _moves(task), row=task.row, today=task.today))


def _moves(task: Task) -> tuple[str, ...]:
    """Return the moves that a row offers: the few that end it or move it, the rest stand on the item's page."""
    if task.kind == Kind.ACCEPT:
        return ("accept",)
    if task.is_waiting:
        return ()
    if task.kind == Kind.PROMISE:
        return ("promise", "decline")
    return ("keep", "miss") if task.is_late or task.due_on == task.today else ("keep", "renegotiate")


def sentence(tasks: list[Task]) -> str:
    """Return the page's first sentence: "One asked, one late, two this week."."""
    count = {name: sum(task.group == name for task in tasks) for name, _title, _folded in _GROUPS}
    parts = (
        (count["asked"], ngettext("%(n)s asked", "%(n)s asked", count["asked"])),
        (count["late"], ngettext("%(n)s late", "%(n)s late", count["late"])),
        (count["week"], ngettext("%(n)s this week", "%(n)s this week", count["week"])),
    )
    said = [words % {"n": apnumber(number)} for number, words in parts if number]
    if said:
        return capfirst(_("%(parts)s.") % {"parts": ", ".join(said)})
    later = asks.coming(tasks)
    if later is None:
        return _("Nothing asked of you.")
    day = format_date(later.due_on, pgettext("date format", "j F"))
    return _("Nothing asked of you. Next: %(title)s, %(day)s.") % {"title": later.title, "day": day}
