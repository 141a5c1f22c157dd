"""Arithmetic of assessments: values in, figures out; no database, no clock. One file a family of figures."""

from assessments.indicators.bars import Bar, bar
from assessments.indicators.cadence import AHEAD, due_after, months_after, next_by_cadence
from assessments.indicators.evidence import holds, is_doubtful, proposed_band
from assessments.indicators.leadership import LEAST_ANSWERS, Engagement, Voices, vision_reality_gap
from assessments.indicators.related_criteria import Map, touching
from assessments.indicators.scores import Judged, Score, change, score, shown, total

__all__ = [
    "AHEAD",
    "LEAST_ANSWERS",
    "Bar",
    "Engagement",
    "Judged",
    "Map",
    "Score",
    "Voices",
    "bar",
    "change",
    "due_after",
    "holds",
    "is_doubtful",
    "months_after",
    "next_by_cadence",
    "proposed_band",
    "score",
    "shown",
    "total",
    "touching",
    "vision_reality_gap",
]
