"""What assessments tell their readers: one file a noun."""

from assessments.queries.history import score_history
from assessments.queries.leadership import sponsor_engagement, vision_reality_gap
from assessments.queries.results import results
from assessments.queries.rises import rises
from assessments.queries.templates import (
    newest_version,
    sections_of,
    template_named,
    template_rows,
    text_of,
    whole_template,
)

__all__ = [
    "newest_version",
    "results",
    "rises",
    "score_history",
    "sections_of",
    "sponsor_engagement",
    "template_named",
    "template_rows",
    "text_of",
    "vision_reality_gap",
    "whole_template",
]
