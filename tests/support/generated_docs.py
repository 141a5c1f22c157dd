"""Tables of docs that are read off the code: `python -m tests.support.generated_docs` writes them, a test compares.

In a document stands `<!-- made of programs.choices.PROGRAM_MOVES -->`, the table, `<!-- end -->`. The last column of a
table of keys is written by hand and kept.
"""

import os
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import django
from django.db.models import Choices
from django.utils import translation

from core.states import Machine
from programs.choices import Role
from tests.architecture.tree import ROOT

BLOCK = re.compile(r"<!-- made of (\S+) -->\n(.*?)<!-- end -->", re.DOTALL)
Cells = Sequence[str]
# More keys than this under one key are told in words.
MOST_KEYS = 8


def documents() -> list[Path]:
    """Return every document of the product."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def cells(line: str) -> list[str]:
    """Return the cells of a line of a table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def remade(text: str) -> str:
    """Return a document with its tables as the code has them."""
    return BLOCK.sub(lambda block: f"<!-- made of {block[1]} -->\n{_table(block[1], block[2])}<!-- end -->", text)


def _table(name: str, before: str) -> str:
    thing = pkgutil.resolve_name(name)
    if not isinstance(thing, type) and callable(thing):
        thing = thing()
    rows = list(_rows(thing))
    if hasattr(thing, "fields"):
        kept = {line[0]: line[-1] for line in map(cells, before.splitlines())}
        rows = [(*row, kept.get(row[0], "") if number else "meaning") for number, row in enumerate(rows)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:], ""])


def _rows(thing: Any) -> Iterator[Cells]:
    if isinstance(thing, type) and issubclass(thing, Choices):
        return _choices(thing)
    if isinstance(thing, Mapping):
        first = next(iter(thing.values()))
        maker = next(make for kind, make in _MAPPINGS.items() if hasattr(first, kind))
        return maker(thing)
    return _machine(thing) if isinstance(thing, Machine) else _shape(thing)


def _choices(states: type[Choices]) -> Iterator[Cells]:
    yield "word", "shown as"
    yield from ((f"`{value}`", str(label)) for value, label in states.choices)


def _machine(machine: Machine) -> Iterator[Cells]:
    yield "state", "legal moves"
    for state in machine.states.values:
        moves = [f"`{name}` → {machine.moves[name].target}" for name in machine.legal(state)]
        yield f"`{state}`", ", ".join(moves) or "none"


def _rights(table: Mapping[Any, Any]) -> Iterator[Cells]:
    yield "may", *(role.value for role in reversed(Role))
    for right, roles in table.items():
        yield f"`{right.name}`", *("yes" if role in roles else "" for role in reversed(Role))


def _rules(table: Mapping[str, Any]) -> Iterator[Cells]:
    yield "move", "who may"
    yield from ((f"`{name}`", str(rule.roles)) for name, rule in table.items())


def _sources(table: Mapping[str, Any]) -> Iterator[Cells]:
    yield "kind", "audiences"
    yield from ((f"`{kind}`", ", ".join(f"`{role}`" for role in source.roles)) for kind, source in table.items())


def _thresholds(table: Mapping[str, Any]) -> Iterator[Cells]:
    yield "rating", "green", "amber"
    for name, one in table.items():
        sign = ("≥" if one.is_more_better else "≤") if one.is_bound_in else (">" if one.is_more_better else "<")
        yield f"`{name}`", f"{sign} {float(one.green):g}", f"{sign} {float(one.amber):g}"


_MAPPINGS: dict[str, Callable[[Any], Iterator[Cells]]] = {
    "issubset": _rights,
    "passes": _rules,
    "present": _sources,
    "rate": _thresholds,
}


def _shape(shape: Any) -> Iterator[Cells]:
    yield "key", "value"
    yield from _keys(shape, "")


def _keys(shape: Any, prefix: str) -> Iterator[Cells]:
    for field in shape.fields:
        if field.key:
            yield f"`{prefix}{field.key}`", _value(field)
    for child in shape.children:
        short = f", each with keys or the bare `{child.shape.words(child.shape.short)}`" if child.shape.short else ""
        kind = f"one {child.shape.kind}" if child.is_one else f"list{short}"
        yield f"`{prefix}{child.key}`", f"mapping by code of a {child.keyed}" if child.keyed else kind
        if shape.model is None and not child.shape.short and len(child.shape.fields) <= MOST_KEYS:
            yield from _keys(child.shape, f"{prefix}{child.key}." if child.is_one else f"{prefix}{child.key}[].")


def _value(field: Any) -> str:
    words = str(field.type.value)
    if field.type.name == "CHOICE":
        words = ", ".join(f"`{choice}`" for choice in field.choices)
    elif field.type.name == "REFERENCE":
        words = f"code, {field.refers_to}"
    elif field.most_characters:
        words = f"{words}, at most {field.most_characters} characters"
    if field.default not in (None, "", []):
        default = str(field.default).lower() if isinstance(field.default, bool) else field.default
        words = f"{words}; by default {default}"
    return f"{words}; required" if field.is_required else words


def main() -> int:
    """Write every table anew, and name the documents that changed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    django.setup()
    with translation.override("en"):
        for path in documents():
            text = path.read_text()
            if (fresh := remade(text)) != text:
                path.write_text(fresh)
                print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
