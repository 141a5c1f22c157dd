"""What programs tell their readers, one file a noun; `..._rows` are bounded to a reader and cost one query."""

from core.accounts.queries import name_of
from programs.queries.behaviour import behaviour_trend
from programs.queries.due import reading_due_on, readings_due, readings_due_at_ends, with_reading_due
from programs.queries.figures import Figures, active_measures, measured, short_of_target
from programs.queries.measures import measures_with_newest, readings_on_record, with_figures
from programs.queries.people import memberships_of, readable_people, sharing
from programs.queries.programs import activation_gaps, holidays_of, readable_programs
from programs.queries.references import find_moved, find_places, one_of, program_named
from programs.queries.templates import Template, template, templates

__all__ = [
    "Figures",
    "Template",
    "activation_gaps",
    "active_measures",
    "behaviour_trend",
    "find_moved",
    "find_places",
    "holidays_of",
    "measured",
    "measures_with_newest",
    "memberships_of",
    "name_of",
    "one_of",
    "program_named",
    "readable_people",
    "readable_programs",
    "reading_due_on",
    "readings_due",
    "readings_due_at_ends",
    "readings_on_record",
    "sharing",
    "short_of_target",
    "template",
    "templates",
    "with_figures",
    "with_reading_due",
]
