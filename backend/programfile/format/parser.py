"""Nodes to rows, by the tables of the nouns: every key known, every value of its type, nothing lost silently."""

import collections.abc as cabc
import datetime as dt
from copy import copy
from typing import Any

from django.utils.translation import gettext as _

from backend.programfile.format import nouns
from backend.programfile.format.document import Document, Row
from backend.programfile.format.shapes import Child, Field, Shape, Type
from backend.programfile.format.values import WrongValue, is_null, read_date, understand, understand_all
from core.documents.problems import Problems
from core.documents.reader import Mapping, Node, Scalar, Sequence

FORMAT = "crm-program/1"
# What may stand at the top beside the sections.
_TOP = ("format", "status_date", "program", "reminders")


class Parser:
    """Reads one file's nodes into rows; faults are noted, and what could be understood is kept."""

    def __init__(self, problems: Problems, shift: dt.timedelta) -> None:
        self.problems = problems
        self.shift = shift
        self.rows: dict[str, list[Row]] = {kind: [] for kind in nouns.KINDS}

    def document(self, root: Mapping) -> Document:
        """Return the whole file as rows."""
        self._know(root, "", (*_TOP, *nouns.SECTIONS))
        node = root.entries.get("program")
        if isinstance(node, Mapping):
            program = self._row(nouns.PROGRAM, node, "program")
        else:
            self.problems.add("program", root.lines.get("program", 1), _("the program itself is missing"))
            program = Row(nouns.PROGRAM, _defaults(nouns.PROGRAM), "program", wrong=set(nouns.PROGRAM.by_column))
        for key, shape in nouns.SECTIONS.items():
            if key in root.entries:
                self._list(Child(key, shape), root.entries[key], key, None)
        self.rows.pop(program.kind, None)
        return Document(program=program, rows=self.rows)

    def _know(self, node: Mapping, path: str, known: Any) -> None:
        """Note every key that means nothing here, with the one that was perhaps meant."""
        for key in node.entries:
            if key not in known:
                words = _("“%(key)s” means nothing here; known are %(known)s")
                place = f"{path}.{key}" if path else key
                self.problems.add(place, node.lines[key], words % {"key": key, "known": ", ".join(sorted(known))})

    def _list(self, child: Child, node: Node, path: str, parent: Row | None) -> None:
        """Read the rows of a list, or the one row that stands there without a list."""
        if isinstance(node, Scalar) and is_null(node):
            return
        if child.is_one:
            self._item(child.shape, node, path, parent)
        elif child.keyed:
            self._mapping(child, node, path, parent)
        elif isinstance(node, Sequence):
            for index, item in enumerate(node.items):
                self._item(child.shape, item, f"{path}[{index}]", parent, child.fixed)
        else:
            self.problems.add(path, node.line, _("a list is expected here"))

    def _mapping(self, child: Child, node: Node, path: str, parent: Row | None) -> None:
        """Read the rows of a mapping, a row for each key."""
        if not isinstance(node, Mapping):
            self.problems.add(path, node.line, _("keys with values are expected here"))
            return
        for key, item in node.entries.items():
            self._item(child.shape, item, f"{path}.{key}", parent, {child.keyed: key})

    def _item(
        self, shape: Shape, node: Node, path: str, parent: Row | None, fixed: cabc.Mapping[str, Any] | None = None
    ) -> None:
        if isinstance(node, Scalar) and shape.short:
            node = Mapping({shape.words(shape.short): node}, {shape.words(shape.short): node.line}, node.line)
        if not isinstance(node, Mapping):
            self.problems.add(path, node.line, _("keys with values are expected here"))
            return
        self._row(shape, node, path, parent, fixed)

    def _row(
        self,
        shape: Shape,
        node: Mapping,
        path: str,
        parent: Row | None = None,
        fixed: cabc.Mapping[str, Any] | None = None,
    ) -> Row:
        """Read one row, and then everything nested in it: that is told by whose it is."""
        row = Row(shape, _defaults(shape) | dict(fixed or {}), path, node.line, around=parent)
        if parent is not None and shape.parent:
            row.values[shape.parent] = parent.key
        self.rows.setdefault(shape.kind, []).append(row)
        self._know(node, path, {*shape.keys, *shape.groups, *shape.nested})
        for key, value in node.entries.items():
            if key in shape.keys:
                self._value(row, shape.keys[key], value, node.lines[key])
            elif key in shape.groups:
                self._group(row, shape.groups[key], value, f"{path}.{key}", node.lines[key])
        self._require(row)
        for key, child in shape.nested.items():
            if key in node.entries:
                self._list(child, node.entries[key], f"{path}.{key}", row)
        return row

    def _group(self, row: Row, fields: dict[str, Field], node: Node, path: str, line: int) -> None:
        if isinstance(node, Scalar) and is_null(node):
            return
        if not isinstance(node, Mapping):
            self.problems.add(path, line, _("keys with values are expected here"))
            row.wrong |= {each.column for each in fields.values()}
            return
        self._know(node, path, fields)
        for key, value in node.entries.items():
            if key in fields:
                self._value(row, fields[key], value, node.lines[key])

    def _value(self, row: Row, field: Field, node: Node, line: int) -> None:
        row.lines[field.column] = line
        try:
            if field.type is Type.TEXTS:
                row.values[field.column] = understand_all(node, field, self.shift)
                return
            if not isinstance(node, Scalar):
                raise WrongValue(_("one value is expected here"))
            if is_null(node):
                return
            row.values[field.column] = understand(node, field, self.shift)
        except WrongValue as error:
            row.wrong.add(field.column)
            row.lines[field.column] = node.line
            self.problems.add(row.path_of(field.column), node.line, str(error))

    def _require(self, row: Row) -> None:
        for field in row.shape.fields:
            value = row.values.get(field.column)
            is_missing = value is None or (isinstance(value, str) and not value.strip())
            if field.is_required and field.key and is_missing and field.column not in row.wrong:
                row.wrong.add(field.column)
                words = _("“%(key)s” is missing") % {"key": field.key}
                self.problems.add(row.path_of(field.column), row.line_of(field.column), words)


def _defaults(shape: Shape) -> dict[str, Any]:
    return {field.column: copy(field.default) for field in shape.fields}


def check_format(root: Mapping, problems: Problems) -> None:
    """Note when the file does not say that it is of this format."""
    node = root.entries.get("format")
    if node is None:
        problems.add("format", 1, _("the file does not begin with “format: %(format)s”") % {"format": FORMAT})
    elif not isinstance(node, Scalar) or node.text != FORMAT:
        text = node.text if isinstance(node, Scalar) else "…"
        words = _("“%(text)s” is not “%(format)s”")
        problems.add("format", node.line, words % {"text": text, "format": FORMAT})


def read_status_date(root: Mapping, problems: Problems) -> dt.date | None:
    """Return the day that the file tells of, None when it gives none; a wrong one is noted."""
    node = root.entries.get("status_date")
    if node is None:
        problems.add("status_date", 1, _("“status_date” is missing: the day that the file tells of"))
        return None
    try:
        if not isinstance(node, Scalar):
            raise WrongValue(_("one value is expected here"))
        return read_date(node.text, dt.timedelta())
    except WrongValue as error:
        problems.add("status_date", node.line, str(error))
        return None
