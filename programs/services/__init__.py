"""Every write to programs and what stands in them."""

from programs.services.codes import next_code
from programs.services.programs import ProgramDetails, create_program

__all__ = ["ProgramDetails", "create_program", "next_code"]
