"""Dependencies: which milestones wait for which."""

from typing import Any, ClassVar

from core.api.fields import AddressField, CodeReferenceField, ProgramField, StrictIntegerField
from core.api.inputs import example
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer
from workstreams import models
from workstreams.services.dependencies import MOST_LAG

# What services take.
_WRITER = ("predecessor", "successor", "lag_days")


class Dependency(ResourceSerializer):
    """A milestone, the successor, that waits for another, the predecessor."""

    url = AddressField("dependencies", lookup_field="id")
    program = ProgramField(read_only=True)
    predecessor = CodeReferenceField()
    successor = CodeReferenceField()
    lag_days = StrictIntegerField(min_value=0, max_value=MOST_LAG, required=False)

    class Meta:
        model = models.Dependency
        fields: ClassVar[Any] = (
            "id", "url", "program", "predecessor", "successor", "lag_days", "created_at", "updated_at"
        )  # fmt: skip


@example({"predecessor": "ONE-S4", "successor": "ONE-S5", "lag_days": 5, "program": "ONE"})
class DependencyRequest(CreateBody):
    """Let the successor wait for the predecessor, plus a lag in working days of the program."""

    program = ProgramField()

    class Meta:
        resource = Dependency
        writer = _WRITER


@example({"lag_days": 10})
class DependencyChange(ChangeBody):
    """Another lag."""

    class Meta:
        resource = Dependency
        writer = _WRITER
        exclude = ("predecessor", "successor")
