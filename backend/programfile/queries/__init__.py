"""Every read of the program file: a program as it is, and as a file."""

from backend.programfile.queries.export import export_program
from backend.programfile.queries.snapshot import take_snapshot

__all__ = ["export_program", "take_snapshot"]
