"""People come into a program and change their place in it: one sponsor, never without a manager."""

import datetime as dt

import pytest

from core import exceptions as core_exceptions
from core.accounts import services as accounts
from core.accounts.models import SignInLink, User
from core.audit.models import Entry
from notifications.models import Reminder
from programs import exceptions, services
from programs.choices import ProgramStatus, Role
from programs.models import Membership, Program
from programs.services import Invitation
from tests.cast import MONDAY


def place(program: Program, person: User) -> Membership:
    """Return somebody's place."""
    return Membership.objects.get(program=program, person=person)


def activate(program: Program, sponsor: User) -> None:
    """Make the program active without more ado."""
    Program.objects.filter(pk=program.pk).update(status=ProgramStatus.ACTIVE, sponsor=sponsor, case_for_change="So")


def test_somebody_new_gets_an_account_and_a_link_that_signs_in_once(program: Program, alice: User) -> None:
    invitation = Invitation(email=" Dora@Example.org ", name="Dora Day", role=Role.LEAD, title="Head of service")
    invited = services.invite_member(program=program, invitation=invitation, by=alice, at=MONDAY)
    dora = User.objects.get(email="dora@example.org")
    assert (dora.name, dora.has_usable_password()) == ("Dora Day", False)
    assert (invited.membership.role, invited.membership.title) == (Role.LEAD, "Head of service")
    assert SignInLink.objects.get(person=dora).expires_at == MONDAY + dt.timedelta(days=7)
    assert accounts.redeem(secret=invited.secret, at=MONDAY + dt.timedelta(days=6)) == dora
    told = Reminder.objects.get(recipient=dora)
    assert (told.kind, told.params) == ("program_invited", {"by": "Alice Archer", "role": "lead"})
    assert Entry.objects.get(verb="invite_member").label == "ONE: Dora Day"


def test_nobody_gets_a_link_to_an_account_in_use(program: Program, alice: User, charlie: User) -> None:
    invited = services.invite_member(program=program, invitation=Invitation(email=charlie.email), by=alice, at=MONDAY)
    assert (invited.membership.person, invited.secret) == (charlie, "")
    with pytest.raises(exceptions.LinkNotGiven):
        services.give_link(membership=invited.membership, by=alice, at=MONDAY)


@pytest.mark.parametrize("facts", [{"is_staff": True}, {"may_create_programs": True}, {"last_login": MONDAY}])
def test_nor_to_one_that_opens_more(facts: dict[str, object], program: Program, alice: User) -> None:
    invited = services.invite_member(program=program, invitation=Invitation(email="dora@x.org"), by=alice, at=MONDAY)
    assert services.give_link(membership=invited.membership, by=alice, at=MONDAY)
    User.objects.filter(email="dora@x.org").update(**facts)
    membership = Membership.objects.get(pk=invited.membership.pk)
    with pytest.raises(exceptions.LinkNotGiven):
        services.give_link(membership=membership, by=alice, at=MONDAY)


def test_nor_to_one_that_opens_another_program(program: Program, alice: User) -> None:
    invited = services.invite_member(program=program, invitation=Invitation(email="dora@x.org"), by=alice, at=MONDAY)
    other = services.create_program(details=services.ProgramDetails(key="TWO", name="Two"), by=alice, at=MONDAY)
    again = services.invite_member(program=other, invitation=Invitation(email="dora@x.org"), by=alice, at=MONDAY)
    assert again.secret == ""
    with pytest.raises(exceptions.LinkNotGiven):
        services.give_link(membership=invited.membership, by=alice, at=MONDAY)


def test_who_is_new_starts_in_the_time_zone_of_the_program(program: Program, alice: User) -> None:
    program.time_zone = "Europe/Berlin"
    program.save(update_fields=["time_zone"])
    invited = services.invite_member(program=program, invitation=Invitation(email="dora@x.org"), by=alice, at=MONDAY)
    assert invited.membership.person.time_zone == "Europe/Berlin"


def test_who_is_there_is_not_invited_again(program: Program, alice: User, roles: dict[Role, User]) -> None:
    with pytest.raises(exceptions.AlreadyAMember) as refused:
        services.invite_member(program=program, invitation=Invitation(email="BOB@example.org"), by=alice, at=MONDAY)
    assert list(refused.value.fields) == ["email"]
    with pytest.raises(exceptions.NoAddress):
        services.invite_member(program=program, invitation=Invitation(email="no address"), by=alice, at=MONDAY)


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.LEAD, Role.MEMBER, Role.VIEWER])
def test_only_a_manager_seats_people(role: Role, program: Program, roles: dict[Role, User]) -> None:
    with pytest.raises(core_exceptions.NotAllowed):
        services.invite_member(program=program, invitation=Invitation(email="dora@x.org"), by=roles[role], at=MONDAY)
    with pytest.raises(core_exceptions.NotAllowed):
        services.change_member(
            membership=place(program, roles[Role.MEMBER]), changes={"role": Role.LEAD}, by=roles[role], at=MONDAY
        )
    assert not User.objects.filter(email="dora@x.org").exists()


def test_another_role_and_title(program: Program, alice: User, bob: User, roles: dict[Role, User]) -> None:
    changed = services.change_member(
        membership=place(program, bob), changes={"role": Role.LEAD, "title": "Data"}, by=alice, at=MONDAY
    )
    assert (changed.role, changed.title, changed.version) == (Role.LEAD, "Data", 2)
    assert Entry.objects.get(verb="change_member").changes == {"role": ["member", "lead"], "title": ["", "Data"]}
    assert Reminder.objects.get(recipient=bob).kind == "program_place_changed"
    with pytest.raises(core_exceptions.Stale):
        services.change_member(membership=changed, changes={"title": "X"}, by=alice, at=MONDAY, expected_version=1)


def test_there_is_one_sponsor(program: Program, alice: User, bob: User, roles: dict[Role, User]) -> None:
    sue = roles[Role.SPONSOR]
    activate(program, sue)
    Program.objects.filter(pk=program.pk).update(deputy_sponsor=bob)
    services.change_member(membership=place(program, bob), changes={"role": Role.SPONSOR}, by=alice, at=MONDAY)
    program.refresh_from_db()
    assert (program.sponsor, program.deputy_sponsor) == (bob, None)
    assert (place(program, sue).role, place(program, bob).role) == (Role.MEMBER, Role.SPONSOR)
    with pytest.raises(exceptions.SponsorNeeded):
        services.change_member(membership=place(program, bob), changes={"role": Role.MEMBER}, by=alice, at=MONDAY)


def test_an_invited_sponsor_takes_the_place(program: Program, alice: User, roles: dict[Role, User]) -> None:
    activate(program, roles[Role.SPONSOR])
    invitation = Invitation(email="dora@x.org", role=Role.SPONSOR)
    services.invite_member(program=program, invitation=invitation, by=alice, at=MONDAY)
    program.refresh_from_db()
    assert program.sponsor is not None
    assert program.sponsor.email == "dora@x.org"


def test_a_draft_may_be_without_a_sponsor(program: Program, alice: User, roles: dict[Role, User]) -> None:
    sue = roles[Role.SPONSOR]
    Program.objects.filter(pk=program.pk).update(sponsor=sue)
    services.change_member(membership=place(program, sue), changes={"role": Role.VIEWER}, by=alice, at=MONDAY)
    program.refresh_from_db()
    assert program.sponsor is None


def test_there_is_always_a_manager(program: Program, alice: User, bob: User, roles: dict[Role, User]) -> None:
    with pytest.raises(exceptions.ManagerNeeded, match="Alice Archer is the only manager"):
        services.change_member(membership=place(program, alice), changes={"role": Role.LEAD}, by=alice, at=MONDAY)
    services.change_member(membership=place(program, bob), changes={"role": Role.MANAGER}, by=alice, at=MONDAY)
    services.change_member(membership=place(program, alice), changes={"role": Role.LEAD}, by=alice, at=MONDAY)
    program.refresh_from_db()
    assert program.manager == bob


def test_the_manager_who_is_shown(program: Program, alice: User, bob: User, roles: dict[Role, User]) -> None:
    services.name_manager(program=program, person=bob, by=alice, at=MONDAY)
    program.refresh_from_db()
    assert (program.manager, place(program, bob).role, place(program, alice).role) == (bob, "manager", "manager")


def test_a_deputy_is_named_by_sponsor_or_manager(
    program: Program, alice: User, bob: User, charlie: User, roles: dict[Role, User]
) -> None:
    sue = roles[Role.SPONSOR]
    activate(program, sue)
    for by in (sue, alice):
        assert services.name_deputy(program=program, person=bob, by=by, at=MONDAY).deputy_sponsor == bob
        assert services.name_deputy(program=program, person=None, by=by, at=MONDAY).deputy_sponsor is None
    services.name_deputy(program=program, person=bob, by=sue, at=MONDAY)
    for person, refusal in ((charlie, exceptions.NotInThisProgram), (sue, exceptions.NoDeputyOfOneself)):
        with pytest.raises(refusal):
            services.name_deputy(program=program, person=person, by=alice, at=MONDAY)
    for role in (Role.MEMBER, Role.LEAD, Role.VIEWER):
        with pytest.raises(core_exceptions.NotAllowed):
            services.name_deputy(program=program, person=None, by=roles[role], at=MONDAY)
