"""The facts of a program that a debrief begins with: its phases, what is late, promises kept, outcomes on track."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from programs import queries as programs
from programs.choices import ENDED_OUTCOMES, PhaseStatus
from programs.models import Phase, Program
from workstreams.choices import MilestoneState
from workstreams.indicators import Promises
from workstreams.models import Milestone
from workstreams.queries import dates, promises
from workstreams.queries import network as networks

Row = dict[str, Any]
_BEHIND, _ON_TRACK, _UNREAD = "behind", "on_track", "unread"


@dataclass(frozen=True)
class Status:
    """Where a program stands on a day; late milestones the latest first, outcomes by whether they are on track."""

    today: dt.date
    phases: list[Row]
    late: list[Row]
    promises: Promises
    outcomes: dict[str, list[Row]]

    @property
    def on_track(self) -> list[Row]:
        """The outcomes whose read measures are all where they were expected."""
        return self.outcomes[_ON_TRACK]

    @property
    def behind(self) -> list[Row]:
        """The outcomes with a measure that is behind."""
        return self.outcomes[_BEHIND]

    @property
    def unread(self) -> list[Row]:
        """The outcomes of which nothing was read: no data, which is neither."""
        return self.outcomes[_UNREAD]


def status(program: Program, today: dt.date) -> Status:
    """Return where a program stands, in a fixed number of queries."""
    return Status(
        today=today,
        phases=_phases(program.pk),
        late=_late(program.pk, today),
        promises=promises.kept({program.pk: today})[program.pk].promises,
        outcomes=_outcomes(program.pk, today),
    )


def _phases(program_id: int) -> list[Row]:
    rows = Phase.objects.filter(program_id=program_id).order_by("position", "pk")
    columns = ("code", "name", "status", "actual_end_on", "forecast_end_on", "baseline_end_on")
    return [
        {
            **row,
            "status_label": PhaseStatus(row["status"]).label,
            "end_on": row["actual_end_on"] or row["forecast_end_on"] or row["baseline_end_on"],
        }
        for row in rows.values(*columns)
    ]


def _late(program_id: int, today: dt.date) -> list[Row]:
    """Return the milestones that are late, each with the days by which it is."""
    network = networks.network(program_id, today)
    rows = Milestone.objects.filter(program_id=program_id, state=MilestoneState.PLANNED).order_by("due_on", "pk")
    found = [{**row, **dates.dated(row, network)} for row in rows.values("pk", "code", "name", *dates.COLUMNS)]
    return sorted((row for row in found if row["days_late"]), key=lambda row: -row["days_late"])


def _outcomes(program_id: int, today: dt.date) -> dict[str, list[Row]]:
    """Return the outcomes that are still to be reached, by whether their measures are where they were expected."""
    measures = programs.active_measures(program_id).exclude(outcome__status__in=ENDED_OUTCOMES)
    named = {"outcome_code": F("outcome__code"), "statement": F("outcome__statement")}
    words: dict[str, set[str]] = {}
    outcomes: dict[str, Row] = {}
    for row in programs.measured(measures, today, **named):
        outcomes[row["outcome_code"]] = {"code": row["outcome_code"], "statement": row["statement"]}
        words.setdefault(row["outcome_code"], set()).add(row["figures"].word)
    found: dict[str, list[Row]] = {_ON_TRACK: [], _BEHIND: [], _UNREAD: []}
    for code, said in words.items():
        read = said - {"none"}
        found[_UNREAD if not read else _BEHIND if "behind" in read else _ON_TRACK].append(outcomes[code])
    return found
