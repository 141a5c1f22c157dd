"""What assessments tell their readers: one file a noun."""

from assessments.queries.debriefs import (
    commitment_choices,
    commitments,
    debrief_for,
    debrief_history,
    debrief_of,
    debrief_rows,
    part_rows,
    parts,
)
from assessments.queries.findings import (
    affected,
    choosable_criteria,
    finding_for,
    finding_rows,
    findings_of,
    recommendation_for,
    recommendation_rows,
    recommendations_of,
    strengths_and_gaps,
)
from assessments.queries.history import score_history
from assessments.queries.leadership import sponsor_engagement, vision_reality_gap
from assessments.queries.points import section_scores
from assessments.queries.progress import Place, places, submitted
from assessments.queries.results import results
from assessments.queries.rises import rises
from assessments.queries.spread import Point, Said, Spread, points_to_agree, spreads
from assessments.queries.templates import (
    newest_version,
    sections_of,
    template_named,
    template_rows,
    text_of,
    whole_template,
)
from assessments.queries.whole import whole_results

__all__ = [
    "Place",
    "Point",
    "Said",
    "Spread",
    "affected",
    "choosable_criteria",
    "commitment_choices",
    "commitments",
    "debrief_for",
    "debrief_history",
    "debrief_of",
    "debrief_rows",
    "finding_for",
    "finding_rows",
    "findings_of",
    "newest_version",
    "part_rows",
    "parts",
    "places",
    "points_to_agree",
    "recommendation_for",
    "recommendation_rows",
    "recommendations_of",
    "results",
    "rises",
    "score_history",
    "section_scores",
    "sections_of",
    "sponsor_engagement",
    "spreads",
    "strengths_and_gaps",
    "submitted",
    "template_named",
    "template_rows",
    "text_of",
    "vision_reality_gap",
    "whole_results",
    "whole_template",
]
