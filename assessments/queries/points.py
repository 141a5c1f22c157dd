"""The points of each section as they follow from what was agreed: what a completed assessment ends with."""

from collections.abc import Iterable

from assessments import indicators
from assessments.indicators import Judged, Score
from assessments.queries.criteria import CriterionResult


def section_scores(criteria: Iterable[CriterionResult]) -> dict[int, Score]:
    """Return the score of each scored section by its number, in their order.

    Of a section with parts those of its parts; warning signs have no points and are left out.
    """
    found: dict[int, list[Judged]] = {}
    for criterion in criteria:
        if not criterion.is_flag:
            found.setdefault(criterion.section_id, []).append(criterion.judged)
    return {section_id: indicators.score(judged) for section_id, judged in found.items()}
