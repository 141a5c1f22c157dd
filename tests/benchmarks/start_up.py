"""`python -m tests.benchmarks.start_up`: how long the product takes to start, and what each process weighs.

Times are medians of several runs, with their spread; on a busy machine the processor time says more. Memory is read a
while after the start, when every process has done what it does when idle.
"""

import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from backend.processes import commands
from tests.faults.product import Process, Product, installed, wait_until

RUNS = 3
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
    print(f"| what | seconds, median of {RUNS} | least | most | processor seconds |\n|---|---|---|---|---|")
    with installed(scratch / "times") as product:
        python = (sys.executable, "-c", "pass")
        _row("raw: an interpreter that does nothing", lambda run: subprocess.run(python, check=True))
        _row("`tracker --help`", lambda run: product.run("--help"))
        _row("`tracker migrate` from empty (SQLite, static files)", lambda run: _migrate(scratch / f"empty-{run}"))
        product.run("migrate")
        _row("`tracker migrate` with nothing to do", lambda run: product.run("migrate"))
        _row("raw: a bare WSGI function, start to first answer", lambda run: _first_answer(product, is_bare=True))
        _row("web process, start to first answer", lambda run: _first_answer(product, is_bare=False))
    with installed(scratch / "up") as product:
        product.run("migrate")
        _row("`tracker up` on a migrated database, start to ready", lambda run: _ready(product))


def _row(name: str, work: Callable[[int], object]) -> None:
    """Time some work several times over, with the processor time of the processes that ended meanwhile."""
    times, loads = [], []
    for run in range(RUNS):
        start, load = time.perf_counter(), _processor_seconds()
        taken = work(run)
        times.append(taken if isinstance(taken, float) else time.perf_counter() - start)
        loads.append(_processor_seconds() - load)
    figures = (statistics.median(times), min(times), max(times), statistics.median(loads))
    print(f"| {name} |" + "".join(f" {figure:.2f} |" for figure in figures), flush=True)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _migrate(folder: Path) -> None:
    with installed(folder) as product:
        product.run("migrate")


def _first_answer(product: Product, *, is_bare: bool) -> float:
    """Return the seconds from starting the web process to its first answer."""
    argv = commands.web(host="127.0.0.1", port=product.port).argv
    if is_bare:
        argv = (*argv[:-1], "tests.benchmarks.bare:application")
    start = time.perf_counter()
    web = subprocess.Popen(argv, env=product.environment, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: product.status("/health/live/") == 200, product.log)
        return time.perf_counter() - start
    finally:
        web.terminate()
        web.wait()


def _ready(product: Product) -> float:
    start = time.perf_counter()
    product.start()
    taken = time.perf_counter() - start
    product.signal(signal.SIGTERM)
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
