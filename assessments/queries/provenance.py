"""Where an action item came from: the recommendation that it is, the finding, the assessment; or a debrief."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import DebriefCommitment, Recommendation
from core.accounts.models import User
from core.provenance import Step

_OF_ASSESSMENT = {
    "key": "assessment__program__key",
    "assessment_code": "assessment__code",
    "template": "assessment__template__title",
}


def _named(path: str = "") -> dict[str, F]:
    return {name: F(f"{path}{column}") for name, column in _OF_ASSESSMENT.items()}


def of_actions(subject_ids: Collection[int], reader: User) -> Mapping[int, Sequence[Step]]:
    """Return the way that led to action items which came from an assessment, the nearest step first.

    Whoever sees an accepted step's action item sees the finding that it answers.
    """
    rows = Recommendation.objects.filter(
        action_item_id__in=subject_ids, assessment__program__memberships__person_id=reader.pk
    )
    columns = ("action_item_id", "code", "text", "rationale", "finding__code", "finding__text", "finding__root_cause")
    found: dict[int, Sequence[Step]] = {row["action_item_id"]: _steps(row) for row in rows.values(*columns, **_named())}
    return {**_asked_at_debriefs(set(subject_ids) - found.keys(), reader), **found}


def _steps(row: Mapping[str, Any]) -> list[Step]:
    reference = f"{row['key']}-{row['assessment_code']}"
    findings = reverse("assessments:findings", args=[reference])
    return [
        Step(_("Recommended"), row["text"], f"{findings}#{row['code']}", row["rationale"]),
        Step(
            _("For the finding"), row["finding__text"], f"{findings}#{row['finding__code']}", row["finding__root_cause"]
        ),
        Step(
            _("Of the assessment"),
            f"{reference} {row['template']}",
            reverse("assessments:assessment", args=[reference]),
        ),
    ]


def _asked_at_debriefs(subject_ids: Collection[int], reader: User) -> dict[int, Sequence[Step]]:
    """Return the debriefs at which other action items were asked for."""
    rows = DebriefCommitment.objects.filter(
        action_item_id__in=subject_ids, debrief__assessment__program__memberships__person_id=reader.pk
    )
    found: dict[int, Sequence[Step]] = {}
    told: Any = rows.values("action_item_id", **_named("debrief__"))
    for row in told:
        reference = f"{row['key']}-{row['assessment_code']}"
        url = reverse("assessments:debrief", args=[reference])
        found[row["action_item_id"]] = [
            Step(_("Committed to at the debrief of"), f"{reference} {row['template']}", url)
        ]
    return found
