"""Where the suite runs each test: on both databases, or once where the database says nothing; declared here by name.

`make test` passes `--once`. Without it everything runs, so that a file run by hand is always looked at.
The first line that fits a file counts, and a file that none fits runs on both.
"""

from fnmatch import fnmatch
from pathlib import Path
from typing import Final

TESTS: Final = Path(__file__).parents[1]
BOTH: Final = frozenset({"sqlite", "postgresql"})
SQLITE: Final = frozenset({"sqlite"})
POSTGRESQL: Final = frozenset({"postgresql"})

ROOMS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    # Who may what of which address is told in Python, ten thousand requests long; the queries behind it run on both.
    ("access/test_matrix.py", POSTGRESQL),
    ("access/test_answers_alone.py", POSTGRESQL),
    # Both: rules, reads and writes, and what kills leave behind.
    ("access/*", BOTH),
    ("faults/*", BOTH),
    ("*/test_models*", BOTH),
    ("*/test_services*", BOTH),
    ("*/test_queries*", BOTH),
    ("*/test_cli_doctor.py", BOTH),  # it asks each database in its own words
    ("*/test_cli_preparation.py", BOTH),  # a lock of each database
    # Schemas and what breaks them: PostgreSQL is the stricter of the two.
    ("*/test_api_schema.py", POSTGRESQL),
    ("*/test_api_attacks.py", POSTGRESQL),
    ("*/test_api*", BOTH),
    ("*/test_*_api.py", BOTH),
    ("*/test_*_models.py", BOTH),
    # Pages, on the database that serves many.
    ("*/test_views*", POSTGRESQL),
    ("*/test_*_views.py", POSTGRESQL),
    ("*/test_*_in_browser.py", SQLITE),
    ("backend/test_overview_*", POSTGRESQL),
    ("backend/test_cli*", POSTGRESQL),
    # A real browser, and what asks no database at all.
    ("journeys/*", SQLITE),
    ("core/test_shell_pages.py", SQLITE),
    ("architecture/*", SQLITE),
    ("*/test_indicators*", SQLITE),
    ("*/test_format*", SQLITE),
    ("*/test_processes*", SQLITE),
    ("*/test_settings*", SQLITE),
    ("test_compose.py", SQLITE),
    ("test_dev.py", SQLITE),
    ("test_docs.py", SQLITE),
    ("test_lock.py", SQLITE),
)

# Files that start one product for all their tests: a worker takes such a file whole.
ONE_PRODUCT: Final = frozenset({"tests/backend/test_api_writers.py"})

# What `make quick` runs: the rules of the product, which most changes break first, in about a minute.
QUICK: Final = (
    "*/test_models*",
    "*/test_services*",
    "*/test_indicators*",
    "*/test_*_models.py",
    "*/test_*_services.py",
)


def is_quick(path: Path) -> bool:
    """Tell whether `make quick` runs a file of tests."""
    name = path.relative_to(TESTS).as_posix()
    return not name.startswith(("faults/", "journeys/")) and any(fnmatch(name, pattern) for pattern in QUICK)


def line_of(path: Path) -> str:
    """Return the first pattern that fits a file of tests, nothing where none does."""
    name = path.relative_to(TESTS).as_posix()
    return next((pattern for pattern, _where in ROOMS if fnmatch(name, pattern)), "")


def databases_of(path: Path) -> frozenset[str]:
    """Return the databases that the suite runs a file's tests on."""
    return dict(ROOMS).get(line_of(path), BOTH)
