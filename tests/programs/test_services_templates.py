"""A saved template is taken away by whoever may save one; those of the product stay."""

import pytest

from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit.models import Entry
from programs import exceptions, services
from programs.choices import Role
from programs.models import Program, ProgramTemplate
from tests.cast import MONDAY


@pytest.fixture
def saved(program: Program) -> ProgramTemplate:
    """A template that somebody saved."""
    body: dict[str, list[str]] = {"workstreams": [], "phases": []}
    return ProgramTemplate.objects.create(name="Ours", body=body, created_at=MONDAY, updated_at=MONDAY)


def test_a_manager_deletes_it_and_the_trail_keeps_its_name(saved: ProgramTemplate, alice: User) -> None:
    services.delete_template(ref=str(saved.pk), by=alice, at=MONDAY)
    assert not ProgramTemplate.objects.exists()
    assert Entry.objects.get(verb="delete_template").label == "Ours"
    with pytest.raises(core_exceptions.NotFound):
        services.delete_template(ref=str(saved.pk), by=alice, at=MONDAY)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER, Role.LEAD, Role.SPONSOR])
def test_nobody_else_does(role: Role, saved: ProgramTemplate, roles: dict[Role, User]) -> None:
    with pytest.raises(core_exceptions.NotAllowed, match="manager"):
        services.delete_template(ref=str(saved.pk), by=roles[role], at=MONDAY)
    assert ProgramTemplate.objects.exists()


def test_one_of_the_product_stays(program: Program, alice: User) -> None:
    with pytest.raises(exceptions.TemplateIsBuiltIn):
        services.delete_template(ref="crm", by=alice, at=MONDAY)
