"""Rows of values as the API shows them."""

from collections.abc import Sequence

from core.api import rows
from core.api.pagination import Row

_TEMPLATE = (
    "id", "slug", "title", "about", "total_points", "is_built_in", "evidence_tests", "range_bands", "criterion_count",
    "created_at",
)  # fmt: skip


def template(values: Row, sections: Sequence[Row]) -> Row:
    """Return a version of a template with its sections."""
    code = f"{values['slug']}.{values['number']}"
    copied = f"{values['copied_slug']}.{values['copied_number']}" if values["copied_slug"] else None
    return {
        **{name: values[name] for name in _TEMPLATE},
        "code": code,
        "url": rows.address("assessment-templates", code),
        "version": values["number"],
        "copied_from": copied,
        "saved_by": rows.person(values, "saved_by"),
        "sections": list(sections),
    }
