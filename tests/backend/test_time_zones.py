"""Everybody's own nine o'clock, and days that are the same wherever they are typed."""

import datetime as dt
import zoneinfo

import pytest
from django.core import mail
from django.test import Client

from core.accounts.models import User
from notifications import services as notifications
from notifications.choices import ALL_WEEKDAYS
from notifications.queries.preferences import Preferences
from notifications.registry import RuleInput
from programs import services as programs
from programs.choices import Role
from programs.models import Membership, Phase, Program
from programs.services import ProgramDetails
from tests.conftest import Clock
from tests.support.api import ApiOf
from workstreams import services
from workstreams.choices import MILESTONE, Discipline
from workstreams.models import ActionItem, Milestone, Workstream
from workstreams.services import ActionRequest

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
ZONES = ("Pacific/Auckland", "America/New_York", "Asia/Shanghai")
# The day line and its neighbours: UTC-12 (its sign is turned round in that name), UTC+14, and a quarter of an hour.
FARTHEST = ("Etc/GMT+12", "Pacific/Kiritimati", "Asia/Kathmandu", "Pacific/Pago_Pago", "Pacific/Apia", "UTC")
LEAP_DAY = dt.date(2028, 2, 29)


def local(day: dt.date, hour: int, zone: str) -> dt.datetime:
    """Return the instant at which clocks in a zone show an hour."""
    return dt.datetime.combine(day, dt.time(hour), tzinfo=zoneinfo.ZoneInfo(zone)).astimezone(dt.UTC)


def begin(owner: User, zone: str, at: dt.datetime) -> Program:
    """Make a program in a time zone that reminds, from an instant on, of each milestone on its day."""
    owner.may_create_programs = True
    owner.save()
    program = programs.open_program(
        details=ProgramDetails(key="ONE", name="One", time_zone=zone), by=owner, at=at
    ).program
    Phase.objects.create(program=program, code="PH1", position=1, name="Mobilise", created_at=at, updated_at=at)
    rule = RuleInput(kind=MILESTONE, offsets=(0,), audience=("owner",))
    notifications.save_rules(scope_id=program.pk, rules=[rule], by=owner, at=at)
    programs.start_reminders(program=program, by=owner, at=at)
    return program


def person_in(zone: str, program: Program | None = None) -> User:
    """Return somebody who lives in a zone and, where one is given, works in a program."""
    name = zone.replace("/", ".").replace("+", ".").lower()
    one = User.objects.create_user(f"{name}@example.org", name=zone, time_zone=zone)
    if program is not None:
        Membership.objects.create(program=program, person=one, role=Role.MEMBER)
    return one


def due(program: Program, owner: User, day: dt.date, code: str, at: dt.datetime) -> Milestone:
    """Make a milestone of somebody's that falls due on a day."""
    return Milestone.objects.create(
        program=program, phase=program.phases.get(), code=code, name=f"Due for {owner.name}", owner=owner,
        workstream=Workstream.objects.get(program=program, discipline=Discipline.PROJECT), baseline_on=day, due_on=day,
        created_at=at, updated_at=at,
    )  # fmt: skip


def on_every_day(hour: int) -> Preferences:
    """Return the preferences of somebody who is told on Sundays too."""
    return Preferences(hour=hour, weekdays=ALL_WEEKDAYS, paused_until=None, muted=())


def arrivals(clock: Clock, start: dt.datetime, hours: int) -> dict[str, dt.datetime]:
    """Let the engine work every half hour, and return when each mail arrived, by the name in its subject."""
    found: dict[str, dt.datetime] = {}
    for half in range(2 * hours):
        at = start + half * HOUR / 2
        clock.move_to(at)
        before = len(mail.outbox)
        notifications.run_once(at=at, worker="test")
        for message in mail.outbox[before:]:
            name = str(message.subject).removeprefix("Due for ").partition(":")[0]
            assert name not in found, f"{name} is told twice"
            found[name] = at
    return found


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(dt.date(2026, 11, 24), id="winter"),
        pytest.param(LEAP_DAY, id="leap-day"),
        # The Monday after the clocks of New York went forward, and after those of Auckland went back.
        pytest.param(dt.date(2027, 3, 15), id="after-spring-in-New-York"),
        pytest.param(dt.date(2027, 4, 5), id="after-autumn-in-Auckland"),
    ],
)
def test_everybody_is_told_at_their_own_nine(alice: User, clock: Clock, day: dt.date) -> None:
    start = local(day, 0, "Pacific/Auckland") - 12 * HOUR
    clock.move_to(start)
    program = begin(alice, "Europe/London", start)
    for number, zone in enumerate(ZONES):
        due(program, person_in(zone, program), day, f"S{number}", start)
    assert arrivals(clock, start, 48) == {zone: local(day, 9, zone) for zone in ZONES}


@pytest.mark.parametrize(
    ("zone", "day"),
    [("America/New_York", dt.date(2027, 3, 14)), ("America/New_York", dt.date(2027, 11, 7)),
     ("Pacific/Auckland", dt.date(2027, 4, 4)), ("Pacific/Auckland", dt.date(2027, 9, 26))],
)  # fmt: skip
def test_nine_is_nine_on_the_very_day_the_clocks_change(alice: User, clock: Clock, zone: str, day: dt.date) -> None:
    """It is a Sunday, so its reader works on Sundays."""
    start = local(day, 0, zone) - 6 * HOUR
    clock.move_to(start)
    program = begin(alice, zone, start)
    reader = person_in(zone, program)
    notifications.save_preferences(person=reader, preferences=on_every_day(9), at=start)
    due(program, reader, day, "S1", start)
    assert arrivals(clock, start, 30) == {zone: local(day, 9, zone)}


def test_an_hour_that_the_clocks_skip_moves_on(alice: User, clock: Clock) -> None:
    zone, day = "America/New_York", dt.date(2027, 3, 14)
    start = local(day, 0, zone) - 6 * HOUR
    clock.move_to(start)
    program = begin(alice, zone, start)
    reader = person_in(zone, program)
    notifications.save_preferences(person=reader, preferences=on_every_day(2), at=start)
    due(program, reader, day, "S1", start)
    assert arrivals(clock, start, 24) == {zone: local(day, 3, zone)}


def asked(program: Program, performer: User, day: dt.date, at: dt.datetime) -> ActionItem:
    """Let the manager ask somebody for something by a day."""
    request = ActionRequest(
        workstream=Workstream.objects.get(program=program, discipline=Discipline.CHANGE), phase=program.phases.get(),
        title="Brief the branches", performer=performer, requested_for=day,
    )  # fmt: skip
    manager = program.memberships.get(role=Role.MANAGER).person
    return services.request_action(program=program, request=request, by=manager, at=at)


DAYS = (LEAP_DAY, dt.date(2027, 3, 28), dt.date(2027, 9, 26), dt.date(2026, 12, 31), dt.date(2027, 1, 1))


@pytest.mark.parametrize("reads_in", FARTHEST)
@pytest.mark.parametrize("lives_in", ["Etc/GMT+12", "Pacific/Kiritimati"])
def test_a_day_comes_back_as_it_was_typed(
    alice: User, clock: Clock, api_of: ApiOf, reads_in: str, lives_in: str
) -> None:
    """By a form and by the API, in whatever zone the program lives and its reader reads."""
    at = dt.datetime(2026, 11, 23, 11, 30, tzinfo=dt.UTC)
    clock.move_to(at)
    program = begin(alice, lives_in, at)
    reader = person_in(reads_in, program)
    browser, api = Client(), api_of(reader)
    browser.force_login(reader)
    for number, day in enumerate(DAYS, start=1):
        path = f"/actions/ONE-{asked(program, reader, day, at).code}/promise/"
        assert browser.post(path, {"promised_for": day.isoformat()}).status_code == 302
        shown = api.get(f"action-items/ONE-A{2 * number - 1}/").json()
        assert (shown["requested_for"], shown["promised_for"]) == (day.isoformat(), day.isoformat())

        code = asked(program, reader, day, at).code
        answer = api.post(f"action-items/ONE-{code}/promise/", {"promised_for": day.isoformat()})
        assert answer.json()["due_on"] == day.isoformat()
        page = browser.get(f"/actions/ONE-{code}/").content.decode()
        assert f'datetime="{day.isoformat()}"' in page


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Kiritimati", dt.date(2026, 11, 24)), ("Etc/GMT+12", dt.date(2026, 11, 22))]
)
def test_today_is_the_programs(alice: User, clock: Clock, api_of: ApiOf, zone: str, day: dt.date) -> None:
    """Twenty-six hours lie between the two ends of the world: "today" is said where the program lives."""
    at = dt.datetime(2026, 11, 23, 11, 30, tzinfo=dt.UTC)
    clock.move_to(at)
    program = begin(alice, zone, at)
    for reads_in in ("Pacific/Kiritimati", "Etc/GMT+12"):
        reader = person_in(reads_in, program)
        thing = due(program, reader, day, f"S{reader.pk}", at)
        answer = api_of(reader).post(f"milestones/ONE-{thing.code}/achieve/")
        assert answer.json()["actual_on"] == day.isoformat()
