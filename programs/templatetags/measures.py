"""What a measure is to reach, in words."""

from collections.abc import Mapping
from typing import Any

from django import template

from core.templatetags.reader import figure
from programs.choices import Direction

register = template.Library()


@register.filter
def goal(row: Mapping[str, Any]) -> str:
    """{{ measure|goal }}: 80 to reach; 40–60, ≥ 40 or ≤ 60 to maintain; nothing where it is not said."""
    if row["direction"] != Direction.MAINTAIN:
        return figure(row["target"])
    low, high = figure(row["low"]), figure(row["high"])
    if low and high:
        return f"{low}–{high}"
    if low:
        return f"≥ {low}"
    return f"≤ {high}" if high else ""
