"""The assessment templates that a program file may name."""

from collections.abc import Iterable

from assessments.choices import AnswerKind
from assessments.models import AssessmentTemplate, Criterion, Section
from backend.programfile.format.assessed import KnownCriterion, KnownTemplate, Templates
from backend.programfile.format.document import Document


def known_templates(*documents: Document | None) -> Templates:
    """Return every template by short name and version, those that the documents name with all they hold."""
    slugs = {slug for document in documents if document is not None for slug in _slugs(document)}
    rows = AssessmentTemplate.objects.order_by("slug", "number").values_list("pk", "slug", "number", "total_points")
    found: Templates = {}
    named: dict[int, KnownTemplate] = {}
    for pk, slug, number, total in rows:
        found[f"{slug}/{number}"] = template = KnownTemplate(pk, total)
        if slug in slugs:
            named[pk] = template
    _fill(named)
    return found


def _slugs(document: Document) -> Iterable[str]:
    names = (row.values["template"] or "" for row in document.of("assessment"))
    return (name.rpartition("/")[0] or name for name in names)


def _fill(templates: dict[int, KnownTemplate]) -> None:
    sections = Section.objects.filter(template__in=templates).order_by("template", "position")
    for template, code, pk in sections.values_list("template", "code", "pk"):
        templates[template].sections[code] = pk
    criteria = Criterion.objects.filter(template__in=templates).order_by("template", "position")
    columns = ("template", "code", "pk", "section__code", "answer", "points")
    for template, code, pk, section, answer, points in criteria.values_list(*columns):
        templates[template].criteria[code] = KnownCriterion(pk, section, answer, points)
        if answer != AnswerKind.FLAG:
            scored = templates[template].scored
            scored[section] = scored.get(section, 0) + points
