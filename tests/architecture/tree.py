"""The source as the rules see it: files found under a root and parsed once."""

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = ("backend", "assessments", "workstreams", "programs", "notifications", "core")


@dataclass(frozen=True)
class Source:
    """One Python file: where it stands, its text and its syntax tree."""

    path: Path
    place: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return _parsed(self.text, self.place)

    @property
    def is_migration(self) -> bool:
        return self.path.parent.name == "migrations" and self.path.stem != "__init__"

    @property
    def is_model(self) -> bool:
        """Whether the file belongs to a models room."""
        return self.path.stem == "models" or "models" in Path(self.place).parts

    def at(self, node: ast.AST | None, what: str) -> str:
        """Return one line that says what is wrong where."""
        line = getattr(node, "lineno", 1)
        return f"{self.place}:{line}: {what}"


@functools.lru_cache(maxsize=4000)
def _parsed(text: str, place: str) -> ast.Module:
    """Return a syntax tree, parsed once however many copies of the product have the file."""
    return ast.parse(text, place)


@functools.lru_cache(maxsize=2000)
def _read(path: Path, place: str, changed: int) -> Source:
    return Source(path, place, path.read_text())


def sources(root: Path, folders: tuple[str, ...] = FLOORS) -> Iterator[Source]:
    """Yield every Python file of the folders."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            yield _read(path, path.relative_to(root).as_posix(), path.stat().st_mtime_ns)


def templates(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the place and text of every template."""
    for folder in FLOORS:
        for path in sorted((root / folder).rglob("templates/**/*")):
            if path.is_file():
                yield path.relative_to(root).as_posix(), path.read_text()
