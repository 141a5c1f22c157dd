"""What `tracker doctor` looks at: each check returns what it found, and what to do where something is wrong."""

import os
import smtplib
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass

import redis
from django.conf import settings
from django.core import mail
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection
from django.utils.module_loading import import_string

from backend.processes import broker
from backend.settings import environment
from core import clock, health, pdf

PROBE_SECONDS = 5
TOLERATED_DRIFT = 2.0
# SQLite's write-ahead log, and a database that lives in memory, as in tests.
SOUND_JOURNALS = ("wal", "memory")
DATABASE_STEPS = ("database", "migrations")


@dataclass(frozen=True)
class Finding:
    """What one check found; `remedy` says what to do and is empty where all is well."""

    name: str
    words: str
    remedy: str = ""


def all_findings() -> Iterator[Finding]:
    """Run every check; without a database those that read from it are left out."""
    yield _data()
    steps = health.problems(at=clock.now)
    yield _database(steps["database"])
    if not steps["database"]:
        yield _migrations(steps["migrations"])
        if not steps["migrations"]:
            yield _programs()
        yield _clock()
    yield _pdf()
    yield _broker()
    yield _mail()
    for name, problem in steps.items():
        if name not in DATABASE_STEPS:
            yield _registered(name, problem)


def _data() -> Finding:
    folder = settings.DATA_DIR
    if not os.access(folder, os.W_OK):
        return Finding("data", f"{folder} is not writable", f"Let this user write to {folder}, or set TRACKER_DATA.")
    key = folder / "secret-key"
    if key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        return Finding("data", "the signing key is readable by others", f"chmod 600 {key}")
    return Finding("data", str(folder))


def _database(problem: str) -> Finding:
    if problem:
        return Finding("database", problem, "Start the database, or correct DATABASE_URL.")
    question = "SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version"
    version = f"{connection.display_name} {_ask(question)}"
    if connection.vendor != "sqlite":
        return Finding("database", version)
    mode = str(_ask("PRAGMA journal_mode"))
    remedy = "" if mode in SOUND_JOURNALS else "Put TRACKER_DATA on a local disk: SQLite cannot keep a WAL on this one."
    return Finding("database", f"{version}, journal {mode}", remedy)


def _migrations(problem: str) -> Finding:
    return Finding("tables", problem or "up to date", "Run `tracker migrate`." if problem else "")


def _programs() -> Finding:
    """Return what keeps programs from being reckoned; models are there only once Django is set up."""
    faults = import_string("backend.overview.queries.unreckonable.faults")(clock.now())
    if not faults:
        return Finding("programs", "all can be reckoned")
    return Finding("programs", "; ".join(faults), "Correct these rows in the database: their programs show no figures.")


def _clock() -> Finding:
    offset = f", moved by TRACKER_CLOCK_OFFSET={settings.TRACKER_CLOCK_OFFSET}" if settings.TRACKER_CLOCK_OFFSET else ""
    words = f"{clock.now():%Y-%m-%d %H:%M:%S} UTC{offset}"
    if connection.vendor == "sqlite":
        return Finding("clock", f"{words}; the database reads this machine's")
    drift = float(str(_ask("SELECT extract(epoch FROM clock_timestamp())"))) - time.time()
    remedy = (
        "" if abs(drift) < TOLERATED_DRIFT else "Let a time service set the clocks of this machine and the database's."
    )
    return Finding("clock", f"{words}; the database is {drift:+.2f} s from here", remedy)


def _pdf() -> Finding:
    problem = pdf.problem()
    remedy = "Install Pango (Debian: libpangoft2-1.0-0); until then pages are printed by the browser."
    return Finding("pdf", problem or "PDFs are drawn", remedy if problem else "")


def _broker() -> Finding:
    is_ours = not environment.read("REDIS_URL")
    if is_ours:
        try:
            server = broker.find_server()
        except broker.NoBroker as error:
            return Finding("broker", "none", str(error))
    if not settings.REDIS_URL:
        return Finding("broker", f"embedded, {server}; `tracker up` starts it")
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PROBE_SECONDS) as client:
            facts = client.info("everything")
    except redis.RedisError as error:
        remedy = "Start `tracker up`, which runs it." if is_ours else "Start the broker, or correct REDIS_URL."
        return Finding("broker", f"does not answer ({error})", remedy)
    return judge_broker(facts)


def judge_broker(facts: dict[str, object]) -> Finding:
    """Judge how a broker keeps what it is given."""
    is_kept = facts.get("aof_enabled") == 1
    policy = str(facts.get("maxmemory_policy", "unknown"))
    words = f"{facts.get('server_name', 'redis')} {facts.get('valkey_version') or facts.get('redis_version')}"
    words = f"{words}, appendonly {'yes' if is_kept else 'no'}, {policy}"
    if not is_kept:
        return Finding("broker", words, "Set `appendonly yes` on the broker: a restart loses its messages.")
    if policy != "noeviction":
        return Finding("broker", words, "Set `maxmemory-policy noeviction` on the broker: it drops messages when full.")
    return Finding("broker", words)


def _mail() -> Finding:
    if not environment.read("EMAIL_URL"):
        return Finding("mail", "kept, and shown to staff on the outbox page")
    backend = mail.get_connection(timeout=PROBE_SECONDS)
    if not isinstance(backend, EmailBackend):
        return Finding("mail", settings.EMAIL_BACKEND)
    words = f"{settings.EMAIL_HOST} port {settings.EMAIL_PORT}"
    try:
        with backend:
            if backend.connection is not None:
                backend.connection.noop()
    except (smtplib.SMTPException, OSError) as error:
        return Finding("mail", f"{words} does not take mail ({error})", "Start the mail server, or correct EMAIL_URL.")
    return Finding("mail", f"{words} answers")


def _registered(name: str, problem: str) -> Finding:
    remedy = "Start `tracker up`, or a worker and beat; their log says what stops them." if problem else ""
    return Finding(name, problem or "fresh", remedy)


def _ask(question: str) -> object:
    """Return the one value that a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
