"""The debrief: what the product writes, what is edited, the sponsor first, private notes, and how it ends."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from assessments import exceptions, queries, services
from assessments.choices import AssessmentState, DebriefPartKind, DebriefState
from assessments.models import Assessment, AssessmentTemplate, Debrief, DebriefPart, Finding, Recommendation
from assessments.services import debriefs as documents
from core.accounts.models import User
from core.audit.models import Entry
from core.exceptions import IllegalMove, NotAllowed, NotFound, Stale
from programs import services as programs
from programs.choices import Role
from programs.models import Membership, Phase, Program
from tests.assessments import past
from tests.assessments.found import Accept, Roles
from tests.cast import MONDAY
from tests.work import FRIDAY, TODAY
from workstreams import services as work
from workstreams.choices import ActionSource, Discipline
from workstreams.exceptions import DateInTheFuture, ReasonMissing
from workstreams.models import ActionItem, Milestone, Workstream
from workstreams.services import ActionRequest

SECRET = "The board doubts the CIO"
Move = Callable[..., Debrief]


def part_of(debrief: Debrief, kind: str) -> DebriefPart:
    return debrief.parts.get(kind=kind)


def text_of(debrief: Debrief, kind: str) -> str:
    return part_of(debrief, kind).text


def test_the_product_writes_eight_parts_in_their_order(debrief: Debrief) -> None:
    kinds = list(debrief.parts.order_by("position").values_list("kind", flat=True))
    assert kinds == [
        "reason", "status", "stake", "nature", "results", "learnings", "steps", "commitment",
    ]  # fmt: skip
    assert all(debrief.parts.values_list("text", flat=True))
    assert Entry.objects.get(verb="prepare_debrief").label == "ONE-T1"


def test_status_is_told_from_the_programs_facts(
    completed: Assessment, milestone: Milestone, phase: Phase, promise: ActionItem, alice: User
) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(due_on=FRIDAY + dt.timedelta(days=14))
    later = MONDAY + dt.timedelta(days=7)
    debrief = services.prepare_debrief(assessment=completed, by=alice, at=later)
    status = text_of(debrief, DebriefPartKind.STATUS)
    assert "- Mobilise: planned" in status
    assert "1 milestone is overdue or moved:\n- Rules approved: moved 14 days, now 11 December 2026" in status
    assert "0 of 1 promises that came due were kept." in status
    assert "No outcome is measured yet." in status


def test_findings_and_steps_are_told_by_kind_and_urgency(
    gap: Finding, strength: Finding, essential: Recommendation, critical: Recommendation, accept: Accept, alice: User
) -> None:
    accept(essential, alice)
    debrief = services.prepare_debrief(assessment=gap.assessment, by=alice, at=MONDAY)
    learnings, steps = text_of(debrief, "learnings"), text_of(debrief, "steps")
    assert learnings.index("Branch managers can say why.") < learnings.index("Card and mortgage staff")
    assert "The cause: Each line is scored on its own cycle time. It is systemic. It touches E2, S1." in learnings
    assert steps.index("Critical:") < steps.index("Essential:")
    assert "Why: It is asked for twice. Accepted: A1." in steps


def test_results_are_told_against_the_last_time(
    program: Program, template: AssessmentTemplate, roles: Roles, alice: User
) -> None:
    past.of_sample(program, template, "T1")
    second = past.of_sample(program, template, "T2")
    debrief = services.prepare_debrief(assessment=second, by=alice, at=MONDAY)
    told = text_of(debrief, "results")
    assert "492 of 1000 points were reached. That is 102 points more than on 20 February 2026." in told
    assert "The target of the next is 620 points." in told
    assert text_of(debrief, "nature").endswith("Who answered is not on record.")


def test_what_is_at_stake_is_the_programs_own_case(completed: Assessment, program: Program, alice: User) -> None:
    Program.objects.filter(pk=program.pk).update(case_for_change="Customers leave.", cost_of_inaction="4 m a year.")
    debrief = services.prepare_debrief(assessment=completed, by=alice, at=MONDAY)
    assert text_of(debrief, "stake") == "Customers leave.\n\n4 m a year."


def test_a_debrief_rests_on_a_completed_assessment_and_is_one(completed: Assessment, alice: User) -> None:
    Assessment.objects.filter(pk=completed.pk).update(
        state=AssessmentState.CONSENSUS, completed_on=None, closes_on=FRIDAY
    )
    with pytest.raises(exceptions.NotCompleted):
        services.prepare_debrief(assessment=completed, by=alice, at=MONDAY)
    Assessment.objects.filter(pk=completed.pk).update(state=AssessmentState.REVIEWED, completed_on=TODAY)
    made = services.prepare_debrief(assessment=completed, by=alice, at=MONDAY)
    with pytest.raises(exceptions.DebriefPrepared) as refused:
        services.prepare_debrief(assessment=completed, by=alice, at=MONDAY)
    assert refused.value.facts == {"existing_id": made.pk}


MOVES: dict[str, Callable[[Debrief, User], Any]] = {
    "plan": lambda debrief, by: services.plan_debrief(debrief=debrief, planned_on=TODAY, by=by, at=MONDAY),
    "edit": lambda debrief, by: services.edit_debrief_part(part=part_of(debrief, "stake"), text="x", by=by, at=MONDAY),
    "rewrite": lambda debrief, by: services.rewrite_debrief_part(part=part_of(debrief, "stake"), by=by, at=MONDAY),
    "add": lambda debrief, by: services.add_debrief_part(debrief=debrief, title="More", by=by, at=MONDAY),
    "brief": lambda debrief, by: services.brief_sponsor(debrief=debrief, by=by, at=MONDAY),
}


@pytest.mark.parametrize("move", MOVES)
def test_only_who_facilitates_prepares_a_debrief(debrief: Debrief, roles: Roles, charlie: User, move: str) -> None:
    for role in (Role.SPONSOR, Role.LEAD, Role.MEMBER, Role.VIEWER):
        with pytest.raises(NotAllowed, match="the facilitator or a manager"):
            MOVES[move](debrief, roles[role])
    with pytest.raises(NotFound):
        MOVES[move](debrief, charlie)
    MOVES[move](debrief, roles[Role.MANAGER])


def test_before_it_is_held_a_debrief_is_read_by_those_who_prepare_it_and_the_sponsor(
    debrief: Debrief, roles: Roles, alice: User, charlie: User
) -> None:
    early = {role for role, person in roles.items() if queries.readable_debriefs(person).exists()}
    assert early == {Role.MANAGER, Role.SPONSOR}
    assert queries.readable_parts(roles[Role.MEMBER]).count() == 0
    services.brief_sponsor(debrief=debrief, by=alice, at=MONDAY)
    services.hold_debrief(debrief=debrief, by=alice, at=MONDAY)
    assert all(queries.debrief_for(person, "ONE-T1") == debrief for person in roles.values())
    assert queries.readable_parts(roles[Role.VIEWER]).count() == 8
    with pytest.raises(NotFound):
        queries.debrief_for(charlie, "ONE-T1")


def test_a_part_is_edited_left_out_and_counted_by_the_debriefs_version(debrief: Debrief, alice: User) -> None:
    part = part_of(debrief, "stake")
    services.edit_debrief_part(part=part, text=" Much.\r\n", is_left_out=True, by=alice, at=MONDAY, expected_version=1)
    part.refresh_from_db()
    assert (part.text, part.is_left_out) == ("Much.", True)
    with pytest.raises(Stale):
        services.edit_debrief_part(part=part, text="More", by=alice, at=MONDAY, expected_version=1)
    entry = Entry.objects.get(verb="edit_part_of_debrief")
    assert (entry.changes, entry.reason) == ({"part": [None, "stake"]}, "")
    services.rewrite_debrief_part(part=part, by=alice, at=MONDAY)
    assert text_of(debrief, "stake").startswith("The case for change is not written yet.")


def test_the_eight_keep_heading_and_place_and_others_stand_between(debrief: Debrief, alice: User) -> None:
    stake = part_of(debrief, "stake")
    with pytest.raises(exceptions.PartBelongs):
        services.edit_debrief_part(part=stake, title="Why", by=alice, at=MONDAY)
    with pytest.raises(exceptions.PartBelongs):
        services.delete_debrief_part(part=stake, by=alice, at=MONDAY)
    with pytest.raises(exceptions.HeadingMissing):
        services.add_debrief_part(debrief=debrief, title=" ", by=alice, at=MONDAY)
    services.add_debrief_part(debrief=debrief, title="Before the end", by=alice, at=MONDAY)
    budget = services.add_debrief_part(debrief=debrief, title="Budget", after=stake, by=alice, at=MONDAY)
    headings = [row["title"] or row["kind"] for row in queries.parts(debrief)]
    assert headings == [
        "reason", "status", "stake", "Budget", "nature", "results", "learnings", "steps",
        "Before the end", "commitment",
    ]  # fmt: skip
    services.delete_debrief_part(part=budget, by=alice, at=MONDAY)
    assert debrief.parts.count() == 9


def test_a_debrief_is_bounded(debrief: Debrief, alice: User) -> None:
    long = "x" * documents.MOST_CHARACTERS
    with pytest.raises(exceptions.DebriefTooLong):
        services.edit_debrief_part(part=part_of(debrief, "stake"), text=long, by=alice, at=MONDAY)
    for number in range(documents.MOST_PARTS - 8):
        services.add_debrief_part(debrief=debrief, title=f"Part {number}", by=alice, at=MONDAY)
    with pytest.raises(exceptions.DebriefTooLong):
        services.add_debrief_part(debrief=debrief, title="One more", by=alice, at=MONDAY)


def test_the_sponsor_is_briefed_before_it_is_held(debrief: Debrief, program: Program, alice: User) -> None:
    with pytest.raises(IllegalMove):
        services.hold_debrief(debrief=debrief, by=alice, at=MONDAY)
    with pytest.raises(DateInTheFuture):
        services.brief_sponsor(debrief=debrief, on=FRIDAY, by=alice, at=MONDAY)
    Program.objects.filter(pk=program.pk).update(sponsor=None)
    with pytest.raises(exceptions.NobodyToBrief):
        services.brief_sponsor(debrief=debrief, by=alice, at=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Debrief.objects.filter(pk=debrief.pk).update(state=DebriefState.HELD, held_on=TODAY)


def test_it_is_not_held_before_that_briefing(briefed: Debrief, alice: User) -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    with pytest.raises(exceptions.HeldBeforeBriefing, match=TODAY.isoformat()):
        services.hold_debrief(debrief=briefed, on=yesterday, by=alice, at=MONDAY)


def test_what_was_told_stays_but_for_the_words_of_the_commitment(held: Debrief, alice: User) -> None:
    with pytest.raises(exceptions.DebriefHeld):
        services.edit_debrief_part(part=part_of(held, "stake"), text="x", by=alice, at=MONDAY)
    services.edit_debrief_part(part=part_of(held, "commitment"), text="We do it.", by=alice, at=MONDAY)
    services.commit_debrief(debrief=held, none_reason="No money until spring", by=alice, at=MONDAY)
    with pytest.raises(exceptions.DebriefHeld):
        services.edit_debrief_part(part=part_of(held, "commitment"), text="x", by=alice, at=MONDAY)


def test_it_ends_with_accepted_steps_and_what_is_asked_for_there(
    held: Debrief,
    essential: Recommendation,
    accept: Accept,
    request_of_bob: ActionRequest,
    alice: User,
) -> None:
    item = accept(essential, alice).action_item
    assert item is not None
    ended = services.commit_debrief(debrief=held, action_items=[item], requests=[request_of_bob], by=alice, at=MONDAY)
    assert (ended.state, ended.committed_on) == (DebriefState.COMMITTED, TODAY)
    rows = queries.commitments(ended)
    assert [row["code"] for row in rows] == ["A1", "A2"]
    assert ActionItem.objects.get(code="A2").source == ActionSource.ASSESSMENT
    assert Entry.objects.get(verb="commit_debrief").changes["commitments"] == [None, ["A1", "A2"]]


def test_or_on_record_with_none(held: Debrief, alice: User) -> None:
    with pytest.raises(exceptions.CommitmentMissing):
        services.commit_debrief(debrief=held, none_reason=" ", by=alice, at=MONDAY)
    ended = services.commit_debrief(debrief=held, none_reason="No money until spring", by=alice, at=MONDAY)
    assert (ended.no_commitment_reason, queries.commitments(ended)) == ("No money until spring", [])


def test_not_with_both_nor_with_items_of_elsewhere(
    held: Debrief, item: ActionItem, essential: Recommendation, accept: Accept, alice: User
) -> None:
    with pytest.raises(exceptions.CommitmentElsewhere):
        services.commit_debrief(debrief=held, action_items=[item], by=alice, at=MONDAY)
    accepted = accept(essential, alice).action_item
    assert accepted is not None
    with pytest.raises(exceptions.CommitmentDenied):
        services.commit_debrief(debrief=held, action_items=[accepted], none_reason="None", by=alice, at=MONDAY)
    work.withdraw_action(item=accepted, by=alice, at=MONDAY)
    with pytest.raises(exceptions.CommitmentElsewhere):
        services.commit_debrief(debrief=held, action_items=[accepted], by=alice, at=MONDAY)


def test_every_move_is_undone_with_a_reason(held: Debrief, alice: User) -> None:
    services.commit_debrief(debrief=held, none_reason="No money", by=alice, at=MONDAY)
    steps: list[tuple[Move, str]] = [
        (services.reopen_debrief, DebriefState.HELD),
        (services.undo_holding, DebriefState.SPONSOR_BRIEFED),
        (services.undo_briefing, DebriefState.PREPARED),
    ]
    for undo, state in steps:
        with pytest.raises(ReasonMissing):
            undo(debrief=held, reason="", by=alice, at=MONDAY)
        assert undo(debrief=held, reason="A slip", by=alice, at=MONDAY).state == state
    held.refresh_from_db()
    days = (held.sponsor_briefed_on, held.held_on, held.committed_on, held.no_commitment_reason)
    assert days == (None, None, None, "")
    assert Entry.objects.filter(reason="A slip").count() == 3


def test_reopened_it_offers_again_what_was_asked_for_there(
    held: Debrief, request_of_bob: ActionRequest, alice: User
) -> None:
    services.commit_debrief(debrief=held, requests=[request_of_bob], by=alice, at=MONDAY)
    services.reopen_debrief(debrief=held, reason="One is missing", by=alice, at=MONDAY)
    offered = list(queries.commitment_choices(held))
    assert [item.code for item in offered] == ["A1"]
    services.commit_debrief(debrief=held, action_items=offered, by=alice, at=MONDAY)
    assert ActionItem.objects.count() == 1


def test_private_notes_are_written_by_the_sponsor_and_the_facilitator_alone(
    debrief: Debrief, roles: Roles, charlie: User, program: Program
) -> None:
    Program.objects.filter(pk=program.pk).update(deputy_sponsor=roles[Role.LEAD])
    for role in (Role.LEAD, Role.MEMBER, Role.VIEWER):
        with pytest.raises(NotAllowed, match="the sponsor and the facilitator"):
            services.write_private_notes(debrief=debrief, text=SECRET, by=roles[role], at=MONDAY)
    with pytest.raises(NotFound):
        services.write_private_notes(debrief=debrief, text=SECRET, by=charlie, at=MONDAY)
    for text, role in ((f"{SECRET}!", Role.SPONSOR), (SECRET, Role.MANAGER), (SECRET, Role.SPONSOR)):
        services.write_private_notes(debrief=debrief, text=text, by=roles[role], at=MONDAY)
    debrief.refresh_from_db()
    # What stands there already was not written anew.
    assert (debrief.private_notes, debrief.notes_version, debrief.version) == (SECRET, 3, 1)


def test_another_manager_than_the_facilitator_does_not_see_them(
    debrief: Debrief, completed: Assessment, roles: Roles, alice: User
) -> None:
    Assessment.objects.filter(pk=completed.pk).update(facilitator=roles[Role.LEAD])
    with pytest.raises(NotAllowed, match="the sponsor and the facilitator"):
        services.write_private_notes(debrief=debrief, text=SECRET, by=alice, at=MONDAY)


def test_who_becomes_sponsor_later_does_not_read_what_was_written_to_another(
    debrief: Debrief, roles: Roles, program: Program, alice: User
) -> None:
    services.write_private_notes(debrief=debrief, text=SECRET, by=roles[Role.SPONSOR], at=MONDAY)
    later = Membership.objects.get(program=program, person=roles[Role.LEAD])
    programs.change_member(membership=later, changes={"role": Role.SPONSOR}, by=alice, at=MONDAY)
    for role in (Role.LEAD, Role.SPONSOR):
        with pytest.raises(NotAllowed, match="the sponsor and the facilitator"):
            services.write_private_notes(debrief=debrief, text="And?", by=roles[role], at=MONDAY)
    for text in ("", "To the new one"):
        services.write_private_notes(debrief=debrief, text=text, by=alice, at=MONDAY)
    services.write_private_notes(debrief=debrief, text="Thanks", by=roles[Role.LEAD], at=MONDAY)


def test_private_notes_stand_in_no_text_of_the_trail_and_are_no_news(debrief: Debrief, alice: User) -> None:
    services.write_private_notes(debrief=debrief, text=SECRET, by=alice, at=MONDAY)
    entry = Entry.objects.get(verb="write_notes_of_debrief")
    assert (entry.scope, entry.changes, entry.reason) == ("", {}, "")
    assert not [each for each in Entry.objects.values_list("label", "reason", "changes") if SECRET in str(each)]
    assert not [entry for entry in queries.debrief_history(debrief) if "notes" in entry["verb"]]


def test_the_second_of_two_who_write_notes_is_told(debrief: Debrief, roles: Roles, alice: User) -> None:
    services.write_private_notes(debrief=debrief, text="One", by=alice, at=MONDAY, expected_version=1)
    with pytest.raises(Stale):
        services.write_private_notes(debrief=debrief, text="Two", by=roles[Role.SPONSOR], at=MONDAY, expected_version=1)


def test_parts_are_written_in_the_language_of_who_prepares_them(completed: Assessment, alice: User) -> None:
    with translation.override("zh-hans"):
        debrief = services.prepare_debrief(assessment=completed, by=alice, at=MONDAY)
    assert debrief.parts.count() == 8


def test_drafting_costs_the_same_however_much_there_is(
    completed: Assessment,
    milestone: Milestone,
    workstreams: dict[Discipline, Workstream],
    alice: User,
    django_assert_max_num_queries: Any,
) -> None:
    with django_assert_max_num_queries(40):
        services.prepare_debrief(assessment=completed, by=alice, at=MONDAY)
