"""Rows to text: block style, keys in the order of the tables, only what differs from the default, always the same.

Written line by line: the format needs few of YAML's means, and 10,000 rows take well under a second.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from backend.programfile.format import nouns
from backend.programfile.format.document import Document, Row
from backend.programfile.format.parser import FORMAT
from backend.programfile.format.reminders import key_of
from backend.programfile.format.shapes import Child, Field, Shape
from notifications.registry import RuleInput

# Safe to write without quotes, for readers of YAML 1.1 and 1.2 alike: starts with a letter, says nothing special.
_PLAIN = re.compile(
    r"[^\W\d_][^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff#:,\[\]{}\"'&*!|>%@`?]*", re.UNICODE
)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9._+-]*@[A-Za-z0-9.-]*[A-Za-z]")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"})
_OUTSIDE = re.compile(r"[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")
_BLOCK_LINE = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]*")


def write(document: Document, *, status_date: dt.date) -> str:
    """Return a program as a file of the format."""
    lines = [f"format: {FORMAT}", f"status_date: {status_date.isoformat()}", "program:"]
    children = {kind: document.under(kind) for kind, shape in nouns.KINDS.items() if shape.parent}
    children["holiday"] = {None: document.of("holiday")}
    lines += _row(document.program, children, 2)
    for key, shape in nouns.SECTIONS.items():
        lines += _list(key, shape, document.of(shape.kind), children, 0)
    lines += _rules(document.rules)
    return "\n".join(lines) + "\n"


def _list(key: str, shape: Shape, rows: list[Row], children: dict[str, Any], indent: int) -> Iterator[str]:
    if not rows:
        return
    yield f"{' ' * indent}{key}:"
    for row in rows:
        if shape.short and _is_short(row, children):
            yield f"{' ' * indent}  - {_value(row.values[shape.short], indent)}"
            continue
        first, *rest = _row(row, children, indent + 4)
        yield f"{' ' * indent}  - {first.lstrip()}"
        yield from rest


def _is_short(row: Row, children: dict[str, Any]) -> bool:
    others = [field for field in row.shape.fields if field.key and field.column != row.shape.short]
    is_alone = not any(row.key in children.get(child.shape.kind, {}) for child in row.shape.children)
    return is_alone and all(row.values[field.column] == field.default for field in others)


def _mapping(child: Child, rows: list[Row], children: dict[str, Any], indent: int) -> Iterator[str]:
    """Write rows as a mapping by one of their values."""
    if not rows:
        return
    yield f"{' ' * indent}{child.key}:"
    for row in rows:
        key = f"{' ' * indent}  {_value(row.values[child.keyed], indent)}:"
        if child.shape.short and _is_short(row, children):
            yield f"{key} {_value(row.values[child.shape.short], indent)}"
        else:
            inner = list(_row(row, children, indent + 4))
            yield key if inner else f"{key} {{}}"
            yield from inner


def _row(row: Row, children: dict[str, Any], indent: int) -> Iterator[str]:
    groups: set[str] = set()
    for field in row.shape.fields:
        head, dot, _tail = field.key.partition(".")
        if dot and head not in groups:
            groups.add(head)
            yield from _group(row, head, indent)
        elif field.key and not dot and _is_said(row, field):
            yield f"{' ' * indent}{field.key}: {_value(row.values[field.column], indent)}"
    for child in row.shape.children:
        yield from _children(row, child, children, indent)


def _is_said(row: Row, field: Field) -> bool:
    return field.column in row.values and (field.is_required or row.values[field.column] != field.default)


def _group(row: Row, head: str, indent: int) -> Iterator[str]:
    fields = row.shape.groups[head]
    said = [(key, row.values[each.column]) for key, each in fields.items() if _is_said(row, each)]
    if said:
        yield f"{' ' * indent}{head}:"
        for key, value in said:
            yield f"{' ' * indent}  {key}: {_value(value, indent + 2)}"


def _children(row: Row, child: Child, children: dict[str, Any], indent: int) -> Iterator[str]:
    owner = row.key if child.shape.parent else None
    rows = [each for each in children.get(child.shape.kind, {}).get(owner, []) if child.holds(each.values)]
    if _stands_elsewhere(row.shape, child, rows):
        return
    if child.is_one:
        inner = list(_row(rows[0], children, indent + 2))
        yield f"{' ' * indent}{child.key}:" + ("" if inner else " {}")
        yield from inner
    elif child.keyed:
        yield from _mapping(child, rows, children, indent)
    else:
        yield from _list(child.key, child.shape, rows, children, indent)


def _stands_elsewhere(shape: Shape, child: Child, rows: list[Row]) -> bool:
    """Tell whether rows are written under another key, or not at all: one row alone where there is a key for one."""
    has_twin = any(other.shape is child.shape and other.is_one != child.is_one for other in shape.children)
    is_alone = len(rows) == 1
    return child.is_one != is_alone if has_twin else child.is_one and not rows


def _rules(rules: dict[str, RuleInput]) -> Iterator[str]:
    if rules:
        yield "reminders:"
    for kind, rule in rules.items():
        yield f"  {key_of(kind)}:"
        yield f"    offsets: [{', '.join(str(each) for each in rule.offsets)}]"
        if rule.overdue_every is not None:
            yield f"    overdue_every: {rule.overdue_every}"
        yield f"    to: [{', '.join(_value(each, 0) for each in rule.audience)}]"
        if rule.ladder:
            yield "    escalate:"
        for days, roles in rule.ladder:
            yield f"      - after: {days}"
            yield f"        to: [{', '.join(_value(each, 0) for each in roles)}]"


def _value(value: Any, indent: int) -> str:
    """Return a value as it is written after its key."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(json.dumps(each, ensure_ascii=True) for each in value)}]"
    return _text(str(value), indent) if value is not None else "null"


def number(value: Decimal) -> str:
    """Return a number without the zeros that a database adds: 88.4, not 88.4000."""
    return f"{value.normalize() + 0:f}"


def _text(text: str, indent: int) -> str:
    if _ADDRESS.fullmatch(text) or (_PLAIN.fullmatch(text) and text.lower() not in _WORDS and text[-1] not in " \xa0"):
        return text
    lines = text.split("\n")
    if len(lines) > 1 and _fits_block(lines):
        margin = " " * (indent + 2)
        return "|-\n" + "\n".join(margin + line if line else "" for line in lines)
    return _OUTSIDE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _fits_block(lines: list[str]) -> bool:
    """Tell whether lines can stand as they are below their key, and come back unchanged."""
    if not lines[0] or not lines[-1].strip() or lines[0][0] in " \t":
        return False
    return all(_BLOCK_LINE.fullmatch(line) and (not line or line.strip()) for line in lines)
