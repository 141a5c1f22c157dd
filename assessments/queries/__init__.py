"""What assessments tell their readers: one file a noun."""

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

__all__ = [
    "Place",
    "Point",
    "Said",
    "Spread",
    "newest_version",
    "places",
    "points_to_agree",
    "results",
    "rises",
    "score_history",
    "section_scores",
    "sections_of",
    "sponsor_engagement",
    "spreads",
    "submitted",
    "template_named",
    "template_rows",
    "text_of",
    "vision_reality_gap",
    "whole_template",
]
