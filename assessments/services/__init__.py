"""Every write to assessments."""

from assessments.services.answers import save_answer, submit_answers
from assessments.services.assessment_transitions import (
    complete_assessment,
    open_assessment,
    open_consensus,
    reopen_assessment,
    review_assessment,
    withdraw_assessment,
)
from assessments.services.assessments import AssessmentDetails, delete_assessment, edit_assessment, prepare_assessment
from assessments.services.assessors import add_assessor, add_assessors, edit_assessor, remove_assessor
from assessments.services.consensus import set_consensus
from assessments.services.debrief_transitions import (
    asked_there,
    brief_sponsor,
    commit_debrief,
    hold_debrief,
    reopen_debrief,
    undo_briefing,
    undo_holding,
)
from assessments.services.debriefs import (
    add_debrief_part,
    delete_debrief_part,
    edit_debrief_part,
    plan_debrief,
    prepare_debrief,
    rewrite_debrief_part,
    write_private_notes,
)
from assessments.services.findings import FindingDetails, add_finding, delete_finding, edit_finding
from assessments.services.handover import release_leaver
from assessments.services.judgements import JudgementInput
from assessments.services.prompts import dismiss_prompt, raise_prompts
from assessments.services.recommendations import (
    RecommendationDetails,
    accept_recommendation,
    add_recommendation,
    delete_recommendation,
    edit_recommendation,
    reject_recommendation,
    reopen_recommendation,
)
from assessments.services.templates import built_in, delete_template, install_built_in, save_template

__all__ = [
    "AssessmentDetails",
    "FindingDetails",
    "JudgementInput",
    "RecommendationDetails",
    "accept_recommendation",
    "add_assessor",
    "add_assessors",
    "add_debrief_part",
    "add_finding",
    "add_recommendation",
    "asked_there",
    "brief_sponsor",
    "built_in",
    "commit_debrief",
    "complete_assessment",
    "delete_assessment",
    "delete_debrief_part",
    "delete_finding",
    "delete_recommendation",
    "delete_template",
    "dismiss_prompt",
    "edit_assessment",
    "edit_assessor",
    "edit_debrief_part",
    "edit_finding",
    "edit_recommendation",
    "hold_debrief",
    "install_built_in",
    "open_assessment",
    "open_consensus",
    "plan_debrief",
    "prepare_assessment",
    "prepare_debrief",
    "raise_prompts",
    "reject_recommendation",
    "release_leaver",
    "remove_assessor",
    "reopen_assessment",
    "reopen_debrief",
    "reopen_recommendation",
    "review_assessment",
    "rewrite_debrief_part",
    "save_answer",
    "save_template",
    "set_consensus",
    "submit_answers",
    "undo_briefing",
    "undo_holding",
    "withdraw_assessment",
    "write_private_notes",
]
