"""The texts of a debrief as paragraphs and lists: empty lines part them, "- " begins a line of a list."""

from typing import Any

from django import template

register = template.Library()
MARK = "- "


@register.filter
def blocks(text: str) -> list[dict[str, Any]]:
    """Return a text's paragraphs and lists in order, each with its lines; whoever shows them escapes them."""
    found: list[dict[str, Any]] = []
    for line in [*text.splitlines(), ""]:
        is_item, said = line.startswith(MARK), line.removeprefix(MARK).strip()
        if not said:
            found.append({"is_list": False, "lines": []})
        elif found and found[-1]["lines"] and found[-1]["is_list"] == is_item:
            found[-1]["lines"].append(said)
        else:
            found.append({"is_list": is_item, "lines": [said]})
    return [block for block in found if block["lines"]]
