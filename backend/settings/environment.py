"""The environment variables the product reads: one catalogue, read once, listed by `tracker doctor`."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import environ

env = environ.Env()


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, its default as text, what it means, whether its value is hidden."""

    name: str
    default: str
    help: str
    is_secret: bool = False

    @property
    def value(self) -> str:
        return os.environ.get(self.name, "") or self.default

    @property
    def source(self) -> str:
        return "environment" if os.environ.get(self.name) else "default"


CATALOGUE: tuple[Variable, ...] = (
    Variable("TRACKER_DATA", "var", "folder for everything the product keeps on disk"),
    Variable("DATABASE_URL", "", "PostgreSQL or SQLite; by default SQLite under TRACKER_DATA", is_secret=True),
    Variable("REDIS_URL", "", "broker and cache; by default an embedded Valkey that `tracker up` starts", is_secret=True),
    Variable("EMAIL_URL", "", "smtp:// or smtps://; by default mail is kept and shown on the outbox page", is_secret=True),
    Variable("MAIL_FROM", "CRM Program Tracker <tracker@localhost>", "the sender of every mail"),
    Variable("HOST", "127.0.0.1", "address the web process listens on"),
    Variable("PORT", "8000", "port the web process listens on"),
    Variable("PUBLIC_URL", "", "address people use; links in mail start with it; by default http://HOST:PORT"),
    Variable("TRUSTED_PROXIES", "0", "number of reverse proxies in front whose X-Forwarded-* headers are believed"),
    Variable("SECRET_KEY", "", "signing key; by default made once and kept in TRACKER_DATA, mode 0600", is_secret=True),
    Variable("REMINDER_HOUR", "9", "hour of the day reminders arrive, 0-23, for people who chose none"),
    Variable("REMINDER_WEEKDAYS", "1-5", "days reminders arrive, 1 is Monday: 1-5 or 1,2,4, for people who chose none"),
    Variable("TRACKER_CLOCK_OFFSET", "0", "seconds added to the clock, for tests"),
    Variable("AMBIGUOUS_EMAIL", "resend", "a mail whose fate a crash hid: resend (same Message-ID) or hold"),
)

_BY_NAME = {variable.name: variable for variable in CATALOGUE}


def read(name: str) -> str:
    """Return a variable's text: the environment's, else the catalogue's default."""
    return _BY_NAME[name].value


def data_folder() -> Path:
    """Return the folder for everything kept on disk, made if it is missing."""
    folder = Path(read("TRACKER_DATA")).expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


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
