"""Every write of the program file: loading one."""

from backend.programfile.services.loading import load_program_file

__all__ = ["load_program_file"]
