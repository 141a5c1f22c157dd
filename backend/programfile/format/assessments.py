"""The section of assessments: checked for its shape against the built-in templates, and left out of what is loaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.utils.translation import gettext as _

from backend.programfile.format.document import Document, Row
from backend.programfile.format.parsing import Parser
from backend.programfile.format.shapes import Child, Field, Shape, Type
from core.documents import reader
from core.documents.problems import Problems
from core.documents.reader import Mapping, Node, Scalar, Sequence


@dataclass(frozen=True)
class Template:
    """What of a template the check needs: the points of each section and the codes of the criteria."""

    slug: str
    points: dict[str, int]
    criteria: frozenset[str]


@cache
def templates() -> dict[str, Template]:
    """Return the built-in templates by slug."""
    folder = resources.files("assessments") / "data"
    files = sorted(each.name for each in folder.iterdir() if each.name.endswith(".yaml"))
    found = [_template((folder / name).read_text(encoding="utf-8")) for name in files]
    return {each.slug: each for each in found}


def _template(text: str) -> Template:
    root = reader.read(text, Problems())
    if root is None:
        return Template("", {}, frozenset())
    points: dict[str, int] = {}
    criteria: set[str] = set()
    for section in _scored(root.entries["sections"]):
        points[_word(section, "code")] = int(_word(section, "points"))
        criteria |= {_word(each, "code") for each in _maps(section.entries["criteria"])}
    return Template(_word(root, "slug"), points, frozenset(criteria))


def _scored(node: Node) -> Iterator[Mapping]:
    """Yield the sections that carry points of their own: of one that has parts, the parts."""
    for section in _maps(node):
        yield from _maps(section.entries["parts"]) if "parts" in section.entries else (section,)


def _maps(node: Node) -> list[Mapping]:
    return [item for item in node.items if isinstance(item, Mapping)] if isinstance(node, Sequence) else []


def _word(node: Mapping, key: str) -> str:
    value = node.entries[key]
    return value.text if isinstance(value, Scalar) else ""


def _code(key: str = "code", *, refers_to: str = "", is_required: bool = True) -> Field:
    kind = Type.REFERENCE if refers_to else Type.TEXT
    return Field(key=key, column=key, type=kind, is_required=is_required, most_characters=20, refers_to=refers_to)


def _text(key: str, *, is_required: bool = False) -> Field:
    return Field(key=key, column=key, type=Type.TEXT, is_required=is_required, default="")


def _choice(key: str, *choices: str) -> Field:
    return Field(key=key, column=key, type=Type.CHOICE, choices=choices, is_required=True)


def _date(key: str, *, is_required: bool = False) -> Field:
    return Field(key=key, column=key, type=Type.DATE, is_required=is_required)


def _words(kind: str, field: Field) -> Shape:
    """Return the shape of a list of bare words."""
    return Shape(kind=kind, fields=(field,), short=field.column, identity=())


@cache
def shape() -> Shape:
    """Return the shape of one assessment."""
    return Shape(
        kind="assessment",
        fields=(
            _code(),
            _choice("template", *templates()),
            _choice("purpose", "readiness", "calibration", "course_correction"),
            _date("date", is_required=True),
            Field(key="target_next", column="target_next", type=Type.NUMBER),
        ),
        children=(
            Child("section_points", _points(), is_one=True),
            Child("strengths", _words("strength", _text("text", is_required=True))),
            Child("findings", _finding()),
            Child("debrief", _debrief(), is_one=True),
        ),
    )


def _points() -> Shape:
    """Return a key for every section that a template knows; which of them belong together is checked later."""
    sections = {code for each in templates().values() for code in each.points}
    return Shape(
        kind="section points",
        parent="assessment",
        identity=(),
        fields=tuple(Field(key=code, column=code, type=Type.NUMBER, digits=8, places=4) for code in sorted(sections)),
    )


def _finding() -> Shape:
    recommendation = Shape(
        kind="recommendation",
        identity=(),
        fields=(
            _code(),
            _text("text", is_required=True),
            _text("rationale"),
            _choice("urgency", "critical", "essential", "recommended"),
            _choice("state", "proposed", "accepted", "rejected"),
            _code("action", refers_to="action", is_required=False),
        ),
    )
    return Shape(
        kind="finding",
        parent="assessment",
        identity=("assessment", "code"),
        fields=(
            _code(),
            _code("criterion", is_required=False),
            _text("text", is_required=True),
            _text("root_cause"),
            Field(key="systemic", column="systemic", type=Type.FLAG, default=False),
        ),
        children=(Child("affects", _words("affected", _code())), Child("recommendations", recommendation)),
    )


def _debrief() -> Shape:
    return Shape(
        kind="debrief",
        identity=(),
        fields=(_date("sponsor_briefed"), _date("held")),
        children=(Child("commitments", _words("commitment", _code("action", refers_to="action"))),),
    )


def check_shape(node: Node, parser: Parser) -> Document:
    """Read the section with a parser of its own rows, note what is wrong, and return the rows for the references."""
    section = Parser(parser.problems, parser.shift)
    section.rows.clear()
    section.read_list(shape(), node, "assessments")
    document = Document(program=Row(shape(), {}), rows=section.rows)
    assessments = document.by_code("assessment")
    for points in document.of("section points"):
        owner = assessments.get(points.values["assessment"] or "")
        if owner is not None and "template" not in owner.wrong:
            _check_points(points, templates()[owner.values["template"]], parser.problems)
    known = {code for each in templates().values() for code in each.criteria}
    _check_criteria([(row, "criterion") for row in document.of("finding")], known, parser.problems)
    _check_criteria([(row, "code") for row in document.of("affected")], known, parser.problems)
    return document


def _check_points(row: Row, template: Template, problems: Problems) -> None:
    for code, value in row.values.items():
        if value is None or code == "assessment":
            continue
        most = template.points.get(code)
        if most is None:
            words = _("the template %(slug)s has no section “%(code)s”")
        elif not 0 <= value <= most:
            words = _("section “%(code)s” has from 0 to %(most)s points")
        else:
            continue
        found = {"slug": template.slug, "code": code, "most": most}
        problems.add(row.path_of(code), row.line_of(code), words % found)


def _check_criteria(places: list[tuple[Row, str]], known: set[str], problems: Problems) -> None:
    for row, column in places:
        value = row.values[column]
        if value and column not in row.wrong and value not in known:
            words = _("no template has a criterion “%(code)s”") % {"code": value}
            problems.add(row.path_of(column), row.line_of(column), words)
