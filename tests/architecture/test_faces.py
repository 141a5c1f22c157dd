"""Every field of a noun is on each of its faces, or is left out for a reason that stands in the table."""

from collections.abc import Iterable
from typing import Any

import pytest

from backend.programfile.format import nouns
from programs import forms as program_forms
from programs import models as programs
from programs.api.serializers import measurements, measures, memberships, outcomes
from programs.api.serializers import programs as program_serializers
from programs.services import Reading
from programs.views import outcomes as outcome_views
from programs.views import people
from tests.architecture import faces
from workstreams import forms as work_forms
from workstreams import models as work
from workstreams.api.serializers import actions, dependencies, gates, milestones, raid
from workstreams.api.serializers import phases as phase_serializers
from workstreams.api.serializers import workstreams as workstream_serializers
from workstreams.forms import paste
from workstreams.queries import blueprints
from workstreams.views import phases, registers, workstreams

MODELS: dict[str, Any] = {
    model.__name__: model
    for model in (
        programs.Program, programs.Phase, programs.Outcome, programs.Measure, programs.Measurement,
        programs.Membership, work.Workstream, work.Milestone, work.Dependency, work.ActionItem, work.RaidEntry,
        work.GateReview,
    )
}  # fmt: skip

SERIALIZERS: dict[str, Any] = {
    "Program": program_serializers.ProgramDetail,
    "Phase": phase_serializers.Phase,
    "Outcome": outcomes.OutcomeDetail,
    "Measure": measures.MeasureDetail,
    "Measurement": measurements.Measurement,
    "Membership": memberships.MembershipShown,
    "Workstream": workstream_serializers.Workstream,
    "Milestone": milestones.MilestoneDetail,
    "Dependency": dependencies.Dependency,
    "ActionItem": actions.ActionItemDetail,
    "RaidEntry": raid.RaidEntry,
    "GateReview": gates.GateReviewDetail,
}
COLUMNS: dict[str, Any] = {
    "Phase": phases.COLUMNS,
    "Outcome": outcome_views.COLUMNS,
    "Measure": outcome_views.COLUMNS,
    "Membership": people.COLUMNS,
    "Workstream": workstreams.COLUMNS,
    "Milestone": registers.MILESTONE_COLUMNS,
    "ActionItem": registers.ACTION_COLUMNS,
    "RaidEntry": registers.RAID_COLUMNS,
    "GateReview": registers.GATE_COLUMNS,
}
KINDS = {"Phase": "phases", "Milestone": "milestones", "ActionItem": "actions", "Membership": "people"}
FORMS: dict[str, Any] = {
    "Program": program_forms.ProgramEditForm,
    "Phase": work_forms.PhaseForm,
    "Outcome": program_forms.OutcomeForm,
    "Measure": program_forms.MeasureForm,
    "Membership": program_forms.PlaceForm,
    "Workstream": work_forms.WorkstreamForm,
    "Milestone": work_forms.RowForm,
}
SHAPES = {
    "Program": nouns.PROGRAM,
    "Phase": nouns.PHASE,
    "Outcome": nouns.OUTCOME,
    "Measure": nouns.MEASURE,
    "Measurement": nouns.READING,
    "Workstream": nouns.WORKSTREAM,
    "Milestone": nouns.MILESTONE,
    "Dependency": nouns.DEPENDENCY,
    "ActionItem": nouns.ACTION,
    "RaidEntry": nouns.RAID,
    "GateReview": nouns.GATE,
}
# What a face calls a field otherwise, by face and noun.
CALLED: dict[tuple[str, str], dict[str, str]] = {
    ("list file", "Phase"): {"owner_name": "owner"},
    ("list file", "Outcome"): {"outcome_code": "code", "phase_code": "phase", "outcome_owner_name": "owner"},
    ("list file", "Measure"): {"outcome_code": "outcome", "owner_name": "owner"},
    ("list file", "Membership"): {"email": "person"},
    ("list file", "Workstream"): {"discipline_label": "discipline", "lead_name": "lead"},
    ("list file", "Milestone"): {"owner_name": "owner", "workstream_code": "workstream", "phase_code": "phase"},
    ("list file", "ActionItem"): {
        "performer_name": "performer", "requester_name": "requester", "workstream_code": "workstream",
        "phase_code": "phase", "milestone_code": "milestone", "outcome_code": "outcome",
    },
    ("list file", "RaidEntry"): {"owner_name": "owner"},
    ("list file", "GateReview"): {"phase_code": "phase", "decided_by_name": "decided_by"},
    ("API", "Measurement"): {"supersedes_id": "supersedes"},
    ("structure", "Phase"): {"start": "baseline_start_on", "end": "baseline_end_on"},
    ("structure", "Milestone"): {"day": "baseline_on", "ref": "code"},
    ("structure", "Dependency"): {"ref": "predecessor", "lag": "lag_days"},
    ("paste", "Phase"): {"start": "baseline_start_on", "end": "baseline_end_on"},
    ("paste", "Milestone"): {"baseline": "baseline_on"},
    ("paste", "Membership"): {"email": "person"},
    ("edit form", "Milestone"): {"forecast_on": "due_on"},
}  # fmt: skip


def _left_out(face: str, noun: str, shown: Iterable[str]) -> set[str]:
    """Return the fields of a noun that a face does not show."""
    called = CALLED.get((face, noun), {})
    names = {called.get(name, name) for name in shown}
    return {field.name for field in MODELS[noun]._meta.get_fields() if field.concrete} - names


def _differences(face: str, shown: dict[str, Iterable[str]]) -> list[str]:
    """Return where a face and the table differ, each in a line that says what to do."""
    table = faces.LEFT_OUT[face]
    assert shown.keys() == table.keys()
    found = []
    for noun, names in shown.items():
        left_out = _left_out(face, noun, names)
        found += [
            f"{noun}.{name} is not in the {face}: show it, or say why not" for name in left_out - table[noun].keys()
        ]
        found += [f"{noun}.{name} is in the {face}: its reason goes" for name in table[noun].keys() - left_out]
    return sorted(found)


def _columns(noun: str) -> list[str]:
    """Return the columns of a list file that are the noun's own: outcomes and measures share their file."""
    names = [name for name, _label in COLUMNS[noun]]
    at = names.index("code") if noun in ("Outcome", "Measure") else 0
    if noun == "Outcome":
        return names[:at]
    return ["outcome_code", *names[at:]] if noun == "Measure" else names


def _pasted() -> dict[str, Iterable[str]]:
    rows = {noun: [name for name, _label in paste.KINDS[kind].columns] for noun, kind in KINDS.items()}
    return {**rows, "Measurement": ["measure", *Reading.__dataclass_fields__]}


def test_the_api_shows_every_field() -> None:
    assert _differences("API", {noun: shown.Meta.fields for noun, shown in SERIALIZERS.items()}) == []


def test_a_list_file_has_every_field() -> None:
    assert _differences("list file", {noun: _columns(noun) for noun in COLUMNS}) == []


def test_pasted_rows_have_every_field() -> None:
    assert _differences("paste", _pasted()) == []


def test_an_edit_form_has_every_field() -> None:
    assert _differences("edit form", {noun: form.base_fields for noun, form in FORMS.items()}) == []


def test_a_program_file_has_every_field() -> None:
    assert _differences("program file", {noun: [*one.by_column, one.parent] for noun, one in SHAPES.items()}) == []


@pytest.mark.usefixtures("measured", "following")
def test_a_structure_has_every_field(program: programs.Program) -> None:
    body = blueprints.blueprint(program)
    phase = body["phases"][0]
    milestone = next(one for one in phase["milestones"] if one["after"])
    shown = {
        "Workstream": body["workstreams"][0],
        "Phase": phase,
        "Outcome": phase["outcomes"][0],
        "Measure": phase["outcomes"][0]["measures"][0],
        "Milestone": milestone,
        "Dependency": milestone["after"][0],
    }
    assert _differences("structure", shown) == []


def test_a_forgotten_field_and_a_reason_too_many_are_both_named() -> None:
    shown: dict[str, Iterable[str]] = {noun: form.base_fields for noun, form in FORMS.items()}
    shown["Workstream"] = ("discipline", "lead", "code")
    assert _differences("edit form", shown) == [
        "Workstream.code is in the edit form: its reason goes",
        "Workstream.name is not in the edit form: show it, or say why not",
    ]
