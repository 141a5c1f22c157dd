"""Text to a tree of nodes that know their lines, within bounds; what a scalar means is decided later, by the shapes.

The events come from libyaml: it takes 0.3 s for a program of 10,000 action items where a reader in Python takes 7 s.
Only its grammar is used, never its resolver, so YAML 1.1's ideas of `on`, `NO` and dates cannot creep in.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from django.utils.translation import gettext as _

from core.documents.problems import Problems

MOST_BYTES = 16 * 1024 * 1024
MOST_NODES = 1_500_000
MOST_DEPTH = 12
MOST_ITEMS = 50_000
LONGEST_TEXT = 20_000

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Scalar:
    """A text as written; `is_plain` when it stands without quotes and may mean a number, a flag or nothing."""

    text: str
    is_plain: bool
    line: int


@dataclass(slots=True)
class Sequence:
    """A list."""

    items: list["Node"]
    line: int


@dataclass(slots=True)
class Mapping:
    """Keys with their nodes; `lines` says where each key stands."""

    entries: dict[str, "Node"]
    lines: dict[str, int]
    line: int


Node = Scalar | Sequence | Mapping


class _Stop(Exception):
    """Reading cannot go on; the reason is noted."""


def decode(content: bytes, problems: Problems) -> str:
    """Return the text of a file, empty when it is too large or not UTF-8; the line of the first wrong byte is noted."""
    if len(content) > MOST_BYTES:
        problems.add("", 0, _("the file is larger than %(most)s MiB") % {"most": MOST_BYTES // 1024 // 1024})
        return ""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.add("", line, _("this is not UTF-8 text"))
        return ""


def read(text: str, problems: Problems) -> Mapping | None:
    """Return the file's top mapping, None when there is none to speak of; faults are noted."""
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        problems.add("", 0, _("the file is larger than %(most)s MiB") % {"most": MOST_BYTES // 1024 // 1024})
        return None
    text = text.removeprefix("\ufeff")
    if not text.strip():
        problems.add("", 1, _("the file is empty"))
        return None
    tree = _Tree(problems)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            tree.take(event)
    except _Stop:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.add("", mark.line + 1 if mark else 0, _grammar(error, text))
        return None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problems.add("", line, _("a character stands here that no text file has"))
        return None
    if isinstance(tree.root, Mapping):
        return tree.root
    problems.add("", 1, _("this is no file of the product: it has no line “format: …” at its top"))
    return None


def _grammar(error: yaml.MarkedYAMLError, text: str) -> str:
    """Return what is wrong with the YAML, in words."""
    last = error.problem_mark.line if error.problem_mark else 0
    if any("\t" in line[: len(line) - len(line.lstrip())] for line in text.split("\n")[last : last + 1]):
        return _("a tab stands where YAML wants spaces")
    what = " ".join(part for part in (error.context, error.problem) if part)
    return _("this is not YAML: %(what)s (is the file whole?)") % {"what": what}


class _Tree:
    """Builds nodes out of events, without recursion, and refuses what the formats never need."""

    def __init__(self, problems: Problems) -> None:
        self.root: Node | None = None
        self._problems = problems
        self._open: list[Sequence | Mapping] = []
        self._keys: list[tuple[str, int] | None] = []
        self._documents = 0
        self._nodes = 0

    def take(self, event: yaml.Event) -> None:
        """Add one event."""
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event, line)
            self._scalar(Scalar(event.value, event.implicit[0] and not event.style, line))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._refuse_marks(event, line)
            self._begin(Sequence([], line))
        elif isinstance(event, yaml.MappingStartEvent):
            self._refuse_marks(event, line)
            self._begin(Mapping({}, {}, line))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._stop(line, _("aliases (*name) are not part of the format"))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(line, _("a second document begins here; a file is one"))

    def _refuse_marks(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor is not None:
            self._stop(line, _("anchors (&name) are not part of the format"))
        if getattr(event, "tag", None) not in (None, "!"):
            self._stop(line, _("tags (!name) are not part of the format"))
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._stop(line, _("the file holds more than %(most)s values") % {"most": MOST_NODES})

    def _scalar(self, node: Scalar) -> None:
        if len(node.text) > LONGEST_TEXT:
            self._problems.add(self._path(), node.line, _("the text is longer than %(most)s") % {"most": LONGEST_TEXT})
            node.text = node.text[:LONGEST_TEXT]
        if self._open and isinstance(self._open[-1], Mapping) and self._keys[-1] is None:
            self._keys[-1] = (node.text, node.line)
        else:
            self._place(node)

    def _begin(self, node: Sequence | Mapping) -> None:
        if len(self._open) >= MOST_DEPTH:
            self._stop(node.line, _("values are nested deeper than %(most)s") % {"most": MOST_DEPTH})
        if self._open and isinstance(self._open[-1], Mapping) and self._keys[-1] is None:
            self._stop(node.line, _("a key is a word, not a list or a mapping"))
        self._place(node)
        self._open.append(node)
        self._keys.append(None)

    def _place(self, node: Node) -> None:
        """Hang a node where it belongs; a key that stands there twice is noted, and its first value kept."""
        if not self._open:
            self.root = node
            return
        holder = self._open[-1]
        if isinstance(holder, Sequence):
            if len(holder.items) >= MOST_ITEMS:
                self._stop(node.line, _("a list is longer than %(most)s") % {"most": MOST_ITEMS})
            holder.items.append(node)
            return
        named, self._keys[-1] = self._keys[-1], None
        key, line = named or ("", node.line)
        if key in holder.entries:
            words = _("the key “%(key)s” stands there twice; first on line %(line)s")
            self._problems.add(self._path(key), line, words % {"key": key, "line": holder.lines[key]})
            return
        holder.entries[key] = node
        holder.lines[key] = line

    def _stop(self, line: int, message: str) -> None:
        self._problems.add(self._path(), line, message)
        raise _Stop

    def _path(self, last: str = "") -> str:
        """Return where reading is, as in phases[2].outcomes."""
        return "".join(self._steps(last)).lstrip(".")

    def _steps(self, last: str) -> Iterator[str]:
        for holder, key in zip(self._open, self._keys, strict=True):
            if isinstance(holder, Sequence):
                yield f"[{len(holder.items) - 1 if holder is not self._open[-1] else len(holder.items)}]"
            elif key is not None:
                yield f".{key[0]}"
            elif holder.entries and holder is not self._open[-1]:
                yield f".{next(reversed(holder.entries))}"
        if last:
            yield f".{last}"
