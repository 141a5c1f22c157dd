"""What is decided, for whom, for when: offsets and repeats, once each, on working days, at the reader's own hour."""

import datetime as dt

import pytest

from core.accounts.models import User
from notifications import services
from notifications.choices import ReminderState
from notifications.models import Instant, Reminder
from notifications.queries.preferences import Preferences
from notifications.registry import RuleInput
from tests.notifications.conftest import MONDAY, UTC, MakeThing, at, rounds
from tests.notifications.things import Thing

DAY = dt.timedelta(days=1)
EVERY_DAY = 127


def decided(**filters: object) -> list[tuple[dt.date | None, int | None, dt.datetime]]:
    rows = Reminder.objects.filter(**filters).order_by("send_at", "step")
    return list(rows.values_list("due_on", "step", "send_at"))


def test_a_reminder_leaves_on_its_day_at_nine_and_ten_further_sweeps_send_nothing(make_thing: MakeThing) -> None:
    make_thing(MONDAY + 7 * DAY)

    assert not rounds(at(MONDAY, 8, 59))
    assert len(rounds(at(MONDAY, 9, 0))) == 1
    assert not rounds(*(at(MONDAY, 9, minute) for minute in range(1, 11)))


def test_each_offset_and_each_repeat_while_overdue_is_said_once(make_thing: MakeThing) -> None:
    thing = make_thing(MONDAY + 7 * DAY)

    for distance in range(20):
        rounds(at(MONDAY + distance * DAY, 9, 5))

    # -7 on the Monday; -1 is a Sunday and comes the Friday before; 0; then every third day, weekends put off.
    rows = decided(subject_id=thing.pk, collected_at__isnull=False)
    assert [(step, (send_at.date() - MONDAY).days) for _due, step, send_at in rows] == [
        (-7, 0),
        (-1, 4),
        (0, 7),
        (3, 10),
        (6, 14),
        (9, 16),
    ]


def test_an_item_made_inside_a_window_that_was_swept_is_reminded(make_thing: MakeThing) -> None:
    rounds(at(MONDAY, 9, 0))
    make_thing(MONDAY + 7 * DAY)

    assert len(rounds(at(MONDAY, 14, 0))) == 1


def test_moving_a_date_and_back_arms_the_reminder_again(make_thing: MakeThing) -> None:
    thing = make_thing(MONDAY + 7 * DAY)
    assert len(rounds(at(MONDAY, 9))) == 1

    for due_on in (MONDAY + 30 * DAY, MONDAY + 7 * DAY):
        Thing.objects.filter(pk=thing.pk).update(due_on=due_on)
        services.reschedule(kind="thing", subject_id=thing.pk, due_on=due_on, at=at(MONDAY, 10))

    assert len(rounds(at(MONDAY, 10, 1))) == 1
    assert not rounds(at(MONDAY, 10, 2), at(MONDAY, 10, 3))


def test_a_moved_date_supersedes_what_was_decided_for_the_old_one(make_thing: MakeThing) -> None:
    thing = make_thing(MONDAY + 7 * DAY)
    services.sweep(at=at(MONDAY, 8))
    Thing.objects.filter(pk=thing.pk).update(due_on=MONDAY + 30 * DAY)
    services.reschedule(kind="thing", subject_id=thing.pk, due_on=MONDAY + 30 * DAY, at=at(MONDAY, 8))

    assert not rounds(at(MONDAY, 9))
    assert Reminder.objects.get().state == ReminderState.SUPERSEDED


def test_a_thing_that_is_done_is_not_reminded_of_and_undoing_does_not_say_it_twice(make_thing: MakeThing) -> None:
    thing = make_thing(MONDAY + 7 * DAY)
    services.sweep(at=at(MONDAY, 8))
    Thing.objects.filter(pk=thing.pk).update(is_open=False)
    services.cancel(kind="thing", subject_ids=[thing.pk], at=at(MONDAY, 8))
    assert not rounds(at(MONDAY, 9))

    Thing.objects.filter(pk=thing.pk).update(is_open=True)
    assert len(rounds(at(MONDAY, 9, 1))) == 1
    services.cancel(kind="thing", subject_ids=[thing.pk], at=at(MONDAY, 9, 2))
    assert not rounds(at(MONDAY, 9, 3))


def test_only_started_scopes_are_reminded_and_never_of_days_before_the_start(make_thing: MakeThing, scope: int) -> None:
    services.stop_reminders(scope_id=scope, by=None, at=at(MONDAY, 8))
    make_thing(MONDAY + 7 * DAY)
    make_thing(MONDAY - 20 * DAY, title="long overdue")
    assert not rounds(at(MONDAY, 9), at(MONDAY + DAY, 9))

    services.start_reminders(scope_id=scope, by=None, at=at(MONDAY + 2 * DAY, 8))
    mails = rounds(*(at(MONDAY + 2 * DAY, hour) for hour in range(8, 20)))

    assert not Reminder.objects.filter(send_at__lt=at(MONDAY + 2 * DAY, 0)).exists()
    assert len(mails) <= 1


def test_loading_never_reminds_of_the_past(make_thing: MakeThing, scope: int) -> None:
    services.note_loading(scope_id=scope, at=at(MONDAY + DAY, 8))
    make_thing(MONDAY + 7 * DAY)
    for step in range(40):
        make_thing(MONDAY - step * DAY)

    rounds(at(MONDAY + DAY, 8, 30))

    assert not Reminder.objects.filter(send_at__lt=at(MONDAY + DAY, 0)).exists()
    overdue = Reminder.objects.filter(step__gt=0, send_at__lte=at(MONDAY + DAY, 23)).values_list(
        "subject_id", flat=True
    )
    assert len(overdue) == len(set(overdue))


def test_a_new_rule_counts_from_its_day(make_thing: MakeThing, scope: int) -> None:
    make_thing(MONDAY + 5 * DAY)
    rule = RuleInput(kind="thing", offsets=(-5, -4), audience=("owner",))
    services.save_rules(scope_id=scope, rules=[rule], by=None, at=at(MONDAY + DAY, 6))

    assert len(rounds(at(MONDAY + DAY, 8), at(MONDAY + DAY, 9))) == 1
    assert decided() == [(MONDAY + 5 * DAY, -4, at(MONDAY + DAY, 9))]


def test_a_holiday_of_the_scope_is_a_day_off_for_all(make_thing: MakeThing, scope: int) -> None:
    services.set_scope(
        scope_id=scope, subject="program:7", label="One", time_zone="Europe/London", holidays=[MONDAY + 3 * DAY]
    )
    make_thing(MONDAY + 10 * DAY)
    rounds(at(MONDAY, 12), at(MONDAY + 2 * DAY, 12))

    assert decided() == [(MONDAY + 10 * DAY, -7, at(MONDAY + 2 * DAY))]


def test_a_reader_chooses_hour_and_days(make_thing: MakeThing, alice: User) -> None:
    preferences = Preferences(hour=17, weekdays=EVERY_DAY, paused_until=None, muted=())
    services.save_preferences(person=alice, preferences=preferences, at=at(MONDAY, 8))
    make_thing(MONDAY + 6 * DAY)
    rounds(at(MONDAY + 4 * DAY, 12), at(MONDAY + 5 * DAY, 12))

    assert (MONDAY + 6 * DAY, -1, at(MONDAY + 5 * DAY, 17)) in decided()


def test_somebody_who_helps_and_owns_is_told_once_and_all_roles_of_the_rule_are_told(
    make_thing: MakeThing, scope: int, alice: User, bob: User
) -> None:
    rule = RuleInput(kind="thing", offsets=(0,), audience=("owner", "helper"))
    services.save_rules(scope_id=scope, rules=[rule], by=None, at=at(MONDAY, 6))
    make_thing(MONDAY, helper_id=alice.pk)
    make_thing(MONDAY, helper_id=bob.pk)

    services.sweep(at=at(MONDAY, 8))

    assert Reminder.objects.filter(recipient=alice).count() == 2
    assert Reminder.objects.filter(recipient=bob).count() == 1


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Pacific/Auckland", dt.date(2026, 11, 24), dt.datetime(2026, 11, 23, 20, 0, tzinfo=UTC)),
        ("America/New_York", dt.date(2026, 11, 24), dt.datetime(2026, 11, 24, 14, 0, tzinfo=UTC)),
        ("Asia/Shanghai", dt.date(2026, 11, 24), dt.datetime(2026, 11, 24, 1, 0, tzinfo=UTC)),
        ("Etc/GMT+12", dt.date(2026, 11, 24), dt.datetime(2026, 11, 24, 21, 0, tzinfo=UTC)),
        ("Pacific/Kiritimati", dt.date(2026, 11, 24), dt.datetime(2026, 11, 23, 19, 0, tzinfo=UTC)),
        # The Monday after the clocks changed.
        ("America/New_York", dt.date(2027, 3, 15), dt.datetime(2027, 3, 15, 13, 0, tzinfo=UTC)),
        ("Pacific/Auckland", dt.date(2027, 4, 5), dt.datetime(2027, 4, 4, 21, 0, tzinfo=UTC)),
    ],
)
def test_everybody_is_told_at_nine_of_their_own_morning(
    make_thing: MakeThing, scope: int, bob: User, zone: str, day: dt.date, expected: dt.datetime
) -> None:
    User.objects.filter(pk=bob.pk).update(time_zone=zone)
    rule = RuleInput(kind="thing", offsets=(0,), audience=("owner",))
    services.save_rules(scope_id=scope, rules=[rule], by=None, at=at(MONDAY, 6))
    make_thing(day, owner_id=bob.pk)

    minute = dt.timedelta(minutes=1)
    assert not rounds(expected - minute)
    assert len(rounds(expected)) == 1
    assert Instant.objects.get(zone=zone, hour=9, day=day).leaves_at == expected


def test_an_outage_of_a_week_expires_what_is_late_and_sends_the_newest_once(make_thing: MakeThing) -> None:
    thing = make_thing(MONDAY)
    rounds(at(MONDAY - 2 * DAY, 9))

    mails = rounds(at(MONDAY + 10 * DAY, 8, 0), at(MONDAY + 10 * DAY, 9, 30))

    rows = Reminder.objects.filter(subject_id=thing.pk)
    assert rows.filter(state=ReminderState.EXPIRED).count() >= 2
    assert len(mails) == 1


def test_up_to_a_day_late_is_sent_and_says_so(make_thing: MakeThing) -> None:
    make_thing(MONDAY)
    rounds(at(MONDAY, 8))

    (mail,) = rounds(at(MONDAY + DAY, 8, 30))

    assert "late" in mail.body


def test_several_of_one_subject_collapse_to_the_newest(make_thing: MakeThing, scope: int) -> None:
    rule = RuleInput(kind="thing", offsets=(-2, -1, 0), audience=("owner",))
    services.save_rules(scope_id=scope, rules=[rule], by=None, at=at(MONDAY - 3 * DAY, 6))
    thing = make_thing(MONDAY + 6 * DAY)

    # Saturday and Sunday both come on the Friday before.
    mails = rounds(at(MONDAY + 4 * DAY, 9))

    assert len(mails) == 1
    rows = Reminder.objects.filter(subject_id=thing.pk).order_by("step")
    assert [(row.step, row.state) for row in rows] == [
        (-2, ReminderState.COLLAPSED),
        (-1, ReminderState.COLLAPSED),
        (0, ReminderState.COLLECTED),
    ]


def test_a_dry_run_tells_what_the_sweeps_will_do(make_thing: MakeThing, scope: int) -> None:
    make_thing(MONDAY + 7 * DAY)
    make_thing(MONDAY - 2 * DAY)
    forecast = services.dry_run(scope_id=scope, days=14, at=at(MONDAY, 0))
    assert not Reminder.objects.exists()

    for distance in range(14):
        rounds(at(MONDAY + distance * DAY, 9))

    told = Reminder.objects.filter(state=ReminderState.COLLECTED)
    wanted = {(row.subject_id, row.due_on, row.step, row.recipient_id, row.leaves_at) for row in forecast}
    assert wanted == set(told.values_list("subject_id", "due_on", "step", "recipient_id", "send_at"))


def test_a_dry_run_needs_no_start(make_thing: MakeThing, scope: int) -> None:
    services.stop_reminders(scope_id=scope, by=None, at=at(MONDAY, 0))
    make_thing(MONDAY + 7 * DAY)

    assert [row.step for row in services.dry_run(scope_id=scope, days=14, at=at(MONDAY, 0))] == [-7, -1, 0, 3]
