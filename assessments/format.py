"""The text of a template, `crm-assessment-template/1`: read with its lines, checked, and written again."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

from assessments.choices import AnswerKind
from core.documents import reader
from core.documents.problems import Problems
from core.documents.reader import Node, Scalar

FORMAT = "crm-assessment-template/1"
TESTS = ("owner", "consistent", "documented")
MOST_POINTS, MOST_VERSIONS = 100_000, 9_999
SLUG = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
_TEMPLATE_KEYS = {
    "format", "slug", "version", "title", "about", "total_points", "evidence_tests", "range_bands", "sections",
}  # fmt: skip
_PART_KEYS = {"code", "name", "points", "criteria"}
_SECTION_KEYS = _PART_KEYS | {"group", "parts"}
_CRITERION_KEYS = {"code", "answer", "points", "statement", "rationale"}
_CODE_LENGTH, _NAME_LENGTH = 20, 200


@dataclass(frozen=True)
class Criterion:
    """A statement to judge."""

    code: str
    answer: str
    points: int
    statement: str
    rationale: str


@dataclass(frozen=True)
class Section:
    """A section with criteria, or with parts that have them."""

    code: str
    name: str
    group: str
    points: int
    criteria: tuple[Criterion, ...] = ()
    parts: tuple["Section", ...] = ()


@dataclass(frozen=True)
class Template:
    """A whole template."""

    slug: str
    version: int
    title: str
    about: str
    total_points: int
    evidence_tests: tuple[dict[str, str], ...]
    range_bands: tuple[tuple[int, int], ...]
    sections: tuple[Section, ...]


@dataclass
class _Codes:
    """The codes met so far, each with its line: they are unique in a template."""

    lines: dict[str, int] = field(default_factory=dict)


def read_template(text: str, problems: Problems) -> Template | None:
    """Return the template that a text describes, None where anything is wrong; every fault is noted with its line."""
    root = reader.read(text, problems)
    if root is None:
        return None
    node = _Map(root, "", problems)
    node.refuse_unknown(_TEMPLATE_KEYS)
    if node.text("format") != FORMAT:
        node.fault("format", _("write “%(format)s” here") % {"format": FORMAT})
    codes = _Codes()
    total = node.number("total_points")
    sections = tuple(_section(each, codes) for each in node.maps("sections"))
    _check_sum(node, "total_points", total, sum(each.points for each in sections))
    template = Template(
        slug=_slug(node),
        version=node.number("version", least=1, most=MOST_VERSIONS),
        title=node.text("title", most=_NAME_LENGTH),
        about=node.text("about", is_required=False),
        total_points=total,
        evidence_tests=tuple(_tests(node)),
        range_bands=tuple(_bands(node)),
        sections=sections,
    )
    return None if problems else template


def _slug(node: "_Map") -> str:
    """Return the short name, which stands in addresses."""
    slug = node.text("slug", most=60)
    if slug and not re.fullmatch(SLUG, slug):
        node.fault("slug", _("write small letters, digits and hyphens, a letter first"))
    return slug


class _Map:
    """A mapping of the text with the path to it, and what is asked of its keys."""

    def __init__(self, node: reader.Mapping, path: str, problems: Problems) -> None:
        self.node, self.path, self.problems = node, path, problems

    def place(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def fault(self, key: str, message: str) -> None:
        self.problems.add(self.place(key), self.node.lines.get(key, self.node.line), message)

    def refuse_unknown(self, known: set[str]) -> None:
        for key in self.node.entries.keys() - known:
            self.fault(key, _("there is no such key here"))

    def text(self, key: str, *, is_required: bool = True, most: int = reader.LONGEST_TEXT) -> str:
        found = self.node.entries.get(key)
        text = found.text.strip() if isinstance(found, Scalar) else ""
        if found is not None and not isinstance(found, Scalar):
            self.fault(key, _("write a text here"))
        elif is_required and not text:
            self.fault(key, _("this is missing"))
        elif len(text) > most:
            self.fault(key, _("the text is longer than %(most)s") % {"most": most})
        return text

    def number(self, key: str, *, least: int = 0, most: int = MOST_POINTS) -> int:
        text = self.text(key)
        if not (text.isascii() and text.isdecimal() and len(text) < 9 and least <= int(text) <= most):
            if text:
                self.fault(key, _("write a whole number from %(least)s to %(most)s") % {"least": least, "most": most})
            return 0
        return int(text)

    def maps(self, key: str) -> Iterator["_Map"]:
        """Yield the mappings of a list that has at least one."""
        found = self.node.entries.get(key)
        items: list[Node] = found.items if isinstance(found, reader.Sequence) else []
        if not items:
            self.fault(key, _("write a list here, with at least one entry"))
        for position, item in enumerate(items):
            path = f"{self.place(key)}[{position}]"
            if isinstance(item, reader.Mapping):
                yield _Map(item, path, self.problems)
            else:
                self.problems.add(path, item.line, _("write keys and values here"))


def _section(node: _Map, codes: _Codes, group: str | None = None) -> Section:
    """Return a section, or with its section's group a part of one."""
    is_part = group is not None
    node.refuse_unknown(_PART_KEYS if is_part else _SECTION_KEYS)
    code, points = _code(node, codes), node.number("points")
    own = group if group is not None else node.text("group", is_required=False, most=40)
    parts: tuple[Section, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    if "parts" in node.node.entries and not is_part:
        if "criteria" in node.node.entries:
            node.fault("criteria", _("a section has criteria or parts, not both"))
        parts = tuple(_section(each, codes, own) for each in node.maps("parts"))
    else:
        criteria = tuple(_criterion(each, codes) for each in node.maps("criteria"))
    _check_sum(node, "points", points, sum(each.points for each in parts) + sum(each.points for each in criteria))
    name = node.text("name", most=_NAME_LENGTH)
    return Section(code=code, name=name, group=own, points=points, criteria=criteria, parts=parts)


def _criterion(node: _Map, codes: _Codes) -> Criterion:
    node.refuse_unknown(_CRITERION_KEYS)
    answer = node.text("answer")
    if answer and answer not in AnswerKind.values:
        node.fault("answer", _("write one of: %(choices)s") % {"choices": ", ".join(AnswerKind.values)})
    points = node.number("points")
    if answer == AnswerKind.FLAG and points:
        node.fault("points", _("a flag is never scored: write 0"))
    if answer in (AnswerKind.RANGE, AnswerKind.YES_NO) and not points:
        node.fault("points", _("a criterion that is scored has at least one point"))
    return Criterion(
        code=_code(node, codes),
        answer=answer,
        points=points,
        statement=node.text("statement"),
        rationale=node.text("rationale", is_required=False),
    )


def _code(node: _Map, codes: _Codes) -> str:
    code = node.text("code", most=_CODE_LENGTH)
    line = node.node.lines.get("code", node.node.line)
    if code in codes.lines:
        words = _("the code “%(code)s” stands there twice; first on line %(line)s")
        node.fault("code", words % {"code": code, "line": codes.lines[code]})
    elif code and not (code[0].isalpha() and code.isascii() and code.isalnum()):
        node.fault("code", _("write letters and digits, a letter first"))
    elif code:
        codes.lines[code] = line
    return code


def _check_sum(node: _Map, key: str, said: int, found: int) -> None:
    if said != found:
        node.fault(
            key, _("%(said)s stand here, but what it holds adds up to %(found)s") % {"said": said, "found": found}
        )


def _tests(node: _Map) -> Iterator[dict[str, str]]:
    """Yield the three tests, which every template asks in this order."""
    asked = [(each.text("code"), each.text("question")) for each in node.maps("evidence_tests")]
    if tuple(code for code, _question in asked) != TESTS:
        node.fault("evidence_tests", _("write the three tests: %(tests)s") % {"tests": ", ".join(TESTS)})
    for code, question in asked:
        yield {"code": code, "question": question}


def _bands(node: _Map) -> Iterator[tuple[int, int]]:
    """Yield the bands of percents that answers to the tests propose, the lowest first."""
    found = node.node.entries.get("range_bands")
    items = found.items if isinstance(found, reader.Sequence) else []
    after = -5
    for item in items:
        pair = (
            [each.text for each in item.items if isinstance(each, Scalar)] if isinstance(item, reader.Sequence) else []
        )
        if len(pair) != 2 or not all(text.isascii() and text.isdecimal() and len(text) < 4 for text in pair):
            node.fault("range_bands", _("write pairs of percents, as in [10, 25]"))
            return
        low, high = int(pair[0]), int(pair[1])
        if low != after + 5 or high < low or low % 5 or high % 5 or high > 100:
            node.fault("range_bands", _("bands follow one another from 0 to 100, in steps of 5"))
            return
        after = high
        yield low, high
    if after != 100:
        node.fault("range_bands", _("bands follow one another from 0 to 100, in steps of 5"))


class _Band(list[int]):
    """A band of percents, written on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes lists indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)


_Dumper.add_representer(
    _Band, lambda dumper, band: dumper.represent_sequence("tag:yaml.org,2002:seq", band, flow_style=True)
)


def write_template(template: Mapping[str, Any]) -> str:
    """Return the text of a template that is given as plain values in the order of the format."""
    bands = [_Band(band) for band in template["range_bands"]]
    whole = {"format": FORMAT, **template, "range_bands": bands}
    return yaml.dump(whole, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
