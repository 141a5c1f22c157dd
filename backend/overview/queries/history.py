"""How the figures of a program moved: what a day's snapshot keeps of them, and the days as small lines and a table."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.overview.indicators import trend
from backend.overview.indicators.trend import Trend
from backend.overview.models import Snapshot
from backend.overview.queries.figures import Figures
from programs.choices import Rating
from programs.indicators import Share
from programs.queries import heads
from workstreams.indicators import Side, parity_points

Row = Mapping[str, Any]
# Half a year of days.
MOST_DAYS = 183
# What a program says of itself, kept as it was that day.
OF_THE_PROGRAM = ("spent", "budget", "staffing_actual", "staffing_planned")
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Kind:
    """A figure: its name, its value of a day's row, how it is written, and the page of its rows."""

    name: Any
    of: Callable[[Row], Fraction | None]
    write: Callable[[Fraction], str]
    page: str
    query: str = ""


@dataclass(frozen=True)
class Moved:
    """A figure now, how it moved, and the address of the rows it was computed from."""

    name: Any
    now: str
    then: str
    url: str
    trend: Trend | None
    is_known: bool


@dataclass(frozen=True)
class History:
    """The figures of a program over its days: each with its line, and all days as a table, the newest first."""

    figures: list[Moved]
    days: list[tuple[dt.date, str, list[str]]]


def history(found: Figures, head: heads.Head) -> History:
    """Return how the figures of a program moved until today, in one query; `head` is the program as it is now."""
    since = found.today - dt.timedelta(days=MOST_DAYS)
    kept = Snapshot.objects.filter(program_id=head.pk, on__gt=since, on__lt=found.today).order_by("on")
    program = {name: getattr(head.program, name) for name in OF_THE_PROGRAM}
    rows: list[Row] = [*kept.values(), kept_of(found, program)]
    return History(
        figures=[_moved(kind, rows, head.key) for kind in KINDS],
        days=[(row["on"], _rating(row), [_written(kind, row) for kind in KINDS]) for row in reversed(rows)],
    )


def _moved(kind: Kind, rows: list[Row], key: str) -> Moved:
    line = trend.trend([(row["on"], kind.of(row)) for row in rows])
    url = reverse(kind.page, args=[key]) + kind.query
    then = "" if line is None else kind.write(line.first)
    return Moved(kind.name, _written(kind, rows[-1]), then, url, line, is_known=kind.of(rows[-1]) is not None)


def _written(kind: Kind, row: Row) -> str:
    value = kind.of(row)
    return _("no data") if value is None else kind.write(value)


def _rating(row: Row) -> str:
    return str(Rating(row["rating"]).label) if row["rating"] else ""


def _share(part: str, whole: str) -> Callable[[Row], Fraction | None]:
    return lambda row: Share(row[part], row[whole]).fraction


def _part(part: str, whole: str) -> Callable[[Row], Fraction | None]:
    return lambda row: None if row[part] is None or not row[whole] else Fraction(row[part]) / Fraction(row[whole])


def _number(column: str) -> Callable[[Row], Fraction | None]:
    return lambda row: None if row[column] is None else Fraction(row[column])


def _parity(row: Row) -> Fraction | None:
    change, project = (Side(row[f"{side}_reached"], row[f"{side}_due"]) for side in ("change", "project"))
    return parity_points(change=change, project=project)


def _percent(share: Fraction) -> str:
    return _("%(n)d %%") % {"n": round(share * 100)}


def _days(days: Fraction) -> str:
    return _("%(n)s days") % {"n": f"{'+' if days > 0 else ''}{_decimal(days)}"}


def _points(points: Fraction) -> str:
    return _("%(n)s points") % {"n": f"{'+' if points > 0 else ''}{_decimal(points)}"}


def _decimal(number: Fraction) -> str:
    return formats.number_format(round(float(number), 1), 0 if round(float(number), 1).is_integer() else 1)


ACTIONS, MILESTONES, OUTCOMES = "workstreams:actions", "workstreams:milestones", "programs:outcomes"
DUE = "?state=due&discipline"
ABOUT = ("overview:program", "#about")
KINDS = (
    Kind(gettext_lazy("Measures on track"), _share("on_track", "unfinished"), _percent, OUTCOMES),
    Kind(gettext_lazy("Measures of what customers do"), _share("behaviour", "measures"), _percent, OUTCOMES),
    Kind(gettext_lazy("Worst phase, beyond its baseline"), _number("variance_days"), _days, "workstreams:phases"),
    Kind(gettext_lazy("Parity, change less project"), _parity, _points, MILESTONES, "?state=due"),
    Kind(gettext_lazy("Mean slip, change"), _number("change_slip_days"), _days, MILESTONES, f"{DUE}=change"),
    Kind(gettext_lazy("Mean slip, project"), _number("project_slip_days"), _days, MILESTONES, f"{DUE}=project"),
    Kind(gettext_lazy("Promises kept"), _share("kept", "promises_due"), _percent, ACTIONS, "?state=due"),
    Kind(gettext_lazy("Requests committed to"), _share("committed", "answered"), _percent, ACTIONS),
    Kind(gettext_lazy("Highest risk, of 25"), _number("risk_score"), _decimal, "workstreams:raid", "?state=open"),
    Kind(gettext_lazy("Money spent, of the budget"), _part("spent", "budget"), _percent, *ABOUT),
    Kind(gettext_lazy("Staffing, of what is planned"), _part("staffing_actual", "staffing_planned"), _percent, *ABOUT),
)


def kept_of(found: Figures, program: Row) -> dict[str, Any]:
    """Return what a snapshot keeps of figures, and of what a program says of its money and staffing."""
    phase, kept, parity = found.latest_phase, found.kept, found.parity
    return {
        "on": found.today,
        "rating": found.rating or "",
        "on_track": found.on_track.part,
        "unfinished": found.on_track.whole,
        "behaviour": found.behaviour.part,
        "measures": found.behaviour.whole,
        "variance_days": None if phase is None else phase["variance_days"],
        "change_reached": parity.change.achieved,
        "change_due": parity.change.due,
        "project_reached": parity.project.achieved,
        "project_due": parity.project.due,
        "change_slip_days": _rounded(parity.change.mean_slip_days),
        "project_slip_days": _rounded(parity.project.mean_slip_days),
        "kept": kept.promises.kept,
        "promises_due": kept.promises.due,
        "committed": kept.commitments.committed,
        "answered": kept.commitments.answered,
        "risk_score": None if found.risk is None else found.risk.score,
        **{name: program[name] for name in OF_THE_PROGRAM},
    }


def _rounded(days: Fraction | None) -> Decimal | None:
    return None if days is None else (Decimal(days.numerator) / Decimal(days.denominator)).quantize(_CENT)
