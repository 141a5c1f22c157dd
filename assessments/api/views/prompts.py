"""Prompts to assess again: read, and dismissed with a reason; preparing an assessment answers them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from assessments import models, queries, services
from assessments.api import filters
from assessments.api.serializers import prompts
from core import clock
from core.api.inputs import Reason
from core.api.pagination import Row
from core.api.views import ItemEndpoint, ListEndpoint, MoveEndpoint, ResourceEndpoint


class Prompts(ResourceEndpoint):
    access_rule = "member"
    model = models.Prompt
    ref_example = "1"
    serializer_class: Any = prompts.AssessmentPrompt

    def rows(self) -> QuerySet[Any, Row]:
        return prompts.AssessmentPrompt.select(self.subjects())

    def subjects(self) -> QuerySet[models.Prompt]:
        return models.Prompt.objects.visible_to(self.reader)

    def row(self, values: Row) -> Row:
        return prompts.prompt(values, queries.shown_causes([values["id"]])[values["id"]])


class PromptList(Prompts, ListEndpoint):
    """What asks the reader's programs to assess themselves again, with the causes; answered and dismissed ones too."""

    filterset_class = filters.PromptFilter
    orderings = ("id", "due_on", "updated_at")

    def dress(self, rows: Sequence[Row]) -> list[Row]:
        causes = queries.shown_causes([values["id"] for values in rows])
        return [prompts.prompt(values, causes[values["id"]]) for values in rows]


class PromptItem(Prompts, ItemEndpoint):
    """One prompt, with its causes."""


class PromptDismiss(Prompts, MoveEndpoint):
    """Decide against assessing now, and say why."""

    input_class = Reason

    def move(self, subject: models.Prompt, data: dict[str, Any]) -> None:
        services.dismiss_prompt(prompt=subject, **data, by=self.reader, at=clock.now())
