"""Every figure of programs, on the day of each: what the page, the API, the portfolio and the history all tell."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from backend.overview.indicators import confidence
from backend.overview.indicators.confidence import Rating
from programs import indicators
from programs.choices import ENDED_OUTCOMES, RUNNING_PHASES, OutcomeStatus
from programs.indicators import Freshness, Share
from programs.models import Measure, Phase
from programs.queries import figures as measures
from programs.queries.days import Days
from workstreams.queries import promises as kept_promises
from workstreams.queries import raid, slips
from workstreams.queries.network import Network
from workstreams.queries.promises import Kept
from workstreams.queries.raid import Risk
from workstreams.queries.slips import Parity

Row = dict[str, Any]


@dataclass(frozen=True)
class Figures:
    """The figures of one program on a day; its rows are in the order they are shown."""

    today: dt.date
    phases: Sequence[Row]
    # Active ones: those whose outcome is not withdrawn. `figures` of each is where it stands.
    measures: Sequence[Row]
    milestones: Sequence[Row]
    kept: Kept
    risk: Risk | None

    @cached_property
    def parity(self) -> Parity:
        """Whether change keeps pace with the project."""
        return slips.parity(self.milestones)

    @property
    def behaviour(self) -> Share:
        """How many of the measures tell what customers do."""
        return indicators.customer_behaviour_share([row["kind"] for row in self.measures])

    @property
    def unfinished(self) -> list[Row]:
        """The measures whose outcome is still to be reached."""
        return [row for row in self.measures if row["outcome__status"] not in ENDED_OUTCOMES]

    @property
    def behind(self) -> list[Row]:
        """The unfinished measures that are behind what was expected of them."""
        return [row for row in self.unfinished if row["figures"].is_behind]

    @property
    def stale(self) -> list[Row]:
        """The unfinished measures whose newest reading is too old to go by."""
        return [row for row in self.unfinished if row["figures"].freshness == Freshness.STALE]

    @property
    def on_track(self) -> Share:
        """How many of the unfinished measures are neither behind nor stale."""
        off = {row["pk"] for row in (*self.behind, *self.stale)}
        return Share(part=len(self.unfinished) - len(off), whole=len(self.unfinished))

    @property
    def has_readings(self) -> bool:
        """Tell whether any unfinished measure was read."""
        return any(row["figures"].attainment is not None for row in self.unfinished)

    @property
    def late(self) -> list[Row]:
        """The milestones still to be reached that are past their day, or expected after their baseline."""
        return [row for row in self.milestones if row["is_late"]]

    @property
    def latest_phase(self) -> Row | None:
        """The phase under way that ends furthest beyond its baseline."""
        known = [row for row in self.phases if row["status"] in RUNNING_PHASES and row["variance_days"] is not None]
        return max(known, key=lambda row: row["variance_days"], default=None)

    @cached_property
    def ratings(self) -> dict[str, Rating]:
        """The ratings that there is data for."""
        phase = self.latest_phase
        values: Mapping[str, Fraction | None] = {
            "outcomes": self.on_track.fraction if self.has_readings else None,
            "schedule": None if phase is None else Fraction(phase["variance_days"]),
            "parity": self.parity.points,
            "promises": self.kept.recent.ppc,
            "risks": None if self.risk is None else Fraction(self.risk.score),
        }
        return confidence.ratings(values)

    @property
    def rating(self) -> Rating | None:
        """The word over the ratings; None where there is no data at all."""
        return confidence.overall(list(self.ratings.values()))


def figures(days: Days, networks: Mapping[int, Network] | None = None) -> dict[int, Figures]:
    """Return the figures of programs, each on its own day, in nine queries whatever their number and size.

    One less where who asks has the networks of the programs at hand.
    """
    if not days:
        return {}
    phases, measured = _phases(days), _measures(days)
    milestones, kept = slips.milestones(days, networks), kept_promises.kept(days)
    risks = raid.highest_risks(days)
    return {
        pk: Figures(today, phases[pk], measured[pk], milestones[pk], kept[pk], risks.get(pk))
        for pk, today in days.items()
    }


def program_figures(program_id: int, today: dt.date, network: Network | None = None) -> Figures:
    """Return the figures of one program on a day, in nine queries; in eight with its network at hand."""
    return figures({program_id: today}, {program_id: network} if network else None)[program_id]


def _phases(days: Days) -> dict[int, list[Row]]:
    rows = Phase.objects.filter(program_id__in=days).order_by("position", "pk")
    columns = ("program_id", "pk", "code", "name", "status", "baseline_end_on", "forecast_end_on", "actual_end_on")
    found: dict[int, list[Row]] = {pk: [] for pk in days}
    for row in rows.values(*columns):
        end_on = row["actual_end_on"] or row["forecast_end_on"]
        variance = indicators.schedule_variance_days(baseline_end_on=row["baseline_end_on"], end_on=end_on)
        found[row["program_id"]].append({**row, "variance_days": variance})
    return found


def _measures(days: Days) -> dict[int, list[Row]]:
    """Return active measures with where they stand, each on the day of its program, in two queries."""
    active = Measure.objects.filter(program_id__in=days).exclude(outcome__status=OutcomeStatus.WITHDRAWN)
    columns = ("pk", "program_id", "outcome_id", "code", "name", "kind", "unit", *measures.COLUMNS)
    rows = list(active.order_by("pk").values(*columns, **measures.NEWEST))
    steps = measures.steps_of([row["pk"] for row in rows])
    found: dict[int, list[Row]] = {pk: [] for pk in days}
    for row in rows:
        today = days[row["program_id"]]
        found[row["program_id"]].append({**row, "figures": measures.figures(row, steps[row["pk"]], today)})
    return found
