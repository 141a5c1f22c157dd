"""Every text that the API takes has a bound, the same as on the page that asks for it, and refuses in its words."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from rest_framework import serializers

from assessments.api.serializers import debrief_parts, judgements, recommendations
from assessments.api.serializers import debriefs as debrief_bodies
from assessments.api.serializers import findings as finding_bodies
from assessments.forms import debriefs, findings
from assessments.forms import judgements as judgement_forms
from backend.overview.api import serializers as overview
from backend.overview.forms import ConfidenceForm
from backend.urls import urlpatterns
from core.api.fields import StrictCharField, StrictRegexField
from core.api.inputs import Reason
from core.api.serializers import StrictSerializer
from core.forms import ReasonForm
from programs import forms as outcomes
from programs.api.serializers import measurements
from programs.api.serializers import outcomes as outcome_bodies
from programs.api.serializers import programs as programs_of
from programs.forms import programs as program_forms
from workstreams.api.serializers import actions, decisions, milestones
from workstreams.api.serializers import gates as gate_bodies
from workstreams.api.serializers import phases as phase_bodies
from workstreams.forms import DecisionForm, gates, phases, plan, transitions

# The same thing said over the API and on a page.
SAID_TWICE: list[tuple[type[Any], type[Any], tuple[str, ...]]] = [
    (judgements.JudgementChange, judgement_forms.AgreeForm, ("owner_name", "not_applicable_reason", "note")),
    (finding_bodies.FindingChange, findings.FindingForm, ("text", "root_cause")),
    (recommendations.RecommendationChange, findings.RecommendationForm, ("text", "rationale")),
    (debrief_bodies.CommitmentRequest, debriefs.RequestForm, ("text",)),
    (debrief_bodies.Commit, debriefs.CommitForm, ("none_reason",)),
    (debrief_parts.PartRequest, debriefs.OwnPartForm, ("title", "text")),
    (debrief_bodies.NotesChange, debriefs.NotesForm, ("text",)),
    (Reason, ReasonForm, ("reason",)),
    (actions.ActionItemRequest, transitions.ActionRequestForm, ("title", "detail")),
    (actions.Promise, transitions.PromiseForm, ("note",)),
    (actions.Decline, transitions.DeclineForm, ("note",)),
    (actions.Miss, transitions.MissForm, ("note",)),
    (milestones.ForecastInput, transitions.ForecastForm, ("reason",)),
    (milestones.Rebaseline, transitions.RebaselineForm, ("reason",)),
    (milestones.MoveMany, plan.ShiftForm, ("reason",)),
    (gate_bodies.Hold, gates.HoldGateForm, ("findings",)),
    (gate_bodies.Decision, gates.DecideGateForm, ("rationale",)),
    (gate_bodies.ConditionInput, gates.ConditionForm, ("text",)),
    (outcome_bodies.Closing, outcomes.ClosingForm, ("closing_note",)),
    (measurements.ReadingRequest, outcomes.DatedReadingForm, ("note", "evidence_url")),
    (programs_of.ProgramInput, outcomes.ProgramForm, ("name", "organisation", "vision", "case_for_change")),
    (
        programs_of.ProgramChange, program_forms.ProgramEditForm,
        ("manager_note", "case_for_change", "vision", "cost_of_inaction"),
    ),
    (phase_bodies.PhaseChange, phases.PhaseForm, ("name", "reason")),
    (phase_bodies.Stop, phases.StopForm, ("reason",)),
    (phase_bodies.Override, phases.OverrideForm, ("reason",)),
    (decisions.DecisionInput, DecisionForm, ("title", "detail")),
    (overview.StateConfidence, ConfidenceForm, ("reason",)),
]  # fmt: skip


def _texts(serializer: serializers.BaseSerializer[Any], path: str) -> Iterator[tuple[str, StrictCharField]]:
    """Yield the texts of a body, those of its lists and of what stands in them too."""
    for name, field in getattr(serializer, "fields", {}).items():
        inner = getattr(field, "child", field)
        if isinstance(inner, StrictCharField) and not isinstance(inner, StrictRegexField):
            yield f"{path}.{name}", inner
        elif isinstance(inner, serializers.BaseSerializer):
            yield from _texts(inner, f"{path}.{name}")


def _bodies(kind: type[StrictSerializer]) -> Iterator[type[StrictSerializer]]:
    for each in kind.__subclasses__():
        yield each
        yield from _bodies(each)


def test_every_text_that_the_api_takes_has_a_bound() -> None:
    assert urlpatterns  # All rooms of the API are imported by them.
    texts = [each for body in set(_bodies(StrictSerializer)) for each in _texts(body(), body.__qualname__)]
    assert len(texts) > 80
    assert sorted(path for path, field in texts if field.max_length is None) == []


@pytest.mark.parametrize(("body", "form", "names"), SAID_TWICE, ids=lambda value: getattr(value, "__name__", ""))
def test_a_page_and_the_api_take_the_same_and_refuse_more_in_the_same_words(
    body: type[StrictSerializer], form: type[forms.Form], names: tuple[str, ...]
) -> None:
    for name in names:
        taken, asked = body().fields[name], form.base_fields[name]
        assert isinstance(taken, StrictCharField)
        assert isinstance(asked, forms.CharField)
        assert taken.max_length == asked.max_length, name
        too_long = "x" * ((taken.max_length or 0) + 1)
        with pytest.raises(serializers.ValidationError) as by_api:
            taken.run_validation(too_long)
        with pytest.raises(forms.ValidationError) as by_page:
            asked.clean(too_long)
        assert by_page.value.messages[0] in [str(each) for each in by_api.value.detail], name
