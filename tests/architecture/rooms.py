"""Which files and folders may stand where: the closed set of rooms, floor by floor."""

from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import FLOORS

AS_DJANGO_HAS_IT = {
    "__init__",
    "apps",
    "migrations",
    "templates",
    "templatetags",
    "management",
    "static",
    "locale",
    "data",
}
ROOMS = AS_DJANGO_HAS_IT | {
    "urls", "views", "api", "admin", "tasks", "forms", "services", "notices", "deadlines", "access", "queries",
    "querysets", "indicators", "models", "choices", "exceptions",
}  # fmt: skip
ALLOWED = {
    "assessments": ROOMS | {"format", "contents"},
    "workstreams": ROOMS | {"contents"},
    "programs": ROOMS | {"registry", "contents"},
    "notifications": ROOMS | {"registry", "channels"},
    "core": AS_DJANGO_HAS_IT
    | {"accounts", "audit"}
    | {
        "urls",
        "views",
        "api",
        "forms",
        "access",
        "models",
        "exceptions",
        "clock",
        "states",
        "triggers",
        "fields",
        "faults",
        "operations",
        "refusals",
        "cache",
        "exports",
    }
    | {"addresses", "panels", "pagination", "transitions"}
    | {"middleware", "context_processors", "navigation", "flash", "provenance", "pdf", "health", "logs", "documents"},
    "core/accounts": ROOMS | {"adapter", "middleware"},
    "core/audit": ROOMS | {"registry"},
    "backend": {
        "__init__",
        "settings",
        "urls",
        "celery",
        "asgi",
        "wsgi",
        "cli",
        "processes",
        "overview",
        "programfile",
    },
    "backend/overview": ROOMS,
    "backend/programfile": ROOMS | {"format"},
}
TOP = {*FLOORS, "tests", "docs"}
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "lib"}


def _is_left_out(path: Path) -> bool:
    # A folder that moved away leaves its bytecode behind.
    is_gone = path.is_dir() and not any(one.is_file() and one.suffix != ".pyc" for one in path.rglob("*"))
    return path.name.startswith(".") or path.suffix in {".egg-info", ".typed"} or is_gone


def stray_rooms(root: Path) -> Iterator[str]:
    """Yield what stands in an app but is no room of it."""
    for app, rooms in ALLOWED.items():
        for path in sorted((root / app).glob("*")):
            if not _is_left_out(path) and path.stem not in rooms:
                yield f"{path.relative_to(root)}: no room of {app} (docs/decisions records a new one)"


def drawers(root: Path) -> Iterator[str]:
    """Yield modules and folders whose name says nothing about what belongs in them."""
    for floor in FLOORS:
        for path in sorted((root / floor).rglob("*")):
            if path.stem in DRAWERS and (path.suffix == ".py" or path.is_dir()):
                yield f"{path.relative_to(root)}: a drawer; which room does its content belong to?"


def stray_floors(root: Path) -> Iterator[str]:
    """Yield packages at the top that are no floor."""
    for path in sorted(root.glob("*/__init__.py")):
        if path.parent.name not in TOP:
            yield f"{path.parent.relative_to(root)}: no floor of the house"
