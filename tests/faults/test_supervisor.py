"""`tracker up` for real: killed in parts, killed as a whole, stopped, started again."""

import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.product import Product, installed, wait_until
from tests.support import databases

# Web: a master and two workers; worker: a master and two; beat; the broker.
PARTS = {"granian": 3, " worker ": 3, " beat ": 1, "valkey-server": 1}


def parts(product: Product) -> dict[str, int]:
    """Count the processes of each part."""
    commands = [process.command for process in product.children()]
    return {mark: sum(mark in command for command in commands) for mark in PARTS}


@pytest.fixture
def empty_product(tmp_path: Path) -> Iterator[Product]:
    """An installation whose database `tracker up` has yet to make."""
    with installed(tmp_path / "data") as product:
        yield product


@pytest.fixture
def product(tmp_path: Path, database_template: None) -> Iterator[Product]:
    """An installation whose database is there, not yet started."""
    with databases.installed(tmp_path / "data") as url, installed(tmp_path / "data", DATABASE_URL=url) as product:
        yield product


def test_everything_killed_at_once_comes_back_and_ctrl_c_leaves_nothing(empty_product: Product) -> None:
    product = empty_product
    product.start()
    assert product.output.read_text() == f"http://127.0.0.1:{product.port}\n"
    wait_until(lambda: parts(product) == PARTS, product.log)

    before = product.children()
    product.kill(*before)
    wait_until(lambda: product.status("/health/live/") == 200, product.log)
    wait_until(lambda: parts(product) == PARTS, product.log)
    assert not {process.pid for process in before} & {process.pid for process in product.children()}
    wait_until(lambda: product.status("/health/ready/") == 200, product.log)
    for name in ("web", "worker", "beat", "valkey"):
        assert f"{name:<7}| ended (signal 9), starting again\n" in product.log.read_text()

    assert product.signal(signal.SIGINT) == 0
    assert product.processes() == []
    assert product.log.read_text().endswith("stopped\n")


def test_children_end_with_a_killed_supervisor_and_the_next_one_starts(product: Product) -> None:
    product.start()
    product.signal(signal.SIGKILL)
    wait_until(lambda: product.processes() == [], product.log)
    product.start()
    assert product.status("/health/ready/") == 200
    second = product.run("up")
    assert second.returncode == 1
    assert second.stderr.startswith(f"tracker: `tracker up` runs on {product.folder} already.")
    assert second.stderr.count("\n") == 1
    assert product.signal(signal.SIGTERM) == 0
    assert product.processes() == []


def test_a_taken_port_is_one_clear_line(product: Product) -> None:
    with socket.create_server(("127.0.0.1", product.port)):
        result = product.run("up")
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == (
        f"tracker: Cannot listen on 127.0.0.1 port {product.port}: Address already in use."
        " Set HOST or PORT to another, such as PORT=8001.\n"
    )
