"""Refusals of the domain are told to a form, or on a page, by `core.refusals` alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import Source, sources

# What a view catches all the same, and why no form has to be told of it.
CAUGHT = {
    "core/accounts/views.py LinkDoesNotWork": "the page of the link has no form: it is drawn without its button",
    "workstreams/views/paste.py RowsRefused": "each row of the preview says what is wrong with it",
    "backend/programfile/views.py FileRefused": "the preview lists every fault of the file, by line",
    "backend/overview/views/my_work.py NotFound": "a list is shown all the same, with nothing beside it",
}


def caught_in_views(root: Path) -> Iterator[str]:
    """Yield the handlers of refusals in views and forms, and what the list above has without need."""
    unseen = set(CAUGHT)
    for source in filter(_faces_people, sources(root)):
        for node, name in _caught(source):
            if f"{source.place} {name}" in CAUGHT:
                unseen.discard(f"{source.place} {name}")
            else:
                yield source.at(node, f"“{name}” is caught by hand: call the service by core.refusals")
    for place, name in (each.split(" ") for each in sorted(unseen)):
        yield f"{place}:1: no longer catches “{name}”: take it off the list of tests/architecture/refusals.py"


def _faces_people(source: Source) -> bool:
    parts = {part.removesuffix(".py") for part in Path(source.place).parts}
    return not parts.isdisjoint({"views", "forms"})


def _caught(source: Source) -> Iterator[tuple[ast.AST, str]]:
    refusals = set(_refusals(source.tree))
    for node in ast.walk(source.tree):
        written = [ast.unparse(each) for each in _types(node)]
        yield from ((node, name) for name in written if name.rpartition(".")[0] in refusals or name in refusals)


def _types(node: ast.AST) -> list[ast.expr]:
    """Return what a handler, or contextlib.suppress(), catches."""
    if isinstance(node, ast.ExceptHandler) and node.type is not None:
        return node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "suppress":
        return node.args
    return []


def _refusals(tree: ast.AST) -> Iterator[str]:
    """Yield the names by which a module knows refusals, and rooms of them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.asname or each.name for each in node.names if _is_room(each.name))
        elif isinstance(node, ast.ImportFrom):
            named = [each for each in node.names if _is_room(str(node.module)) or _is_room(each.name)]
            yield from (each.asname or each.name for each in named)


def _is_room(module: str) -> bool:
    # The framework's own are no refusals: a form's clean() raises them and may catch them.
    return module.rpartition(".")[2] == "exceptions" and not module.startswith(("django.", "rest_framework."))
