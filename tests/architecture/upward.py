"""The rule that no floor names a page, template or stylesheet of a floor above by text: it asks for them by kind."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.architecture.tree import FLOORS, Source, sources, templates

# What still names a floor above: each line goes with the address, tab or panel that takes its place, and none is added.
KNOWN_LEAKS: frozenset[str] = frozenset()

_SHELF = re.compile(r"/(?:templates|static)/([a-z_]+)/")
# In a template any quoted name; in Python a string that is nothing else, or one that a name is put into.
_IN_TEMPLATE = re.compile(r"""["']([a-z_]+)(:[a-z_]|/)[^"'\s]*""")
_IN_PYTHON = re.compile(r"([a-z_]+)(:[a-z_]+|/[\w/{}-]+\.(?:html|txt|css|js|svg|png)(?:#\w+)?)")
_BEGUN = re.compile(r"([a-z_]+)[:/]")


def _owners(root: Path) -> Mapping[str, int]:
    """Return the floor of every URL namespace and folder of templates or files, counted from the top."""
    found: dict[str, int] = {}
    for number, floor in enumerate(FLOORS):
        for source in sources(root, (floor,)):
            if source.path.name == "urls.py":
                found |= dict.fromkeys(re.findall(r'^app_name = "(\w+)"', source.text, re.MULTILINE), number)
        for path in (root / floor).rglob("*"):
            if shelf := _SHELF.search(f"/{path.relative_to(root).as_posix()}"):
                found[shelf[1]] = number
    return found


def _floor_of(place: str) -> int:
    return FLOORS.index(place.partition("/")[0])


def _strings(source: Source) -> Iterator[tuple[ast.Constant, re.Match[str] | None]]:
    parts = {id(part) for node in ast.walk(source.tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node, _BEGUN.match(node.value) if id(node) in parts else _IN_PYTHON.fullmatch(node.value)


def _named(root: Path) -> Iterator[tuple[str, int, str, str]]:
    """Yield the place, line, owner and text of every name of a page, template or file."""
    for source in sources(root):
        if not source.is_migration:
            for node, match in _strings(source):
                if match:
                    yield source.place, node.lineno, match[1], match[0]
    for place, text in templates(root):
        for match in _IN_TEMPLATE.finditer(text):
            yield place, text.count("\n", 0, match.start()) + 1, match[1], match[0][1:]


def names_of_floors_above(root: Path) -> Iterator[str]:
    """Yield names of a floor above in templates and strings, and known leaks that are no more."""
    owners = _owners(root)
    found: set[str] = set()
    for place, line, owner, text in _named(root):
        if owner in owners and owners[owner] < _floor_of(place):
            leak = f"{place} {text}"
            found.add(leak)
            if leak not in KNOWN_LEAKS:
                yield f"{place}:{line}: names “{text}” of a floor above: ask core.addresses, navigation or panels"
    for leak in sorted(KNOWN_LEAKS - found):
        yield f"{leak.partition(' ')[0]}:1: no longer names “{leak.partition(' ')[2]}”: take it off KNOWN_LEAKS"
