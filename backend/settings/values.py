"""What a variable may hold: each check raises ValueError with the words that follow the variable's name."""

from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

Check = Callable[[str], object]

DATABASE_SCHEMES = ("postgresql", "postgres", "pgsql", "psql", "sqlite")
REDIS_SCHEMES = ("redis", "rediss")
EMAIL_SCHEMES = ("smtp", "smtp+tls", "smtp+ssl", "smtps")
SECRET_KEY_LENGTH = 32


def anything(text: str) -> None:
    """Accept every text."""


def whole_number(least: int | None = None, most: int | None = None) -> Check:
    """Return a check for a whole number between two bounds, both included."""
    span = {(True, False): f" of at least {least}", (True, True): f" from {least} to {most}"}
    words = f"is no whole number{span.get((least is not None, most is not None), '')}"

    def check(text: str) -> None:
        try:
            number = int(text)
        except ValueError:
            raise ValueError(words) from None
        if (least is not None and number < least) or (most is not None and number > most):
            raise ValueError(words)

    return check


def one_of(*choices: str) -> Check:
    """Return a check for one of a few words."""

    def check(text: str) -> None:
        if text not in choices:
            raise ValueError(f"is none of: {', '.join(choices)}")

    return check


def weekdays(text: str) -> frozenset[int]:
    """Return the days of the week, 1 is Monday, that a list of days and spans such as 1-4,6 names."""
    words = "names no days of the week: write 1 (Monday) to 7, such as 1-5 or 1,2,4"
    days: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        try:
            span = range(int(first), int(last if dash else first) + 1)
        except ValueError:
            raise ValueError(words) from None
        if not span or span[0] < 1 or span[-1] > 7:
            raise ValueError(words)
        days.update(span)
    return frozenset(days)


def _address(text: str, schemes: tuple[str, ...], form: str) -> SplitResult:
    """Return an address taken apart, of one of the schemes and with a port that is one."""
    try:
        parts = urlsplit(text)
        is_sound = parts.scheme in schemes and (parts.port is None or parts.port > 0)
    except ValueError:
        is_sound = False
    if not is_sound:
        raise ValueError(f"cannot be read: write {form}")
    return parts


def database_url(text: str) -> None:
    """Check that a text names a PostgreSQL or an SQLite database; empty is the default."""
    form = "postgresql://USER:PASSWORD@HOST:5432/NAME or sqlite:////absolute/path.sqlite3"
    if text and len(_address(text, DATABASE_SCHEMES, form).path) < 2:
        raise ValueError(f"names no database: write {form}")


def redis_url(text: str) -> None:
    """Check that a text names a Redis or Valkey server; empty is the default."""
    form = "redis://HOST:6379/0 or rediss://:PASSWORD@HOST:6379/0"
    if text and not _address(text, REDIS_SCHEMES, form).hostname:
        raise ValueError(f"names no host: write {form}")


def email_url(text: str) -> None:
    """Check that a text names a mail server; empty is the default."""
    form = "smtp://HOST:25, smtp+tls://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465"
    if text and not _address(text, EMAIL_SCHEMES, form).hostname:
        raise ValueError(f"names no host: write {form}")


def public_url(text: str) -> None:
    """Check that a text is the address of a site without a path; empty is the default."""
    form = "https://tracker.example.org"
    if text and not (parts := _address(text, ("http", "https"), form)).hostname:
        raise ValueError(f"names no host: write {form}")
    if text and parts.path.rstrip("/"):
        raise ValueError(f"has a path, and the product is served at the root of its host: write {form}")


def sender(text: str) -> None:
    """Check that a text is a mail address, with or without a name in front."""
    if "@" not in parseaddr(text)[1]:
        raise ValueError("is no mail address: write Name <name@example.org>")


def folder(text: str) -> None:
    """Check that a text can be a folder: it is one, or nothing stands in its way."""
    path = Path(text).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise ValueError("is a file: name a folder")


def signing_key(text: str) -> None:
    """Check that a key is long enough to sign with; empty is the default."""
    if text and len(text) < SECRET_KEY_LENGTH:
        raise ValueError(f"is too short: give it at least {SECRET_KEY_LENGTH} characters, or leave it out")
