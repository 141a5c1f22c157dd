"""Every write to programs and what stands in them."""

from programs.services.codes import keep_ahead, next_code
from programs.services.measurements import (
    Reading,
    correct_measurement,
    edit_measurement,
    problems_of,
    record_measurement,
    record_measurements,
)
from programs.services.measures import MeasureDetails, add_measure, delete_measure, edit_measure
from programs.services.outcomes import (
    OutcomeDetails,
    add_outcome,
    agree_outcome,
    begin_outcome,
    delete_outcome,
    edit_outcome,
    miss_outcome,
    realise_outcome,
    reopen_outcome,
    withdraw_outcome,
)
from programs.services.programs import ProgramDetails, create_program

__all__ = [
    "MeasureDetails",
    "OutcomeDetails",
    "ProgramDetails",
    "Reading",
    "add_measure",
    "add_outcome",
    "agree_outcome",
    "begin_outcome",
    "correct_measurement",
    "create_program",
    "delete_measure",
    "delete_outcome",
    "edit_measure",
    "edit_measurement",
    "edit_outcome",
    "keep_ahead",
    "miss_outcome",
    "next_code",
    "problems_of",
    "realise_outcome",
    "record_measurement",
    "record_measurements",
    "reopen_outcome",
    "withdraw_outcome",
]
