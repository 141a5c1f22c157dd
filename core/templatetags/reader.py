"""Dates and numbers as their reader writes them: the current language and time zone, the product's clock."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.template.context import Context
from django.utils import formats, timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core import clock

register = template.Library()

Day = dt.date | dt.datetime


def _date(value: Day) -> dt.date:
    """Return the day of a date, or of an instant in the reader's time zone."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def _today(context: Context) -> dt.date:
    """Return the reader's today, from the page's one reading of the clock where it has one."""
    return timezone.localtime(context.get("now") or clock.now()).date()


@register.filter
def iso(value: Day) -> str:
    """Return a date or instant for a machine: 2026-11-27, 2026-11-27T09:00:00+13:00."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return value.isoformat()


@register.filter
def day_in_full(value: Day) -> str:
    """Return "Friday 27 November 2026"."""
    return format_date(_date(value), pgettext("date format", "l j F Y"))


def _with_year(date: dt.date) -> str:
    return format_date(date, pgettext("date format", "D j M Y"))


def _without_year(date: dt.date) -> str:
    return format_date(date, pgettext("date format", "D j M"))


@register.simple_tag(takes_context=True)
def day(context: Context, value: Day | None) -> str:
    """Return "Fri 27 Nov", with the year where it is another than this one; nothing for no date."""
    if value is None or value == "":
        return ""
    date = _date(value)
    return _without_year(date) if date.year == _today(context).year else _with_year(date)


def _stretch(begin: str, end: str) -> str:
    """Return two days as one stretch, which a narrow column may break between them alone."""
    return " – ".join(each.replace(" ", "\u00a0") for each in (begin, end))


@register.simple_tag(takes_context=True)
def days(context: Context, first: Day | None, last: Day | None) -> str:
    """Return "Wed 7 Jan – Fri 18 Dec", each with its year where they differ; "from Wed 7 Jan" without an end."""
    if first and last:
        begin, end = _date(first), _date(last)
        if begin.year == end.year:
            return _stretch(_without_year(begin), day(context, end))
        return _stretch(_with_year(begin), _with_year(end))
    if first:
        return _("from %(day)s") % {"day": day(context, first)}
    return _("until %(day)s") % {"day": day(context, last)} if last else ""


@register.simple_tag(takes_context=True)
def moment(context: Context, value: dt.datetime) -> str:
    """Return "Tue 8 Dec, 09:00" in the reader's time zone."""
    clock_time = format_date(timezone.localtime(value), pgettext("time format", "H:i"))
    return _("%(day)s, %(time)s") % {"day": day(context, value), "time": clock_time}


@register.simple_tag(takes_context=True)
def days_away(context: Context, value: Day) -> str:
    """Return how far a day is: "today", "tomorrow", "in 7 days", "3 days ago"."""
    days = (_date(value) - _today(context)).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if days in near:
        return near[days]
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}


@register.filter
def figure(value: Any) -> str:
    """Return a number with the reader's separators and no empty decimals: 1,250,000; 14.5."""
    if value is None or value == "":
        return ""
    number = Decimal(str(value))
    plain = number.to_integral_value() if number == number.to_integral_value() else number.normalize()
    return formats.number_format(plain, force_grouping=True)
