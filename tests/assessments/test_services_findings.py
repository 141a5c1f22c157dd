"""Findings and recommendations: who writes and decides, what refuses, and the action item that an accepted step is."""

import dataclasses

import pytest

from assessments import exceptions, queries, services
from assessments.choices import AssessmentState, RecommendationState, Urgency
from assessments.models import Assessment, AssessmentTemplate, Criterion, Finding, Recommendation
from assessments.services import FindingDetails, RecommendationDetails
from core.accounts.models import User
from core.audit.models import Entry
from core.exceptions import IllegalMove, NotAllowed, NotFound, Stale
from notifications.models import Reminder
from programs.choices import Role
from programs.models import Program
from tests.assessments.found import Accept, Roles, recommend
from tests.cast import MONDAY
from tests.work import FRIDAY
from workstreams import services as work
from workstreams.choices import ActionSource, ActionState
from workstreams.exceptions import NotInThisProgram, ReasonMissing
from workstreams.models import ActionItem

WORDS = FindingDetails(kind="gap", text="Nobody owns complaints.")


def details_of(step: Recommendation, **changes: str) -> RecommendationDetails:
    said = {"text": step.text, "rationale": step.rationale, "urgency": step.urgency}
    return RecommendationDetails(**{**said, **changes})


def test_findings_are_numbered_within_their_assessment_and_on_the_trail(gap: Finding, strength: Finding) -> None:
    assert (gap.code, strength.code) == ("F1", "F2")
    entry = Entry.objects.get(subject=f"finding:{gap.pk}")
    assert (entry.verb, entry.label) == ("add_finding", "ONE-T1-F1")
    assert sorted(gap.affects.values_list("code", flat=True)) == ["E2", "S1"]


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.LEAD, Role.MEMBER, Role.VIEWER])
def test_only_who_facilitates_writes_findings(completed: Assessment, roles: Roles, role: Role) -> None:
    with pytest.raises(NotAllowed, match="the facilitator or a manager"):
        services.add_finding(assessment=completed, details=WORDS, by=roles[role], at=MONDAY)


def test_a_stranger_knows_of_no_assessment(completed: Assessment, gap: Finding, charlie: User) -> None:
    with pytest.raises(NotFound):
        services.add_finding(assessment=completed, details=WORDS, by=charlie, at=MONDAY)
    with pytest.raises(NotFound):
        queries.finding_for(charlie, "ONE-T1-F1")


@pytest.mark.parametrize("state", [AssessmentState.DRAFT, AssessmentState.OPEN])
def test_nothing_is_found_before_the_consensus(completed: Assessment, alice: User, state: AssessmentState) -> None:
    Assessment.objects.filter(pk=completed.pk).update(state=state, completed_on=None, closes_on=FRIDAY)
    with pytest.raises(exceptions.NothingFoundYet):
        services.add_finding(assessment=completed, details=WORDS, by=alice, at=MONDAY)


def test_until_completion_only_those_who_write_or_decide_read_findings(
    gap: Finding, essential: Recommendation, completed: Assessment, roles: Roles
) -> None:
    Assessment.objects.filter(pk=completed.pk).update(
        state=AssessmentState.CONSENSUS, completed_on=None, closes_on=FRIDAY
    )
    seen = {role: queries.readable_findings(person).count() for role, person in roles.items()}
    assert seen == {Role.MANAGER: 1, Role.SPONSOR: 1, Role.LEAD: 0, Role.MEMBER: 0, Role.VIEWER: 0}
    assert queries.readable_recommendations(roles[Role.MEMBER]).count() == 0
    Assessment.objects.filter(pk=completed.pk).update(state=AssessmentState.COMPLETED, completed_on=FRIDAY)
    assert all(queries.readable_findings(person).count() == 1 for person in roles.values())


def test_a_strength_has_no_cause(completed: Assessment, alice: User) -> None:
    for wrong in ({"root_cause": "Luck"}, {"is_systemic": True}):
        details = FindingDetails(kind="strength", text="They know why.", **wrong)
        with pytest.raises(exceptions.StrengthHasNoCause) as refused:
            services.add_finding(assessment=completed, details=details, by=alice, at=MONDAY)
        assert list(refused.value.fields) == list(wrong)


def test_criteria_are_of_the_assessments_own_template(completed: Assessment, alice: User) -> None:
    foreign = Criterion.objects.exclude(template=completed.template).order_by("pk")[0]
    for wrong in ({"criterion": foreign}, {"affects": [foreign]}):
        with pytest.raises(exceptions.CriterionElsewhere):
            services.add_finding(assessment=completed, details=dataclasses.replace(WORDS, **wrong), by=alice, at=MONDAY)


def test_a_finding_does_not_touch_its_own_criterion(
    completed: Assessment, criteria: dict[str, Criterion], alice: User
) -> None:
    details = dataclasses.replace(WORDS, criterion=criteria["C2"], affects=[criteria["C2"], criteria["E1"]])
    finding = services.add_finding(assessment=completed, details=details, by=alice, at=MONDAY)
    assert [each.code for each in finding.affects.all()] == ["E1"]


def test_a_finding_is_worded_anew_by_who_read_it_as_it_is(gap: Finding, alice: User) -> None:
    edited = services.edit_finding(finding=gap, details=WORDS, by=alice, at=MONDAY, expected_version=1)
    assert (edited.text, edited.root_cause, edited.version) == ("Nobody owns complaints.", "", 2)
    assert not edited.affects.exists()
    changes = Entry.objects.get(verb="edit_finding").changes
    assert changes["affects"] == [["E2", "S1"], []]
    assert changes["is_systemic"] == [True, False]
    with pytest.raises(Stale):
        services.edit_finding(finding=gap, details=WORDS, by=alice, at=MONDAY, expected_version=1)


def test_a_finding_goes_while_nothing_is_recommended_for_it(
    gap: Finding, essential: Recommendation, alice: User
) -> None:
    with pytest.raises(exceptions.FindingInUse):
        services.delete_finding(finding=gap, by=alice, at=MONDAY)
    services.delete_recommendation(recommendation=essential, by=alice, at=MONDAY)
    services.delete_finding(finding=gap, by=alice, at=MONDAY)
    assert not Finding.objects.exists()
    assert Entry.objects.get(verb="delete_finding").changes["text"][0] == gap.text


def test_an_accepted_step_is_an_action_item_asked_of_its_performer(
    essential: Recommendation, accept: Accept, alice: User, bob: User
) -> None:
    accepted = accept(essential, alice)
    item = ActionItem.objects.get()
    assert (accepted.state, accepted.action_item, accepted.decided_by) == (RecommendationState.ACCEPTED, item, alice)
    assert (item.source, item.state, item.title) == (ActionSource.ASSESSMENT, ActionState.REQUESTED, essential.text)
    assert (item.requester, item.performer, item.requested_for) == (alice, bob, FRIDAY)
    assert Reminder.objects.get(subject_id=item.pk, kind="action_requested").recipient == bob


def test_a_long_step_stands_whole_in_the_action_items_detail(
    essential: Recommendation, accept: Accept, alice: User
) -> None:
    Recommendation.objects.filter(pk=essential.pk).update(text="x" * 400)
    item = accept(essential, alice).action_item
    assert item is not None
    assert (len(item.title), item.detail) == (300, "x" * 400)


def test_managers_accept_all_but_critical_steps_and_the_sponsor_any(
    essential: Recommendation, critical: Recommendation, accept: Accept, roles: Roles
) -> None:
    with pytest.raises(NotAllowed, match="the sponsor or the deputy"):
        accept(critical, roles[Role.MANAGER])
    assert accept(critical, roles[Role.SPONSOR]).state == RecommendationState.ACCEPTED
    assert accept(essential, roles[Role.MANAGER]).state == RecommendationState.ACCEPTED


def test_the_deputy_accepts_as_the_sponsor_does(
    critical: Recommendation, accept: Accept, roles: Roles, program: Program
) -> None:
    Program.objects.filter(pk=program.pk).update(deputy_sponsor=roles[Role.LEAD])
    assert accept(critical, roles[Role.LEAD]).state == RecommendationState.ACCEPTED


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER, Role.VIEWER])
def test_others_decide_on_nothing(essential: Recommendation, accept: Accept, roles: Roles, role: Role) -> None:
    with pytest.raises(NotAllowed, match="a manager, the sponsor or the deputy"):
        accept(essential, roles[role])
    with pytest.raises(NotAllowed):
        services.reject_recommendation(recommendation=essential, reason="No", by=roles[role], at=MONDAY)
    assert not ActionItem.objects.exists()


def test_nobody_gets_around_the_sponsor_by_calling_a_step_less_urgent(
    critical: Recommendation, roles: Roles, alice: User
) -> None:
    lower = details_of(critical, urgency="essential")
    with pytest.raises(NotAllowed, match="the sponsor or the deputy"):
        services.edit_recommendation(recommendation=critical, details=lower, by=alice, at=MONDAY)
    with pytest.raises(NotAllowed, match="the sponsor or the deputy"):
        services.delete_recommendation(recommendation=critical, by=alice, at=MONDAY)
    reworded = details_of(critical, text="Withdraw the letter")
    assert services.edit_recommendation(recommendation=critical, details=reworded, by=alice, at=MONDAY).version == 2
    sponsor = roles[Role.SPONSOR]
    changed = services.edit_recommendation(recommendation=critical, details=lower, by=sponsor, at=MONDAY)
    assert changed.urgency == Urgency.ESSENTIAL


def test_a_step_is_accepted_once_the_assessment_is_completed(
    essential: Recommendation, accept: Accept, completed: Assessment, alice: User
) -> None:
    Assessment.objects.filter(pk=completed.pk).update(
        state=AssessmentState.CONSENSUS, completed_on=None, closes_on=FRIDAY
    )
    with pytest.raises(exceptions.NotCompleted):
        accept(essential, alice)


def test_accepting_is_all_or_nothing(essential: Recommendation, accept: Accept, charlie: User, alice: User) -> None:
    with pytest.raises(NotInThisProgram):
        services.accept_recommendation(
            recommendation=essential,
            performer=charlie,
            requested_for=FRIDAY,
            workstream=essential.assessment.program.workstreams.order_by("pk")[0],
            phase=essential.assessment.program.phases.get(),
            by=alice,
            at=MONDAY,
        )
    essential.refresh_from_db()
    assert (essential.state, ActionItem.objects.count()) == (RecommendationState.PROPOSED, 0)


def test_a_rejected_step_has_its_reason_until_it_is_reopened(essential: Recommendation, alice: User) -> None:
    with pytest.raises(ReasonMissing):
        services.reject_recommendation(recommendation=essential, reason=" ", by=alice, at=MONDAY)
    rejected = services.reject_recommendation(recommendation=essential, reason="Law needs it", by=alice, at=MONDAY)
    assert (rejected.state, rejected.reason) == (RecommendationState.REJECTED, "Law needs it")
    assert Entry.objects.get(verb="reject_recommendation").reason == "Law needs it"
    with pytest.raises(IllegalMove):
        services.reject_recommendation(recommendation=essential, reason="Again", by=alice, at=MONDAY)
    with pytest.raises(exceptions.RecommendationDecided):
        details = details_of(essential, text="Other")
        services.edit_recommendation(recommendation=essential, details=details, by=alice, at=MONDAY)
    reopened = services.reopen_recommendation(recommendation=essential, reason="It changed", by=alice, at=MONDAY)
    assert (reopened.state, reopened.reason, reopened.decided_by) == (RecommendationState.PROPOSED, "", None)


def test_an_accepted_step_is_reopened_once_its_action_item_was_given_up(
    essential: Recommendation, accept: Accept, alice: User
) -> None:
    item = accept(essential, alice).action_item
    assert item is not None
    with pytest.raises(exceptions.ActionStands, match=item.code):
        services.reopen_recommendation(recommendation=essential, reason="Mistake", by=alice, at=MONDAY)
    work.withdraw_action(item=item, by=alice, at=MONDAY)
    services.reopen_recommendation(recommendation=essential, reason="Mistake", by=alice, at=MONDAY)
    again = accept(essential, alice).action_item
    assert again is not None
    assert again != item


def test_findings_and_steps_are_read_in_three_queries(
    gap: Finding, strength: Finding, critical: Recommendation, alice: User, django_assert_num_queries: object
) -> None:
    for _n in range(4):
        recommend(gap, alice)
    assessment = gap.assessment
    with django_assert_num_queries(3):  # type: ignore[operator]
        rows = queries.findings_of(assessment, alice)
    assert [row["code"] for row in rows] == ["F1", "F2"]
    assert rows[0]["recommendations"][0]["code"] == "N1"
    assert [each["code"] for each in rows[0]["affects"]] == ["E2", "S1"]


def test_templates_of_others_stay_out_of_the_choices(completed: Assessment, template: AssessmentTemplate) -> None:
    assert queries.choosable_criteria(completed).count() == template.criteria.count()
