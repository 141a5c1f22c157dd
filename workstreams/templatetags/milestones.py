"""The days of milestones, in words."""

from collections.abc import Mapping
from typing import Any

from django import template

from workstreams.queries import dates

register = template.Library()


@register.filter
def behind(row: Mapping[str, Any]) -> str:
    """{{ row|behind }}: "7 days overdue", "moved 35 days" or nothing."""
    return dates.behind_in_words(row)
