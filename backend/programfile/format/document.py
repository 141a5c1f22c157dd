"""A program file in memory: rows by kind, in the order they stand there, each knowing its path and lines."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from backend.programfile.format.shapes import Shape


@dataclass(slots=True)
class Row:
    """One row. `values` by column: people as addresses, references as codes. `wrong` names the columns not understood.

    A row out of the database has its `pk` and no lines; one out of a file knows the row around it.
    """

    shape: Shape
    values: dict[str, Any]
    path: str = ""
    line: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    pk: int | None = None
    around: "Row | None" = None

    @property
    def key(self) -> Any:
        """By what other rows name it: one value, or a tuple of several."""
        found = tuple(self.values.get(column) for column in self.shape.names)
        return found if len(found) > 1 else found[0]

    @property
    def kind(self) -> str:
        """The kind of thing it is."""
        return self.shape.kind

    @property
    def name(self) -> str:
        """What people call it: its code, key or address, else that of what it stands in."""
        values = self.values
        around = values.get(self.shape.parent)
        own = values.get("code") or values.get("key") or values.get("email") or ""
        is_local = "code" not in self.shape.identity or self.shape.parent in self.shape.identity
        parts = (*(around if isinstance(around, tuple) else (around,)), own) if is_local else (own,)
        return "-".join(str(part) for part in parts if part) or self.path

    def path_of(self, column: str) -> str:
        """Return the path of a value."""
        words = self.shape.words(column)
        return f"{self.path}.{words}" if self.path else words

    def line_of(self, column: str) -> int:
        """Return the line of a value, the row's own where the value is absent."""
        return self.lines.get(column, self.line)

    def identity(self) -> tuple[Any, ...]:
        """Return what the row is found again by."""
        return tuple(self.values.get(column) for column in self.shape.identity)


@dataclass
class Document:
    """A whole program: the row of the program itself and the rows of every other kind."""

    program: Row
    rows: dict[str, list[Row]] = field(default_factory=dict)
    rules: dict[str, Any] = field(default_factory=dict)
    rule_lines: dict[str, int] = field(default_factory=dict)

    def of(self, kind: str) -> list[Row]:
        """Return the rows of a kind, which may be added to."""
        return self.rows.setdefault(kind, [])

    def by_code(self, kind: str) -> dict[str, Row]:
        """Return the rows of a kind by code; of those with the same code, the first."""
        found: dict[str, Row] = {}
        for row in self.of(kind):
            found.setdefault(row.values.get("code") or "", row)
        found.pop("", None)
        return found

    def under(self, kind: str) -> dict[Any, list[Row]]:
        """Return the rows of a nested kind by the row they are nested in."""
        found: dict[Any, list[Row]] = {}
        for row in self.of(kind):
            found.setdefault(row.values.get(row.shape.parent), []).append(row)
        return found

    def every(self) -> Iterator[Row]:
        """Yield the program's row and then every other."""
        yield self.program
        for rows in self.rows.values():
            yield from rows
