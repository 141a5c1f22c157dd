"""Every write to assessments."""

from assessments.services.answers import save_answer, submit_answers
from assessments.services.assessments import AssessmentDetails, delete_assessment, edit_assessment, prepare_assessment
from assessments.services.assessors import add_assessor, edit_assessor, remove_assessor
from assessments.services.consensus import set_consensus
from assessments.services.judging import JudgementInput
from assessments.services.moving import (
    complete_assessment,
    open_assessment,
    open_consensus,
    reopen_assessment,
    review_assessment,
    withdraw_assessment,
)
from assessments.services.templates import built_in, delete_template, install_built_in, save_template

__all__ = [
    "AssessmentDetails",
    "JudgementInput",
    "add_assessor",
    "built_in",
    "complete_assessment",
    "delete_assessment",
    "delete_template",
    "edit_assessment",
    "edit_assessor",
    "install_built_in",
    "open_assessment",
    "open_consensus",
    "prepare_assessment",
    "remove_assessor",
    "reopen_assessment",
    "review_assessment",
    "save_answer",
    "save_template",
    "set_consensus",
    "submit_answers",
    "withdraw_assessment",
]
