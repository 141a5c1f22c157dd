"""Which kind of row a model keeps, for the references between rows."""

from django.db import models

from assessments.models import Assessment, AssessmentTemplate, Assessor, Criterion, Debrief, Finding, Section
from programs.models import Measure, Measurement, Outcome, Phase
from workstreams.models import (
    ActionItem,
    GateCheck,
    GateCondition,
    GateReview,
    Milestone,
    MilestoneRebaselining,
    RaidEntry,
    Workstream,
)

KIND_OF: dict[type[models.Model], str] = {
    Workstream: "workstream",
    Phase: "phase",
    GateReview: "gate",
    GateCondition: "condition",
    GateCheck: "check",
    Outcome: "outcome",
    Measure: "measure",
    Measurement: "reading",
    Milestone: "milestone",
    MilestoneRebaselining: "rebaselining",
    ActionItem: "action",
    RaidEntry: "raid",
    AssessmentTemplate: "template",
    Section: "section",
    Criterion: "criterion",
    Assessment: "assessment",
    Assessor: "assessor",
    Finding: "finding",
    Debrief: "debrief",
}

# What a file refers to and does not hold: the templates in the product, and what a template has by codes of its own.
TEMPLATED = frozenset({"section", "criterion"})
OUTSIDE = TEMPLATED | {"template"}
