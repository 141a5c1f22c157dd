"""What the API shows of a program's figures, described; and the one body it takes."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers as fields

from backend.overview.indicators.confidence import THRESHOLDS
from backend.overview.queries.asks import Kind
from core.api.fields import StrictCharField
from core.api.serializers import StrictSerializer
from core.api.shown import PersonShown, ProgramShown
from core.models import LONGEST_REASON
from programs.choices import PhaseStatus, Rating
from programs.indicators import Freshness
from workstreams.choices import Discipline, MissReason

FRACTION = "A fraction, not rounded; null where there is no data."
CODE = "With the program's key, as in ONE-M2."


def _fraction() -> fields.FloatField:
    return fields.FloatField(allow_null=True, help_text=FRACTION)


def _code() -> fields.CharField:
    return fields.CharField(help_text=CODE)


class PhaseFigures(fields.Serializer[Any]):
    """How far a phase ends beyond its baseline."""

    code = _code()
    status = fields.ChoiceField(choices=PhaseStatus.choices)
    variance_days = fields.IntegerField(allow_null=True, help_text="Negative is early.")


class MeasureFigures(fields.Serializer[Any]):
    """Where an active measure stands."""

    code = _code()
    attainment = _fraction()
    expected = _fraction()
    variance = _fraction()
    is_behind = fields.BooleanField()
    freshness = fields.ChoiceField(choices=[each.value for each in Freshness])


class MilestoneFigures(fields.Serializer[Any]):
    """When a milestone is expected; cancelled ones are left out."""

    code = _code()
    discipline = fields.ChoiceField(choices=Discipline.choices)
    baseline_on = fields.DateField()
    expected_on = fields.DateField(help_text="The actual date, where there is one.")
    actual_on = fields.DateField(allow_null=True)
    slip_days = fields.IntegerField(help_text="Negative is early.")
    reforecasts = fields.IntegerField()


class ParityFigures(fields.Serializer[Any]):
    """Which part of the milestones due by baseline each discipline reached, and how far change is ahead of project."""

    project = _fraction()
    change = _fraction()
    points = fields.FloatField(allow_null=True, help_text="Null where a side has none due.")
    alert = fields.BooleanField()
    project_slip_days = fields.FloatField(allow_null=True, help_text="The mean slip of those due.")
    change_slip_days = fields.FloatField(allow_null=True, help_text="The mean slip of those due.")


class MissCount(fields.Serializer[Any]):
    """How often promises were missed for a reason."""

    reason = fields.ChoiceField(choices=MissReason.choices)
    count = fields.IntegerField()


class PromiseFigures(fields.Serializer[Any]):
    """How the promises that have come due were kept, and how requests were answered."""

    kept = fields.IntegerField()
    missed = fields.IntegerField()
    overdue = fields.IntegerField()
    ppc = _fraction()
    answered = fields.IntegerField()
    committed = fields.IntegerField()
    declined = fields.IntegerField()
    commitment_rate = _fraction()
    renegotiated = fields.IntegerField()
    reasons = MissCount(many=True, help_text="The most frequent first.")


class BehaviourShare(fields.Serializer[Any]):
    """How many active measures tell what customers do."""

    behaviour = fields.IntegerField()
    active = fields.IntegerField()


def _rating() -> fields.ChoiceField:
    return fields.ChoiceField(choices=Rating.choices, required=False)


class Ratings(fields.Serializer[Any]):
    """The ratings; one without data is left out."""

    outcomes, schedule, parity, promises, risks = _rating(), _rating(), _rating(), _rating(), _rating()


class Reasons(fields.Serializer[Any]):
    """Why each rating is what it is, or why it is left out, in the reader's language."""

    outcomes, schedule = fields.CharField(), fields.CharField()
    parity, promises, risks = fields.CharField(), fields.CharField(), fields.CharField()


class Missing(fields.Serializer[Any]):
    """A rating that there is no data for."""

    rating = fields.ChoiceField(choices=list(THRESHOLDS))
    known_by = fields.DateField(allow_null=True, help_text="As the plan stands; null where no day is known.")


class Confidence(fields.Serializer[Any]):
    """Delivery confidence."""

    rating = fields.ChoiceField(
        choices=Rating.choices, allow_null=True, help_text="Of the sponsor's word while it stands, else the computed."
    )
    computed = fields.ChoiceField(choices=Rating.choices, allow_null=True)
    ratings = Ratings()
    reasons = Reasons()
    missing = Missing(many=True, help_text="The ratings left out.")
    confirmed_by = PersonShown(allow_null=True, help_text="Null while nobody's word stands.")
    confirmed_at = fields.DateTimeField(allow_null=True)
    override_reason = fields.CharField(help_text="Empty where the computed rating was confirmed.")
    is_confirmation_due = fields.BooleanField()


class Ask(fields.Serializer[Any]):
    """One thing that somebody is to do."""

    kind = fields.ChoiceField(choices=[each.value for each in Kind])
    code = fields.CharField(help_text="What it is about: ONE-A7; the program's key where it is the program as a whole.")
    title = fields.CharField()
    due_on = fields.DateField(help_text="In the program's days.")
    is_late = fields.BooleanField()
    whom = fields.CharField(help_text="Who asked for it, or whose it is; empty where that is nobody.")
    why = fields.CharField()
    program = ProgramShown()
    page = fields.URLField(help_text="Where a browser shows it.")


class Asks(fields.Serializer[Any]):
    """What is asked of the reader now, in all their programs."""

    asks = Ask(many=True, help_text="By date, at most 100.")
    has_more = fields.BooleanField(help_text="Whether more is asked than `asks` holds.")
    next = Ask(allow_null=True, help_text="What comes after these; null where nothing does.")


class AssessmentFigures(fields.Serializer[Any]):
    """The score of a completed assessment that was not held in words."""

    code = _code()
    points = fields.IntegerField(help_text="Whole points; `/assessments/ONE-T2/results/` has them exact.")
    of = fields.IntegerField(help_text="The points that apply.")
    date = fields.DateField()


class Overview(fields.Serializer[Any]):
    """Everything that is computed of a program, on its own today."""

    program = ProgramShown()
    today = fields.DateField()
    phases = PhaseFigures(many=True)
    measures = MeasureFigures(many=True)
    milestones = MilestoneFigures(many=True)
    parity = ParityFigures()
    promises = PromiseFigures()
    behaviour_share = BehaviourShare()
    confidence = Confidence()
    assessments = AssessmentFigures(many=True, help_text="The oldest first.")


@extend_schema_serializer(
    examples=[
        OpenApiExample("example", value={"rating": "amber", "reason": "The vendor gave a date."}, request_only=True)
    ]
)
class StateConfidence(StrictSerializer):
    """A word on delivery confidence; any other rating than the computed one says why."""

    rating = fields.ChoiceField(choices=Rating.choices)
    reason = StrictCharField(max_length=LONGEST_REASON, allow_blank=True, required=False)
