"""Every write to programs and what stands in them."""

from programs.services.codes import keep_ahead, next_code
from programs.services.measurements import Reading, record_measurement
from programs.services.programs import ProgramDetails, create_program

__all__ = ["ProgramDetails", "Reading", "create_program", "keep_ahead", "next_code", "record_measurement"]
