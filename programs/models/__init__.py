"""Programs, phases and outcomes: fields, constraints and facts about one row."""

from programs.models.confidence import ConfidenceStatement
from programs.models.outcomes import Measure, Measurement, Outcome, PlannedStep
from programs.models.phases import Phase
from programs.models.programs import CodeCounter, Holiday, Membership, Program
from programs.models.templates import ProgramTemplate

__all__ = [
    "CodeCounter",
    "ConfidenceStatement",
    "Holiday",
    "Measure",
    "Measurement",
    "Membership",
    "Outcome",
    "Phase",
    "PlannedStep",
    "Program",
    "ProgramTemplate",
]
