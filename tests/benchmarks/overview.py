"""`python -m tests.benchmarks.overview`: the Program page and the overview of a large program, under load.

12 phases, 200 milestones, 1,000 dependencies, 60 measures with 5,000 readings, 400 action items, on SQLite. Each answer
is compared with the raw limit of the same run: a bare WSGI function on the same server and database that reads the
milestones in one statement, with no sign-in and no figure. Runs are interleaved; medians of several, with their spread.
"""

import http.client
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from backend.processes import commands
from tests.architecture.tree import ROOT
from tests.faults.product import Product, installed, wait_until
from tests.support.picture import clock_offset
from tests.support.postgres import free_port

RUNS, SECONDS, CONNECTIONS = 3, 5.0, (1, 8)
BARE = "tests.benchmarks.bare:application"
FILL = "from tests.benchmarks import filling; filling.main()"


@dataclass
class Target:
    """What is asked for: a name, where, with which headers; and what each run measured."""

    name: str
    port: int
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    rates: list[float] = field(default_factory=list)
    middles: list[float] = field(default_factory=list)
    slows: list[float] = field(default_factory=list)

    def run(self, connections: int) -> None:
        """Ask over and over, on so many connections at once, and note requests a second and milliseconds."""
        taken: list[float] = []
        end = time.perf_counter() + SECONDS
        threads = [threading.Thread(target=self._ask, args=(end, taken)) for _ in range(connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(taken) > connections, f"{self.name}: {len(taken)} answers in {SECONDS} s"
        parts = statistics.quantiles(taken, n=20)
        self.rates.append(len(taken) / SECONDS)
        self.middles.append(1000 * statistics.median(taken))
        self.slows.append(1000 * parts[-1])

    def _ask(self, end: float, taken: list[float]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while time.perf_counter() < end:
            began = time.perf_counter()
            connection.request("GET", self.path, headers=self.headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, f"{self.path}: {answer.status}"
            taken.append(time.perf_counter() - began)
        connection.close()


def main() -> None:
    """Fill a database, start both servers, and print a table for each number of connections."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        installed(Path(scratch) / "data", TRACKER_CLOCK_OFFSET=str(clock_offset())) as product,
    ):
        product.run("migrate")
        session = _fill(product)
        with (
            _serving(product, product.port),
            _serving(product, free_port(), BARE) as raw,
        ):
            for connections in CONNECTIONS:
                _table(_targets(product.port, raw, session), connections)


def _fill(product: Product) -> str:
    """Make the program and return the cookie that its manager is signed in with."""
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "-c", FILL]
    done = subprocess.run(command, env=product.environment, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()[-1]


@contextmanager
def _serving(product: Product, port: int, application: str = "") -> Iterator[int]:
    """Serve the product, or another application, as the product is served."""
    argv = commands.web(host="127.0.0.1", port=port).argv
    environment = {**product.environment, "BARE_DATABASE": str(product.folder / "tracker.sqlite3")}
    server = subprocess.Popen((*argv[:-1], application or argv[-1]), env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: _answers(port), product.log)
        yield port
    finally:
        server.terminate()
        server.wait()


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/live/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _targets(port: int, raw: int, session: str) -> list[Target]:
    signed_in = {"Cookie": session}
    return [
        Target("raw: the milestones, in one statement, by a bare function", raw, "/rows/"),
        Target("`GET /programs/BIG/overview/`", port, "/api/v1/programs/BIG/overview/", signed_in),
        Target("Program page", port, "/programs/BIG/", signed_in),
    ]


def _table(targets: list[Target], connections: int) -> None:
    """Measure each target in turn, several times over, and print what came of it."""
    for _run in range(RUNS):
        for target in targets:
            target.run(connections)
    limit = statistics.median(targets[0].rates)
    print(f"\n{connections} at once\n\n| what | answers a second | of raw | median, ms | p95, ms (least, most) |")
    print("|---|---|---|---|---|")
    for target in targets:
        rate, slow = statistics.median(target.rates), statistics.median(target.slows)
        print(
            f"| {target.name} | {rate:.0f} | {rate / limit:.3f} | {statistics.median(target.middles):.0f}"
            f" | {slow:.0f} ({min(target.slows):.0f}, {max(target.slows):.0f}) |",
            flush=True,
        )


if __name__ == "__main__":
    main()
