"""Raw limits, for what is measured to be compared with: a WSGI function that does nothing, and one that only reads."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from typing import Any

import orjson

# One statement for what an overview tells of its milestones: no sign-in, no rules, no figures.
MILESTONES = """
SELECT milestone.code, workstream.discipline, milestone.baseline_on, milestone.due_on, milestone.actual_on
FROM workstreams_milestone AS milestone JOIN workstreams_workstream AS workstream ON workstream.id = workstream_id
ORDER BY milestone.id
"""
_own = threading.local()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer every request alike; `/rows/` with rows of the database that BARE_DATABASE names."""
    if environ["PATH_INFO"] == "/rows/":
        start_response("200 OK", [("Content-Type", "application/json")])
        return [orjson.dumps(_connection().execute(MILESTONES).fetchall())]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]


def _connection() -> sqlite3.Connection:
    """Return this thread's connection, which stays open."""
    if not hasattr(_own, "connection"):
        _own.connection = sqlite3.connect(os.environ["BARE_DATABASE"])
    connection: sqlite3.Connection = _own.connection
    return connection
