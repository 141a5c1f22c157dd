"""The section of reminder rules: days from the due date, negative before and positive after, and whom to tell."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.choices import ASSESSMENT, REASSESSMENT
from backend.programfile.format.shapes import Field, Type
from backend.programfile.format.values import WrongValue, understand
from core.documents.problems import Problems
from core.documents.reader import Mapping, Node, Scalar
from core.documents.reader import Sequence as NodeList
from notifications import registry
from notifications.registry import RuleInput

# Of these the product decides those that are registered; the rules of the others are kept.
_KINDS = ("milestone", "action", "measurement", "gate", "answers", "assessment", "raid")
# In a file "assessment" is the time to assess again, "answers" those that an open assessment waits for.
_KIND_OF = {"answers": ASSESSMENT, "assessment": REASSESSMENT}
_KEY_OF = {kind: key for key, kind in _KIND_OF.items()}
_KEYS = ("offsets", "overdue_every", "to", "escalate")
_RUNG = ("after", "to")
_DAYS = Field(key="", column="", type=Type.WHOLE)
_NO_SHIFT = dt.timedelta()
_ROLE = Field(key="", column="", type=Type.TEXT, most_characters=40)


def key_of(kind: str) -> str:
    """Return what a kind of reminder is called in the file."""
    return _KEY_OF.get(kind, kind)


class RuleReader:
    """Reads the rules of a file; faults are noted."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems

    def read(self, node: Node) -> dict[str, RuleInput]:
        """Return the rules by kind."""
        if not isinstance(node, Mapping):
            self.problems.add("reminders", node.line, _("keys with values are expected here"))
            return {}
        self._know(node, "reminders", {*_KINDS, *map(key_of, registry.sources())})
        rules = {}
        for kind, value in node.entries.items():
            if isinstance(value, Mapping):
                rule = self._rule(kind, value)
                rules[rule.kind] = rule
            else:
                self.problems.add(f"reminders.{kind}", value.line, _("keys with values are expected here"))
        return rules

    def _rule(self, kind: str, node: Mapping) -> RuleInput:
        path = f"reminders.{kind}"
        self._know(node, path, _KEYS)
        entries = node.entries
        every = entries.get("overdue_every")
        return RuleInput(
            kind=_KIND_OF.get(kind, kind),
            offsets=tuple(self._values(entries.get("offsets"), f"{path}.offsets", _DAYS)),
            overdue_every=next(self._several([every], f"{path}.overdue_every", _DAYS), None) if every else None,
            audience=tuple(self._values(entries.get("to"), f"{path}.to", _ROLE)),
            ladder=tuple(self._ladder(entries.get("escalate"), f"{path}.escalate")),
        )

    def _ladder(self, node: Node | None, path: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        for index, rung in enumerate(self._items(node, path)):
            place = f"{path}[{index}]"
            if not isinstance(rung, Mapping):
                self.problems.add(place, rung.line, _("keys with values are expected here"))
                continue
            self._know(rung, place, _RUNG)
            after = rung.entries.get("after")
            days = next(self._several([after], f"{place}.after", _DAYS), 0) if after else 0
            yield days, tuple(self._values(rung.entries.get("to"), f"{place}.to", _ROLE))

    def _items(self, node: Node | None, path: str) -> Sequence[Node]:
        if isinstance(node, NodeList):
            return node.items
        if node is not None:
            self.problems.add(path, node.line, _("a list is expected here"))
        return ()

    def _values(self, node: Node | None, path: str, field: Field) -> Iterator[Any]:
        return self._several(self._items(node, path), path, field)

    def _several(self, nodes: Sequence[Node], path: str, field: Field) -> Iterator[Any]:
        for node in nodes:
            try:
                if not isinstance(node, Scalar):
                    raise WrongValue(_("one value is expected here"))
                yield understand(node, field, _NO_SHIFT)
            except WrongValue as error:
                self.problems.add(path, node.line, str(error))

    def _know(self, node: Mapping, path: str, known: Any) -> None:
        for key in node.entries:
            if key not in known:
                words = _("“%(key)s” means nothing here; known are %(known)s")
                self.problems.add(
                    f"{path}.{key}", node.lines[key], words % {"key": key, "known": ", ".join(sorted(known))}
                )
