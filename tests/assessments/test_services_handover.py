"""Whoever leaves a program leads none of its assessments any more, and nobody waits for their answers."""

import pytest

from assessments import access, services
from assessments.models import Answer, Assessment, Assessor, Criterion, Debrief
from assessments.services import JudgementInput
from core.accounts.models import User
from core.audit.models import Entry
from notifications.models import Reminder
from programs import exceptions
from programs import services as programs
from programs.choices import Role
from programs.models import Membership, Program
from tests.assessments.conftest import AnswerAll
from tests.cast import MONDAY


@pytest.fixture
def mia(program: Program, roles: dict[Role, User]) -> User:
    """Mia, who manages the program beside Alice."""
    mia = User.objects.create_user("mia@example.org", name="Mia Manager")
    Membership.objects.create(program=program, person=mia, role=Role.MANAGER)
    return mia


def leave(program: Program, leaver: User, by: User, heir: User | None = None) -> None:
    """Let somebody leave."""
    place = Membership.objects.select_related("program", "person").get(program=program, person=leaver)
    programs.remove_member(membership=place, hand_over_to=heir, by=by, at=MONDAY)


def test_a_manager_goes_on_with_what_the_leaver_facilitated(
    program: Program, opened: Assessment, alice: User, mia: User
) -> None:
    leave(program, alice, by=mia, heir=mia)
    opened.refresh_from_db()
    assert (opened.facilitator, opened.version) == (mia, 3)
    told = Entry.objects.get(verb="hand_over_assessment")
    assert (told.by, told.changes["facilitator"]) == (mia, ["Alice Archer", "Mia Manager"])
    assert services.edit_assessment(assessment=opened, changes={"target": 510}, by=mia, at=MONDAY).target == 510


def test_an_heir_who_does_not_manage_does_not_facilitate(
    program: Program, opened: Assessment, alice: User, mia: User, roles: dict[Role, User]
) -> None:
    leave(program, alice, by=alice, heir=roles[Role.LEAD])
    opened.refresh_from_db()
    assert opened.facilitator == Program.objects.get(pk=program.pk).manager == mia
    notice = Reminder.objects.get(recipient=mia, kind="program_handed_over")
    assert notice.params is not None
    assert notice.params["things"] == "1 assessment to facilitate"


def test_what_is_at_its_end_keeps_who_led_it_until_somebody_takes_it_up_again(
    program: Program, in_consensus: Assessment, criteria: dict[str, Criterion], alice: User, mia: User
) -> None:
    judgement = JudgementInput(percent=40)
    services.set_consensus(assessment=in_consensus, criterion=criteria["P1"], judgement=judgement, by=alice, at=MONDAY)
    completed = services.complete_assessment(assessment=in_consensus, by=alice, at=MONDAY)
    leave(program, alice, by=mia)
    completed.refresh_from_db()
    assert completed.facilitator == alice
    again = services.reopen_assessment(assessment=completed, reason="A number was wrong", by=mia, at=MONDAY)
    assert again.facilitator == mia


def test_a_debrief_that_is_not_ended_goes_on_with_it(
    program: Program, in_consensus: Assessment, criteria: dict[str, Criterion], alice: User, mia: User
) -> None:
    judgement = JudgementInput(percent=40)
    services.set_consensus(assessment=in_consensus, criterion=criteria["P1"], judgement=judgement, by=alice, at=MONDAY)
    services.complete_assessment(assessment=in_consensus, by=alice, at=MONDAY)
    debrief = services.prepare_debrief(assessment=in_consensus, by=alice, at=MONDAY)
    services.write_private_notes(debrief=debrief, text="The board doubts.", by=alice, at=MONDAY)
    leave(program, alice, by=mia, heir=mia)
    debrief = Debrief.objects.select_related("assessment__program").get(pk=debrief.pk)
    assert debrief.assessment.facilitator == mia
    assert not access.may_see_notes(mia, debrief), "what was written to another stays sealed"


def test_who_leaves_is_asked_no_longer_and_what_they_answered_counts(
    program: Program,
    opened: Assessment,
    assessors: dict[str, Assessor],
    answer_all: AnswerAll,
    roles: dict[Role, User],
    alice: User,
) -> None:
    answer_all(assessors["lead"], {"P1": JudgementInput(percent=40)})
    leave(program, roles[Role.LEAD], by=alice, heir=alice)
    assessors["lead"].refresh_from_db()
    assert assessors["lead"].left_at == MONDAY
    assert Answer.objects.filter(assessor=assessors["lead"]).count() == 1
    assert not Assessment.objects.asked_of(roles[Role.LEAD]).exists()
    assert Assessor.objects.filter(assessment=opened, left_at=None).count() == len(assessors) - 1


def test_what_the_work_refuses_leaves_assessments_as_they_were(
    program: Program, opened: Assessment, alice: User
) -> None:
    with pytest.raises(exceptions.ManagerNeeded):
        leave(program, alice, by=alice)
    opened.refresh_from_db()
    assert opened.facilitator == alice
