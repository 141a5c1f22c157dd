"""What assessments tell their readers: one file a noun."""

from assessments.queries.assessments import (
    assessments_with_progress,
    find_moved,
    find_places,
    sections_named,
    template_of,
)
from assessments.queries.co_assessors import Beside, asked_beside
from assessments.queries.criteria import CriterionResult, criteria_of
from assessments.queries.debriefs import (
    commitment_choices,
    commitments,
    debrief_for,
    debrief_history,
    part_named,
    parts,
    private_notes_of,
    readable_debriefs,
    readable_parts,
)
from assessments.queries.findings import (
    affected,
    choosable_criteria,
    finding_for,
    findings_of,
    readable_findings,
    readable_recommendations,
    recommendation_for,
    recommendations_of,
    strengths_and_gaps,
)
from assessments.queries.full_results import whole_results
from assessments.queries.history import score_history
from assessments.queries.leadership import sponsor_engagement, vision_reality_gap
from assessments.queries.pages import assessment_for, form_for, reference_of
from assessments.queries.points import section_scores
from assessments.queries.progress import Place, assessors_with_progress, chosen_sections, places, submitted
from assessments.queries.prompt_candidates import next_by_cadence, open_prompt, programs_to_ask
from assessments.queries.prompts import shown_causes
from assessments.queries.questions import Asked, Question, Sheet, sheet
from assessments.queries.results import results
from assessments.queries.rises import rises
from assessments.queries.spread import Point, Said, Spread, points_to_agree, spreads
from assessments.queries.templates import (
    newest_version,
    sections_of,
    template_named,
    templates_with_counts,
    text_of,
    whole_template,
)

__all__ = [
    "Asked",
    "Beside",
    "CriterionResult",
    "Place",
    "Point",
    "Question",
    "Said",
    "Sheet",
    "Spread",
    "affected",
    "asked_beside",
    "assessment_for",
    "assessments_with_progress",
    "assessors_with_progress",
    "choosable_criteria",
    "chosen_sections",
    "commitment_choices",
    "commitments",
    "criteria_of",
    "debrief_for",
    "debrief_history",
    "find_moved",
    "find_places",
    "finding_for",
    "findings_of",
    "form_for",
    "newest_version",
    "next_by_cadence",
    "open_prompt",
    "part_named",
    "parts",
    "places",
    "points_to_agree",
    "private_notes_of",
    "programs_to_ask",
    "readable_debriefs",
    "readable_findings",
    "readable_parts",
    "readable_recommendations",
    "recommendation_for",
    "recommendations_of",
    "reference_of",
    "results",
    "rises",
    "score_history",
    "section_scores",
    "sections_named",
    "sections_of",
    "sheet",
    "shown_causes",
    "sponsor_engagement",
    "spreads",
    "strengths_and_gaps",
    "submitted",
    "template_named",
    "template_of",
    "templates_with_counts",
    "text_of",
    "vision_reality_gap",
    "whole_results",
    "whole_template",
]
