"""What one row must not say is refused by the database itself, on either engine."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from core.accounts.models import User
from programs.choices import Role
from programs.models import Phase, Program
from tests.cast import MONDAY
from tests.work import FRIDAY, STAMPS, TODAY
from workstreams.choices import ActionState, Discipline, MilestoneState, MissReason, RaidKind, RaidState
from workstreams.models import (
    ActionItem,
    Dependency,
    Milestone,
    MilestoneForecast,
    MilestoneRebaselining,
    RaidEntry,
    Workstream,
)

DAY = dt.timedelta(days=1)


def refused(change: Callable[[], Any], name: str) -> None:
    """Expect the database to refuse a change, by the constraint or trigger of this name."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        change()
    assert name in str(error.value)


ACTION_FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "a promise without a date": ({"state": ActionState.COMMITTED}, "action_promise_has_a_date"),
    "a request with a promise": ({"promised_for": FRIDAY}, "action_unanswered_has_no_promise"),
    "kept without a day": ({"state": ActionState.KEPT, "promised_for": FRIDAY}, "action_kept_by_its_day"),
    "kept too late": (
        {"state": ActionState.KEPT, "promised_for": FRIDAY, "done_on": FRIDAY + DAY},
        "action_kept_by_its_day",
    ),
    "kept without acceptance": (
        {"state": ActionState.KEPT, "promised_for": FRIDAY, "done_on": FRIDAY, "needs_acceptance": True},
        "action_kept_where_accepted",
    ),
    "missed without a reason": ({"state": ActionState.MISSED, "promised_for": FRIDAY}, "action_missed_has_a_reason"),
    "another reason without a note": (
        {"state": ActionState.MISSED, "promised_for": FRIDAY, "miss_reason": MissReason.OTHER},
        "action_other_reason_is_noted",
    ),
    "declined without a note": ({"state": ActionState.DECLINED}, "action_declined_has_a_note"),
    "an id without its source": ({"external_id": "17"}, "action_external_pair"),
    "an unknown state": ({"state": "done"}, "action_state_known"),
    "an unknown source": ({"source": "dream"}, "action_source_known"),
}


@pytest.mark.parametrize("fault", sorted(ACTION_FAULTS))
def test_an_action_item_cannot_be(fault: str, item: ActionItem) -> None:
    values, name = ACTION_FAULTS[fault]
    refused(lambda: ActionItem.objects.filter(pk=item.pk).update(**values), name)


def test_an_external_id_stands_once_in_a_program(item: ActionItem) -> None:
    outside = {"external_source": "jira", "external_id": "CRM-1"}
    ActionItem.objects.filter(pk=item.pk).update(**outside)
    columns = ("program_id", "workstream_id", "phase_id", "requester_id", "performer_id", "requested_for")
    row = ActionItem.objects.filter(pk=item.pk).values(*columns).get()
    # SQLite names the columns of the index instead of the index.
    name = "external" if connection.vendor == "sqlite" else "action_external_once"
    refused(lambda: ActionItem.objects.create(**row, **outside, **STAMPS, code="A99", title="Again"), name)


def test_the_due_date_is_the_promised_one_else_the_one_asked_for(item: ActionItem) -> None:
    item.refresh_from_db()
    assert item.due_on == FRIDAY
    ActionItem.objects.filter(pk=item.pk).update(state=ActionState.COMMITTED, promised_for=FRIDAY + DAY)
    assert ActionItem.objects.filter(due_on=FRIDAY + DAY).get() == item


def test_what_was_said_of_an_item_is_final(item: ActionItem) -> None:
    refused(lambda: item.events.update(note="Never said"), "append-only")
    refused(lambda: item.events.all().delete(), "append-only")


def test_a_milestone_is_reached_on_a_day(milestone: Milestone) -> None:
    mine = Milestone.objects.filter(pk=milestone.pk)
    refused(lambda: mine.update(state=MilestoneState.ACHIEVED), "milestone_achieved_has_a_date")
    refused(lambda: mine.update(actual_on=TODAY), "milestone_achieved_has_a_date")
    refused(lambda: mine.update(state="almost"), "milestone_state_known")


def test_a_frozen_baseline_moves_only_by_a_recorded_decision(milestone: Milestone, alice: User) -> None:
    mine = Milestone.objects.filter(pk=milestone.pk)
    mine.update(baseline_on=FRIDAY + DAY)
    mine.update(baseline_frozen_at=MONDAY)

    refused(lambda: mine.update(baseline_on=F("baseline_on") + DAY), "frozen")

    decision = MilestoneRebaselining.objects.create(
        milestone=milestone,
        old_on=FRIDAY + DAY,
        new_on=FRIDAY + 30 * DAY,
        decided_on=TODAY,
        decided_by=alice,
        reason="The scope doubled",
    )
    mine.update(baseline_on=decision.new_on, rebaselining=decision)
    refused(lambda: mine.update(baseline_on=FRIDAY), "frozen")
    refused(lambda: MilestoneRebaselining.objects.update(reason="Another"), "append-only")


def test_a_forecast_has_a_reason_and_is_final(milestone: Milestone) -> None:
    said = {"milestone": milestone, "forecast_on": FRIDAY, "said_on": TODAY}
    refused(lambda: MilestoneForecast.objects.create(**said, reason=""), "forecast_has_a_reason")
    MilestoneForecast.objects.create(**said, reason="Vendor fix")
    refused(lambda: MilestoneForecast.objects.update(forecast_on=TODAY), "append-only")
    refused(lambda: MilestoneForecast.objects.all().delete(), "append-only")


def test_a_milestone_waits_for_another_once_and_never_for_itself(milestone: Milestone) -> None:
    def waits(successor: Milestone) -> Dependency:
        return Dependency.objects.create(
            program=milestone.program, predecessor=milestone, successor=successor, **STAMPS
        )

    refused(lambda: waits(milestone), "dependency_not_on_itself")
    row = Milestone.objects.filter(pk=milestone.pk).values("program_id", "phase_id", "workstream_id").get()
    other = Milestone.objects.create(**row, code="S2", name="Next", baseline_on=FRIDAY, due_on=FRIDAY, **STAMPS)
    waits(other)
    refused(lambda: waits(other), "predecessor_id" if connection.vendor == "sqlite" else "dependency_once")


def test_a_workstream_has_a_known_discipline(workstreams: dict[Discipline, Workstream]) -> None:
    refused(lambda: Workstream.objects.update(discipline="data"), "workstream_discipline_known")


@pytest.mark.parametrize(
    ("kind", "values", "name"),
    [
        (RaidKind.RISK, {"impact": 3}, "raid_probability_of_risks"),
        (RaidKind.RISK, {"probability": 3}, "raid_impact_of_risks_and_issues"),
        (RaidKind.RISK, {"probability": 6, "impact": 3}, "raid_probability_of_risks"),
        (RaidKind.RISK, {"probability": 0, "impact": 3}, "raid_probability_of_risks"),
        (RaidKind.ISSUE, {}, "raid_impact_of_risks_and_issues"),
        (RaidKind.ISSUE, {"impact": 9}, "raid_impact_of_risks_and_issues"),
        (RaidKind.ASSUMPTION, {"review_on": None}, "raid_open_is_reviewed"),
        ("wish", {}, "raid_kind_known"),
        (RaidKind.DEPENDENCY, {"state": "waiting"}, "raid_state_known"),
    ],
)
def test_a_raid_entry_cannot_be(program: Program, kind: str, values: dict[str, Any], name: str) -> None:
    row = {"program": program, "code": "R1", "title": "Reviewers are taken", "kind": kind, "review_on": FRIDAY}
    refused(lambda: RaidEntry.objects.create(**{**row, **STAMPS, **values}), name)


def test_a_decision_is_final(program: Program) -> None:
    RaidEntry.objects.create(
        program=program, code="R1", kind=RaidKind.DECISION, title="We pilot", state=RaidState.CLOSED, **STAMPS
    )
    refused(lambda: RaidEntry.objects.update(title="We wait"), "append-only")
    refused(lambda: RaidEntry.objects.all().delete(), "append-only")


def test_a_code_stands_once_in_a_program_and_may_stand_in_another(
    phase: Phase, workstreams: dict[Discipline, Workstream], milestone: Milestone, roles: dict[Role, User]
) -> None:
    row = {"program": phase.program, "phase": phase, "workstream": workstreams[Discipline.PROJECT]}
    again = {"code": "S1", "name": "Again", "baseline_on": FRIDAY, "due_on": FRIDAY, **STAMPS}
    refused(lambda: Milestone.objects.create(**row, **again), "code")
    elsewhere = Program.objects.create(key="TWO", name="Other", **STAMPS)
    Milestone.objects.create(**{**row, "program": elsewhere}, **again)
