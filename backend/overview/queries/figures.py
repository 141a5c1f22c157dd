"""Every figure of programs, on the day of each: what the page, the API, the portfolio and the history all tell."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from backend.overview.indicators import confidence
from backend.overview.indicators.confidence import DueMilestones, Rating
from core.exceptions import Unreckonable
from core.faults import each_apart
from programs import indicators
from programs.choices import ENDED_OUTCOMES, RUNNING_PHASES, OutcomeStatus, PhaseStatus, ProgramStatus
from programs.indicators import Freshness, Share
from programs.models import Measure, Phase, Program
from programs.queries import figures as measures
from programs.queries.days import Days
from workstreams.choices import MilestoneState
from workstreams.queries import phase_ends, raid, slips
from workstreams.queries import promises as kept_promises
from workstreams.queries.network import Network
from workstreams.queries.promises import Kept
from workstreams.queries.raid import Risk
from workstreams.queries.slips import Parity

Row = dict[str, Any]
# A first reading that is wanted tells that nobody measures.
_WANTED = (Freshness.DUE, Freshness.STALE)


@dataclass(frozen=True)
class Figures:
    """The figures of one program on a day; its rows are in the order they are shown."""

    today: dt.date
    status: str
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
    def told(self) -> list[Row]:
        """The unfinished measures that tell something: read, or with a first reading that is due or stale."""
        return [row for row in self.unfinished if row["latest_on"] or row["figures"].freshness in _WANTED]

    @property
    def on_track(self) -> Share:
        """How many of those were read, are known to stand where they should, and are not stale."""
        return Share(part=sum(row["figures"].is_on_track for row in self.told), whole=len(self.told))

    @property
    def late(self) -> list[Row]:
        """The milestones still to be reached that are past their day, or expected after their baseline."""
        return [row for row in self.milestones if row["is_late"]]

    @property
    def latest_phase(self) -> Row | None:
        """The phase under way, or overdue to start, that is furthest beyond its baseline."""
        moving = [row for row in self.phases if row["status"] in RUNNING_PHASES or row["is_overdue_to_start"]]
        known = [row for row in moving if row["variance_days"] is not None]
        return max(known, key=lambda row: row["variance_days"], default=None)

    @property
    def due_milestones(self) -> list[Row]:
        """The milestones due by baseline of phases that were not stopped."""
        return [row for row in self.milestones if row["is_due"] and row["phase_status"] != PhaseStatus.STOPPED]

    @property
    def overdue_milestones(self) -> list[Row]:
        """Those of them whose baseline is past and that are still to be reached, the longest overdue first."""
        still_open = [row for row in self.due_milestones if row["state"] == MilestoneState.PLANNED]
        past = [row for row in still_open if row["baseline_on"] < self.today]
        return sorted(past, key=lambda row: (row["baseline_on"], row["pk"]))

    @cached_property
    def ratings(self) -> dict[str, Rating]:
        """The ratings that there is data for."""
        phase, due, overdue = self.latest_phase, self.due_milestones, self.overdue_milestones
        still_open = sum(row["state"] == MilestoneState.PLANNED for row in due)
        return confidence.ratings(
            {
                "outcomes": self.on_track.fraction,
                "schedule": None if phase is None else Fraction(phase["variance_days"]),
                "parity": self.parity.points,
                "promises": self.kept.recent.ppc,
                "risks": None if self.risk is None else Fraction(self.risk.score),
            },
            milestones=DueMilestones(
                due=len(due),
                still_open=still_open,
                worst_days=(self.today - overdue[0]["baseline_on"]).days if overdue else 0,
            ),
        )

    @property
    def rating(self) -> Rating | None:
        """The word over the ratings; None where the program is not active, or where they do not carry one."""
        return confidence.overall(self.ratings) if self.status == ProgramStatus.ACTIVE else None


def figures(days: Days, networks: Mapping[int, Network] | None = None) -> dict[int, Figures]:
    """Return the figures of programs, each on its own day, in eleven queries whatever their number and size.

    One less where who asks has the networks of the programs at hand. A program that cannot be reckoned is left out.
    """
    return each_apart(days, lambda some: _figures({pk: days[pk] for pk in some}, networks))


def _figures(wanted: Days, networks: Mapping[int, Network] | None) -> dict[int, Figures]:
    milestones = slips.milestones(wanted, networks) if wanted else {}
    days = {pk: wanted[pk] for pk in milestones}
    if not days:
        return {}
    kept = kept_promises.kept(days)
    phases, measured = _phases(days, milestones), _measures(days)
    risks = raid.highest_risks(days)
    statuses = dict(Program.objects.filter(pk__in=days).values_list("pk", "status"))
    return {
        pk: Figures(today, statuses[pk], phases[pk], measured[pk], milestones[pk], kept[pk], risks.get(pk))
        for pk, today in days.items()
    }


def program_figures(program_id: int, today: dt.date, network: Network | None = None) -> Figures:
    """Return the figures of one program on a day, in eleven queries; in ten with its network at hand.

    Raises:
        core.exceptions.Unreckonable: where a row of it cannot be reckoned from.
    """
    try:
        return figures({program_id: today}, {program_id: network} if network else None)[program_id]
    except KeyError as missing:
        raise Unreckonable(why="") from missing


def _phases(days: Days, milestones: Mapping[int, Sequence[Row]]) -> dict[int, list[Row]]:
    """Return phases with their ends on the day of each program, in two queries."""
    open_on = phase_ends.still_to_reach(row for rows in milestones.values() for row in rows)
    reviews = phase_ends.reviews(days)
    rows = Phase.objects.filter(program_id__in=days).order_by("position", "pk")
    found: dict[int, list[Row]] = {pk: [] for pk in days}
    for row in rows.values("program_id", "pk", "code", "name", *phase_ends.COLUMNS):
        pk, today = row["pk"], days[row["program_id"]]
        ends = phase_ends.dated(row, today, milestones_on=open_on.get(pk, ()), review_on=reviews.get(pk))
        found[row["program_id"]].append({**row, **ends})
    return found


def _measures(days: Days) -> dict[int, list[Row]]:
    """Return active measures with where they stand, each on the day of its program, in two queries."""
    active = Measure.objects.filter(program_id__in=days).exclude(outcome__status=OutcomeStatus.WITHDRAWN)
    columns = ("pk", "program_id", "outcome_id", "code", "name", "kind", "unit", *measures.COLUMNS)
    rows = list(active.order_by("pk").values(*columns, **measures.newest_columns()))
    steps = measures.steps_of([row["pk"] for row in rows])
    found: dict[int, list[Row]] = {pk: [] for pk in days}
    for row in rows:
        today = days[row["program_id"]]
        found[row["program_id"]].append({**row, "figures": measures.figures(row, steps[row["pk"]], today)})
    return found
