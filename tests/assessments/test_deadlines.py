"""Whom an open assessment reminds, of what, through the real engine; and who is left alone."""

import datetime as dt
import zoneinfo

import pytest
from django.core import mail

from assessments import services
from assessments.choices import ASSESSMENT
from assessments.models import Answer, Assessment, Assessor, Criterion
from assessments.queries.pending_requests import asked
from assessments.services import JudgementInput
from core.accounts.models import User
from notifications import services as notifications
from notifications.models import Reminder
from notifications.registry import RuleInput
from programs.choices import ProgramStatus, Role
from programs.models import Program
from tests.assessments.conftest import CLOSES_ON, AnswerAll
from tests.cast import MONDAY
from workstreams import services as work

DAY = dt.timedelta(days=1)
RULE = RuleInput(kind=ASSESSMENT, offsets=(-3, 0), overdue_every=2, audience=("assessor", "facilitator"))


def remind(program: Program) -> None:
    work.tell_engine(program, holidays=())
    notifications.save_rules(scope_id=program.pk, rules=[RULE], by=None, at=MONDAY)
    notifications.start_reminders(scope_id=program.pk, by=None, at=MONDAY)


def work_until(last: dt.date) -> list[str]:
    """Let the engine work at noon of every day until the last, and return whom mails went to, sorted."""
    mail.outbox.clear()
    moment = MONDAY
    while moment.date() <= last:
        notifications.run_once(at=moment.replace(hour=12), worker="test")
        moment += DAY
    return sorted(to for message in mail.outbox for to in message.to)


def test_who_has_not_answered_is_reminded_from_outside_too(
    program: Program,
    opened: Assessment,
    assessors: dict[str, Assessor],
    roles: dict[Role, User],
    olivia: User,
    answer_all: AnswerAll,
) -> None:
    remind(program)
    done = assessors[Role.LEAD.value]
    answer_all(done)
    services.submit_answers(assessor=done, by=done.person, at=MONDAY)
    services.remove_assessor(assessor=assessors[Role.MEMBER.value], by=roles[Role.MANAGER], at=MONDAY)
    work_until(CLOSES_ON)
    told = Reminder.objects.filter(kind=ASSESSMENT, due_on=CLOSES_ON, collected_at__isnull=False)
    assert set(told.values_list("recipient_id", "role", "step")) == {
        (person.pk, role, step)
        for person, role in (
            (roles[Role.SPONSOR], "assessor"), (olivia, "assessor"), (roles[Role.MANAGER], "facilitator"),
        )
        for step in (-3, 0)
    }  # fmt: skip
    to_olivia = [message.body for message in mail.outbox if message.to == [olivia.email]]
    assert any("/assessments/ONE-T1/answer/" in body for body in to_olivia)
    assert not any("/programs/" in body for body in to_olivia)


def test_nothing_is_said_once_consensus_is_open_or_the_program_is_paused(
    program: Program, opened: Assessment, assessors: dict[str, Assessor], answer_all: AnswerAll, alice: User
) -> None:
    remind(program)
    answer_all(next(iter(assessors.values())))
    Program.objects.filter(pk=program.pk).update(
        status=ProgramStatus.PAUSED, sponsor=alice, manager=alice, case_for_change="Customers leave"
    )
    work_until(CLOSES_ON - 2 * DAY)
    told = Reminder.objects.filter(kind=ASSESSMENT, due_on__isnull=False, collected_at__isnull=False)
    assert not told.exists()
    Program.objects.filter(pk=program.pk).update(status=ProgramStatus.DRAFT)
    services.open_consensus(assessment=opened, by=alice, at=MONDAY)
    work_until(CLOSES_ON + 4 * DAY)
    assert not told.exists()


def test_a_closing_date_that_moves_is_reminded_of_anew(program: Program, opened: Assessment, alice: User) -> None:
    remind(program)
    work_until(CLOSES_ON - 3 * DAY)
    later = CLOSES_ON + 7 * DAY
    services.edit_assessment(assessment=opened, changes={"closes_on": later}, by=alice, at=MONDAY)
    work_until(later - 3 * DAY)
    told = Reminder.objects.filter(kind=ASSESSMENT, collected_at__isnull=False, recipient=alice, due_on__isnull=False)
    assert sorted(told.values_list("due_on", "step")) == [(CLOSES_ON, -3), (later, -3)]


def test_the_dry_run_shows_it(program: Program, opened: Assessment, olivia: User) -> None:
    remind(program)
    found = notifications.dry_run(scope_id=program.pk, days=14, at=MONDAY)
    assert (olivia.pk, "assessor", -3) in {(each.recipient_id, each.role, each.step) for each in found}


@pytest.mark.parametrize("program_zone", ["Europe/London", "America/Los_Angeles", "Pacific/Kiritimati"])
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Asia/Shanghai", "America/New_York"])
def test_who_answers_elsewhere_is_reminded_at_nine_of_theirs_and_answers_until_midnight_and_later(
    program: Program,
    opened: Assessment,
    assessors: dict[str, Assessor],
    criteria: dict[str, Criterion],
    bob: User,
    zone: str,
    program_zone: str,
) -> None:
    User.objects.filter(pk=bob.pk).update(time_zone=zone)
    Program.objects.filter(pk=program.pk).update(time_zone=program_zone)
    program.refresh_from_db()
    remind(program)
    theirs = zoneinfo.ZoneInfo(zone)
    moment = dt.datetime.combine(CLOSES_ON - DAY, dt.time(12), tzinfo=dt.UTC)
    told: list[str] = []
    while moment < dt.datetime.combine(CLOSES_ON + DAY, dt.time(12), tzinfo=dt.UTC):
        mail.outbox.clear()
        notifications.run_once(at=moment, worker="test")
        to_bob = any(bob.email in message.to for message in mail.outbox)
        told += [f"{moment.astimezone(theirs):%Y-%m-%d %H:%M}"] if to_bob else []
        moment += dt.timedelta(minutes=30)
    assert f"{CLOSES_ON} 09:00" in told
    late = dt.datetime.combine(CLOSES_ON, dt.time(23, 30), tzinfo=theirs)
    for at, percent in ((late, 40), (late + DAY, 45)):
        services.save_answer(
            assessor=assessors["member"], criterion=criteria["P1"], judgement=JudgementInput(percent=percent), by=bob,
            at=at,
        )  # fmt: skip
    assert Answer.objects.get().percent == 45
    assert [row["is_asked"] for row in asked(bob)] == [True]


def test_a_leap_day_is_a_closing_date(
    program: Program, assessment: Assessment, assessors: dict[str, Assessor], alice: User, bob: User
) -> None:
    leap = dt.date(2028, 2, 29)
    services.edit_assessment(assessment=assessment, changes={"closes_on": leap}, by=alice, at=MONDAY)
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    remind(program)
    mail.outbox.clear()
    for day in range(-4, 2):
        moment = dt.datetime.combine(leap + day * DAY, dt.time(18), tzinfo=dt.UTC)
        notifications.run_once(at=moment, worker="test")
    steps = Reminder.objects.filter(kind=ASSESSMENT, due_on=leap, recipient=bob, collected_at__isnull=False)
    assert set(steps.values_list("step", flat=True)) >= {-3, 0}
