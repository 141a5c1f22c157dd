"""Templates are installed once, kept by who may, and never change."""

import pytest
from django.db import IntegrityError, transaction

from assessments import exceptions, queries, services
from assessments.models import Assessment, AssessmentTemplate, Criterion, Section
from core.accounts.models import User
from core.audit.models import Entry
from core.exceptions import NotAllowed
from programs.choices import Role
from programs.models import Program
from tests.assessments.test_format import SMALL
from tests.cast import MONDAY


@pytest.fixture
def best_practice(db: None) -> AssessmentTemplate:
    services.install_built_in(at=MONDAY)
    return AssessmentTemplate.objects.get(slug="crm-best-practice", number=1)


def test_installing_again_changes_nothing(best_practice: AssessmentTemplate) -> None:
    assert services.install_built_in(at=MONDAY) == []

    assert AssessmentTemplate.objects.filter(is_built_in=True).count() == 4
    assert Criterion.objects.filter(template=best_practice).count() == 65
    assert Section.objects.filter(template=best_practice, part_of__isnull=True).count() == 9


def test_a_manager_keeps_one_and_the_trail_says_so(program: Program, alice: User) -> None:
    template = services.save_template(text=SMALL, by=alice, at=MONDAY)

    assert (template.slug, template.number, template.total_points) == ("our-check", 1, 30)
    assert Entry.objects.filter(verb="save_assessment_template", subject=f"assessment_template:{template.pk}").exists()


def test_who_neither_manages_nor_creates_keeps_none(program: Program, roles: dict[Role, User]) -> None:
    for role in (Role.SPONSOR, Role.LEAD, Role.MEMBER, Role.VIEWER):
        with pytest.raises(NotAllowed):
            services.save_template(text=SMALL, by=roles[role], at=MONDAY)
    assert not AssessmentTemplate.objects.exists()


def test_all_faults_are_told_and_nothing_is_kept(program: Program, alice: User) -> None:
    wrong = SMALL.replace("total_points: 30", "total_points: 31").replace("code: A2", "code: A1")
    with pytest.raises(exceptions.TemplateRefused) as refused:
        services.save_template(text=wrong, by=alice, at=MONDAY)

    assert set(refused.value.fields) == {"total_points", "sections[0].criteria[1].code"}
    assert not AssessmentTemplate.objects.exists()


def test_a_version_is_kept_once_and_the_next_beside_it(program: Program, alice: User) -> None:
    services.save_template(text=SMALL, by=alice, at=MONDAY)
    with pytest.raises(exceptions.TemplateVersionTaken):
        services.save_template(text=SMALL, by=alice, at=MONDAY)
    services.save_template(text=SMALL.replace("version: 1", "version: 2"), by=alice, at=MONDAY)

    assert queries.newest_version("our-check") == 2


def test_the_products_own_are_copied_under_another_name(
    program: Program, alice: User, best_practice: AssessmentTemplate
) -> None:
    with pytest.raises(exceptions.TemplateNotYours):
        services.save_template(text=queries.text_of(best_practice, number=2), by=alice, at=MONDAY)
    copy = services.save_template(
        text=queries.text_of(best_practice, slug="ours", number=1), copied_from=best_practice, by=alice, at=MONDAY
    )

    assert queries.text_of(copy).replace("slug: ours", "slug: crm-best-practice") == queries.text_of(best_practice)


def test_a_version_never_changes_whoever_tries(best_practice: AssessmentTemplate) -> None:
    for rows, changes in (
        (AssessmentTemplate.objects.filter(pk=best_practice.pk), {"title": "Another"}),
        (Section.objects.filter(template=best_practice), {"points": 1}),
        (Criterion.objects.filter(template=best_practice), {"points": 1}),
    ):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            rows.update(**changes)


def test_only_what_is_unused_is_deleted_by_who_kept_it(program: Program, alice: User, bob: User) -> None:
    template = services.save_template(text=SMALL, by=alice, at=MONDAY)
    with pytest.raises(NotAllowed):
        services.delete_template(template=template, by=bob, at=MONDAY)
    made = Assessment.objects.create(
        program=program, template=template, code="T1", purpose="readiness", created_at=MONDAY, updated_at=MONDAY
    )
    with pytest.raises(exceptions.TemplateInUse):
        services.delete_template(template=template, by=alice, at=MONDAY)
    made.delete()
    services.delete_template(template=template, by=alice, at=MONDAY)

    assert not AssessmentTemplate.objects.exists()


def test_the_products_own_stay(best_practice: AssessmentTemplate, alice: User) -> None:
    with pytest.raises(exceptions.TemplateNotYours):
        services.delete_template(template=best_practice, by=alice, at=MONDAY)
