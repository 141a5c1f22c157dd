"""Migrations that have landed never change: there are databases that ran them, and no other text would change these.

`python -m tests.architecture.landed` adds the migrations that are new to landed.txt, before they land.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import ROOT, sources

LIST = "tests/architecture/landed.txt"
ADD = "python -m tests.architecture.landed"


def _digests(root: Path) -> dict[str, str]:
    """Return the digest of every migration there is."""
    migrations = (source for source in sources(root) if source.is_migration)
    return {source.place: hashlib.sha256(source.text.encode()).hexdigest() for source in migrations}


def _landed(root: Path) -> dict[str, str]:
    """Return the digests of those that have landed."""
    lines = (root / LIST).read_text().splitlines()
    return {place: digest for digest, place in (line.split() for line in lines)}


def changed_migrations(root: Path) -> Iterator[str]:
    """Yield migrations that landed and are not as they were, and those that nobody put on the list."""
    present, landed = _digests(root), _landed(root)
    for place in sorted(present.keys() | landed.keys()):
        if place not in present:
            yield f"{place}: this migration has landed, and is gone"
        elif place not in landed:
            yield f"{place}: a new migration; {ADD} adds it to {LIST}"
        elif present[place] != landed[place]:
            yield f"{place}: this migration has landed; change nothing in it, write another"


def main() -> None:
    """Add what is new to the list; what stands there stays."""
    found = _digests(ROOT) | _landed(ROOT)
    (ROOT / LIST).write_text("".join(f"{found[place]}  {place}\n" for place in sorted(found)))


if __name__ == "__main__":
    main()
