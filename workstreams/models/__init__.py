"""Workstreams, milestones, gates, action items and the RAID register: fields, constraints and facts about one row."""

from workstreams.models.actions import ActionEvent, ActionItem
from workstreams.models.gates import GateCheck, GateCondition, GateReview
from workstreams.models.milestones import (
    Dependency,
    Milestone,
    MilestoneForecast,
    MilestoneRebaselining,
    Workstream,
)
from workstreams.models.raid import RaidEntry

__all__ = [
    "ActionEvent",
    "ActionItem",
    "Dependency",
    "GateCheck",
    "GateCondition",
    "GateReview",
    "Milestone",
    "MilestoneForecast",
    "MilestoneRebaselining",
    "RaidEntry",
    "Workstream",
]
