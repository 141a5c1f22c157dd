"""Assessments prepared, edited, opened, brought to consensus, completed: what is kept, refused, told and recorded."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from assessments import exceptions, services
from assessments.choices import ASSESSMENT, AssessmentState, Purpose
from assessments.models import Assessment, AssessmentTemplate, Assessor, Criterion, Debrief, Section, SectionPoints
from assessments.services import AssessmentDetails, JudgementInput
from core.accounts.models import User
from core.audit.models import Entry
from core.exceptions import IllegalMove, InvalidInput, NotAllowed, NotFound, Stale
from notifications.choices import ReminderState
from notifications.models import Reminder
from programs.choices import Role
from programs.exceptions import NotInThisProgram, ReasonMissing
from programs.models import Membership, Program
from tests.assessments.conftest import CLOSES_ON, AnswerAll
from tests.cast import MONDAY

Roles = dict[Role, User]
Places = dict[str, Assessor]
DAY = dt.timedelta(days=1)


def _agree(assessment: Assessment, criterion: Criterion, by: User, **judgement: Any) -> None:
    services.set_consensus(
        assessment=assessment, criterion=criterion, judgement=JudgementInput(**judgement), by=by, at=MONDAY
    )


def _told(kind: str) -> set[str]:
    return {str(each.recipient) for each in Reminder.objects.filter(kind=kind).select_related("recipient")}


# Prepared and edited


def test_a_draft_has_a_code_its_preparer_as_facilitator_and_tells_nobody(assessment: Assessment, alice: User) -> None:
    assert (assessment.code, assessment.state, assessment.facilitator) == ("T1", AssessmentState.DRAFT, alice)
    assert not Reminder.objects.exists()
    entry = Entry.objects.get(subject=f"{ASSESSMENT}:{assessment.pk}")
    assert (entry.verb, entry.scope) == ("prepare_assessment", f"program:{assessment.program_id}")


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.LEAD, Role.MEMBER, Role.VIEWER])
def test_only_a_manager_prepares(program: Program, roles: Roles, details: AssessmentDetails, role: Role) -> None:
    with pytest.raises(NotAllowed, match="a manager"):
        services.prepare_assessment(program=program, details=details, by=roles[role], at=MONDAY)


def test_a_stranger_knows_of_no_assessment(assessment: Assessment, charlie: User) -> None:
    with pytest.raises(NotFound):
        services.edit_assessment(assessment=assessment, changes={"target": 1}, by=charlie, at=MONDAY)
    with pytest.raises(NotFound):
        services.open_assessment(assessment=assessment, by=charlie, at=MONDAY)


def test_the_facilitator_is_a_manager(assessment: Assessment, bob: User, alice: User) -> None:
    with pytest.raises(exceptions.FacilitatorDoesNotManage) as refused:
        services.edit_assessment(assessment=assessment, changes={"facilitator": bob}, by=alice, at=MONDAY)
    assert list(refused.value.fields) == ["facilitator"]


@pytest.mark.parametrize("field", ["target", "target_next"])
def test_a_target_is_at_most_all_points(assessment: Assessment, alice: User, field: str) -> None:
    services.edit_assessment(assessment=assessment, changes={field: 1000}, by=alice, at=MONDAY)
    with pytest.raises(exceptions.TargetTooHigh, match="1000 points"):
        services.edit_assessment(assessment=assessment, changes={field: 1001}, by=alice, at=MONDAY)


def test_an_edit_is_counted_recorded_and_refused_when_stale(assessment: Assessment, alice: User) -> None:
    changes = {"purpose": Purpose.CALIBRATION, "is_named": True}
    edited = services.edit_assessment(assessment=assessment, changes=changes, by=alice, at=MONDAY, expected_version=1)
    assert (edited.version, edited.purpose, edited.is_named) == (2, Purpose.CALIBRATION, True)
    changed = Entry.objects.get(verb="edit_assessment").changes
    assert changed == {"purpose": ["readiness", "calibration"], "is_named": [False, True]}
    with pytest.raises(Stale):
        services.edit_assessment(assessment=assessment, changes={"target": 1}, by=alice, at=MONDAY, expected_version=1)
    services.edit_assessment(assessment=assessment, changes=changes, by=alice, at=MONDAY)
    assert Assessment.objects.get().version == 2


def test_unknown_fields_and_purposes_are_refused(assessment: Assessment, alice: User) -> None:
    for changes in ({"state": "open"}, {"purpose": "fun"}):
        with pytest.raises(InvalidInput):
            services.edit_assessment(assessment=assessment, changes=changes, by=alice, at=MONDAY)


@pytest.mark.parametrize(
    ("stand", "allowed", "fixed"),
    [
        ("opened", {"target": 7, "purpose": "calibration", "closes_on": CLOSES_ON + DAY}, {"is_named": True}),
        ("opened", {"target_next": 7}, {"is_in_words": True}),
        ("in_consensus", {"target": 7}, {"closes_on": CLOSES_ON + DAY}),
    ],
)
def test_what_stands_in_which_state(
    request: pytest.FixtureRequest, alice: User, stand: str, allowed: dict[str, Any], fixed: dict[str, Any]
) -> None:
    assessment = request.getfixturevalue(stand)
    services.edit_assessment(assessment=assessment, changes=allowed, by=alice, at=MONDAY)
    with pytest.raises(exceptions.FixedByNow) as refused:
        services.edit_assessment(assessment=assessment, changes=fixed, by=alice, at=MONDAY)
    assert refused.value.fields.keys() == fixed.keys()


def test_of_a_completed_one_only_the_next_target_changes(
    in_consensus: Assessment, criteria: dict[str, Criterion], alice: User
) -> None:
    _agree(in_consensus, criteria["P1"], alice, percent=50)
    services.complete_assessment(assessment=in_consensus, by=alice, at=MONDAY)
    services.edit_assessment(assessment=in_consensus, changes={"target_next": 620}, by=alice, at=MONDAY)
    with pytest.raises(exceptions.FixedByNow):
        services.edit_assessment(assessment=in_consensus, changes={"target": 620}, by=alice, at=MONDAY)


def test_the_place_of_facilitator_is_not_handed_on_with_private_notes(
    assessment: Assessment, roles: Roles, alice: User
) -> None:
    Membership.objects.filter(person=roles[Role.LEAD]).update(role=Role.MANAGER)
    Debrief.objects.create(assessment=assessment, private_notes="between us", created_at=MONDAY, updated_at=MONDAY)
    with pytest.raises(exceptions.FacilitatorKeepsNotes):
        services.edit_assessment(
            assessment=assessment, changes={"facilitator": roles[Role.LEAD]}, by=roles[Role.LEAD], at=MONDAY
        )


def test_only_a_draft_is_deleted(assessment: Assessment, assessors: Places, alice: User) -> None:
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    with pytest.raises(exceptions.AssessmentNotDraft):
        services.delete_assessment(assessment=assessment, by=alice, at=MONDAY)
    services.withdraw_assessment(assessment=assessment, by=alice, at=MONDAY)
    services.delete_assessment(assessment=assessment, by=alice, at=MONDAY)
    assert not Assessment.objects.exists()
    assert Entry.objects.filter(verb="delete_assessment").exists()


# Prepared from the last


def test_from_the_last_come_template_assessors_sections_and_its_target(
    opened: Assessment, assessors: Places, program: Program, criteria: dict[str, Criterion], alice: User
) -> None:
    services.edit_assessor(
        assessor=assessors["lead"], changes={"sections": [criteria["P1"].section]}, by=alice, at=MONDAY
    )
    services.remove_assessor(assessor=assessors["outside"], by=alice, at=MONDAY)
    services.edit_assessment(assessment=opened, changes={"target_next": 620}, by=alice, at=MONDAY)
    again = services.prepare_assessment(
        program=program, details=AssessmentDetails(purpose="calibration"), previous=opened, by=alice, at=MONDAY
    )
    assert (again.code, again.template, again.target, again.state) == ("T2", opened.template, 620, "draft")
    places = {each.person.name: each for each in again.assessors.select_related("person")}
    assert places.keys() == {"Sue Sponsor", "Lee Lead", "Bob Baker"}
    assert places["Sue Sponsor"].is_leader
    assert [each.code for each in places["Lee Lead"].sections.all()] == ["P"]
    assert not places["Bob Baker"].sections.exists()


def test_another_template_asks_the_same_people_all_of_it(
    opened: Assessment, assessors: Places, program: Program, criteria: dict[str, Criterion], alice: User
) -> None:
    section = criteria["P1"].section
    services.edit_assessor(assessor=assessors["lead"], changes={"sections": [section]}, by=alice, at=MONDAY)
    other = AssessmentTemplate.objects.get(slug="organisational-readiness")
    details = AssessmentDetails(purpose="calibration", template=other, target=50)
    again = services.prepare_assessment(program=program, details=details, previous=opened, by=alice, at=MONDAY)
    assert (again.template, again.target, again.assessors.count()) == (other, 50, 4)
    assert not Section.objects.filter(pk__in=again.assessors.values("sections")).exists()


def test_the_last_is_of_the_same_program_and_a_first_one_names_its_template(
    assessment: Assessment, charlie: User, alice: User, program: Program
) -> None:
    elsewhere = Program.objects.create(key="TWO", name="Two", created_at=MONDAY, updated_at=MONDAY)
    Membership.objects.create(program=elsewhere, person=charlie, role=Role.MANAGER)
    details = AssessmentDetails(purpose="readiness")
    with pytest.raises(NotInThisProgram):
        services.prepare_assessment(program=elsewhere, details=details, previous=assessment, by=charlie, at=MONDAY)
    with pytest.raises(InvalidInput):
        services.prepare_assessment(program=program, details=details, by=alice, at=MONDAY)


# Opened and withdrawn


def test_opening_asks_everybody_and_says_whether_names_are_shown(
    assessment: Assessment, assessors: Places, alice: User
) -> None:
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    everybody = {"Sue Sponsor", "Lee Lead", "Bob Baker", "Olivia Outside"}
    assert _told("assessment_asked") == everybody
    services.withdraw_assessment(assessment=assessment, by=alice, at=MONDAY)
    assert _told("assessment_withdrawn") == everybody
    services.edit_assessment(assessment=assessment, changes={"is_named": True}, by=alice, at=MONDAY)
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    assert _told("assessment_asked_by_name") == everybody


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"closes_on": None}, exceptions.ClosingDateMissing),
        ({"closes_on": MONDAY.date() - DAY}, exceptions.ClosesInThePast),
    ],
)
def test_opening_needs_a_day_to_come(
    assessment: Assessment, assessors: Places, alice: User, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    services.edit_assessment(assessment=assessment, changes=changes, by=alice, at=MONDAY)
    with pytest.raises(refusal):
        services.open_assessment(assessment=assessment, by=alice, at=MONDAY)


def test_opening_needs_a_facilitator_who_still_manages(
    assessment: Assessment, assessors: Places, roles: Roles, alice: User
) -> None:
    Membership.objects.filter(person=roles[Role.LEAD]).update(role=Role.MANAGER)
    services.edit_assessment(assessment=assessment, changes={"facilitator": roles[Role.LEAD]}, by=alice, at=MONDAY)
    Membership.objects.filter(person=roles[Role.LEAD]).update(role=Role.LEAD)
    with pytest.raises(exceptions.FacilitatorDoesNotManage):
        services.open_assessment(assessment=assessment, by=alice, at=MONDAY)


def test_opening_needs_somebody_for_every_scored_section_and_tells_which_lack_one(
    assessment: Assessment, roles: Roles, template: AssessmentTemplate, alice: User
) -> None:
    with pytest.raises(exceptions.NobodyAsked):
        services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    sections = {each.code: each for each in template.sections.all()}
    all_but = [each for each in sections.values() if each.part_of_id is None and each.code != "S"]
    place = services.add_assessor(assessment=assessment, person=roles[Role.LEAD], sections=all_but, by=alice, at=MONDAY)
    with pytest.raises(exceptions.SectionsUnasked) as refused:
        services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    assert refused.value.facts == {"sections": [sections["S"].name]}
    services.edit_assessor(assessor=place, changes={"sections": [*all_but, sections["S"]]}, by=alice, at=MONDAY)
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)


def test_somebody_asked_all_of_it_covers_every_section(assessment: Assessment, assessors: Places, alice: User) -> None:
    assert services.open_assessment(assessment=assessment, by=alice, at=MONDAY).opened_at == MONDAY


def test_what_was_answered_is_not_withdrawn(
    opened: Assessment, assessors: Places, answer_all: AnswerAll, alice: User
) -> None:
    answer_all(assessors["lead"], {"P1": JudgementInput(percent=5)})
    with pytest.raises(exceptions.AnswersGiven):
        services.withdraw_assessment(assessment=opened, by=alice, at=MONDAY)


def _reminder(assessment: Assessment, person: User, state: ReminderState) -> Reminder:
    return Reminder.objects.create(
        kind=ASSESSMENT, subject_kind=ASSESSMENT, subject_id=assessment.pk, scope_id=assessment.program_id,
        recipient=person, role="assessor", due_on=assessment.closes_on, step=0, state=state,
        shows_at=MONDAY, send_at=MONDAY, decided_at=MONDAY,
    )  # fmt: skip


def test_an_open_one_closes_on_another_day_and_its_reminders_follow(opened: Assessment, alice: User, bob: User) -> None:
    waiting = _reminder(opened, bob, ReminderState.PENDING)
    with pytest.raises(exceptions.ClosesInThePast):
        services.edit_assessment(assessment=opened, changes={"closes_on": MONDAY.date() - DAY}, by=alice, at=MONDAY)
    services.edit_assessment(assessment=opened, changes={"closes_on": CLOSES_ON + DAY}, by=alice, at=MONDAY)
    waiting.refresh_from_db()
    assert waiting.state == ReminderState.SUPERSEDED


# Consensus, completed, reopened


def test_consensus_needs_an_answer_drops_the_reminders_and_tells_those_who_may_read(
    opened: Assessment, assessors: Places, answer_all: AnswerAll, alice: User, bob: User
) -> None:
    waiting = _reminder(opened, bob, ReminderState.PENDING)
    with pytest.raises(exceptions.NobodyAnswered):
        services.open_consensus(assessment=opened, by=alice, at=MONDAY)
    answer_all(assessors["lead"], {"P1": JudgementInput(has_owner=True, note="no answer yet")})
    with pytest.raises(exceptions.NobodyAnswered):
        services.open_consensus(assessment=opened, by=alice, at=MONDAY)
    answer_all(assessors["lead"], {"P1": JudgementInput(percent=50)})
    services.open_consensus(assessment=opened, by=alice, at=MONDAY)
    waiting.refresh_from_db()
    assert waiting.state == ReminderState.CANCELLED
    assert _told("assessment_consensus") == {"Sue Sponsor", "Lee Lead", "Bob Baker"}


def test_there_is_no_way_back_from_the_consensus(in_consensus: Assessment, alice: User) -> None:
    for move in (services.withdraw_assessment, services.open_assessment, services.open_consensus):
        with pytest.raises(IllegalMove):
            move(assessment=in_consensus, by=alice, at=MONDAY)


def test_completing_keeps_the_points_of_each_scored_section(
    in_consensus: Assessment, criteria: dict[str, Criterion], alice: User
) -> None:
    with pytest.raises(exceptions.NothingAgreed):
        services.complete_assessment(assessment=in_consensus, by=alice, at=MONDAY)
    whole = {"has_owner": True, "is_consistent": True, "documents": "done"}
    _agree(in_consensus, criteria["P1"], alice, percent=35, **whole)
    _agree(in_consensus, criteria["P2"], alice, percent=90, has_owner=False)
    _agree(in_consensus, criteria["P3"], alice, is_not_applicable=True, not_applicable_reason="no limits here")
    completed = services.complete_assessment(assessment=in_consensus, by=alice, at=MONDAY)
    assert (completed.state, completed.completed_on) == (AssessmentState.COMPLETED, MONDAY.date())
    rows = {each.section.code: each for each in SectionPoints.objects.select_related("section")}
    assert rows.keys() == {"P", "E", "C", "R", "S", "OF", "OC", "OE", "OP", "L", "M", "H"}
    first = rows["P"]
    # P1: 15 points at 35 %, P2: 10 at 90 %; P3 (10) does not apply, P4 and P5 are unanswered: 50 in all.
    assert first.points == Decimal("14.25")
    assert (first.answered, first.applicable, first.evidenced) == (25, 40, 15)
    last = rows["E"]
    assert (last.points, last.answered, last.applicable, last.evidenced) == (Decimal(0), 0, 100, None)
    assert "Sue Sponsor" in _told("assessment_completed")
    assert "Olivia Outside" not in _told("assessment_completed")


def test_in_words_there_are_no_points(
    assessment: Assessment, assessors: Places, criteria: dict[str, Criterion], answer_all: AnswerAll, alice: User
) -> None:
    services.edit_assessment(assessment=assessment, changes={"is_in_words": True}, by=alice, at=MONDAY)
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    answer_all(assessors["lead"], {"P1": JudgementInput(note="We have no strategy.")})
    services.open_consensus(assessment=assessment, by=alice, at=MONDAY)
    _agree(assessment, criteria["P1"], alice, note="There is none.")
    services.complete_assessment(assessment=assessment, by=alice, at=MONDAY)
    assert not SectionPoints.objects.exists()


def test_reopened_with_a_reason_it_is_agreed_on_again(
    in_consensus: Assessment, criteria: dict[str, Criterion], alice: User
) -> None:
    _agree(in_consensus, criteria["P1"], alice, percent=35)
    services.complete_assessment(assessment=in_consensus, by=alice, at=MONDAY)
    with pytest.raises(exceptions.ConsensusClosed):
        _agree(in_consensus, criteria["P1"], alice, percent=40)
    with pytest.raises(ReasonMissing):
        services.reopen_assessment(assessment=in_consensus, reason=" ", by=alice, at=MONDAY)
    services.review_assessment(assessment=in_consensus, by=alice, at=MONDAY)
    reopened = services.reopen_assessment(assessment=in_consensus, reason="P1 was misread", by=alice, at=MONDAY)
    assert (reopened.state, reopened.completed_on) == (AssessmentState.CONSENSUS, None)
    assert not SectionPoints.objects.exists()
    assert Entry.objects.get(verb="reopen_assessment").reason == "P1 was misread"
    _agree(in_consensus, criteria["P1"], alice, percent=40)
    services.complete_assessment(assessment=in_consensus, by=alice, at=MONDAY)
    assert SectionPoints.objects.get(section__code="P").points == 6


def test_one_that_came_with_its_points_alone_keeps_them(assessment: Assessment, alice: User) -> None:
    facts = {"state": AssessmentState.COMPLETED, "completed_on": MONDAY.date(), "facilitator": None}
    Assessment.objects.filter(pk=assessment.pk).update(**facts)
    section = Section.objects.get(template=assessment.template, code="P")
    SectionPoints.objects.create(assessment=assessment, section=section, points=28, answered=50, applicable=50)
    with pytest.raises(exceptions.KnownByItsPoints):
        services.reopen_assessment(assessment=assessment, reason="Misread", by=alice, at=MONDAY)
    assert SectionPoints.objects.get().points == 28


def test_one_that_came_without_facilitator_and_day_is_led_by_who_reopens_it(
    in_consensus: Assessment, criteria: dict[str, Criterion], alice: User
) -> None:
    _agree(in_consensus, criteria["P1"], alice, percent=35)
    services.complete_assessment(assessment=in_consensus, by=alice, at=MONDAY)
    Assessment.objects.filter(pk=in_consensus.pk).update(facilitator=None, closes_on=None)
    reopened = services.reopen_assessment(assessment=in_consensus, reason="Misread", by=alice, at=MONDAY)
    assert (reopened.facilitator, reopened.closes_on) == (alice, MONDAY.date())
