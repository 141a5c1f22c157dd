"""Which languages pages and mails can be shown in."""

from pathlib import Path

from django.utils.translation import to_locale


def has_catalogue(folder: Path, code: str) -> bool:
    """Tell whether the product is translated into a language: its compiled catalogue is there."""
    return (folder / to_locale(code) / "LC_MESSAGES" / "django.mo").is_file()
