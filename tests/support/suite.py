"""`make test` after the checks: the image's steps and the suite on SQLite and on a throw-away PostgreSQL, at once.

Much of the suite waits: for a browser, for beat, for a process that was killed. Side by side one run works meanwhile.
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from tests.support import postgres

PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadscope", "--once", "--durations", "10"]
IMAGE = [sys.executable, "-m", "tests.support.image"]


def run(name: str, command: list[str], **environment: str) -> int:
    """Run one part, print what it says line by line behind its name, and return how it ended."""
    asked = {**os.environ, **environment}
    with subprocess.Popen(command, env=asked, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as part:
        assert part.stdout is not None
        for line in part.stdout:
            print(f"{name:<10} | {line}", end="", flush=True)
    return part.returncode


def main(arguments: Iterable[str]) -> int:
    """Run all of it, each part also when another failed; return 0 only if nothing did."""
    tests = [*PYTEST, *arguments]
    with postgres.cluster() as url, ThreadPoolExecutor() as pool:
        parts = [
            pool.submit(run, "image", IMAGE),
            pool.submit(run, "SQLite", tests, DATABASE_URL=""),
            pool.submit(run, "PostgreSQL", tests, DATABASE_URL=url),
        ]
        results = [part.result() for part in parts]
    return 1 if any(results) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
