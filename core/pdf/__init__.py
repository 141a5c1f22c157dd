"""PDFs: HTML that is complete in itself becomes a PDF, in a process of its own that nobody else waits for.

Bounded in text, time and number; the process fetches nothing but the font of the product's package.
"""

import subprocess  # nosec B404: one fixed program, the text on its stdin
import sys
import threading
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from core.exceptions import Refusal

RENDERER = Path(__file__).with_name("renderer.py")
# What renderer.py ends with where Pango, a library of the system, is missing.
NO_PANGO = 3
MOST_BYTES, SECONDS = 1_000_000, 30
AT_ONCE, PATIENCE = 2, 10
_TRIAL = "<title>-</title><p>-</p>"
_renderers = threading.BoundedSemaphore(AT_ONCE)


class RendererMissing(Refusal):
    """The installation lacks what draws PDFs."""

    status = 503
    code = "pdf_renderer_missing"
    sentence = _(
        "This installation cannot make PDFs: Pango, a library of the system, is missing. Print the page instead, "
        "and tell whoever runs the installation; “tracker doctor” says what to do."
    )


class RendererBusy(Refusal):
    """Others are having theirs made."""

    status = 503
    code = "pdf_renderer_busy"
    sentence = _("Other PDFs are being made. Try again in a few seconds.")


class DocumentTooLong(Refusal):
    """A document is bounded, so that it is made in seconds."""

    status = 413
    code = "document_too_long"
    sentence = _("This is too long to become a PDF. Print the page instead, or shorten it.")


def render(html: str) -> bytes:
    """Return a PDF of a whole HTML document; a text that fetches anything gets nothing for it.

    Raises:
        RendererMissing: where Pango is missing; RendererBusy: when too many are made at once.
        DocumentTooLong: when the text is too long, or takes too long.
    """
    text = html.encode()
    if len(text) > MOST_BYTES:
        raise DocumentTooLong
    if not _renderers.acquire(timeout=PATIENCE):
        raise RendererBusy
    try:
        done = _run(text)
    except subprocess.TimeoutExpired as error:
        raise DocumentTooLong from error
    finally:
        _renderers.release()
    if done.returncode == NO_PANGO:
        raise RendererMissing
    done.check_returncode()
    return done.stdout


def problem() -> str:
    """Try the renderer; return what is wrong with it, "" where a PDF comes out."""
    try:
        done = _run(_TRIAL.encode())
    except subprocess.TimeoutExpired:
        return f"a PDF takes longer than {SECONDS} s"
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return (lines or ["no PDF came out"])[-1] if done.returncode else ""


def _run(text: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-P", str(RENDERER)]
    return subprocess.run(command, input=text, capture_output=True, timeout=SECONDS, check=False)  # nosec B603
