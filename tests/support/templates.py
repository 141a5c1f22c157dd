"""Templates as djade formats them: `python -m tests.support.templates` writes; with `--check` it names what differs."""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import ROOT, templates

DJADE = Path(sys.executable).with_name("djade")
TARGET = "--target-version=5.2"


def _formatted(text: str) -> str:
    """Return a template as djade writes it, without the line end that it would add."""
    done = subprocess.run([DJADE, TARGET, "-"], input=text, capture_output=True, text=True)
    # What stands in the middle of a line ends without one: it would show as a space.
    return done.stdout if text.endswith("\n") else done.stdout.removesuffix("\n")


def unformatted(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the place of each template that is not as it should be, and the text that it should have."""
    for place, text in templates(root):
        if place.endswith(".html") and (wanted := _formatted(text)) != text:
            yield place, wanted


def main() -> int:
    """Format, or name what is not formatted; return 1 if a check found something."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    is_check = parser.parse_args().check
    found = list(unformatted(ROOT))
    for place, wanted in found:
        if is_check:
            sys.stdout.write(f"{place}: not formatted; make fmt\n")
        else:
            (ROOT / place).write_text(wanted)
    return 1 if is_check and found else 0


if __name__ == "__main__":
    sys.exit(main())
