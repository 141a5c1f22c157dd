"""Templates: those of the product are installed, an organisation saves its own; a version never changes."""

import datetime as dt
from collections.abc import Iterator
from importlib import resources

from django.db import transaction

from assessments import access, exceptions, format
from assessments.choices import TEMPLATE
from assessments.models import Assessment, AssessmentTemplate, Criterion, Section
from core.accounts.models import User
from core.audit import services as audit
from core.documents.problems import Problems


def built_in() -> Iterator[format.Template]:
    """Yield the templates that the product brings.

    Raises:
        TemplateRefused: when a file of the product is wrong.
    """
    folder = resources.files("assessments") / "data"
    for name in sorted(each.name for each in folder.iterdir() if each.name.endswith(".yaml")):
        yield _read((folder / name).read_text(encoding="utf-8"))


@transaction.atomic
def install_built_in(*, at: dt.datetime) -> list[AssessmentTemplate]:
    """Keep the templates of the product that are not kept yet, and return these; doing it again changes nothing."""
    known = set(AssessmentTemplate.objects.values_list("slug", "number"))
    missing = [each for each in built_in() if (each.slug, each.version) not in known]
    return [_keep(each, at=at, is_built_in=True) for each in missing]


@transaction.atomic
def save_template(
    *, text: str, by: User, at: dt.datetime, copied_from: AssessmentTemplate | None = None
) -> AssessmentTemplate:
    """Keep a template that an organisation wrote, or its next version.

    Args:
        text: in the format `crm-assessment-template/1`.

    Raises:
        core.exceptions.NotAllowed: to who neither manages a program nor may create one.
        TemplateRefused: with every fault of the text, by path and line.
        TemplateNotYours: when the short name is one of the product's.
        TemplateVersionTaken: when the version is kept already.
    """
    access.require_template_writer(by)
    read = _read(text)
    if AssessmentTemplate.objects.filter(slug=read.slug, is_built_in=True).exists():
        raise exceptions.TemplateNotYours(slug=read.slug)
    if AssessmentTemplate.objects.filter(slug=read.slug, number=read.version).exists():
        raise exceptions.TemplateVersionTaken(slug=read.slug, number=read.version)
    template = _keep(read, at=at, by=by, copied_from=copied_from)
    _record(template, "save_assessment_template", by=by, at=at)
    return template


@transaction.atomic
def delete_template(*, template: AssessmentTemplate, by: User, at: dt.datetime) -> None:
    """Delete a version that nothing was assessed with.

    Raises:
        core.exceptions.NotAllowed: to who did not save it and is no staff.
        TemplateNotYours: of one of the product's; TemplateInUse: when an assessment was made with it.
    """
    if template.is_built_in:
        raise exceptions.TemplateNotYours(slug=template.slug)
    access.require_template_owner(by, template)
    if Assessment.objects.filter(template=template).exists() or template.copies.exists():
        raise exceptions.TemplateInUse
    _record(template, "delete_assessment_template", by=by, at=at)
    template.delete()


def _read(text: str) -> format.Template:
    problems = Problems()
    template = format.read_template(text, problems)
    if template is None:
        raise exceptions.TemplateRefused(problems.in_order())
    return template


def _keep(
    read: format.Template,
    *,
    at: dt.datetime,
    by: User | None = None,
    is_built_in: bool = False,
    copied_from: AssessmentTemplate | None = None,
) -> AssessmentTemplate:
    template = AssessmentTemplate.objects.create(
        slug=read.slug,
        number=read.version,
        title=read.title,
        about=read.about,
        total_points=read.total_points,
        evidence_tests=list(read.evidence_tests),
        range_bands=[list(band) for band in read.range_bands],
        is_built_in=is_built_in,
        copied_from=copied_from,
        saved_by=by,
        created_at=at,
        updated_at=at,
    )
    _keep_sections(template, read)
    return template


def _keep_sections(template: AssessmentTemplate, read: format.Template) -> None:
    """Keep sections, then their parts, then the criteria of both, in one statement each."""
    position = 0
    tops: list[Section] = []
    parts: list[Section] = []
    holders: list[tuple[Section, format.Section]] = []
    for each in read.sections:
        position += 1
        top = _row(template, each, position)
        tops.append(top)
        if each.criteria:
            holders.append((top, each))
        for part in each.parts:
            position += 1
            row = _row(template, part, position, part_of=top)
            parts.append(row)
            holders.append((row, part))
    Section.objects.bulk_create(tops)
    Section.objects.bulk_create(parts)
    criteria = [(row, criterion) for row, each in holders for criterion in each.criteria]
    Criterion.objects.bulk_create(
        Criterion(template=template, section=row, position=number, **vars(criterion))
        for number, (row, criterion) in enumerate(criteria, start=1)
    )


def _row(template: AssessmentTemplate, each: format.Section, position: int, part_of: Section | None = None) -> Section:
    return Section(
        template=template, part_of=part_of, position=position,
        code=each.code, name=each.name, group=each.group, points=each.points,
    )  # fmt: skip


def _record(template: AssessmentTemplate, verb: str, *, by: User, at: dt.datetime) -> None:
    audit.record(by=by, at=at, verb=verb, subject=f"{TEMPLATE}:{template.pk}", label=str(template))
