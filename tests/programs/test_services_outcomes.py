"""Outcomes from proposed to realised, missed or withdrawn; measures, their numbers; readings and their corrections."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit.models import Entry
from programs import exceptions, services
from programs.choices import Direction, OutcomeStatus, PhaseStatus, ProgramStatus, Role
from programs.models import Measure, Measurement, Outcome, Phase, Program
from programs.services import MeasureDetails, OutcomeDetails, Reading
from tests.cast import MONDAY
from tests.work import TODAY
from workstreams.models import ActionItem

DAY = dt.timedelta(days=1)
RETENTION = MeasureDetails(
    name="Retention",
    unit="%",
    baseline=Decimal(80),
    baseline_on=TODAY - 100 * DAY,
    target=Decimal(90),
    target_on=TODAY + 100 * DAY,
)


@pytest.fixture
def outcome(program: Program, phase: Phase, alice: User) -> Outcome:
    """An outcome that Alice proposes."""
    details = OutcomeDetails(phase=phase, statement="Customers stay", owner=alice)
    return services.add_outcome(program=program, details=details, by=alice, at=MONDAY)


@pytest.fixture
def measure(outcome: Outcome, alice: User, bob: User, roles: dict[Role, User]) -> Measure:
    """A measure of it that Bob reads."""
    return services.add_measure(outcome=outcome, details=replace(RETENTION, owner=bob), by=alice, at=MONDAY)


def read(measure: Measure, by: User, value: int, on: dt.date = TODAY, **more: str) -> Measurement:
    reading = Reading(value=Decimal(value), measured_on=on, **more)
    return services.record_measurement(measure=measure, reading=reading, by=by, at=MONDAY)


def move(outcome: Outcome, name: str, by: User, **said: str) -> Outcome:
    moved: Outcome = getattr(services, f"{name}_outcome")(outcome=outcome, by=by, at=MONDAY, **said)
    return moved


def test_an_outcome_is_proposed_and_its_code_is_the_next(outcome: Outcome, alice: User) -> None:
    assert (outcome.code, outcome.status, outcome.owner) == ("O1", OutcomeStatus.PROPOSED, alice)
    entry = Entry.objects.get(subject=f"outcome:{outcome.pk}")
    assert (entry.verb, entry.label) == ("add_outcome", "ONE-O1 Customers stay")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER, Role.LEAD, Role.SPONSOR])
def test_only_a_manager_edits_outcomes_and_measures(
    outcome: Outcome, measure: Measure, roles: dict[Role, User], role: Role
) -> None:
    by = roles[role]
    with pytest.raises(core_exceptions.NotAllowed, match="Only a manager"):
        services.edit_outcome(outcome=outcome, changes={"statement": "Else"}, by=by, at=MONDAY)
    with pytest.raises(core_exceptions.NotAllowed, match="Only a manager"):
        services.edit_measure(measure=measure, changes={"name": "Else"}, by=by, at=MONDAY)
    with pytest.raises(core_exceptions.NotAllowed, match="Only a manager"):
        move(outcome, "agree", by)


def test_a_stranger_knows_nothing_of_it(outcome: Outcome, measure: Measure, charlie: User) -> None:
    with pytest.raises(core_exceptions.NotFound):
        move(outcome, "agree", charlie)
    with pytest.raises(core_exceptions.NotFound):
        read(measure, charlie, 81)


def test_its_owner_and_phase_are_of_the_program(outcome: Outcome, alice: User, charlie: User) -> None:
    other = services.create_program(details=services.ProgramDetails(key="TWO", name="Two"), by=alice, at=MONDAY)
    elsewhere = Phase(program=other, code="PH1")
    for changes in ({"owner": charlie}, {"phase": elsewhere}):
        with pytest.raises(exceptions.NotInThisProgram) as refused:
            services.edit_outcome(outcome=outcome, changes=changes, by=alice, at=MONDAY)
        assert list(refused.value.fields) == list(changes)


def test_an_edit_says_from_what_to_what_and_meets_the_version_it_saw(outcome: Outcome, alice: User) -> None:
    edited = services.edit_outcome(
        outcome=outcome, changes={"statement": "Customers come back"}, by=alice, at=MONDAY, expected_version=1
    )
    assert edited.version == 2
    assert Entry.objects.latest("pk").changes == {"statement": ["Customers stay", "Customers come back"]}
    with pytest.raises(core_exceptions.Stale):
        services.edit_outcome(outcome=outcome, changes={"statement": "?"}, by=alice, at=MONDAY, expected_version=1)


def test_an_outcome_is_realised_when_its_measures_reached_their_targets(
    outcome: Outcome, measure: Measure, alice: User
) -> None:
    move(outcome, "agree", alice)
    read(measure, alice, 91)
    assert move(outcome, "realise", alice).status == OutcomeStatus.REALISED


@pytest.mark.parametrize("value", [None, 89])
def test_below_target_it_is_realised_with_a_closing_note_alone(
    outcome: Outcome, measure: Measure, alice: User, value: int | None
) -> None:
    move(outcome, "agree", alice)
    if value is not None:
        read(measure, alice, value)
    with pytest.raises(exceptions.ClosingNoteMissing, match="M1 fell short") as refused:
        move(outcome, "realise", alice, closing_note="  ")
    assert "closing_note" in refused.value.fields
    realised = move(outcome, "realise", alice, closing_note="Close enough")
    assert (realised.status, realised.closing_note) == (OutcomeStatus.REALISED, "Close enough")


def test_without_a_measure_nothing_shows_that_it_is_true(outcome: Outcome, alice: User) -> None:
    move(outcome, "agree", alice)
    with pytest.raises(exceptions.ClosingNoteMissing):
        move(outcome, "realise", alice)


def test_giving_up_and_reopening_say_why(outcome: Outcome, alice: User) -> None:
    with pytest.raises(exceptions.ReasonMissing):
        move(outcome, "withdraw", alice, reason=" ")
    assert move(outcome, "withdraw", alice, reason="Sold the branch").status == OutcomeStatus.WITHDRAWN
    assert Entry.objects.latest("pk").reason == "Sold the branch"
    with pytest.raises(exceptions.ReasonMissing):
        move(outcome, "reopen", alice, reason="")
    assert move(outcome, "reopen", alice, reason="Bought it back").status == OutcomeStatus.REALISING


def test_a_move_that_the_state_does_not_allow_lists_those_it_does(outcome: Outcome, alice: User) -> None:
    with pytest.raises(core_exceptions.IllegalMove) as refused:
        move(outcome, "realise", alice)
    assert refused.value.facts["legal_moves"] == ["agree", "withdraw"]


@pytest.mark.parametrize("status", [ProgramStatus.CLOSED, ProgramStatus.PAUSED])
def test_outcomes_go_on_after_phase_and_program(
    outcome: Outcome, measure: Measure, alice: User, bob: User, status: ProgramStatus
) -> None:
    move(outcome, "agree", alice)
    Phase.objects.update(status=PhaseStatus.CLOSED, actual_start_on=TODAY, actual_end_on=TODAY)
    Program.objects.update(status=status, sponsor=bob, manager=alice, case_for_change="They leave")
    read(measure, bob, 91)
    assert move(outcome, "realise", alice).status == OutcomeStatus.REALISED


def test_what_nothing_hangs_on_is_deleted(outcome: Outcome, measure: Measure, alice: User, item: ActionItem) -> None:
    with pytest.raises(exceptions.OutcomeHasMeasures):
        services.delete_outcome(outcome=outcome, by=alice, at=MONDAY)
    services.delete_measure(measure=measure, by=alice, at=MONDAY)
    ActionItem.objects.update(outcome=outcome)
    with pytest.raises(exceptions.OutcomeHasActions):
        services.delete_outcome(outcome=outcome, by=alice, at=MONDAY)
    ActionItem.objects.update(outcome=None)
    services.delete_outcome(outcome=outcome, by=alice, at=MONDAY)
    assert not Outcome.objects.exists()
    assert Entry.objects.latest("pk").verb == "delete_outcome"


def test_a_measure_that_was_read_stays(measure: Measure, alice: User) -> None:
    read(measure, alice, 81)
    with pytest.raises(exceptions.MeasureHasReadings):
        services.delete_measure(measure=measure, by=alice, at=MONDAY)


WRONG: dict[str, tuple[dict[str, Any], type[core_exceptions.Refusal], str]] = {
    "target on the wrong side": ({"target": Decimal(79)}, exceptions.TargetNotInDirection, "target"),
    "target as the baseline": ({"target": Decimal(80)}, exceptions.TargetNotInDirection, "target"),
    "down, and yet above": ({"direction": Direction.DOWN}, exceptions.TargetNotInDirection, "target"),
    "target before the baseline": ({"target_on": TODAY - 100 * DAY}, exceptions.TargetNotAfterBaseline, "target_on"),
    "limits turned round": (
        {"direction": Direction.MAINTAIN, "low": Decimal(9), "high": Decimal(1)},
        exceptions.LimitsOutOfOrder,
        "high",
    ),
    "limits of a target": ({"low": Decimal(1)}, exceptions.LimitsOnlyToMaintain, "low"),
    "a step too late": ({"steps": ((TODAY + 100 * DAY, Decimal(85)),)}, exceptions.StepOutsideThePlan, "steps"),
    "a step twice": ({"steps": ((TODAY, Decimal(85)),) * 2}, exceptions.StepOutsideThePlan, "steps"),
    "a step of nothing": ({"target_on": None, "steps": ((TODAY, Decimal(1)),)}, exceptions.StepOutsideThePlan, "steps"),
}


@pytest.mark.parametrize("story", WRONG)
def test_a_measure_does_not_contradict_itself(outcome: Outcome, measure: Measure, alice: User, story: str) -> None:
    changes, refusal, field = WRONG[story]
    with pytest.raises(refusal) as refused:
        services.edit_measure(measure=measure, changes=changes, by=alice, at=MONDAY)
    assert list(refused.value.fields) == [field]
    with pytest.raises(refusal):
        services.add_measure(outcome=outcome, details=replace(RETENTION, **changes), by=alice, at=MONDAY)
    assert Measure.objects.count() == 1


def test_a_measure_to_maintain_has_limits_and_planned_steps_are_replaced(measure: Measure, alice: User) -> None:
    steps = ((TODAY + DAY, Decimal(82)), (TODAY, Decimal(81)))
    edited = services.edit_measure(measure=measure, changes={"steps": steps}, by=alice, at=MONDAY)
    assert list(edited.steps.order_by("on").values_list("value", flat=True)) == [81, 82]
    limits = {"direction": Direction.MAINTAIN, "low": Decimal(1), "high": Decimal(9), "target": None, "steps": ()}
    kept = services.edit_measure(measure=measure, changes=limits, by=alice, at=MONDAY)
    assert (kept.is_complete, kept.steps.count()) == (True, 0)
    assert "steps" in Entry.objects.latest("pk").changes


def test_whose_a_measure_is_may_read_it_and_a_manager_may(
    measure: Measure, alice: User, bob: User, roles: dict[Role, User]
) -> None:
    assert {read(measure, by, 81).recorded_by for by in (alice, bob)} == {alice, bob}
    with pytest.raises(core_exceptions.NotAllowed, match="the owner or a manager"):
        read(measure, roles[Role.LEAD], 81)


def test_a_reading_is_of_today_or_earlier(measure: Measure, bob: User) -> None:
    with pytest.raises(exceptions.ReadingInTheFuture):
        read(measure, bob, 81, on=TODAY + DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measurement.objects.create(
            measure=measure, value=81, measured_on=TODAY + DAY, recorded_on=TODAY, recorded_at=MONDAY
        )


@pytest.mark.parametrize("link", ["ftp://files.example/x", "javascript:alert(1)", "evidence.example"])
def test_evidence_is_on_the_web(measure: Measure, bob: User, link: str) -> None:
    with pytest.raises(exceptions.EvidenceNotOfTheWeb):
        read(measure, bob, 81, evidence_url=link)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measurement.objects.create(
            measure=measure, value=81, measured_on=TODAY, recorded_on=TODAY, recorded_at=MONDAY, evidence_url=link
        )
    assert read(measure, bob, 81, evidence_url="HTTPS://example.org/a").evidence_url


def test_a_reading_is_final_and_corrected_once(measure: Measure, bob: User, alice: User) -> None:
    wrong = read(measure, bob, 18)
    with pytest.raises(exceptions.ReadingIsFinal):
        services.edit_measurement(measurement=wrong, by=alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measurement.objects.filter(pk=wrong.pk).update(value=81)
    reading = Reading(value=Decimal(81), measured_on=TODAY)
    right = services.correct_measurement(measurement=wrong, reading=reading, by=bob, at=MONDAY, reason="Typed wrong")
    assert right.supersedes == wrong
    entry = Entry.objects.latest("pk")
    assert (entry.reason, entry.changes["value"]) == ("Typed wrong", ["18", "81"])
    with pytest.raises(exceptions.ReadingCorrected):
        services.correct_measurement(measurement=wrong, reading=reading, by=bob, at=MONDAY)
    reading = replace(reading, value=Decimal(82))
    assert services.correct_measurement(measurement=right, reading=reading, by=bob, at=MONDAY).supersedes == right


def test_a_correction_that_says_the_same_changes_nothing(measure: Measure, bob: User) -> None:
    wrong = read(measure, bob, 18, note="Of two branches")
    told = Entry.objects.count()
    same = Reading(value=Decimal("18.0"), measured_on=TODAY, note="Of two branches")
    assert services.correct_measurement(measurement=wrong, reading=same, by=bob, at=MONDAY) == wrong
    assert (Measurement.objects.count(), Entry.objects.count()) == (1, told)


@pytest.mark.parametrize(
    ("note", "reason"), [("Of two branches", ""), ("A branch was missing", "A branch was missing")]
)
def test_a_note_that_a_correction_keeps_is_not_its_reason(measure: Measure, bob: User, note: str, reason: str) -> None:
    wrong = read(measure, bob, 18, note="Of two branches")
    reading = Reading(value=Decimal(81), measured_on=TODAY, note=note)
    assert services.correct_measurement(measurement=wrong, reading=reading, by=bob, at=MONDAY).note == note
    assert Entry.objects.latest("pk").reason == reason


def test_many_readings_are_kept_all_or_none(outcome: Outcome, measure: Measure, alice: User, bob: User) -> None:
    mine = services.add_measure(outcome=outcome, details=RETENTION, by=alice, at=MONDAY)
    today, tomorrow = (Reading(value=Decimal(81), measured_on=on) for on in (TODAY, TODAY + DAY))
    with pytest.raises(exceptions.RowsRefused) as refused:
        services.record_measurements(readings=[(measure, today), (mine, today), (measure, tomorrow)], by=bob, at=MONDAY)
    assert [row["row"] for row in refused.value.facts["rows"]] == [2, 3]
    assert not Measurement.objects.exists()
    readings = [(measure, replace(today, measured_on=TODAY - number * DAY)) for number in range(40)]
    assert len(services.record_measurements(readings=readings, by=bob, at=MONDAY)) == 40
    assert Entry.objects.filter(verb="record_measurement", by=bob).count() == 40
