"""What the work of a program tells its readers: one file a noun."""

from workstreams.queries.actions import action_history, readable_actions
from workstreams.queries.blueprints import blank, blueprint
from workstreams.queries.checklist import checklist, kept_checklist
from workstreams.queries.gates import conditions_of, review_day
from workstreams.queries.line_of_sight import effects
from workstreams.queries.milestones import readable_milestones
from workstreams.queries.references import find_each, find_moved, find_places
from workstreams.queries.start_blockers import StartBlockers, start_blockers

__all__ = [
    "StartBlockers",
    "action_history",
    "blank",
    "blueprint",
    "checklist",
    "conditions_of",
    "effects",
    "find_each",
    "find_moved",
    "find_places",
    "kept_checklist",
    "readable_actions",
    "readable_milestones",
    "review_day",
    "start_blockers",
]
