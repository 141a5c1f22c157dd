"""The days of a milestone, reckoned in one place: whatever names one, a page, file, mail or API answer, asks here."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import ngettext

from workstreams import indicators
from workstreams.choices import MilestoneState
from workstreams.queries.network import Network

# What a row has to bring besides its number.
COLUMNS = ("state", "baseline_on", "due_on", "actual_on")
# The days of a phase, each with the one that takes its place: actual, else forecast, else baseline.
PHASE_STARTS = ("actual_start_on", "forecast_start_on", "baseline_start_on")
PHASE_ENDS = ("actual_end_on", "forecast_end_on", "baseline_end_on")
SOON = dt.timedelta(days=28)

Row = dict[str, Any]
_LABELS = {state.value: state.label for state in MilestoneState}


def outside_phase(days: Mapping[str, Any], phase: Mapping[str, Any]) -> str:
    """Tell on which side of its phase a milestone to be reached is expected: "before", "after", or "" within it.

    Args:
        days: the milestone's state, and the day on which it is expected.
        phase: its days: actual, forecast and baseline, of start and end.
    """
    if days["state"] != MilestoneState.PLANNED:
        return ""
    start_on, end_on = (
        next((phase[name] for name in names if phase[name]), None) for names in (PHASE_STARTS, PHASE_ENDS)
    )
    return indicators.side_of(days["expected_on"], start_on, end_on)


def dated(row: Mapping[str, Any], network: Network, *, key: str = "pk") -> Row:
    """Return what follows from a milestone's row and its program's network on a day.

    Attributes:
        expected_on: when it is expected, what it waits for included; of one that is reached the day it was.
        on: the day to name: the same, but what nothing pushes stands where it was due when that day has passed.
        slip: days from the baseline to the day expected; negative is early.
        days_late: days by which one still to be reached is overdue, or was moved beyond its baseline; 0 when neither.
        days_overdue: days since the day on which it was due; 0 while that has not passed.
        days_moved: days by which its day to come is beyond its baseline; 0 where it is not, or is overdue.
        pushed_by: the number of the milestone that pushes it; None where its owner's word stands.
    """
    expected = network.expected.get(row[key])
    is_open = row["state"] == MilestoneState.PLANNED
    # A milestone that is cancelled, or was added since the network was read, is expected when its owner says.
    expected_on = expected.on if expected else row["actual_on"] or row["due_on"]
    due_on = expected_on if is_open and expected_on > network.today else row["due_on"]
    late = indicators.days_late(baseline_on=row["baseline_on"], due_on=due_on, today=network.today) if is_open else 0
    is_overdue = is_open and row["due_on"] < network.today
    return {
        "expected_on": expected_on,
        "on": row["actual_on"] or due_on,
        "slip": indicators.slip_days(baseline_on=row["baseline_on"], due_on=expected_on, actual_on=row["actual_on"]),
        "days_late": late,
        "days_moved": 0 if is_overdue else late,
        "pushed_by": expected.pushed_by if expected else None,
        "is_pushed": is_open and due_on != row["due_on"],
        "is_overdue": is_overdue,
        "days_overdue": max((network.today - row["due_on"]).days, 0) if is_open else 0,
        "is_soon": is_open and network.today <= due_on <= network.today + SOON,
        "is_open": is_open,
        "is_done": row["state"] == MilestoneState.ACHIEVED,
        "state_label": _LABELS[row["state"]],
    }


def behind_in_words(row: Mapping[str, Any]) -> str:
    """Return "7 days overdue" of one past its day, "moved 35 days" of one with a later day to come, else "".

    The two are never mixed: what was moved is not late while its new day has not passed.
    """
    if row["is_overdue"]:
        days = row["days_overdue"]
        return ngettext("%(days)d day overdue", "%(days)d days overdue", days) % {"days": days}
    days = row["days_moved"]
    return ngettext("moved %(days)d day", "moved %(days)d days", days) % {"days": days} if days else ""
