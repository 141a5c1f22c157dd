"""All that the results of an assessment are shown with, put together for its page, the API and the debrief."""

import datetime as dt
from dataclasses import dataclass

from assessments.indicators import Engagement
from assessments.models import Assessment
from assessments.queries.leadership import Gap, sponsor_engagement, vision_reality_gap
from assessments.queries.results import Results, results
from assessments.queries.rises import Rise, rises
from core import clock


@dataclass(frozen=True)
class Whole:
    """What an assessment came to, what rose since, and the two figures of leadership up to a day."""

    results: Results
    rises: list[Rise]
    gaps: list[Gap]
    engagement: Engagement | None
    until: dt.date


def whole_results(assessment: Assessment, at: dt.datetime) -> Whole:
    """Return everything about an assessment, in eleven queries; of a completed one engagement as of its day."""
    found = results(assessment)
    until = assessment.completed_on or clock.today(assessment.program.time_zone, at)
    return Whole(
        results=found,
        rises=rises(found),
        gaps=vision_reality_gap(assessment),
        engagement=sponsor_engagement(assessment.program, until),
        until=until,
    )
