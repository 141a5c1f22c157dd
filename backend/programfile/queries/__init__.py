"""Every read of the program file: a program as it is, and as a file; files handed in."""

from backend.programfile.queries.export import export_program
from backend.programfile.queries.snapshot import take_snapshot
from backend.programfile.queries.templates import known_templates
from backend.programfile.queries.uploads import may_load, progress_key, progress_of, upload_of

__all__ = ["export_program", "known_templates", "may_load", "progress_key", "progress_of", "take_snapshot", "upload_of"]
