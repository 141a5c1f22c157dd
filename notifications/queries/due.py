"""What falls due to be said: one SELECT a source, joined with rules, readers, working days and instants.

A sweep inserts its rows and a dry run reads them, so that both tell the same. It runs as it is on PostgreSQL and
SQLite; only the arithmetic of dates is written in two ways.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from notifications import indicators
from notifications.models import RuleStep
from notifications.registry import DeadlineSource, Forecast

MOST_FORECASTS = 5000

# Days between two dates, and a date so many days later.
_DIALECTS = {
    "postgresql": {"days": "({later} - {earlier})", "shifted": "({day} + {days})"},
    "sqlite": {
        "days": "CAST(julianday({later}) - julianday({earlier}) AS integer)",
        "shifted": "date({day}, {days} || ' days')",
    },
}

# When each reader is told on the days around now. Kept apart, as are the days of the rules: PostgreSQL takes both for
# a row where they are thousands, and would multiply them before it looks at a single subject.
_READERS = """
readers AS MATERIALIZED (
  SELECT u.id AS person_id, COALESCE(p.weekdays, %s) AS weekdays, i.day, i.starts_at, i.leaves_at
  FROM accounts_user u
  LEFT JOIN notifications_preference p ON p.person_id = u.id
  JOIN notifications_instant i ON i.zone = u.time_zone AND i.hour = COALESCE(p.hour, %s)
  WHERE u.is_active AND i.leaves_at BETWEEN %s AND %s
)
"""

_OFFSET_DAYS = """
offset_days AS MATERIALIZED (
  SELECT r.scope_id, r.role, r."offset" AS step, c.weekdays, {due_on} AS due_on,
    CASE WHEN r."offset" > 0 THEN c.after_on ELSE c.before_on END AS day
  FROM notifications_scope g
  JOIN notifications_rulestep r ON r.scope_id = g.id AND r.kind = %s AND r."offset" IS NOT NULL
  JOIN notifications_sendday c ON c.scope_id = g.id
  WHERE {scope} AND CASE WHEN r."offset" > 0 THEN c.after_on ELSE c.before_on END
    BETWEEN CASE WHEN g.counts_from > r.since_on THEN g.counts_from ELSE r.since_on END AND %s
)
"""

_REPEAT_DAYS = """
repeat_days AS MATERIALIZED (
  SELECT r.scope_id, r.role, r.every, c.weekdays, c.day AS on_day, c.after_on AS day
  FROM notifications_scope g
  JOIN notifications_rulestep r ON r.scope_id = g.id AND r.kind = %s AND r.every IS NOT NULL
  JOIN notifications_sendday c ON c.scope_id = g.id AND c.after_on BETWEEN %s AND %s
  WHERE {scope} AND c.after_on >= COALESCE(g.counts_from, c.after_on) AND c.after_on >= r.since_on
)
"""

_OFFSETS = """
SELECT s.subject_id, s.scope_id, s.due_on, d.step, s.recipient_id, s.role, w.starts_at, w.leaves_at
FROM ({source}) s
JOIN offset_days d ON d.scope_id = s.scope_id AND d.role = s.role AND d.due_on = s.due_on
JOIN readers w ON w.person_id = s.recipient_id AND w.weekdays = d.weekdays AND w.day = d.day
"""

_REPEATS = """
SELECT s.subject_id, s.scope_id, s.due_on, {days} AS step, s.recipient_id, s.role, w.starts_at, w.leaves_at
FROM ({source}) s
JOIN repeat_days d ON d.scope_id = s.scope_id AND d.role = s.role AND d.on_day > s.due_on AND {days} %% d.every = 0
JOIN readers w ON w.person_id = s.recipient_id AND w.weekdays = d.weekdays AND w.day = d.day
"""


@dataclass(frozen=True)
class Window:
    """From when to when something must leave to be looked at; `reach` is by how many days a day off moves anything.

    `scope_id` narrows a dry run to one scope, which need not have been started.
    """

    first: dt.datetime
    last: dt.datetime
    reach: int
    scope_id: int | None = None

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The dates that the window touches in any time zone."""
        return self.first.date() - dt.timedelta(days=1), self.last.date() + dt.timedelta(days=1)


@dataclass(frozen=True)
class Steps:
    """What the rules ask for one kind: the roles with their offsets, and the roles that are told again and again."""

    offsets: dict[str, list[int]]
    repeating: list[str]


def steps_by_kind(scope_id: int | None = None) -> dict[str, Steps]:
    """Return what the rules of the started scopes (or of one scope) ask, by kind."""
    chosen = Q(scope__started_at__isnull=False) if scope_id is None else Q(scope_id=scope_id)
    found: dict[str, Steps] = {}
    rows = RuleStep.objects.filter(chosen).values_list("kind", "role", "offset").order_by("kind", "role").distinct()
    for kind, role, offset in rows:
        steps = found.setdefault(kind, Steps(offsets={}, repeating=[]))
        if offset is None:
            steps.repeating.append(role)
        else:
            steps.offsets.setdefault(role, []).append(offset)
    return found


def select(source: DeadlineSource, steps: Steps, window: Window) -> tuple[str, list[Any]] | None:
    """Return the SELECT of what falls due, None where nothing can, and its parameters.

    Its columns: subject_id, scope_id, due_on, step, recipient_id, role, starts_at, leaves_at.
    """
    parts = [part for part in (_offsets(source, steps, window), _repeats(source, steps, window)) if part is not None]
    if not parts:
        return None
    readers = _Part(_READERS, [*_defaults(), _stamp(window.first), _stamp(window.last)], "", [])
    tables = ",".join(part.table for part in (readers, *parts))
    found = "\nUNION ALL\n".join(part.rows for part in parts)
    params = [value for part in (readers, *parts) for value in part.table_params]
    return f"WITH {tables}\n{found}", [*params, *(value for part in parts for value in part.row_params)]


def forecasts(source: DeadlineSource, steps: Steps, window: Window) -> list[Forecast]:
    """Return what falls due as rows, at most MOST_FORECASTS."""
    statement = select(source, steps, window)
    if statement is None:
        return []
    select_sql, params = statement
    with connection.cursor() as cursor:
        # Only our own SQL is joined here; every value travels as a parameter.
        limited = f"SELECT * FROM ({select_sql}) d ORDER BY leaves_at LIMIT {MOST_FORECASTS}"  # nosec B608
        cursor.execute(limited, params)
        rows = cursor.fetchall()
    return [
        Forecast(
            kind=source.kind,
            subject_id=subject_id,
            scope_id=scope_id,
            due_on=_date(due_on),
            step=step,
            recipient_id=recipient_id,
            role=role,
            leaves_at=_instant(leaves_at),
        )
        for subject_id, scope_id, due_on, step, recipient_id, role, _starts_at, leaves_at in rows
    ]


@dataclass(frozen=True)
class _Part:
    """A table of days with its parameters, and the rows found by it with theirs."""

    table: str
    table_params: list[Any]
    rows: str
    row_params: list[Any]


def _offsets(source: DeadlineSource, steps: Steps, window: Window) -> _Part | None:
    rows = {
        role: source.roles[role].rows().filter(_near(offsets, window))
        for role, offsets in steps.offsets.items()
        if role in source.roles
    }
    if (joined := _joined(rows, window)) is None:
        return None
    sql, params = joined
    scope, scope_params = _scope(window)
    due_on = _DIALECTS[connection.vendor]["shifted"].format(day="c.day", days='-r."offset"')
    table = _OFFSET_DAYS.format(due_on=due_on, scope=scope)
    _first, last = window.days
    return _Part(table, [source.kind, *scope_params, last], _OFFSETS.format(source=sql), params)


def _repeats(source: DeadlineSource, steps: Steps, window: Window) -> _Part | None:
    first, last = window.days
    rows = {role: source.roles[role].rows().filter(due_on__lt=last) for role in steps.repeating if role in source.roles}
    if (joined := _joined(rows, window)) is None:
        return None
    sql, params = joined
    scope, scope_params = _scope(window)
    days = _DIALECTS[connection.vendor]["days"].format(later="d.on_day", earlier="s.due_on")
    table = _REPEAT_DAYS.format(scope=scope)
    return _Part(table, [source.kind, first, last, *scope_params], _REPEATS.format(source=sql, days=days), params)


def _near(offsets: Sequence[int], window: Window) -> Q:
    """Narrow due dates to those that an offset brings into the window: few spans, so that an index serves them."""
    first, last = window.days
    near = Q()
    for low, high in _spans(sorted(offsets, reverse=True), (last - first).days + 2 * window.reach):
        start = first - dt.timedelta(days=high + window.reach)
        near |= Q(due_on__range=(start, last - dt.timedelta(days=low - window.reach)))
    return near


def _spans(offsets: Sequence[int], width: int) -> Iterator[tuple[int, int]]:
    """Join falling offsets whose windows overlap: each span is (lowest, highest)."""
    high = low = offsets[0]
    for offset in offsets[1:]:
        if low - offset > width:
            yield low, high
            high = offset
        low = offset
    yield low, high


def _joined(rows: dict[str, QuerySet[Any, dict[str, Any]]], window: Window) -> tuple[str, list[Any]] | None:
    """Return the roles' queries as one, each row with its role."""
    parts: list[str] = []
    params: list[Any] = []
    for role, queryset in rows.items():
        narrowed = queryset if window.scope_id is None else queryset.filter(scope_id=window.scope_id)
        try:
            sql, values = narrowed.order_by().query.sql_with_params()
        except EmptyResultSet:
            continue
        columns = "q.subject_id, q.scope_id, q.due_on, q.recipient_id, CAST(%s AS varchar(40)) AS role"
        parts.append(f"SELECT {columns} FROM ({sql}) q")  # nosec B608
        params += [role, *values]
    return (" UNION ALL ".join(parts), params) if parts else None


def _scope(window: Window) -> tuple[str, list[Any]]:
    if window.scope_id is None:
        return "g.started_at IS NOT NULL", []
    return "g.id = %s", [window.scope_id]


def _defaults() -> tuple[int, int]:
    return indicators.mask(settings.REMINDER_WEEKDAYS), settings.REMINDER_HOUR


def _stamp(at: dt.datetime) -> object:
    """Return an instant as this database keeps it."""
    return connection.ops.adapt_datetimefield_value(at)


def _date(value: dt.date | str) -> dt.date:
    """Return a date as Python has it: SQLite gives what it keeps, a text."""
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def _instant(value: dt.datetime | str) -> dt.datetime:
    """Return an instant as Python has it: SQLite keeps UTC without saying so."""
    found = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
    return found if found.tzinfo is not None else found.replace(tzinfo=dt.UTC)
