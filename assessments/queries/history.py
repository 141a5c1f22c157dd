"""The scores of programs over time, for the pages and answers that tell of many programs."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Sum

from assessments import indicators
from assessments.choices import COMPLETED_STATES
from assessments.indicators import Score
from assessments.models import Assessment


@dataclass(frozen=True)
class Scored:
    """A completed assessment: its score, and by how much it rose since the one before of the same template version."""

    program_id: int
    code: str
    title: str
    on: dt.date
    score: Score
    change: Fraction | None
    target: int | None

    @property
    def points(self) -> int:
        """The score, in whole points."""
        return indicators.shown(self.score.points)

    @property
    def of(self) -> int:
        """The points that were answered: the others count neither way."""
        return self.score.answered

    @property
    def rose(self) -> int | None:
        """The change, in whole points."""
        return None if self.change is None else indicators.shown(self.change)


def score_history(program_ids: Collection[int]) -> dict[int, list[Scored]]:
    """Return the scores of programs, the oldest first, in one query; without those in words and those not completed."""
    found: dict[int, list[Scored]] = {pk: [] for pk in program_ids}
    last: dict[tuple[int, int], Score] = {}
    completed = Assessment.objects.filter(program_id__in=found, state__in=COMPLETED_STATES, is_in_words=False)
    columns = ("program_id", "template_id", "code", "completed_on", "target", "target_next", "template__title")
    sums = {name: Sum(f"section_points__{name}") for name in ("points", "answered", "applicable", "evidenced")}
    rows = completed.order_by("completed_on", "pk").values(*columns, "template__total_points").annotate(**sums)
    for row in rows:
        score = Score(
            of=row["template__total_points"],
            applicable=row["applicable"] or 0,
            answered=row["answered"] or 0,
            points=Fraction(row["points"] or 0),
            evidenced=row["evidenced"],
        )
        trend_of = (row["program_id"], row["template_id"])
        then = last.get(trend_of)
        found[row["program_id"]].append(
            Scored(
                program_id=row["program_id"],
                code=row["code"],
                title=row["template__title"],
                on=row["completed_on"],
                score=score,
                change=None if then is None else indicators.change(score, then),
                target=row["target_next"] if row["target"] is None else row["target"],
            )
        )
        last[trend_of] = score
    return found
