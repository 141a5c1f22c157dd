"""What a body points to: only what points elsewhere than before is looked up, and what is unknown answers 404."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.api.fields import Named


def elsewhere(data: dict[str, Any], row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Named | None]:
    """Take the references out of a change; return those that point elsewhere than the row does now."""
    named = {name: data.pop(name) for name in names if name in data}
    return {name: ref for name, ref in named.items() if not _is_same(ref, row[name])}


def _is_same(ref: Named | None, shown: Mapping[str, Any] | None) -> bool:
    if ref is None or shown is None:
        return ref is None and shown is None
    return ref in (shown["id"], shown.get("code"))
