"""The image's install steps in an empty folder, and the product that they leave behind: does it migrate and answer?

Run by `make test`; `python -m tests.support.image` runs it alone.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.architecture.tree import FLOORS, ROOT
from tests.support.postgres import free_port

COPIED = ("pyproject.toml", "requirements.txt", "requirements-dev.txt", ".ci", *FLOORS)
PAGES = ("/health/live/", "/accounts/login/")
# Generous: the suite runs beside it.
START_SECONDS = 120


def _install(scratch: Path) -> Path:
    """Take the image's steps in a copy of what the image gets; return the folder of the programs."""
    source, product = scratch / "source", scratch / "product"
    source.mkdir()
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    for step in ("dependencies", "product"):
        subprocess.run(
            [source / ".ci/install-image", step, product], check=True, env={**os.environ, "PYTHON": sys.executable}
        )
    shutil.rmtree(source)
    return product / "bin"


@contextlib.contextmanager
def _serving(programs: Path, environment: dict[str, str]) -> Iterator[str]:
    command: list[str | Path] = [programs / "tracker", "web"]
    with subprocess.Popen(command, env=environment, cwd=environment["TRACKER_DATA"], stderr=subprocess.DEVNULL) as web:
        try:
            yield f"http://127.0.0.1:{environment['PORT']}"
        finally:
            web.terminate()


def _answers(address: str) -> bool:
    """Return whether a page came, waiting for the server to start."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(address, timeout=5) as answer:
                return bool(answer.status == 200)
        except HTTPError:
            return False
        except (URLError, ConnectionError):
            time.sleep(0.1)
    return False


def _missing_pages(scratch: Path) -> list[str]:
    """Install, migrate, serve; return the pages that do not come."""
    programs, data = _install(scratch), scratch / "data"
    data.mkdir()
    clean = {name: value for name, value in os.environ.items() if name in {"LANG", "PATH", "TMPDIR"}}
    environment = {**clean, "TRACKER_DATA": str(data), "PORT": str(free_port())}
    subprocess.run([programs / "tracker", "migrate"], check=True, env=environment, cwd=data)
    with _serving(programs, environment) as address:
        return [page for page in PAGES if not _answers(f"{address}{page}")]


def main() -> int:
    """Try the steps; return 1 if one fails or a page does not come."""
    scratch = Path(tempfile.mkdtemp(prefix="tracker-image-"))
    try:
        missing = _missing_pages(scratch)
    except subprocess.CalledProcessError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    sys.stdout.write(f"these do not answer: {missing}\n" if missing else "installs, migrates and answers\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
