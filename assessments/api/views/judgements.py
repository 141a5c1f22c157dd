"""What the addresses of one criterion share, whether one judges it alone or all together."""

from typing import Any

from assessments.models import Assessment
from assessments.services import JudgementInput
from core.api import concurrency, renderers
from core.api.pagination import Row
from core.api.views import ResourceEndpoint


class Judgements(ResourceEndpoint):
    """Criteria with what is said of them; `version` goes into the ETag and is not shown."""

    model = Assessment
    ref_example = "ONE-T1"

    def whole(self, values: Row) -> Row:
        return {name: value for name, value in values.items() if name != "version"}

    def listed(self, found: list[Row]) -> list[Row]:
        """Return rows of a list, each with the ETag that it has alone: changing one takes no other read."""
        return [
            {**row, "etag": concurrency.item_etag(values["version"], renderers.to_bytes(row))}
            for values in found
            for row in [self.whole(values)]
        ]


def judgement_of(data: dict[str, Any]) -> JudgementInput:
    """Return what a body says of a criterion; null is nothing said."""
    said = {**data, "documents": data.get("documents") or "", "flag": data.get("flag") or ""}
    return JudgementInput(**{**said, "links": tuple(data.get("links", ()))})
