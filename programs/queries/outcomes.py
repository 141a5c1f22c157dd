"""Outcomes as their readers see them: listed with where each measure stands, told in a sentence, one by one."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet

from core import exceptions
from core.accounts.models import User
from core.audit import queries as audit
from core.audit import registry
from programs.choices import ENDED_OUTCOMES, OutcomeStatus
from programs.indicators import percent, plain
from programs.models import Measure, Outcome
from programs.queries import heads
from programs.queries.behaviour import behaviour_trend
from programs.queries.charts import Measured
from programs.queries.figures import measured
from programs.queries.heads import Head
from programs.queries.measures import shown

Row = dict[str, Any]
_LISTED = ("code", "statement", "area", "status", "is_dis_benefit", "closing_note")
_MEASURES = ("name", "kind", "unit", "outcome_id")
# What a row of the file tells of a measure: its numbers, and the rest.
NUMBERS = ("baseline", "target", "low", "high", "latest_value")
FACTS = (
    *("code", "name", "kind", "unit", "direction", "owner_name", "baseline_on", "target_on", "latest_on"),
    *("attained_percent", "expected_percent"),
)
MOST_ENTRIES = 50


def outcome_for(person: User, reference: str) -> Outcome:
    """Return the outcome that a reference names, with its program, phase and owner.

    Raises:
        core.exceptions.NotFound: when there is none that the person may see.
    """
    outcome = _named(person, reference).first()
    if outcome is None:
        raise exceptions.NotFound
    return outcome


def outcome_with_head(person: User, reference: str, at: dt.datetime) -> tuple[Outcome, Head]:
    """Return the outcome that a reference names, and the head of its program's pages, in one query.

    Raises:
        core.exceptions.NotFound: when there is none that the person may see.
    """
    outcome = _named(person, reference).annotate(reader_role=F("program__memberships__role")).first()
    if outcome is None:
        raise exceptions.NotFound
    return outcome, heads.of_program(outcome.program, person, role=outcome.reader_role, at=at)


def _named(person: User, reference: str) -> QuerySet[Outcome]:
    return Outcome.objects.visible_to(person).named(reference).select_related("program", "phase", "owner")


def outcomes(program_id: int, today: dt.date) -> list[Row]:
    """Return a program's outcomes by phase, each with its measures, in three queries."""
    measures = Measure.objects.filter(program_id=program_id).order_by("pk")
    return with_measures(program_id, measured(measures, today, *_MEASURES, owner_name=F("owner__name")))


def with_measures(program_id: int, measures: Iterable[Row]) -> list[Row]:
    """Return a program's outcomes by phase, each with those of its measures that are given, in one query."""
    rows = Outcome.objects.filter(program_id=program_id).order_by("phase__position", "pk")
    found = rows.values("pk", *_LISTED, owner_name=F("owner__name"), phase_code=F("phase__code"))
    by_outcome: dict[int, list[Row]] = {}
    for measure in measures:
        by_outcome.setdefault(measure["outcome_id"], []).append(shown(measure))
    for each in by_outcome.values():
        each.sort(key=lambda row: not row["is_behaviour"])
    return [
        row
        | {
            "status_label": OutcomeStatus(row["status"]).label,
            "is_open": row["status"] not in ENDED_OUTCOMES,
            "measures": by_outcome.get(row["pk"], []),
        }
        for row in found
    ]


def by_measure(found: Iterable[Row]) -> Iterator[Row]:
    """Return outcomes as rows of a table: one for each measure, one for an outcome that has none."""
    for row in found:
        outcome = {name: row[name] for name in ("statement", "phase_code", "area", "status")}
        outcome |= {
            "outcome_code": row["code"],
            "outcome_owner_name": row["owner_name"],
            "is_dis_benefit": "yes" if row["is_dis_benefit"] else "no",
        }
        for measure in row["measures"]:
            facts = {name: measure[name] for name in FACTS} | {name: plain(measure[name]) for name in NUMBERS}
            yield outcome | facts | {"freshness": measure["figures"].freshness.value}
        if not row["measures"]:
            yield outcome | dict.fromkeys((*FACTS, *NUMBERS, "freshness"))


@dataclass(frozen=True)
class Told:
    """What the first sentence about outcomes is made of: measures behind, stale, unread; outcomes without a measure."""

    behind: list[Row] = field(default_factory=list)
    stale: list[Row] = field(default_factory=list)
    unread: list[Row] = field(default_factory=list)
    unmeasured: list[Row] = field(default_factory=list)
    reached: int = 0
    measured: int = 0
    total: int = 0
    realised: int = 0

    @property
    def needs_somebody(self) -> bool:
        """Tell whether somebody must act."""
        return bool(self.behind or self.stale)

    @property
    def is_reached(self) -> bool:
        """Tell whether every measure has reached its target."""
        return bool(self.measured) and self.reached == self.measured


def told(found: Sequence[Row]) -> Told:
    """Return what there is to say of many outcomes; of those that ended only that they are realised."""
    going = [row for row in found if row["is_open"]]
    summary = _told([measure for row in going for measure in row["measures"]])
    return Told(
        **summary,
        unmeasured=[row for row in going if not row["measures"]],
        total=len(found),
        realised=sum(row["status"] == OutcomeStatus.REALISED for row in found),
    )


def told_of(outcome: Outcome, measures: Iterable[Row]) -> Told:
    """Return what there is to say of one outcome."""
    going = outcome.status not in ENDED_OUTCOMES
    summary = _told(list(measures)) if going else {}
    return Told(**summary, total=1, realised=outcome.status == OutcomeStatus.REALISED)


def _told(measures: list[Row]) -> dict[str, Any]:
    attained = [row["figures"].attainment for row in measures]
    return {
        "behind": [row for row in measures if row["figures"].is_behind],
        "stale": [row for row in measures if row["is_stale"] and row["latest_on"] is not None],
        "unread": [row for row in measures if row["latest_on"] is None],
        "reached": sum(reached is not None and reached >= 1 for reached in attained),
        "measured": len(measures),
    }


def trend(program_id: int, today: dt.date) -> list[Row]:
    """Return the customer-behaviour share month by month, the newest first."""
    return [
        {"on": day, "part": share.part, "whole": share.whole, "percent": percent(share.fraction)}
        for day, share in reversed(behaviour_trend(program_id, today))
    ]


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
