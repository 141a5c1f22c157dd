"""`make test` after the checks: the image's steps, then the whole suite on SQLite and on a throw-away PostgreSQL."""

import os
import subprocess
import sys

from tests.support import image, postgres

# Both cores. What shares a browser or a product stays on one worker, as a group; all else goes to whoever is free.
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "--once", "--durations", "10"]


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
