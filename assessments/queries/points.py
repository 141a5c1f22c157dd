"""The points of each section as they follow from what was agreed: what a completed assessment ends with."""

from assessments import indicators
from assessments.indicators import Judged, Score
from assessments.models import Assessment
from assessments.queries.criteria import criteria_of


def section_scores(assessment: Assessment) -> dict[int, Score]:
    """Return the score of each scored section by its number, in their order, in two queries.

    Of a section with parts those of its parts; warning signs have no points and are left out.
    """
    found: dict[int, list[Judged]] = {}
    for criterion in criteria_of(assessment):
        if not criterion.is_flag:
            found.setdefault(criterion.section_id, []).append(criterion.judged)
    return {section_id: indicators.score(judged) for section_id, judged in found.items()}
