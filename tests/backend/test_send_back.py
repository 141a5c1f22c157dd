"""Every edit form, with all fields set, is opened and sent back unchanged: no column of any row may differ.

Those of assessments are beside their other tests, in `tests/assessments/test_send_back.py`.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver

from core.accounts.models import User
from notifications.models import Preference
from programs.choices import Direction, OutcomeArea, Role
from programs.models import Holiday, Measure, Measurement, Membership, Outcome, Phase, PlannedStep, Program
from tests.assessments import test_send_back as of_assessments
from tests.cast import MONDAY
from tests.support import send_back
from tests.support.send_back import Opening
from tests.work import FRIDAY, STAMPS, TODAY
from workstreams.models import GateReview, Milestone

# The views that open a row for editing, by the name of their address, with what each is called with here.
EDITED: dict[str, list[list[Any]]] = {
    "programs:edit_program": [["ONE"]],
    "programs:edit_outcome": [["ONE-O1"]],
    "programs:edit_measure": [["ONE-M1"]],
    "programs:place": [["ONE", "bob"]],
    "programs:correct_reading": [["reading"]],
    "workstreams:edit_phase": [["ONE", "PH1"], ["ONE", "PH2"]],
    "workstreams:plan_row": [["ONE-S2"]],
    "workstreams:workstream": [["ONE-W1"]],
    "workstreams:gate_move": [["ONE-G1", "hold"]],
    "notifications:preferences": [[]],
    "profile": [[]],
}
LATER = TODAY + dt.timedelta(days=90)
WEEK = dt.timedelta(days=7)
PROGRAM: dict[str, Any] = {
    "vision": "Nobody\nasks twice", "case_for_change": "They ask\nthree times", "cost_of_inaction": "Customers\nleave",
    "start_on": TODAY, "end_on": LATER, "currency": "GBP", "budget": Decimal("1234567.80"), "spent": Decimal("1000.05"),
    "forecast_at_completion": Decimal("1300000.40"), "forecast_at_completion_on": TODAY - WEEK,
    "forecast_at_completion_reason": "The vendor\nasks for more",
    "staffing_planned": Decimal("12.5"), "staffing_actual": Decimal("11.25"), "reassess_every_months": 6,
    "reassess_at_gates": True, "manager_note": "Half\ndone", "manager_note_on": TODAY - WEEK,
}  # fmt: skip


@pytest.fixture
def full(
    program: Program,
    measured: Phase,
    following: Milestone,
    roles: dict[Role, User],
    alice: User,
    bob: User,
) -> Program:
    """Alice's program, with every field set that a form shows."""
    Program.objects.filter(pk=program.pk).update(**PROGRAM)
    Holiday.objects.bulk_create(Holiday(program=program, on=dt.date(2026, 12, day)) for day in (25, 26))
    Phase.objects.filter(pk=measured.pk).update(
        owner=bob, baseline_end_on=LATER, forecast_start_on=FRIDAY, forecast_end_on=LATER + dt.timedelta(days=1)
    )
    Outcome.objects.filter(program=program).update(
        owner=bob, area=OutcomeArea.EMPLOYEE, is_dis_benefit=True, closing_note="Short"
    )
    Measure.objects.filter(program=program).update(
        direction=Direction.MAINTAIN, baseline=Decimal("1234.5678"), low=Decimal("-1.5"), high=Decimal("2000.25"),
        cadence="quarterly", source="Contact log", reporting_lag_days=9,
    )  # fmt: skip
    for on, value in ((FRIDAY, "1300.5"), (FRIDAY + WEEK, "1310")):
        PlannedStep.objects.create(measure=Measure.objects.get(), on=on, value=Decimal(value))
    Measurement.objects.create(
        measure=Measure.objects.get(), value=Decimal("1250.25"), measured_on=TODAY, recorded_on=TODAY,
        recorded_at=MONDAY, recorded_by=bob, note="Of two\nbranches", evidence_url="https://example.org/log",
    )  # fmt: skip
    Milestone.objects.filter(pk=following.pk).update(goes_live=True)
    Membership.objects.filter(person=bob).update(title="Change lead", role=Role.LEAD)
    Phase.objects.create(
        program=program, code="PH2", position=2, name="Done", owner=bob, status="closed", baseline_start_on=TODAY,
        baseline_end_on=LATER, forecast_start_on=FRIDAY, forecast_end_on=LATER, actual_start_on=TODAY,
        actual_end_on=FRIDAY, **STAMPS,
    )  # fmt: skip
    reviewed = Phase.objects.create(
        program=program, code="PH3", position=3, name="Reviewed", status="in_review", baseline_start_on=TODAY,
        actual_start_on=TODAY - 4 * WEEK, **STAMPS,
    )  # fmt: skip
    GateReview.objects.create(
        program=program, phase=reviewed, code="G1", planned_on=TODAY, state="held", held_on=FRIDAY - WEEK,
        rating="amber", findings="It works\nhere", **STAMPS,
    )  # fmt: skip
    Preference.objects.create(person=alice, hour=11, weekdays=5, paused_until=LATER, muted=["email"])
    Preference.objects.create(person=bob, hour=12, weekdays=6, paused_until=LATER, muted=[])
    return program


@pytest.mark.parametrize("name", EDITED)
@pytest.mark.usefixtures("monday", "full")
def test_a_form_that_is_sent_back_unchanged_changes_nothing(name: str, alice: User, bob: User) -> None:
    numbers = {"bob": Membership.objects.get(person=bob).pk, "reading": Measurement.objects.get().pk}
    called = [tuple(numbers.get(each, each) for each in arguments) for arguments in EDITED[name]]
    openings = [Opening(alice, arguments) for arguments in called]
    if not EDITED[name][0]:  # of oneself
        openings.append(Opening(bob))
    send_back.check(name, openings)


@pytest.mark.usefixtures("monday", "full")
def test_a_field_that_no_row_sets_is_named(alice: User) -> None:
    Program.objects.update(cost_of_inaction="")
    Holiday.objects.all().delete()
    with pytest.raises(AssertionError, match=r"programs:edit_program.*cost_of_inaction.*holidays") as failed:
        send_back.check("programs:edit_program", [Opening(alice, ("ONE",))])
    assert "vision" not in str(failed.value)


def _names(resolver: Any, space: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _names(each, f"{each.namespace}:" if each.namespace else space)
        elif each.name:
            yield f"{space}{each.name}"


def test_every_view_that_edits_is_on_the_list() -> None:
    edits = {name for name in _names(get_resolver()) if name.rpartition(":")[2].split("_")[0] == "edit"}
    assert edits - EDITED.keys() - of_assessments.EDITED.keys() == set()
