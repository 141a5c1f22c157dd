"""Templates of assessments, with their sections and criteria, and as the text that they were read from."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from assessments import format
from assessments.models import AssessmentTemplate, Criterion, Section

Row = dict[str, Any]
_SECTION = ("code", "name", "group", "points")
_CRITERION = ("code", "answer", "points", "statement", "rationale")


def templates_with_counts() -> QuerySet[AssessmentTemplate, Any]:
    """Return every version of every template, each with the number of its criteria: `criterion_count`."""
    return AssessmentTemplate.objects.annotate(criterion_count=Count("criteria"))


def template_named(reference: str) -> Q:
    """Return the condition that a reference means: a number, a slug (its newest version), or slug.2 (its second)."""
    if reference.isascii() and reference.isdecimal():
        return Q(pk=int(reference[:18]))
    slug, _dot, number = reference.partition(".")
    if "\x00" in slug or (number and not (number.isascii() and number.isdecimal())):
        return Q(pk=None)
    return Q(slug=slug, number=int(number[:4]) if number else newest_version(slug))


def newest_version(slug: str) -> int:
    """Return the number of a template's newest version, 0 where there is none."""
    return AssessmentTemplate.objects.filter(slug=slug).aggregate(newest=Max("number"))["newest"] or 0


def sections_of(template_ids: Collection[int]) -> dict[int, list[Row]]:
    """Return the sections of templates with their parts, in order, in one query."""
    rows = Section.objects.filter(template_id__in=template_ids).order_by("template_id", "position")
    found: dict[int, list[Row]] = defaultdict(list)
    parts: dict[int, list[Row]] = defaultdict(list)
    for row in rows.values("pk", "template_id", "part_of_id", *_SECTION):
        shown = {name: row[name] for name in _SECTION} | {"id": row["pk"], "parts": parts[row["pk"]]}
        (parts[row["part_of_id"]] if row["part_of_id"] else found[row["template_id"]]).append(shown)
    return found


def whole_template(template_id: int) -> list[Row]:
    """Return the sections of a template with their parts and criteria, in order, in two queries."""
    criteria: dict[int, list[Row]] = defaultdict(list)
    rows = Criterion.objects.filter(template_id=template_id).order_by("position")
    for row in rows.values("section_id", "pk", *_CRITERION):
        criteria[row["section_id"]].append({name: row[name] for name in _CRITERION} | {"id": row["pk"]})
    sections = sections_of([template_id])[template_id]
    for each in sections:
        each["criteria"] = criteria[each["id"]]
        for part in each["parts"]:
            part["criteria"] = criteria[part["id"]]
    return sections


def text_of(template: AssessmentTemplate, *, slug: str = "", number: int = 0) -> str:
    """Return the text of a template, under another short name or version where these are given."""
    return format.write_template(
        {
            "slug": slug or template.slug,
            "version": number or template.number,
            "title": template.title,
            "about": template.about,
            "total_points": template.total_points,
            "evidence_tests": template.evidence_tests,
            "range_bands": template.range_bands,
            "sections": list(_told(whole_template(template.pk))),
        }
    )


def _told(sections: Iterable[Row]) -> Iterable[Row]:
    """Yield sections as the format has them: without what is empty, parts or criteria last."""
    for each in sections:
        told = {name: each[name] for name in _SECTION if each[name] != ""}
        if each.get("parts"):
            told["parts"] = [{name: part[name] for name in part if name != "group"} for part in _told(each["parts"])]
        else:
            told["criteria"] = [{name: one[name] for name in _CRITERION if one[name] != ""} for one in each["criteria"]]
        yield told
