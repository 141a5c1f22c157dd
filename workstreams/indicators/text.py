"""How wide a text will be in a picture that is drawn before any browser has seen it."""

import unicodedata
from functools import lru_cache

# Advance widths in em of a wide face (DejaVu Sans), so that the faces of readers' machines are as wide or narrower.
_NARROW = dict.fromkeys("ijlI|'.,:;! ", 0.36) | dict.fromkeys("frt()[]/-", 0.42)
_WIDE = dict.fromkeys("mwMW@%—…", 1.0) | dict.fromkeys("OQGDHNU&+=", 0.84)
_KNOWN = _NARROW | _WIDE
_LOWER, _OTHER, _FULL = 0.64, 0.72, 1.05
ELLIPSIS = "…"


@lru_cache(maxsize=4096)
def _em(character: str) -> float:
    if character in _KNOWN:
        return _KNOWN[character]
    if unicodedata.east_asian_width(character) in "WF":
        return _FULL
    return _LOWER if character.islower() or character.isdigit() else _OTHER


def width(text: str, size: float) -> float:
    """Return at most how many pixels a text takes at a font size in pixels."""
    return sum(map(_em, text)) * size


def fitted(text: str, size: float, room: float) -> str:
    """Return the text, cut with an ellipsis where it would be wider than the room; empty where nothing fits."""
    if width(text, size) <= room:
        return text
    kept, left = "", room - width(ELLIPSIS, size)
    for character in text:
        left -= _em(character) * size
        if left < 0:
            break
        kept += character
    return f"{kept.rstrip()}{ELLIPSIS}" if kept.strip() else ""


def wrapped(text: str, size: float, room: float, lines: int) -> list[str]:
    """Return the text in at most so many lines, broken between words, the last one cut where the rest is too long."""
    found: list[str] = []
    rest = text.split()
    while rest and len(found) < lines - 1:
        taken = 1
        while taken < len(rest) and width(" ".join(rest[: taken + 1]), size) <= room:
            taken += 1
        found.append(fitted(" ".join(rest[:taken]), size, room))
        rest = rest[taken:]
    return [*found, fitted(" ".join(rest), size, room)] if rest else found
