"""`make check`: everything that can be said about the code without running its tests, side by side; changes nothing."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(sys.executable).parent
PRODUCT = ["assessments", "backend", "core", "notifications", "programs", "workstreams"]
CHECKS = {
    "types": ["mypy"],
    "formatted": ["ruff", "format", "--check", "--quiet", "."],
    "templates": ["python", "-m", "tests.support.templates", "--check"],
    "linted": ["ruff", "check", "--quiet", "."],
    "floors and rooms": ["lint-imports", "--no-logo"],
    "security": [
        "bandit",
        "--quiet",
        "--severity-level",
        "medium",
        "--recursive",
        "--configfile",
        "pyproject.toml",
        *PRODUCT,
    ],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "settings": ["python", "manage.py", "check", "--fail-level", "WARNING"],
    "messages": ["python", "-m", "tests.support.messages"],
    "house rules": ["python", "-m", "tests.architecture.rules"],
}


def run(name: str, data: str) -> bool:
    """Run one check, say how it went and, where it failed, everything it said."""
    program, *arguments = CHECKS[name]
    environment = {**os.environ, "TRACKER_DATA": data, "DATABASE_URL": ""}
    started = time.monotonic()
    done = subprocess.run([HERE / program, *arguments], env=environment, capture_output=True, text=True)
    is_clean = done.returncode == 0
    line = f"{'clean' if is_clean else 'UNCLEAN'}  {name} ({time.monotonic() - started:.1f} s)"
    print(line if is_clean else f"{line}\n{done.stdout}{done.stderr}", flush=True)
    return is_clean


def main() -> int:
    """Run every check, two at a time; return 1 if any found something."""
    with tempfile.TemporaryDirectory(prefix="tracker-checks-") as data, ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda name: run(name, data), CHECKS))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
