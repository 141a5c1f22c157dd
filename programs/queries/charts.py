"""One outcome, whole: its measures over time, what feeds it, what was said about it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import F, QuerySet

from backend.overview.indicators import chart
from backend.overview.indicators.chart import Chart, Course
from backend.overview.queries.plan import Row, dated
from core import exceptions
from core.accounts.models import User
from core.audit import queries as audit
from core.audit import registry
from programs import queries
from programs.choices import ENDED_OUTCOMES, MeasureKind
from programs.indicators import MAINTAIN, Freshness, clamped
from programs.models import Measure, Measurement, Outcome
from programs.queries import Figures, name_of
from workstreams.choices import ActionState, MilestoneState
from workstreams.models import ActionItem, Milestone

MOST_READINGS, MOST_FEEDING, MOST_ENTRIES = 500, 200, 50
# As wide as the page's column, and as a phone: each keeps its words at their size.
SIZES = {"wide": {"width": 760, "height": 240, "gutter": 150}, "narrow": {"width": 328, "height": 210, "gutter": 92}}
_COLUMNS = (
    "name", "kind", "unit", "source", "owner_id", "version", "outcome_id", "outcome__code", "outcome__statement",
)  # fmt: skip


def outcome_for(person: User, reference: str) -> Outcome:
    """Return the outcome that a reference names, with its program, phase and owner.

    Raises:
        core.exceptions.NotFound: when there is none that the person may see.
    """
    rows = Outcome.objects.visible_to(person).named(reference).select_related("program", "phase", "owner")
    outcome = rows.first()
    if outcome is None:
        raise exceptions.NotFound
    return outcome


def measure_for(person: User, reference: str) -> Measure:
    """Return the measure that a reference names, with its program and outcome.

    Raises:
        core.exceptions.NotFound: when there is none that the person may see.
    """
    rows = Measure.objects.visible_to(person).named(reference).select_related("program", "outcome", "owner")
    measure = rows.first()
    if measure is None:
        raise exceptions.NotFound
    return measure


def reading_for(person: User, pk: int) -> Measurement:
    """Return a reading with its measure.

    Raises:
        core.exceptions.NotFound: when there is none that the person may see.
    """
    readings = Measurement.objects.filter(measure__program__memberships__person_id=person.pk, pk=pk)
    reading = readings.select_related("measure__program", "measure__outcome").first()
    if reading is None:
        raise exceptions.NotFound
    return reading


def measures_named(person: User, key: str) -> QuerySet[Measure]:
    """Return the measures of one of a person's programs, with the program."""
    return Measure.objects.visible_to(person).filter(program__key=key).select_related("program")


def planned_steps_of(measure: Measure) -> list[tuple[dt.date, Decimal]]:
    """Return the planned values of a measure as days with plain numbers."""
    steps = measure.steps.order_by("on").values_list("on", "value")
    return [(on, value) for on, value in steps]


def plain(number: Decimal | None) -> Decimal | None:
    """Return a number without empty decimals."""
    if number is None:
        return None
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize()


@dataclass(frozen=True)
class Measured:
    """A measure on its page: its row, its figures, its readings (the newest first) and its pictures."""

    row: Row
    readings: list[Row]
    charts: dict[str, Chart]

    @property
    def has_corrected(self) -> bool:
        """Tell whether a reading was corrected, so that the legend says what a hollow point is."""
        return any(reading["superseded_by_id"] for reading in self.readings)

    @property
    def figures(self) -> Figures:
        """Where it stands."""
        figures: Figures = self.row["figures"]
        return figures


def measures_of(outcome: Outcome, today: dt.date) -> list[Measured]:
    """Return the measures of an outcome with all that their pictures need, customer behaviour first: three queries."""
    rows = queries.measured(outcome.measures.order_by("pk"), today, *_COLUMNS, owner_name=F("owner__name"))
    readings = _readings([row["pk"] for row in rows])
    found = [
        Measured(
            row=shown(row),
            readings=readings[row["pk"]][:MOST_READINGS],
            charts=_charts(row["figures"], readings[row["pk"]], today),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.row["is_behaviour"])


def shown(row: Row) -> Row:
    """Return a measure's row with its figures in words: percents, the value expected, whether it is stale."""
    figures: Figures = row["figures"]
    return row | {
        "is_behaviour": row["kind"] == MeasureKind.CUSTOMER_BEHAVIOUR,
        "kind_label": MeasureKind(row["kind"]).label,
        "attained_percent": percent(figures.attainment),
        "expected_percent": percent(figures.expected),
        "expected_value": None if figures.expected_value is None else rounded(figures.expected_value, row),
        "attained_bar": _bar(figures.attainment),
        "expected_bar": None if figures.goal.direction == MAINTAIN else _bar(figures.expected),
        "is_stale": figures.freshness == Freshness.STALE,
        "is_due": figures.freshness == Freshness.DUE,
        "is_over": row["outcome__status"] in ENDED_OUTCOMES,
    }


def _bar(fraction: Fraction | None) -> float | None:
    """Return how far a bar reaches, in hundredths of its length."""
    return None if fraction is None else round(float(clamped(fraction)) * 100, 1)


def percent(fraction: Fraction | None) -> Decimal | None:
    """Return a fraction in percent, with one decimal."""
    return None if fraction is None else (Decimal(round(fraction * 1000)) / 10).quantize(Decimal("0.1"))


def rounded(value: Fraction, row: Row) -> Decimal:
    """Return a computed value with one decimal more than the measure's own numbers are written with."""
    own = [row["baseline"], row["target"], row["latest_value"]]
    digits = [-int(number.normalize().as_tuple().exponent) for number in own if number is not None]
    places = max([0, *digits]) + 1
    return round(Decimal(value.numerator) / Decimal(value.denominator), places)


def _readings(measure_ids: list[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {pk: [] for pk in measure_ids}
    rows = Measurement.objects.filter(measure_id__in=measure_ids).order_by("-measured_on", "-pk")
    columns = ("pk", "measure_id", "value", "measured_on", "recorded_on", "note", "evidence_url", "supersedes_id")
    for row in rows.values(*columns, by_name=name_of("recorded_by"), superseded_by_id=F("superseded_by__id")):
        found[row["measure_id"]].append(row)
    return found


def _charts(figures: Figures, readings: list[Row], today: dt.date) -> dict[str, Chart]:
    points = [
        chart.Reading(row["pk"], row["measured_on"], Fraction(row["value"]), row["superseded_by_id"] is not None)
        for row in readings
    ]
    course = _course(figures)
    drawn = {name: chart.draw(points, course, today=today, **size) for name, size in SIZES.items()}
    return {name: picture for name, picture in drawn.items() if picture is not None}


def _course(figures: Figures) -> Course:
    goal = figures.goal
    if goal.direction == MAINTAIN:
        band = None if goal.low is None or goal.high is None else (goal.low, goal.high)
        days = [(on, goal.baseline) for on in (goal.starts_on, goal.target_on) if on and goal.baseline is not None]
        limits = {"high": band[1], "low": band[0]} if band else {}
        return Course(expected=days if band else (), levels=limits, band=band)
    levels = {
        name: value for name, value in (("baseline", goal.baseline), ("target", goal.target)) if value is not None
    }
    if goal.baseline is None or goal.target is None or goal.starts_on is None or goal.target_on is None:
        return Course(levels=levels)
    inside = [(on, value) for on, value in sorted(goal.steps) if goal.starts_on < on < goal.target_on]
    return Course(expected=[(goal.starts_on, goal.baseline), *inside, (goal.target_on, goal.target)], levels=levels)


def feeding(outcome: Outcome, today: dt.date) -> tuple[list[Row], list[Row]]:
    """Return the action items that serve an outcome, and the milestones, theirs and those of its phase: two queries."""
    items = ActionItem.objects.filter(outcome=outcome).order_by("due_on", "pk")
    columns = ("code", "title", "state", "due_on", "promised_for", "milestone_id")
    actions = [
        row
        | {
            "state_label": ActionState(row["state"]).label,
            "is_overdue": row["state"] == ActionState.COMMITTED and row["promised_for"] < today,
        }
        for row in items.values(*columns, performer_name=F("performer__name"))[:MOST_FEEDING]
    ]
    served = {row["milestone_id"]: row["code"] for row in actions if row["milestone_id"]}
    milestones = Milestone.objects.exclude(state=MilestoneState.CANCELLED)
    near = milestones.filter(pk__in=served) | milestones.filter(phase_id=outcome.phase_id)
    dates = ("pk", "code", "name", "state", "baseline_on", "due_on", "actual_on", "phase_id")
    found = near.order_by("due_on", "pk").values(*dates, owner_name=F("owner__name"), phase_code=F("phase__code"))
    return actions, [row | dated(row, today) | {"through": served.get(row["pk"], "")} for row in found[:MOST_FEEDING]]


def history(outcome: Outcome, measures: list[Measured]) -> list[Row]:
    """Return what was said about an outcome and its measures, the newest first, in words."""
    subjects = [f"outcome:{outcome.pk}", *(f"measure:{one.row['pk']}" for one in measures)]
    return [
        entry
        | {
            "sentence": registry.in_words(
                entry["verb"], by=entry["by_name"] or "", what=entry["label"] or entry["subject"]
            )
        }
        for entry in audit.history_of_subjects(subjects, limit=MOST_ENTRIES)
    ]
