"""Whether a criterion rose after something was recommended for it, and accepted, the last time."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from assessments.choices import RecommendationState
from assessments.models import Consensus, Recommendation
from assessments.queries.criteria import CriterionResult
from assessments.queries.results import Results
from assessments.queries.section_results import Line
from workstreams.choices import ActionState


@dataclass(frozen=True)
class Rise:
    """An accepted recommendation of the last assessment, and its criterion then and now, in percent.

    `section` stands in where the criterion itself is not known: it tells of the section, or part, that it is in.
    """

    code: str
    text: str
    action_code: str
    action_state: str
    criterion: str
    statement: str
    then: int | None
    now: int | None
    section: Line | None

    @property
    def change(self) -> int | None:
        """By how many percent points the criterion rose; None where one of the two is unknown."""
        return None if self.then is None or self.now is None else self.now - self.then


def rises(results: Results) -> list[Rise]:
    """Return what became of the criteria that last time's accepted recommendations are about, in two queries.

    There is nothing to tell without a last time, and in words.
    """
    if results.previous is None or results.assessment.is_in_words:
        return []
    accepted = Recommendation.objects.filter(
        assessment=results.previous,
        state=RecommendationState.ACCEPTED,
        finding__criterion__template_id=results.assessment.template_id,
    )
    rows = accepted.order_by("pk").values(
        "code", "text",
        action_code=F("action_item__code"),
        action_state=F("action_item__state"),
        criterion=F("finding__criterion__code"),
        criterion_id=F("finding__criterion_id"),
    )  # fmt: skip
    found: list[dict[str, Any]] = [{**row} for row in rows]
    then = dict(
        Consensus.objects.filter(
            assessment=results.previous, criterion_id__in=[row["criterion_id"] for row in found]
        ).values_list("criterion_id", "percent")
    )
    now = {each.pk: each for each in results.criteria}
    return [_rise(row, then.get(row["criterion_id"]), now[row["criterion_id"]], results) for row in found]


def _rise(row: dict[str, Any], then: int | None, now: CriterionResult, results: Results) -> Rise:
    return Rise(
        code=row["code"],
        text=row["text"],
        action_code=row["action_code"],
        action_state=str(ActionState(row["action_state"]).label),
        criterion=row["criterion"],
        statement=now.statement,
        then=then,
        now=now.percent,
        section=_holder(results, now.code),
    )


def _holder(results: Results, criterion: str) -> Line | None:
    """Return the section, or part, that holds a criterion."""
    return next((leaf for leaf in results.leaves if any(each.code == criterion for each in leaf.criteria)), None)
