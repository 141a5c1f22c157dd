"""How what a row points to is shown: a number and what people call it, so that a list needs no second look-up.

A person is read by the prefix of its columns in a row of `values()`: "owner" reads owner_id and owner_name.
"""

from collections.abc import Mapping
from typing import Any

Values = Mapping[str, Any]


def address(resource: str, ref: Any) -> str:
    """Return the address of an item, from the root of the server."""
    return f"/api/v1/{resource}/{ref}/"


def code(values: Values, column: str = "code") -> str:
    """Return the full code of what stands in the row's program: ONE-A12."""
    return f"{values['program__key']}-{values[column]}"


def person(values: Values, prefix: str) -> dict[str, Any] | None:
    """Return a person by number and name."""
    number = values[f"{prefix}_id"]
    return None if number is None else {"id": number, "name": values[f"{prefix}_name"]}
