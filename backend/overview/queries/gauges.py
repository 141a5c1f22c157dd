"""Money and staffing against time, as a program's page draws them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from backend.overview.queries.program import time_share
from programs.queries import heads

WHOLE = 100


@dataclass(frozen=True)
class Gauge:
    """A part of a whole, and how much of the time is over beside it; shares in percent."""

    label: str
    part: Decimal
    whole: Decimal
    unit: str
    share: int
    time: int | None

    @property
    def width(self) -> int:
        """How far the bar reaches: no farther than its end."""
        return min(self.share, WHOLE)

    @property
    def is_over(self) -> bool:
        """Tell whether there is more than planned."""
        return self.share > WHOLE


@dataclass(frozen=True)
class Forecast:
    """What a program will have cost when it ends, as its manager said on a day; `share` is percent of the budget."""

    amount: Decimal
    on: dt.date
    reason: str
    share: int | None

    @property
    def is_over(self) -> bool:
        """Tell whether that is more than the budget."""
        return self.share is not None and self.share > WHOLE


def forecast(head: heads.Head) -> Forecast | None:
    """Return a program's forecast at completion; None where nobody said one."""
    program = head.program
    if program.forecast_at_completion is None or program.forecast_at_completion_on is None:
        return None
    amount, budget = program.forecast_at_completion, program.budget
    share = _percent(Fraction(amount) / Fraction(budget)) if budget else None
    return Forecast(amount, program.forecast_at_completion_on, program.forecast_at_completion_reason, share)


def gauges(head: heads.Head) -> list[Gauge]:
    """Return the gauges of a program: of what has both a plan and a figure."""
    time = _percent(time_share(head))
    money = _gauge(_("Money"), head.program.spent, head.program.budget, head.program.currency, time)
    people = _gauge(
        _("Staffing"), head.program.staffing_actual, head.program.staffing_planned, _("full-time equivalents"), None
    )
    return [gauge for gauge in (money, people) if gauge is not None]


def _gauge(label: str, part: Any, whole: Any, unit: str, time: int | None) -> Gauge | None:
    if part is None or not whole:
        return None
    share = _percent(Fraction(part) / Fraction(whole))
    return Gauge(label, part, whole, unit, share or 0, time)


def _percent(share: Fraction | None) -> int | None:
    return None if share is None else round(share * WHOLE)
