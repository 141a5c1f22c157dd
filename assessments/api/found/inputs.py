"""What the API takes about findings, recommendations and debriefs."""

from rest_framework import serializers as fields

from assessments.api.serializers import debriefs as serializers
from assessments.services.debriefs import MOST_CHARACTERS
from core.api.fields import CodeReferenceField, PersonField, StrictBooleanField, StrictCharField, StrictRegexField
from core.api.filters import CODE, KEY
from core.api.inputs import example
from core.api.serializers import StrictSerializer
from core.models import LONGEST_REASON

MOST_ITEMS = 50
_ASSESSMENT, _CRITERION = f"{KEY}-{CODE}", CODE


@example({"assessment": "ONE-T2", "planned_on": "2026-12-04"})
class DebriefRequest(StrictSerializer):
    """Prepare a debrief: its eight parts are written from what is known now."""

    assessment = StrictRegexField(_ASSESSMENT)
    planned_on = fields.DateField(required=False, allow_null=True)


@example({"planned_on": "2026-12-11"})
class DebriefChange(StrictSerializer):
    """The day that the meeting is planned for."""

    shown = serializers.DebriefWhole

    planned_on = fields.DateField(allow_null=True)


@example({"text": "What it costs, and what it costs not to."})
class PartChange(StrictSerializer):
    """What a part says; the eight keep their headings, and may be left out."""

    shown = serializers.DebriefPart

    title = StrictCharField(max_length=200, allow_blank=True)
    text = StrictCharField(max_length=MOST_CHARACTERS, allow_blank=True)
    is_left_out = StrictBooleanField()


@example({"debrief": "ONE-T2", "title": "Budget", "text": "What it costs."})
class PartRequest(StrictSerializer):
    """Add a part of one's own, behind another by its number, by default before the commitment."""

    debrief = StrictRegexField(_ASSESSMENT)
    title = StrictCharField(max_length=200)
    text = StrictCharField(max_length=MOST_CHARACTERS, allow_blank=True, required=False)
    after = fields.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**62)


@example({"on": "2026-12-01"})
class Day(StrictSerializer):
    """When it was, today by default."""

    on = fields.DateField(required=False)


class CommitmentRequest(StrictSerializer):
    """Something asked for at the debrief itself."""

    text = StrictCharField(max_length=LONGEST_REASON)
    performer = PersonField()
    requested_for = fields.DateField()
    workstream = CodeReferenceField()
    phase = CodeReferenceField()


@example({"action_items": ["ONE-A12"]})
class Commit(StrictSerializer):
    """How a debrief ends: with action items of the assessment, with requests made there, or on record with none."""

    action_items = fields.ListField(child=CodeReferenceField(), max_length=MOST_ITEMS, required=False)
    requests = fields.ListField(child=CommitmentRequest(), max_length=MOST_ITEMS, required=False)
    none_reason = StrictCharField(max_length=LONGEST_REASON, allow_blank=True, required=False)


@example({"text": "The board doubts the dates."})
class NotesChange(StrictSerializer):
    """What the sponsor and the facilitator alone read."""

    shown = serializers.PrivateNotes

    text = StrictCharField(max_length=MOST_CHARACTERS, allow_blank=True)
