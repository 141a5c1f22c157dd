"""Every write of the program file: loading one, and keeping what was handed in until it is confirmed."""

from backend.programfile.services.load import load_program_file
from backend.programfile.services.uploads import keep_upload, load_upload, try_upload

__all__ = ["keep_upload", "load_program_file", "load_upload", "try_upload"]
