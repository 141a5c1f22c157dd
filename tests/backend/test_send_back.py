"""Every edit form, with all fields set, is opened and sent back unchanged: no column of any row may differ."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.urls import URLResolver, get_resolver, reverse

from assessments import services as assessments
from assessments.models import AssessmentTemplate, Criterion, Finding, Recommendation
from core.accounts.models import User
from notifications.models import Preference
from programs.choices import Direction, Role
from programs.models import Holiday, Measure, Membership, Outcome, Phase, PlannedStep, Program
from tests.cast import MONDAY
from tests.support import forms, pages
from tests.work import FRIDAY, TODAY
from workstreams.models import Milestone

# The views that open a row for editing, by the name of their address, with what each is called with here.
EDITED: dict[str, list[Any]] = {
    "programs:edit_program": ["ONE"],
    "programs:edit_outcome": ["ONE-O1"],
    "programs:edit_measure": ["ONE-M1"],
    "programs:place": ["ONE", 0],
    "workstreams:edit_phase": ["ONE", "PH1"],
    "workstreams:plan_row": ["ONE-S2"],
    "workstreams:workstream": ["ONE-W1"],
    "assessments:edit": ["ONE-T1"],
    "assessments:edit_finding": ["ONE-T1-F1"],
    "assessments:edit_recommendation": ["ONE-T1-N1"],
    "notifications:preferences": [],
    "profile": [],
}
# These open a row from another page, with the form and the view's work of the address beside them.
SAME_FORM = {"overview:edit_outcome": "programs:edit_outcome", "overview:edit_measure": "programs:edit_measure"}
LATER = TODAY + dt.timedelta(days=90)


@pytest.fixture
def template(db: None) -> AssessmentTemplate:
    """The model that the product brings."""
    assessments.install_built_in(at=MONDAY)
    return AssessmentTemplate.objects.get(slug="crm-best-practice", number=1)


@pytest.fixture
def criteria(template: AssessmentTemplate) -> dict[str, Criterion]:
    """Its criteria by code."""
    return {each.code: each for each in Criterion.objects.filter(template=template)}


@pytest.fixture
def full(
    program: Program,
    measured: Phase,
    milestone: Milestone,
    following: Milestone,
    roles: dict[Role, User],
    alice: User,
    bob: User,
) -> Program:
    """Alice's program, with every field set that a form shows."""
    Program.objects.filter(pk=program.pk).update(
        vision="Nobody asks twice", case_for_change="They ask\nthree times", cost_of_inaction="Customers leave",
        start_on=TODAY, end_on=LATER, currency="GBP", budget=Decimal("1234567.80"), spent=Decimal("1000.05"),
        staffing_planned=Decimal("12.5"), staffing_actual=Decimal("11.25"), reassess_every_months=6,
        reassess_at_gates=True, manager_note="Half done", manager_note_on=TODAY - dt.timedelta(days=7),
    )  # fmt: skip
    Holiday.objects.create(program=program, on=dt.date(2026, 12, 25))
    Phase.objects.filter(pk=measured.pk).update(
        owner=bob, baseline_end_on=LATER, forecast_start_on=FRIDAY, forecast_end_on=LATER + dt.timedelta(days=1)
    )
    Outcome.objects.filter(program=program).update(owner=bob, is_dis_benefit=True, closing_note="Short")
    Measure.objects.filter(program=program).update(
        direction=Direction.MAINTAIN, baseline=Decimal("1234.5678"), low=Decimal("-1.5"), high=Decimal("2000.25"),
        cadence="quarterly", source="Contact log", reporting_lag_days=9,
    )  # fmt: skip
    PlannedStep.objects.create(measure=Measure.objects.get(), on=FRIDAY, value=Decimal("1300.5"))
    Milestone.objects.filter(pk=following.pk).update(goes_live=True)
    Membership.objects.filter(person=bob).update(title="Change lead")
    Preference.objects.create(person=alice, hour=11, weekdays=5, paused_until=LATER, muted=["email"])
    return program


def _rows() -> dict[str, Any]:
    """Return every row of the product, without what every save may touch."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label not in ("sessions", "contenttypes", "auth"):
            names = [field.attname for field in model._meta.concrete_fields]
            kept = [name for name in names if name not in ("version", "updated_at")]
            found[model._meta.label] = list(model._default_manager.order_by("pk").values(*kept))
    return found


def _is_sent_back(person: User, name: str, arguments: list[Any]) -> None:
    client = pages.signed_in(person)
    address = reverse(name, args=arguments)
    values = forms.shown(client, address)
    before = _rows()
    answer = client.post(address, values)
    assert answer.status_code == 302, pages.text(answer)
    after = _rows()
    assert {label: rows for label, rows in after.items() if rows != before[label]} == {}


@pytest.mark.parametrize("name", EDITED)
@pytest.mark.usefixtures("monday", "full")
def test_a_form_that_is_sent_back_unchanged_changes_nothing(
    name: str, alice: User, bob: User, request: pytest.FixtureRequest
) -> None:
    if name.startswith("assessments:"):
        essential: Recommendation = request.getfixturevalue("essential")
        assert Finding.objects.get(pk=essential.finding_id).affects.exists()
    arguments = ["ONE", Membership.objects.get(person=bob).pk] if name == "programs:place" else EDITED[name]
    _is_sent_back(alice, name, arguments)


@pytest.mark.usefixtures("monday", "full")
def test_a_phase_that_has_started_is_sent_back_as_well(alice: User) -> None:
    Phase.objects.update(status="closed", actual_start_on=TODAY, actual_end_on=TODAY)
    _is_sent_back(alice, "workstreams:edit_phase", ["ONE", "PH1"])


def _names(resolver: Any, space: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _names(each, f"{each.namespace}:" if each.namespace else space)
        elif each.name:
            yield f"{space}{each.name}"


def test_every_view_that_edits_is_on_the_list() -> None:
    edits = {name for name in _names(get_resolver()) if name.rpartition(":")[2].split("_")[0] == "edit"}
    assert edits - EDITED.keys() - SAME_FORM.keys() == set()
