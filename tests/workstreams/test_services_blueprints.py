"""A program is made from nothing, from a template, or from another program: structure without history."""

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
from programs import queries as program_queries
from programs.choices import Code, Direction, MeasureKind, OutcomeArea, PhaseStatus, ProgramStatus, Role
from programs.models import Measure, Measurement, Membership, Outcome, Phase, Program, ProgramTemplate
from programs.services import ProgramDetails, next_code
from tests.cast import MONDAY
from tests.work import FRIDAY, STAMPS, TODAY
from workstreams.choices import Discipline, GateState, MilestoneState
from workstreams.exceptions import PushedTooFar
from workstreams.models import Dependency, GateReview, Milestone, Workstream

START = dt.date(2027, 2, 1)
DETAILS = ProgramDetails(key="NEW", name="Again", start_on=START, time_zone="Europe/London")


@pytest.fixture
def lived(
    program: Program, phase: Phase, milestone: Milestone, workstreams: dict[Discipline, Workstream], bob: User
) -> Program:
    """Alice's program after a while: a phase under way, a reading, a slip, a decided gate, something cancelled."""
    Program.objects.filter(pk=program.pk).update(start_on=TODAY)
    Phase.objects.filter(pk=phase.pk).update(
        status=PhaseStatus.ACTIVE, actual_start_on=TODAY, owner=bob, baseline_end_on=TODAY + dt.timedelta(days=60)
    )
    outcome = Outcome.objects.create(
        program=program, phase=phase, code="O7", statement="Customers stay", area=OutcomeArea.CUSTOMER, owner=bob,
        is_dis_benefit=True, **STAMPS,
    )  # fmt: skip
    measure = Measure.objects.create(
        program=program, outcome=outcome, code="M7", name="Retention", unit="%", owner=bob, source="Billing",
        kind=MeasureKind.CUSTOMER_BEHAVIOUR, direction=Direction.UP, baseline=Decimal(80), target=Decimal(90),
        baseline_on=TODAY, target_on=TODAY + dt.timedelta(days=90), reporting_lag_days=3, **STAMPS,
    )  # fmt: skip
    Measurement.objects.create(measure=measure, value=81, measured_on=TODAY, recorded_on=TODAY, recorded_at=MONDAY)
    GateReview.objects.create(
        program=program, phase=phase, code="G1", planned_on=TODAY + dt.timedelta(days=58), held_on=TODAY,
        state=GateState.DECIDED, decision="proceed", decided_by=bob, rationale="So", **STAMPS,
    )  # fmt: skip
    place = {"program": program, "phase": phase, **STAMPS}
    later = Milestone.objects.create(
        **place, workstream=workstreams[Discipline.CHANGE], code="C9", name="Trained", goes_live=True,
        baseline_on=FRIDAY + dt.timedelta(days=7), due_on=FRIDAY + dt.timedelta(days=30),
    )  # fmt: skip
    Milestone.objects.create(
        **place, workstream=workstreams[Discipline.CHANGE], code="C10", name="Given up", baseline_on=FRIDAY,
        due_on=FRIDAY, state=MilestoneState.CANCELLED,
    )  # fmt: skip
    Dependency.objects.create(program=program, predecessor=milestone, successor=later, lag_days=2, **STAMPS)
    Milestone.objects.filter(pk=milestone.pk).update(state=MilestoneState.ACHIEVED, actual_on=TODAY)
    program.refresh_from_db()
    return program


def test_from_nothing_it_has_a_workstream_of_each_discipline(alice: User) -> None:
    made = services.open_program(details=DETAILS, by=alice, at=MONDAY).program
    assert list(made.workstreams.order_by("code").values_list("code", "discipline")) == [
        ("W1", "project"), ("W2", "change"),
    ]  # fmt: skip
    assert (made.status, made.phases.count()) == (ProgramStatus.DRAFT, 0)


def test_from_the_template_of_the_product(alice: User) -> None:
    made = services.open_program(details=DETAILS, template="crm", by=alice, at=MONDAY).program
    first = made.phases.order_by("position").first()
    assert first is not None
    assert (first.code, first.name, first.baseline_start_on) == ("PH1", "Mobilise", START)
    assert list(made.gate_reviews.order_by("planned_on").values_list("code", flat=True)) == [
        "G1",
        "G2",
        "G3",
        "G4",
        "G5",
    ]
    assert made.milestones.count() == 29
    assert made.milestones.filter(goes_live=True).count() == 3
    assert made.dependencies.exists()
    assert next_code(program_id=made.pk, kind=Code.PHASE) == "PH6"
    assert Entry.objects.get(verb="plan_program").changes == {"from": [None, "CRM program in five phases"]}


def test_a_copy_is_shifted_to_its_start(lived: Program, alice: User) -> None:
    made = services.open_program(details=DETAILS, source=lived, by=alice, at=MONDAY).program
    shift = START - TODAY
    assert made.phases.get().baseline_end_on == TODAY + dt.timedelta(days=60) + shift
    assert list(made.milestones.order_by("code").values_list("code", "name", "baseline_on", "due_on", "goes_live")) == [
        ("C1", "Trained", FRIDAY + dt.timedelta(days=7) + shift, FRIDAY + dt.timedelta(days=7) + shift, True),
        ("S1", "Rules approved", FRIDAY + shift, FRIDAY + shift, False),
    ]
    assert made.gate_reviews.get().planned_on == TODAY + dt.timedelta(days=58) + shift
    link = made.dependencies.get()
    assert (link.predecessor.code, link.successor.code, link.lag_days) == ("S1", "C1", 2)


def test_a_structure_whose_links_push_beyond_the_days_of_a_program_is_not_built(lived: Program, alice: User) -> None:
    late = replace(DETAILS, start_on=dt.date(2199, 12, 31) - dt.timedelta(days=60))
    with pytest.raises(core_exceptions.DayOutOfRange):
        services.open_program(details=replace(late, start_on=dt.date(2199, 12, 30)), source=lived, by=alice, at=MONDAY)
    lived.dependencies.update(lag_days=260)
    with pytest.raises(PushedTooFar) as refused:
        services.open_program(details=late, source=lived, by=alice, at=MONDAY)
    assert list(refused.value.fields) == ["start_on"]
    assert not Program.objects.filter(key="NEW").exists()


@pytest.mark.parametrize(("start", "moved"), [(START, 0), (START + dt.timedelta(days=1), 3)])
def test_dates_on_a_weekend_move_to_the_next_working_day(
    start: dt.date, moved: int, lived: Program, alice: User
) -> None:
    Phase.objects.filter(program=lived).update(baseline_end_on=FRIDAY)
    opened = services.open_program(details=replace(DETAILS, start_on=start), source=lived, by=alice, at=MONDAY)
    made = opened.program
    shift = start - TODAY
    ends_on, milestones = FRIDAY + shift, {FRIDAY + shift, FRIDAY + dt.timedelta(days=7) + shift}
    monday = dt.timedelta(days=2 if moved else 0)
    assert opened.dates_moved == moved
    assert made.phases.get().baseline_end_on == ends_on + monday
    assert set(made.milestones.values_list("baseline_on", flat=True)) == {day + monday for day in milestones}
    assert set(made.milestones.values_list("due_on", flat=True)) == {day + monday for day in milestones}
    told = Entry.objects.get(verb="plan_program").changes.get("dates_moved")
    assert told == ([None, moved] if moved else None)


def test_a_copy_has_no_history(lived: Program, alice: User) -> None:
    made = services.open_program(details=DETAILS, source=lived, by=alice, at=MONDAY).program
    phase, gate, outcome, measure = (
        made.phases.get(), made.gate_reviews.get(), made.outcomes.get(), made.measures.get(),
    )  # fmt: skip
    assert (phase.status, phase.owner, phase.actual_start_on) == (PhaseStatus.PLANNED, None, None)
    assert (gate.state, gate.decision, gate.held_on) == (GateState.SCHEDULED, "", None)
    assert (outcome.statement, outcome.owner, outcome.is_dis_benefit) == ("Customers stay", None, True)
    assert (measure.name, measure.unit, measure.source, measure.reporting_lag_days) == ("Retention", "%", "Billing", 3)
    assert (measure.baseline, measure.target, measure.owner, measure.measurements.count()) == (None, None, None, 0)
    assert not made.milestones.exclude(state="planned", owner=None, baseline_frozen_at=None).exists()
    assert list(made.memberships.values_list("person__email", "role")) == [("alice@example.org", Role.MANAGER)]


def test_what_is_dated_needs_a_start(lived: Program, alice: User) -> None:
    undated = ProgramDetails(key="NEW", name="Again")
    origins: tuple[dict[str, Any], ...] = ({"template": "crm"}, {"source": lived})
    for origin in origins:
        with pytest.raises(exceptions.StartMissing) as refused:
            services.open_program(details=undated, **origin, by=alice, at=MONDAY)
        assert list(refused.value.fields) == ["start_on"]
    assert not Program.objects.filter(key="NEW").exists()


def test_who_may_copy(lived: Program, bob: User, charlie: User) -> None:
    with pytest.raises(core_exceptions.NotAllowed):
        services.open_program(details=DETAILS, source=lived, by=bob, at=MONDAY)
    User.objects.update(may_create_programs=True)
    bob.refresh_from_db()
    charlie.refresh_from_db()
    with pytest.raises(core_exceptions.NotFound):
        services.open_program(details=DETAILS, source=lived, by=charlie, at=MONDAY)
    assert services.open_program(details=DETAILS, source=lived, by=bob, at=MONDAY).program.manager == bob


def test_an_organisation_saves_its_own_template(lived: Program, alice: User, roles: dict[Role, User]) -> None:
    with pytest.raises(core_exceptions.NotAllowed):
        services.save_template(program=lived, name="Ours", by=roles[Role.SPONSOR], at=MONDAY)
    saved = services.save_template(program=lived, name=" Ours ", description="As we do it", by=alice, at=MONDAY)
    listed = program_queries.template(str(saved.pk))
    assert listed is not None
    assert (listed.name, listed.phases, listed.milestone_count, listed.outcome_count) == ("Ours", ["Mobilise"], 2, 1)
    assert "bob" not in str(ProgramTemplate.objects.get().body).lower()
    made = services.open_program(details=DETAILS, template=str(saved.pk), by=alice, at=MONDAY).program
    assert made.outcomes.get().statement == "Customers stay"
    for name in ("Ours", "CRM program in five phases"):
        with pytest.raises(exceptions.TemplateNameTaken):
            services.save_template(program=lived, name=name, by=alice, at=MONDAY)
    with pytest.raises(exceptions.ReasonMissing):
        services.save_template(program=lived, name=" ", by=alice, at=MONDAY)


def test_saved_templates_are_never_more_than_a_list_offers(lived: Program, alice: User) -> None:
    stamps = {"created_at": MONDAY, "updated_at": MONDAY}
    body = {"phases": [{"name": "Mobilise"}]}
    ProgramTemplate.objects.bulk_create(
        ProgramTemplate(name=f"Ours {number}", body=body, saved_by=alice, **stamps) for number in range(99)
    )
    services.save_template(program=lived, name="The last", by=alice, at=MONDAY)
    with pytest.raises(exceptions.TooManyTemplates, match="There are 100 saved templates"):
        services.save_template(program=lived, name="One more", by=alice, at=MONDAY)


def test_no_template_of_that_name(alice: User) -> None:
    with pytest.raises(exceptions.NoSuchTemplate):
        services.open_program(details=DETAILS, template="nothing", by=alice, at=MONDAY)
    assert Membership.objects.count() == 0


def test_the_database_refuses_a_template_without_a_name_and_a_second_of_the_name(alice: User) -> None:
    facts: dict[str, Any] = {"body": {"workstreams": [], "phases": []}, "saved_by": alice, **STAMPS}
    ProgramTemplate.objects.create(name="Ours", **facts)
    for name in ("", "Ours"):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProgramTemplate.objects.create(name=name, **facts)
