"""The environment variables the product reads: one catalogue, checked and read once, listed by `tracker doctor`."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from backend.settings import values


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, default, meaning, what it may hold, and whether its value is hidden."""

    name: str
    default: str
    help: str
    check: values.Check = values.anything
    is_secret: bool = False

    @property
    def value(self) -> str:
        return os.environ.get(self.name, "") or self.default

    @property
    def source(self) -> str:
        return "environment" if os.environ.get(self.name) else "default"

    @property
    def shown(self) -> str:
        """The value, or stars in the place of a secret."""
        return "********" if self.is_secret and self.value else self.value

    @property
    def problem(self) -> str:
        """What is wrong with the value, in one line that names it; empty when nothing is."""
        try:
            self.check(self.value)
        except ValueError as error:
            return f"{self.name if self.is_secret else f'{self.name}={self.value}'} {error}."
        return ""


CATALOGUE: tuple[Variable, ...] = (
    Variable("TRACKER_DATA", "var", "folder for everything the product keeps on disk", values.folder),
    Variable(
        "DATABASE_URL",
        "",
        "PostgreSQL or SQLite; by default SQLite under TRACKER_DATA",
        values.database_url,
        is_secret=True,
    ),
    Variable(
        "REDIS_URL",
        "",
        "broker and cache; by default an embedded Valkey that `tracker up` starts",
        values.redis_url,
        is_secret=True,
    ),
    Variable(
        "EMAIL_URL",
        "",
        "smtp:// or smtps://; by default mail is kept and shown on the outbox page",
        values.email_url,
        is_secret=True,
    ),
    Variable("MAIL_FROM", "CRM Program Tracker <tracker@localhost>", "the sender of every mail", values.sender),
    Variable("HOST", "127.0.0.1", "address the web process listens on"),
    Variable("PORT", "8000", "port the web process listens on", values.whole_number(1, 65535)),
    Variable(
        "PUBLIC_URL",
        "",
        "address people use; links in mail start with it; by default http://HOST:PORT",
        values.public_url,
    ),
    Variable(
        "TRUSTED_PROXIES",
        "0",
        "number of reverse proxies in front whose X-Forwarded-* headers are believed",
        values.whole_number(0),
    ),
    Variable(
        "SECRET_KEY",
        "",
        "signing key; by default made once and kept in TRACKER_DATA, mode 0600",
        values.signing_key,
        is_secret=True,
    ),
    Variable(
        "REMINDER_HOUR",
        "9",
        "hour of the day reminders arrive, 0-23, for people who chose none",
        values.whole_number(0, 23),
    ),
    Variable(
        "REMINDER_WEEKDAYS",
        "1-5",
        "days reminders arrive, 1 is Monday: 1-5 or 1,2,4, for people who chose none",
        values.weekdays,
    ),
    Variable("TRACKER_CLOCK_OFFSET", "0", "seconds added to the clock, for tests", values.whole_number()),
    Variable(
        "AMBIGUOUS_EMAIL",
        "resend",
        "a mail whose fate a crash hid: resend (same Message-ID) or hold",
        values.one_of("resend", "hold"),
    ),
    Variable(
        "API_RATE",
        "1200",
        "API requests a minute for one token; one person has twice that",
        values.whole_number(1),
    ),
    Variable(
        "BEHIND_PERCENT",
        "10",
        "how far a measure may be below what was expected of it before it is behind, in points",
        values.whole_number(0, 100),
    ),
)

_BY_NAME = {variable.name: variable for variable in CATALOGUE}


def read(name: str) -> str:
    """Return a variable's text: the environment's, else the catalogue's default."""
    return _BY_NAME[name].value


def problems() -> list[str]:
    """Return a line for each value that cannot be used."""
    return [variable.problem for variable in CATALOGUE if variable.problem]


def unknown() -> list[str]:
    """Return the TRACKER_* names in the environment that the product does not read: misspelt, as a rule."""
    return sorted(name for name in os.environ if name.startswith("TRACKER_") and name not in _BY_NAME)


def refuse_problems() -> None:
    """Stop with one line when a value cannot be used."""
    if found := problems():
        raise ImproperlyConfigured(" ".join(found))


def data_folder() -> Path:
    """Return the folder for everything kept on disk, made if it is missing."""
    folder = Path(read("TRACKER_DATA")).expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def embedded_broker_file(folder: Path) -> Path:
    """Return the file in which `tracker up` keeps the address of the broker that it runs itself."""
    return folder / "valkey" / "url"


def redis_url(folder: Path) -> str:
    """Return the broker's address: the environment's, else that of the embedded one, else nothing."""
    if url := read("REDIS_URL"):
        return url
    kept = embedded_broker_file(folder)
    return kept.read_text().strip() if kept.exists() else ""


def secret_key(folder: Path) -> str:
    """Return the signing key: the environment's, else one made once and readable by its owner alone."""
    if key := read("SECRET_KEY"):
        return key
    path = folder / "secret-key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(48)
        file.write(key + "\n")
    return key
