"""What of the suite a run takes, in which order and on which worker; and what took long without saying why."""

import os
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.support import rooms

SLOW_SECONDS = 20


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare what `make test` and `make quick` ask for."""
    words = "run what says nothing about the database on one of the two alone (tests/support/rooms.py)"
    parser.addoption("--once", action="store_true", help=words)
    words = "run the rules alone (QUICK of tests/support/rooms.py), and no test marked slow"
    parser.addoption("--quick", action="store_true", help=words)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out files that the suite runs on the other database, or that are not quick."""
    if collection_path.suffix != ".py" or not collection_path.name.startswith("test_"):
        return None
    if config.getoption("quick") and not rooms.is_quick(collection_path):
        return True
    vendor = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
    is_elsewhere = config.getoption("once") and vendor not in rooms.databases_of(collection_path)
    return is_elsewhere or None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long."""
    if config.getoption("quick"):
        _leave_out(config, items, [item for item in items if _is_long(item)])
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


class _ByProduct(LoadScopeScheduling):
    """Hands out tests one by one, but for the files whose tests share one product."""

    def _split_scope(self, nodeid: str) -> str:
        place, _, _ = nodeid.partition("::")
        return place if place in rooms.ONE_PRODUCT else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Deal the tests out to the workers."""
    return _ByProduct(config, log)


def _is_long(item: pytest.Item) -> bool:
    return "browser" in getattr(item, "fixturenames", ()) or item.get_closest_marker("slow") is not None


def _leave_out(config: pytest.Config, items: list[pytest.Item], left_out: list[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that took long and do not say why."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    slow = [one for one in reports if one.when == "call" and one.duration > SLOW_SECONDS]
    unexplained = [one for one in slow if "slow" not in one.keywords]
    if unexplained:
        terminalreporter.section(f"over {SLOW_SECONDS} s: mend them, or say why by @pytest.mark.slow(reason=...)")
        for one in unexplained:
            terminalreporter.line(f"{one.duration:.1f} s  {one.nodeid}")
