"""No reminder leads to a refusal: whoever is told of something may open it, and may do something about it."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from assessments import access as assessment_access
from assessments.choices import ASSESSMENT, REASSESSMENT, AssessmentState
from assessments.models import Assessment, Assessor, Prompt
from core import clock
from core.accounts.models import User
from notifications import registry, services
from notifications.models import Reminder
from notifications.notices import present, subject_of
from notifications.registry import RuleInput
from programs import access as program_access
from programs.access import MEASUREMENT
from programs.choices import Cadence, Role
from programs.models import Measure, Membership, Phase
from programs.notices import PROGRAM
from tests.access import assessment_pages, findings, measures, stage
from tests.access.stage import House
from workstreams import access
from workstreams import services as work
from workstreams.choices import ACTION, GATE, MILESTONE, OPEN_ACTIONS, ActionState, GateState, MilestoneState
from workstreams.models import ActionItem, GateReview, Milestone, Workstream

pytestmark = pytest.mark.django_db

MODELS: dict[str, Any] = {
    MILESTONE: Milestone, ACTION: ActionItem, GATE: GateReview, MEASUREMENT: Measure, ASSESSMENT: Assessment,
    REASSESSMENT: Prompt,
}  # fmt: skip
AUDIENCES = [(kind, role) for kind, source in registry.sources().items() for role in source.roles]
# Roles that a rule may name because of what somebody is in the program, not of what they have in hand.
BY_MEMBERSHIP = {"manager": Role.MANAGER, "sponsor": Role.SPONSOR}
OPEN = (MilestoneState.PLANNED, *OPEN_ACTIONS, GateState.SCHEDULED, GateState.HELD, AssessmentState.OPEN)
FIELDS = {"owner": "owner", "performer": "performer", "requester": "requester", "facilitator": "facilitator"}


@pytest.fixture
def house(db: None) -> House:
    """A program of which everything open falls due today."""
    built = stage.build("ONE", "Harbour")
    Milestone.objects.filter(program=built.program).update(due_on=stage.today())
    ActionItem.objects.filter(program=built.program).update(requested_for=stage.today())
    committed = ActionItem.objects.filter(program=built.program, state=ActionState.COMMITTED)
    committed.update(promised_for=stage.today())
    measures.unread_measure(built)
    last_week = stage.today() - dt.timedelta(days=7)
    unread = Measure.objects.filter(program=built.program, code="M9")
    unread.update(cadence=Cadence.WEEKLY, baseline_on=last_week, owner=built.people["member"])
    # What was never read is counted from its phase's start at the earliest.
    Phase.objects.filter(program=built.program, baseline_start_on__gt=last_week).update(baseline_start_on=last_week)
    assessment_pages.assessment_in(built, AssessmentState.OPEN)
    Assessment.objects.filter(program=built.program).update(closes_on=stage.today())
    assessment_pages.prompt_in(built)
    return built


def cast_as(house: House, role: str) -> User:
    """Return somebody who is in the audience of a rule, and otherwise may only read wherever that is possible."""
    if role in BY_MEMBERSHIP:
        ActionItem.objects.filter(program=house.program).update(requester=house.people["viewer"])
        return house.people[BY_MEMBERSHIP[role]]
    reader = stage.person("reader", "Only a reader")
    Membership.objects.create(program=house.program, person=reader, role=Role.VIEWER)
    if role == "workstream_lead":
        Workstream.objects.filter(program=house.program).update(lead=reader)
        return reader
    if role == "assessor":
        Assessor.objects.filter(assessment__program=house.program).update(person=reader)
        return reader
    for model in MODELS.values():
        names = {field.name for field in model._meta.fields}
        if FIELDS[role] in names:
            model.objects.filter(program=house.program).update(**{FIELDS[role]: reader})
    return reader


def reminded(house: House, kind: str, role: str) -> list[Reminder]:
    """Let the day come on which a rule tells one role of one kind of thing."""
    now = clock.now()
    rule = RuleInput(kind=kind, offsets=(0,), audience=(role,))
    services.save_rules(scope_id=house.program.pk, rules=[rule], by=None, at=now)
    services.start_reminders(scope_id=house.program.pk, by=None, at=now)
    day = dt.datetime.combine(stage.today(), dt.time(23, 30), tzinfo=dt.UTC)
    services.run_once(at=max(now, day), worker="test")
    return list(Reminder.objects.filter(kind=kind, role=role))


@pytest.fixture(autouse=True)
def _on_working_days_and_others(settings: Any) -> Iterator[None]:
    settings.REMINDER_WEEKDAYS = range(1, 8)
    yield


@pytest.mark.parametrize(("kind", "role"), AUDIENCES)
def test_whoever_a_rule_tells_may_open_it_and_act_on_it(house: House, kind: str, role: str) -> None:
    reader = cast_as(house, role)
    found = [one for one in reminded(house, kind, role) if one.recipient_id == reader.pk]
    is_open = {"code": "M9"} if kind == MEASUREMENT else {"state__in": OPEN}
    open_ones = MODELS[kind].objects.filter(program=house.program, **is_open)
    assert {one.subject_id for one in found} == {thing.pk for thing in open_ones}
    client = Client()
    client.force_login(reader)
    who = program_access.membership(reader, house.program.pk)
    for one in found:
        address = present([one], reader)[subject_of(one)].url
        assert client.get(address).status_code == 200
        thing = MODELS[kind].objects.get(pk=one.subject_id)
        assert moves_of(who, thing), f"{role} is told of {thing} and may do nothing about it"
    assert any(reader.email in message.to for message in mail.outbox)


def moves_of(who: program_access.MemberContext, thing: Any) -> list[str]:
    """Return what a person may do about a thing."""
    if isinstance(thing, ActionItem):
        return access.open_action_moves(who, thing, stage.today())
    if isinstance(thing, Measure):
        return ["record"] if program_access.is_reader_of(who, thing) else []
    if isinstance(thing, GateReview):
        return access.open_gate_moves(who, thing)
    if isinstance(thing, Assessment):
        is_asked = Assessor.objects.filter(assessment=thing, person_id=who.person_id).exists()
        return ["answer"] if is_asked else assessment_access.open_moves(who, thing)
    if isinstance(thing, Prompt):
        return ["dismiss"] if assessment_access.may_dismiss(who, thing) else []
    return access.open_milestone_moves(who, thing)


def test_a_move_that_a_reminder_brings_is_not_refused(house: House) -> None:
    """What the page offers, the services let pass: the reader of a reminder keeps a promise of somebody else's."""
    sponsor = cast_as(house, "sponsor")
    reminded(house, ACTION, "sponsor")
    item = ActionItem.objects.get(program=house.program, code="A2")
    assert work.keep_action(item=item, by=sponsor, at=clock.now()).state == ActionState.KEPT


def test_a_performer_who_is_reminded_does_not_take_the_request_back(house: House) -> None:
    reader = cast_as(house, "performer")
    assert reminded(house, ACTION, "performer")
    who = program_access.membership(reader, house.program.pk)
    item = ActionItem.objects.select_related("workstream").get(program=house.program, code="A2")
    assert moves_of(who, item) == ["keep", "miss"]


def told_of(house: House, subject_kind: str, kind: str) -> Any:
    """Return something that a notice tells of; what was found is told of a completed assessment, once it was held."""
    if kind.startswith(("step_", "debrief_")):
        Assessment.objects.filter(program=house.program).update(state="completed", completed_on=stage.today())
        return findings.debrief(house).assessment
    if subject_kind == PROGRAM:
        return house.program
    if subject_kind == ASSESSMENT:
        return assessment_pages.assessment_in(house, AssessmentState.OPEN)
    return MODELS[subject_kind].objects.filter(program=house.program).first()


def words_of(sentence: str) -> dict[str, str]:
    """Return something for every word that a notice's sentence leaves open."""
    names = re.findall(r"%\((\w+)\)", sentence)
    return {name: stage.today().isoformat() if name.endswith("_on") else "something" for name in names}


@pytest.mark.parametrize("kind", sorted(registry.notices()))
def test_whoever_is_told_something_at_once_may_open_it(house: House, kind: str) -> None:
    reader, by = house.people["viewer"], house.people["manager"]
    notice = registry.notices()[kind]
    thing, words = told_of(house, notice.subject_kind, kind), words_of(str(notice.sentence))
    services.notify(
        kind=kind, recipient_ids=[reader.pk], subject_id=thing.pk, scope_id=house.program.pk, by=by,
        at=clock.now(), params=words,
    )  # fmt: skip
    told = Reminder.objects.get(kind=kind, recipient=reader)
    client = Client()
    client.force_login(reader)
    assert client.get(present([told], reader)[subject_of(told)].url).status_code == 200
    assert client.get("/inbox/").status_code == 200
