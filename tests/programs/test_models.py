"""What one row of a program must not say is refused by the database itself, on either engine."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from core.accounts.models import User
from programs.choices import Direction, MeasureKind, OutcomeArea, PhaseStatus, ProgramStatus, Role
from programs.models import ConfidenceStatement, Holiday, Measure, Measurement, Membership, Outcome, Phase, Program
from tests.cast import MONDAY
from tests.workstreams.test_models import refused

TODAY = MONDAY.date()
DAY = dt.timedelta(days=1)
STAMPS = {"created_at": MONDAY, "updated_at": MONDAY}


@pytest.fixture
def phase(program: Program) -> Phase:
    return Phase.objects.create(program=program, code="PH1", position=1, name="Mobilise", **STAMPS)


@pytest.fixture
def outcome(program: Program, phase: Phase) -> Outcome:
    return Outcome.objects.create(
        program=program, phase=phase, code="O1", statement="Fewer repeats", area=OutcomeArea.CUSTOMER, **STAMPS
    )


@pytest.fixture
def measure(program: Program, outcome: Outcome) -> Measure:
    return Measure.objects.create(
        program=program,
        outcome=outcome,
        code="M1",
        name="Repeat contacts",
        kind=MeasureKind.CUSTOMER_BEHAVIOUR,
        direction=Direction.DOWN,
        baseline=31,
        baseline_on=TODAY,
        target=14,
        target_on=TODAY + 200 * DAY,
        **STAMPS,
    )


PROGRAM_FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"status": ProgramStatus.ACTIVE}, "program_active_is_complete"),
    ({"status": ProgramStatus.PAUSED, "case_for_change": "They leave"}, "program_active_is_complete"),
    ({"start_on": TODAY, "end_on": TODAY - DAY}, "program_ends_after_start"),
    ({"budget": -1}, "program_money_not_negative"),
    ({"spent": -1}, "program_money_not_negative"),
    ({"forecast_at_completion": 1}, "program_forecast_is_dated_and_explained"),
    ({"forecast_at_completion_reason": "More"}, "program_forecast_is_dated_and_explained"),
    (
        {"forecast_at_completion": -1, "forecast_at_completion_on": TODAY, "forecast_at_completion_reason": "More"},
        "program_forecast_is_dated_and_explained",
    ),
    ({"manager_note": "All is well"}, "program_note_is_dated"),
    ({"status": "dreaming"}, "program_"),
]


@pytest.mark.parametrize(("values", "name"), PROGRAM_FAULTS)
def test_a_program_cannot_be(values: dict[str, Any], name: str, program: Program) -> None:
    refused(lambda: Program.objects.filter(pk=program.pk).update(**values), name)


def test_nobody_stands_in_for_oneself(program: Program, alice: User) -> None:
    refused(lambda: Program.objects.update(sponsor=alice, deputy_sponsor=alice), "program_deputy_is_another")


def test_a_person_has_one_place_and_a_program_one_sponsor(program: Program, alice: User, bob: User) -> None:
    on_sqlite = connection.vendor == "sqlite"
    refused(
        lambda: Membership.objects.create(program=program, person=alice, role=Role.VIEWER),
        "person_id" if on_sqlite else "membership_once",
    )
    Membership.objects.create(program=program, person=bob, role=Role.SPONSOR)
    refused(
        lambda: Membership.objects.filter(person=alice).update(role=Role.SPONSOR),
        "program_id" if on_sqlite else "membership_one_sponsor",
    )
    refused(lambda: Membership.objects.filter(person=bob).update(role="boss"), "membership_role_known")


def test_a_day_off_stands_once(program: Program) -> None:
    Holiday.objects.create(program=program, on=TODAY)
    name = "holiday" if connection.vendor == "sqlite" else "holiday_once"
    refused(lambda: Holiday.objects.create(program=program, on=TODAY), name)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"baseline_start_on": TODAY, "baseline_end_on": TODAY - DAY}, "phase_baseline_ends_after_start"),
        ({"forecast_start_on": TODAY, "forecast_end_on": TODAY - DAY}, "phase_forecast_ends_after_start"),
        ({"actual_start_on": TODAY, "actual_end_on": TODAY - DAY}, "phase_actual_ends_after_start"),
        ({"status": PhaseStatus.ACTIVE}, "phase_running_has_started"),
        ({"status": PhaseStatus.CLOSED, "actual_start_on": TODAY}, "phase_closed_has_ended"),
        ({"status": "over"}, "phase_status_known"),
    ],
)
def test_a_phase_cannot_be(values: dict[str, Any], name: str, phase: Phase) -> None:
    refused(lambda: Phase.objects.filter(pk=phase.pk).update(**values), name)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"target": 31}, "measure_target_beyond_baseline"),
        ({"target": 40}, "measure_target_beyond_baseline"),
        ({"direction": Direction.UP}, "measure_target_beyond_baseline"),
        ({"target_on": TODAY}, "measure_target_after_baseline"),
        ({"low": 5, "high": 4}, "measure_limits_in_order"),
        ({"kind": "mood"}, "measure_kind_known"),
        ({"direction": "sideways", "baseline": None}, "measure_direction_known"),
        ({"cadence": "yearly"}, "measure_cadence_known"),
    ],
)
def test_a_measure_cannot_be(values: dict[str, Any], name: str, measure: Measure) -> None:
    refused(lambda: Measure.objects.filter(pk=measure.pk).update(**values), name)


@pytest.mark.parametrize(
    ("direction", "baseline", "target"), [(Direction.UP, 1, 2), (Direction.DOWN, 2, 1), (Direction.MAINTAIN, 2, 2)]
)
def test_a_target_lies_in_its_direction(measure: Measure, direction: str, baseline: int, target: int) -> None:
    changed = Measure.objects.filter(pk=measure.pk).update(direction=direction, baseline=baseline, target=target)
    assert changed == 1


def test_what_makes_a_measure_complete(measure: Measure, alice: User) -> None:
    assert not measure.is_complete
    measure.owner, measure.unit = alice, "contacts"
    assert measure.is_complete
    measure.direction = Direction.MAINTAIN
    assert not measure.is_complete
    measure.low, measure.high = 10, 14
    assert measure.is_complete


def test_a_reading_is_final_and_never_of_the_future(measure: Measure) -> None:
    read = {"measure": measure, "value": 25, "recorded_at": MONDAY}
    refused(
        lambda: Measurement.objects.create(**read, measured_on=TODAY + DAY, recorded_on=TODAY),
        "measurement_not_in_the_future",
    )
    reading = Measurement.objects.create(**read, measured_on=TODAY, recorded_on=TODAY)
    refused(lambda: Measurement.objects.filter(pk=reading.pk).update(value=24), "append-only")
    refused(lambda: Measurement.objects.filter(pk=reading.pk).delete(), "append-only")


def test_a_reading_is_superseded_once(measure: Measure) -> None:
    read = {"measure": measure, "recorded_at": MONDAY, "measured_on": TODAY, "recorded_on": TODAY}
    first = Measurement.objects.create(**read, value=25)
    Measurement.objects.create(**read, value=24, supersedes=first)
    refused(lambda: Measurement.objects.create(**read, value=23, supersedes=first), "supersedes_id")


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"rating": "blue", "reason": "Why"}, "confidence_rating_known"),
        ({"computed": "blue", "reason": "Why"}, "confidence_computed_known"),
        ({"rating": "green"}, "confidence_override_has_a_reason"),
        ({"computed": ""}, "confidence_override_has_a_reason"),
    ],
)
def test_a_word_on_confidence_cannot_be(values: dict[str, str], name: str, program: Program, alice: User) -> None:
    said = {"computed": "amber", "rating": "amber", **values}
    refused(lambda: ConfidenceStatement.objects.create(program=program, by=alice, at=MONDAY, **said), name)


def test_a_word_on_confidence_is_final(program: Program, alice: User) -> None:
    ConfidenceStatement.objects.create(program=program, computed="red", rating="red", by=alice, at=MONDAY)
    refused(lambda: ConfidenceStatement.objects.update(reason="Another"), "append-only")
    refused(lambda: ConfidenceStatement.objects.filter(program=program).delete(), "append-only")
