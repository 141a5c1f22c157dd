"""Action items, and what was said about each."""

from typing import Any, ClassVar

from rest_framework import serializers

from core.api.fields import (
    AddressField,
    CodeField,
    CodeReferenceField,
    PersonField,
    ProgramField,
    StrictBooleanField,
    StrictCharField,
)
from core.api.inputs import example
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer
from core.api.serializers import StrictSerializer
from core.models import LONGEST_DETAIL, LONGEST_REASON
from workstreams import models
from workstreams.choices import ACTION_MOVES, ActionState, MissReason
from workstreams.services import ActionRequest


class ActionItem(ResourceSerializer):
    """A promise: somebody asked for it, its performer gave a date, and it was kept or not.

    `due_on` is the day promised, else the day asked for.
    """

    code = CodeField()
    url = AddressField("action-items")
    program = ProgramField(read_only=True)
    workstream = CodeReferenceField()
    phase = CodeReferenceField()
    milestone = CodeReferenceField(allow_null=True, required=False)
    outcome = CodeReferenceField(name_field="statement", allow_null=True, required=False)
    title = StrictCharField(max_length=300)
    detail = StrictCharField(max_length=LONGEST_DETAIL, allow_blank=True, required=False)
    requester = PersonField(read_only=True)
    performer = PersonField()
    requested_for = serializers.DateField()
    due_on = serializers.DateField(read_only=True)
    miss_reason = serializers.ChoiceField(choices=MissReason.choices, allow_null=True, read_only=True)
    needs_acceptance = StrictBooleanField(required=False)
    renewal_of = CodeReferenceField(name_field="title", allow_null=True, read_only=True)
    renewed_as = CodeReferenceField(name_field="title", allow_null=True, read_only=True)

    class Meta:
        model = models.ActionItem
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "workstream", "phase", "milestone", "outcome", "title", "detail",
            "requester", "performer", "requested_for", "promised_for", "due_on", "done_on", "state", "source",
            "miss_reason", "note", "needs_acceptance", "accepted_on", "renewal_of", "renewed_as", "external_source",
            "external_id", "created_at", "updated_at",
        )  # fmt: skip
        annotated = ("role",)
        # What it takes to tell which moves are the reader's.
        extra_columns = ("workstream__lead_id", "program__deputy_sponsor_id", "program__time_zone")


class Event(ResourceSerializer):
    """One thing said about an action item: the move, with the states and days before and after it."""

    by = PersonField(allow_null=True, read_only=True)
    move = serializers.CharField(read_only=True)
    state_before = serializers.ChoiceField(choices=ActionState.choices, allow_null=True, read_only=True)
    state_after = serializers.ChoiceField(choices=ActionState.choices, read_only=True)

    class Meta:
        model = models.ActionEvent
        fields: ClassVar[Any] = (
            "at", "by", "move", "state_before", "state_after", "due_before", "due_after", "note"
        )  # fmt: skip


class ActionItemDetail(ActionItem):
    """An action item with all that was said about it, and the moves that the reader can make now."""

    history = Event(many=True, read_only=True)
    legal_moves = serializers.ListField(child=serializers.ChoiceField(choices=list(ACTION_MOVES.moves)), read_only=True)

    class Meta(ActionItem.Meta):
        fields: ClassVar[Any] = (*ActionItem.Meta.fields, "history", "legal_moves")
        computed: ClassVar[Any] = ("history", "legal_moves")


@example({
    "program": "ONE", "workstream": "ONE-W2", "phase": "ONE-PH4", "milestone": "ONE-C5", "outcome": "ONE-O4",
    "title": "Agree the wave 1 rota", "performer": "ben.okoro@harbourvale.example", "requested_for": "2026-12-04",
})  # fmt: skip
class ActionItemRequest(CreateBody):
    """Ask somebody of a program for something by a day. The caller is the requester."""

    program = ProgramField()
    external_source = StrictCharField(max_length=100, allow_blank=True, required=False)
    external_id = StrictCharField(
        max_length=200, allow_blank=True, required=False, help_text="Once a program, with `external_source`."
    )

    class Meta:
        resource = ActionItem
        writer = ActionRequest


@example({"title": "Agree the wave 1 rota with team leaders"})
class ActionItemChange(ChangeBody):
    """What may be changed of what was asked; a promised day is renegotiated instead."""

    class Meta:
        resource = ActionItemDetail
        writer = ActionRequest
        exclude = ("performer",)


@example({"promised_for": "2026-12-11", "note": "A week later: the rota needs two signatures."})
class Promise(StrictSerializer):
    """The day promised; another day than asked for is a counter-offer."""

    promised_for = serializers.DateField()
    note = StrictCharField(max_length=LONGEST_REASON, allow_blank=True, required=False)


@example({"note": "No capacity before January."})
class Decline(StrictSerializer):
    """Why not."""

    note = StrictCharField(max_length=LONGEST_REASON)


@example({"done_on": "2026-12-04"})
class Keep(StrictSerializer):
    """When it was done, today by default."""

    done_on = serializers.DateField(required=False)
    note = StrictCharField(max_length=LONGEST_REASON, allow_blank=True, required=False)


@example({"note": "Thank you."})
class Note(StrictSerializer):
    """Words to go with it, if any."""

    note = StrictCharField(max_length=LONGEST_REASON, allow_blank=True, required=False)


@example({"reason": "waiting_for_approval", "done_on": "2026-12-14"})
class Miss(StrictSerializer):
    """Why it was missed, and when it was done, if it was done late; the reason “other” needs a note."""

    reason = serializers.ChoiceField(choices=MissReason.choices)
    note = StrictCharField(max_length=LONGEST_REASON, allow_blank=True, required=False)
    done_on = serializers.DateField(required=False, allow_null=True)


@example({"promised_for": "2026-12-18"})
class Renew(StrictSerializer):
    """The new day: `promised_for` from its performer, `requested_for` from somebody who asks again."""

    promised_for = serializers.DateField(required=False)
    requested_for = serializers.DateField(required=False)
