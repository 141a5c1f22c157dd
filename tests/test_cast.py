"""The cast stands where its stories say."""

from core.accounts.models import User
from programs.choices import Role
from programs.models import Membership, Program
from workstreams.choices import Discipline
from workstreams.models import Workstream


def test_every_role_has_a_face(program: Program, roles: dict[Role, User]) -> None:
    taken = {(each.role, each.person_id) for each in Membership.objects.filter(program=program)}
    assert taken == {(role, person.pk) for role, person in roles.items()}
    assert set(roles) == set(Role)


def test_the_outsider_is_outside(program: Program, roles: dict[Role, User], charlie: User) -> None:
    assert not Membership.objects.filter(person=charlie).exists()


def test_both_disciplines_run(program: Program, workstreams: dict[Discipline, Workstream]) -> None:
    assert {each.discipline for each in Workstream.objects.filter(program=program)} == set(Discipline)
