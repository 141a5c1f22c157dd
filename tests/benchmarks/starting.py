"""`python -m tests.benchmarks.starting`: how long the product takes to start, and what each process weighs.

Times are medians of several runs, with their spread; memory is read a while after the start, when every process has
done what it does when idle.
"""

import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from backend.processes import commands
from tests.faults.product import Process, Product, installed, wait_until

RUNS = 5
IDLE_SECONDS = 20
ROWS = (
    ("web, master", "granian", True),
    ("web, worker", "granian", False),
    ("Celery worker, master", " worker ", True),
    ("Celery worker, child", " worker ", False),
    ("Celery beat", " beat ", True),
    ("Valkey", "valkey", True),
)


def main() -> None:
    """Measure everything and print one table of times and one of memory."""
    with tempfile.TemporaryDirectory() as scratch:
        _times(Path(scratch))
        _memory(Path(scratch))


def _times(scratch: Path) -> None:
    print(f"| time to | median of {RUNS} | least | most |\n|---|---|---|---|")
    with installed(scratch / "times") as product:
        _row("`tracker --help`", lambda run: _seconds(lambda: product.run("--help")))
        _row("migrate from empty (SQLite, with static files)", lambda run: _migrate(scratch / f"empty-{run}"))
        product.run("migrate")
        _row("migrate with nothing to do", lambda run: _seconds(lambda: product.run("migrate")))
        _row("first answer of the web process", lambda run: _first_answer(product))
    with installed(scratch / "up") as product:
        product.run("migrate")
        _row("ready, `tracker up` on a migrated database", lambda run: _ready(product))


def _row(name: str, measure: Callable[[int], float]) -> None:
    times = [measure(run) for run in range(RUNS)]
    print(f"| {name} | {statistics.median(times):.2f} s | {min(times):.2f} s | {max(times):.2f} s |", flush=True)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _migrate(folder: Path) -> float:
    with installed(folder) as product:
        return _seconds(lambda: product.run("migrate"))


def _first_answer(product: Product) -> float:
    """Return the seconds from starting the web process to its first answer."""
    start = time.perf_counter()
    web = subprocess.Popen(commands.tracker("web"), env=product.environment, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: product.status("/health/live/") == 200, product.log)
        return time.perf_counter() - start
    finally:
        web.terminate()
        web.wait()


def _ready(product: Product) -> float:
    taken = _seconds(product.start)
    product.end()
    return taken


def _memory(scratch: Path) -> None:
    """Print the memory of each process of a running product: RSS, and PSS, which counts shared pages once."""
    with installed(scratch / "memory") as product:
        product.start()
        for _ in range(50):
            product.status("/")
        time.sleep(IDLE_SECONDS)
        print("\n| process | number | RSS each | PSS together |\n|---|---|---|---|")
        everything = product.processes()
        children = product.children()
        _weigh("`tracker up`", [process for process in everything if process not in children])
        for name, mark, is_master in ROWS:
            part = [process for process in children if mark in process.command]
            leaders = {process.pid for process in part} - {
                process.pid for process in part if _parent(process) in {other.pid for other in part}
            }
            _weigh(name, [process for process in part if (process.pid in leaders) is is_master])
        _weigh("all", everything)


def _weigh(name: str, processes: list[Process]) -> None:
    rss = [_field(process, "Rss") for process in processes]
    pss = sum(_field(process, "Pss") for process in processes)
    print(f"| {name} | {len(rss)} | {max(rss) / 1024:.0f} MB | {pss / 1024:.0f} MB |", flush=True)


def _field(process: Process, name: str) -> int:
    """Return a process's memory in KiB."""
    text = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith(f"{name}:"))


def _parent(process: Process) -> int:
    return int(Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[1])


if __name__ == "__main__":
    main()
