"""Templates, assessments, answers, findings, debriefs and prompts: fields, constraints and facts about one row."""

from assessments.models.answers import Answer, Consensus, Judgement
from assessments.models.assessments import Assessment, Assessor, SectionPoints
from assessments.models.debriefs import Debrief, DebriefCommitment, DebriefPart
from assessments.models.findings import Finding, Recommendation
from assessments.models.prompts import Cause, Prompt
from assessments.models.templates import AssessmentTemplate, Criterion, Section

__all__ = [
    "Answer",
    "Assessment",
    "AssessmentTemplate",
    "Assessor",
    "Cause",
    "Consensus",
    "Criterion",
    "Debrief",
    "DebriefCommitment",
    "DebriefPart",
    "Finding",
    "Judgement",
    "Prompt",
    "Recommendation",
    "Section",
    "SectionPoints",
]
