"""Entries of the RAID register. Over the API they are read, and decisions recorded."""

from typing import Any, ClassVar

from core.api.fields import AddressField, CodeField, CodeReferenceField, PersonField, ProgramField, StrictCharField
from core.api.resources import ResourceSerializer
from core.models import LONGEST_DETAIL
from workstreams import models


class RaidEntry(ResourceSerializer):
    """One entry of the register of risks, assumptions, issues, dependencies on others and decisions."""

    code = CodeField()
    url = AddressField("raid-entries")
    program = ProgramField(read_only=True)
    workstream = CodeReferenceField(allow_null=True, required=False)
    title = StrictCharField(max_length=300)
    detail = StrictCharField(max_length=LONGEST_DETAIL, help_text="Why.")
    owner = PersonField(allow_null=True, required=False)
    came_from = CodeReferenceField(
        name_field="title", allow_null=True, read_only=True, help_text="The risk that came true as this issue."
    )
    became = CodeReferenceField(
        name_field="title", allow_null=True, read_only=True, help_text="The issue that this risk became."
    )

    class Meta:
        model = models.RaidEntry
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "workstream", "kind", "title", "detail", "probability", "impact", "owner",
            "response", "due_on", "review_on", "state", "came_from", "became", "created_at", "updated_at",
        )  # fmt: skip
