"""The checklist of a gate, from values alone: each line says how much of how much is well, and names what is not."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

# By how many points the share of the money spent may run ahead of the share of the time gone.
MONEY_AHEAD = 10


@dataclass(frozen=True)
class Line:
    """One line of a checklist; `is_well` is None where there is nothing to tell it from."""

    check: str
    is_well: bool | None
    done: int | None
    total: int | None
    names: tuple[str, ...] = ()


def tally(check: str, *, done: int, total: int, wrong: Sequence[str], is_needed: bool = False) -> Line:
    """Return a line that is well where nothing is wrong; of nothing at all it is not, if it `is_needed`."""
    is_well: bool | None = not wrong
    if total == 0:
        is_well = False if is_needed else None
    return Line(check, is_well, done, total, tuple(wrong))


def money(
    check: str,
    *,
    spent: Decimal | None,
    budget: Decimal | None,
    start_on: dt.date | None,
    end_on: dt.date | None,
    today: dt.date,
) -> Line:
    """Return the percent of the money spent and of the time gone: well while it is not spent much faster."""
    of_money = None if not budget or spent is None else round(100 * spent / budget)
    of_time = None
    if start_on is not None and end_on is not None and end_on > start_on:
        of_time = min(max(round(100 * (today - start_on).days / (end_on - start_on).days), 0), 100)
    is_well = None if of_money is None or of_time is None else of_money <= min(of_time + MONEY_AHEAD, 100)
    return Line(check, is_well, of_money, of_time)
