"""The map of what touches what as a picture: findings on the left, the criteria they touch on the right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ROW, TOP, WIDTH = 40, 22, 800
RIGHT, LEFT_END, RIGHT_START = 480, 290, 468
LONGEST = 34

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Node:
    """A finding or a criterion: its place, its code, the beginning of its words, all of them, how many lines meet."""

    y: int
    code: str
    words: str
    whole: str
    lines: int = 1


@dataclass(frozen=True)
class Map:
    """What stands on the left and on the right, and the lines between them."""

    left: Sequence[Node]
    right: Sequence[Node]
    lines: Sequence[str]
    height: int
    width: int = WIDTH

    @property
    def right_x(self) -> int:
        """Where the words on the right begin."""
        return RIGHT


def touching(findings: Sequence[Row]) -> Map | None:
    """Return the map of findings that touch other criteria, None where none does.

    Each finding has code, text and `affects`, the criteria with code and statement.
    """
    causes = [row for row in findings if row["affects"]]
    if not causes:
        return None
    criteria = {each["code"]: each for row in causes for each in row["affects"]}
    counts = {code: sum(any(each["code"] == code for each in row["affects"]) for row in causes) for code in criteria}
    rows = max(len(causes), len(criteria))
    left = [_node(place, len(causes), rows, row["code"], row["text"]) for place, row in enumerate(causes)]
    right = [
        _node(place, len(criteria), rows, code, each["statement"], counts[code])
        for place, (code, each) in enumerate(criteria.items())
    ]
    at = {node.code: node.y for node in right}
    lines = [_line(node.y, at[each["code"]]) for node, row in zip(left, causes, strict=True) for each in row["affects"]]
    return Map(left, right, lines, TOP * 2 + (rows - 1) * ROW)


def _node(place: int, count: int, rows: int, code: str, words: str, lines: int = 1) -> Node:
    """Return a node in a column of its own, which stands in the middle of the taller one."""
    y = TOP + (rows - count) * ROW // 2 + place * ROW
    short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
    return Node(y, code, short, words, lines)


def _line(start: int, end: int) -> str:
    middle = (LEFT_END + RIGHT_START) // 2
    return f"M{LEFT_END} {start}C{middle} {start} {middle} {end} {RIGHT_START} {end}"
