"""DATABASE_URL to Django's database dictionary, tuned for each engine."""

from pathlib import Path
from typing import Any

import environ

SQLITE_OPTIONS = {
    # WAL and IMMEDIATE: writers queue instead of failing with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
    ),
}
# Django prepares no statement unless told after how many uses; the third use pays.
POSTGRESQL_OPTIONS = {"server_side_binding": True, "prepare_threshold": 3}


def database(url: str, data: Path) -> dict[str, Any]:
    """Return the settings of the one database that a URL names; SQLite under `data` without one."""
    config: dict[str, Any] = dict(environ.Env.db_url_config(url or f"sqlite:///{data / 'tracker.sqlite3'}"))
    is_sqlite = config["ENGINE"].endswith("sqlite3")
    options = SQLITE_OPTIONS if is_sqlite else POSTGRESQL_OPTIONS
    config["OPTIONS"] = {**options, **config.get("OPTIONS", {})}
    # A new connection for each request is the costliest default Django has.
    config["CONN_MAX_AGE"] = None
    config["CONN_HEALTH_CHECKS"] = not is_sqlite
    return config
