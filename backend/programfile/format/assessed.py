"""What a file says of assessments, held against the templates: codes, points, percents, and what follows of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessments.choices import (
    COMPLETED_STATES,
    AnswerKind,
    AssessmentState,
)
from assessments.indicators import Judged, Score, holds, score
from backend.programfile.format import assessments
from backend.programfile.format.assessments import assessment_of
from backend.programfile.format.document import Document, Row
from core.documents.problems import Problems

# Nobody has agreed on anything yet.
_BEFORE = (AssessmentState.DRAFT, AssessmentState.OPEN)
_CODE = "F"
_CRITERION = "criterion"


@dataclass(frozen=True)
class KnownCriterion:
    """A criterion of a template in the product."""

    pk: int
    section: str
    answer: str
    points: int


@dataclass(frozen=True)
class KnownTemplate:
    """A version of a template in the product; `scored` has the points of each section that has criteria with points."""

    pk: int
    total: int
    sections: dict[str, int] = field(default_factory=dict)
    criteria: dict[str, KnownCriterion] = field(default_factory=dict)
    scored: dict[str, int] = field(default_factory=dict)


# By short name and version, as in "crm-best-practice/1".
Templates = dict[str, KnownTemplate]


def template_keys(document: Document, templates: Templates) -> dict[str, dict[Any, int]]:
    """Return the keys of templates by name, and of their sections and criteria by assessment and code."""
    keys: dict[str, dict[Any, int]] = {"template": {name: each.pk for name, each in templates.items()}}
    sections = keys.setdefault("section", {})
    criteria = keys.setdefault("criterion", {})
    for code, assessment in document.by_code("assessment").items():
        template = templates[assessment.values["template"]]
        sections |= {(code, section): pk for section, pk in template.sections.items()}
        criteria |= {(code, criterion): each.pk for criterion, each in template.criteria.items()}
    return keys


def newest(slug: str, templates: Templates) -> str | None:
    """Return the name of a template's newest version, None when there is none."""
    numbers = [int(name.rpartition("/")[2]) for name in templates if name.rpartition("/")[0] == slug]
    return f"{slug}/{max(numbers)}" if numbers else None


def complete(document: Document, existing: Document | None, templates: Templates, problems: Problems) -> None:
    """Fill in what follows from a file's assessments, and note what their templates do not have."""
    known = existing.by_code("assessment") if existing is not None else {}
    for assessment in document.of("assessment"):
        _complete_assessment(assessment, known.get(assessment.values["code"] or ""), templates, problems)
    _name_findings(document, existing)
    check = _Check(document, existing, templates, problems)
    check.run()
    if not problems:
        check.derive_points()


def _complete_assessment(row: Row, old: Row | None, templates: Templates, problems: Problems) -> None:
    values = row.values
    if old is not None:
        # Moments that the product noted, and a file of people's own does not say.
        for column in ("opened_at", "consensus_at"):
            values[column] = values[column] or old.values[column]
    name = values["template"]
    if name is None or "template" in row.wrong:
        return
    if "/" not in name:
        is_same = old is not None and old.values["template"].rpartition("/")[0] == name
        values["template"] = old.values["template"] if old is not None and is_same else newest(name, templates)
    if values["template"] not in templates:
        row.wrong.add("template")
        names = ", ".join(sorted(templates))
        words = _("there is no template “%(name)s”; known are %(names)s") % {"name": name, "names": names}
        problems.add(row.path_of("template"), row.line_of("template"), words)


def _name_findings(document: Document, existing: Document | None) -> None:
    """Give a code to each finding without one: that of the same words on record, else the next free one."""
    recorded = existing.under("finding") if existing is not None else {}
    for assessment, findings in document.under("finding").items():
        taken = {row.values["code"] for row in findings}
        free = [row for row in recorded.get(assessment, []) if row.values["code"] not in taken]
        numbers = [_number(row.values["code"]) for row in (*findings, *recorded.get(assessment, []))]
        last = max(numbers, default=0)
        for row in findings:
            if row.values["code"] is not None:
                continue
            same = next((old for old in free if _says(old) == _says(row)), None)
            if same is not None:
                free.remove(same)
                row.values["code"] = same.values["code"]
            else:
                last += 1
                row.values["code"] = f"{_CODE}{last}"
    for kind in ("affected criterion", "recommendation"):
        for row in document.of(kind):
            if row.around is not None:
                row.values["finding"] = row.around.key


def _number(code: str | None) -> int:
    digits = (code or "").removeprefix(_CODE)
    return int(digits) if digits.isascii() and digits.isdecimal() else 0


def _says(row: Row) -> tuple[str, str]:
    return row.values["kind"], row.values["text"]


def leave_out(document: Document, templates: Templates) -> None:
    """Take back what reading the file finds out again: states that follow, points that were agreed on or were whole."""
    scored = {row.values["assessment"] for row in document.of("consensus") if row.values["percent"] is not None}
    named = document.by_code("assessment")
    document.rows["section points"] = [
        row for row in document.of("section points") if row.values["assessment"] not in scored
    ]
    for row in document.of("section points"):
        most = templates[named[row.values["assessment"]].values["template"]].scored.get(row.values["section"])
        for column in ("answered", "applicable"):
            if row.values[column] == most:
                row.values[column] = None
    for assessment in named.values():
        is_completed = assessment.values["completed_on"] is not None
        if assessment.values["state"] == (AssessmentState.COMPLETED if is_completed else AssessmentState.DRAFT):
            assessment.values["state"] = ""
    for assessor in document.of("assessor"):
        owner = named[assessor.values["assessment"]]
        if owner.values["state"] in ("", *_BEFORE) and owner.values["completed_on"] is None:
            # The answers do not come along.
            assessor.values["submitted_at"] = None


class _Check:
    """Holds the rows of a file against the templates of their assessments."""

    def __init__(self, document: Document, existing: Document | None, templates: Templates, problems: Problems) -> None:
        self._document = document
        self._existing = existing
        self._problems = problems
        self._assessments = document.by_code("assessment")
        self._templates = {
            code: templates[row.values["template"]]
            for code, row in self._assessments.items()
            if "template" not in row.wrong and row.values["template"] in templates
        }

    def run(self) -> None:
        """Note everything that is wrong."""
        for code, template in self._templates.items():
            self._check_targets(self._assessments[code], template)
        for kind, column in (("asked section", "section"), ("finding", _CRITERION), ("affected criterion", _CRITERION)):
            for row in self._document.of(kind):
                self._check_code(row, column)
        for row in self._document.of("consensus"):
            self._check_consensus(row)
        for row in self._document.of("section points"):
            self._check_points(row)
        self._check_claims()

    def derive_points(self) -> None:
        """Make the points of completed assessments of what was agreed."""
        for code, template in self._templates.items():
            self._derive_points(self._assessments[code], template)

    def _template(self, row: Row) -> KnownTemplate | None:
        return self._templates.get(assessment_of(row))

    def _note(self, row: Row, column: str, words: str) -> None:
        self._problems.add(row.path_of(column), row.line_of(column), words)

    def _check_targets(self, row: Row, template: KnownTemplate) -> None:
        for column in ("target", "target_next"):
            value = row.values[column]
            if value is not None and not 0 <= value <= template.total:
                self._note(row, column, _("the template has from 0 to %(most)s points") % {"most": template.total})

    def _check_code(self, row: Row, column: str) -> bool:
        """Tell whether a section or criterion is one of the template's; note it when it is not."""
        template, code = self._template(row), row.values[column]
        if template is None or code is None or column in row.wrong:
            return False
        if code in (template.sections if column == "section" else template.criteria):
            return True
        row.wrong.add(column)
        slug = self._assessments[assessment_of(row)].values["template"]
        words = _("the template %(slug)s has no section “%(code)s”")
        if column == "criterion":
            words = _("the template %(slug)s has no criterion “%(code)s”")
        field_of = row.shape.by_column[column]
        path = row.path_of(column) if field_of.key else row.path
        self._problems.add(path, row.line_of(column), words % {"slug": slug, "code": code})
        return False

    def _check_points(self, row: Row) -> None:
        """Note points beyond their section; what the file does not say was answered whole."""
        template = self._template(row)
        if template is None or not self._check_code(row, "section"):
            return
        code, values = row.values["section"], row.values
        most = template.scored.get(code)
        if most is None:
            words = _("section “%(code)s” has no points of its own; its parts have") % {"code": code}
            self._problems.add(row.path, row.line, words)
            return
        for column in ("applicable", "answered"):
            if values[column] is None:
                values[column] = most
        bounds = (("applicable", most), ("answered", values["applicable"]), ("points", values["answered"]))
        for column, bound in (*bounds, ("evidenced", values["answered"])):
            if values[column] is not None and not 0 <= values[column] <= bound:
                words = _("section “%(code)s” has from 0 to %(most)s points") % {"code": code, "most": bound}
                self._problems.add(row.path, row.line_of(column), words)
        owner = self._assessments[assessment_of(row)]
        if owner.values["state"] not in COMPLETED_STATES or owner.values["is_in_words"]:
            words = _("only a completed assessment has points, and none that is in words only")
            self._problems.add(row.path, row.line, words)

    def _check_consensus(self, row: Row) -> None:
        template = self._template(row)
        if template is None or not self._check_code(row, "criterion"):
            return
        owner = self._assessments[assessment_of(row)]
        if owner.values["state"] in _BEFORE:
            self._problems.add(row.path, row.line, _("nothing is agreed on before the consensus is open"))
        for column, words in _faults(row.values, template.criteria[row.values["criterion"]], owner.values):
            self._note(row, column, words)

    def _derive_points(self, row: Row, template: KnownTemplate) -> None:
        """Make the points of each section of what was agreed; points that the file gives must be the same."""
        code = row.values["code"]
        agreed = self._agreed(code)
        is_scored = any(each.values["percent"] is not None for each in agreed.values())
        if row.values["state"] not in COMPLETED_STATES or row.values["is_in_words"] or not is_scored:
            return
        given = {each.values["section"]: each for each in self._document.under("section points").get(code, [])}
        for section, found in scores(template, agreed).items():
            values = {
                "assessment": code,
                "section": section,
                # Exact: whole points in steps of 5 percent have two decimals.
                "points": Decimal(found.points.numerator) / found.points.denominator,
                "answered": found.answered,
                "applicable": found.applicable,
                "evidenced": found.evidenced,
            }
            said = given.get(section)
            if said is None:
                self._document.of("section points").append(Row(assessments.POINTS, values, row.path, row.line))
            elif said.values["points"] != values["points"]:
                words = _("what was agreed on in section “%(code)s” adds up to %(points)s points")
                found_here = {"code": section, "points": f"{values['points'].normalize():f}"}
                self._problems.add(said.path, said.line, words % found_here)
            else:
                said.values |= values

    def _agreed(self, code: str) -> dict[str, Row]:
        """Return what was agreed on in an assessment by criterion, on record and in the file."""
        recorded = self._existing.under("consensus").get(code, []) if self._existing is not None else []
        rows = [*recorded, *self._document.under("consensus").get(code, [])]
        return {row.values["criterion"]: row for row in rows}

    def _check_claims(self) -> None:
        """Note an action item that two recommendations became."""
        mine = {row.identity() for row in self._document.of("recommendation")}
        recorded = self._existing.of("recommendation") if self._existing is not None else []
        seen: dict[str, Row] = {}
        for row in [*(each for each in recorded if each.identity() not in mine), *self._document.of("recommendation")]:
            action = row.values["action_item"]
            if action and seen.setdefault(action, row) is not row:
                words = _("%(code)s became this action item already") % {"code": seen[action].name}
                self._note(row, "action_item", words)


def _faults(values: dict[str, Any], criterion: KnownCriterion, owner: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with an agreed judgement: the column and the words."""
    percent = values["percent"]
    if values["flag"] and criterion.answer != AnswerKind.FLAG:
        yield "flag", _("only a warning sign has a flag")
    if percent is None:
        return
    if criterion.answer == AnswerKind.FLAG:
        yield "percent", _("a warning sign has a flag, and no percent")
    elif criterion.answer == AnswerKind.YES_NO and percent not in (0, 100):
        yield "percent", _("yes is 100 and no is 0")
    if owner["is_in_words"]:
        yield "percent", _("an assessment in words only has no percents")


def scores(template: KnownTemplate, agreed: dict[str, Row]) -> dict[str, Score]:
    """Return the score of each section that has points, by its code."""
    judged: dict[str, list[Judged]] = {section: [] for section in template.scored}
    for code, criterion in template.criteria.items():
        if criterion.answer == AnswerKind.FLAG:
            continue
        row = agreed.get(code)
        judged[criterion.section].append(
            Judged(criterion.points)
            if row is None
            else Judged(
                criterion.points,
                row.values["percent"],
                row.values["is_not_applicable"],
                holds(row.values["has_owner"], row.values["is_consistent"], row.values["documents"]),
            )
        )
    return {section: score(found) for section, found in judged.items()}
