"""Messages that a page shows once, with a way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest


def add(request: HttpRequest, sentence: str, *, undo_url: str = "") -> None:
    """Tell a reader that something was done; `undo_url` adds an Undo button that posts there."""
    messages.success(request, sentence, extra_tags=undo_url)


def warn(request: HttpRequest, sentence: str) -> None:
    """Tell a reader that something was not done, and why."""
    messages.error(request, sentence)
