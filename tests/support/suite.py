"""`make test` after the checks: the image's steps, then the whole suite on SQLite and on a throw-away PostgreSQL."""

import os
import subprocess
import sys

from tests.support import image, postgres

# Both cores; a file's tests stay together, so that one browser and one server serve a whole file.
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile"]


def run(name: str, url: str, arguments: list[str]) -> int:
    """Run the suite on one database, say which, and return how it ended."""
    print(f"\nThe suite on {name}", flush=True)
    return subprocess.run([*PYTEST, *arguments], env={**os.environ, "DATABASE_URL": url}).returncode


def main(arguments: list[str]) -> int:
    """Run all of it, the later also when the earlier failed; return 0 only if nothing did."""
    print("The image's steps in an empty folder", flush=True)
    results = [image.main(), run("SQLite", "", arguments)]
    with postgres.cluster() as url:
        results.append(run("PostgreSQL", url, arguments))
    return 1 if any(results) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
