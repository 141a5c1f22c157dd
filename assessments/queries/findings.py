"""What assessments found and recommend, bounded to who may read it, and what of the work came from it."""

from collections.abc import Collection
from typing import Any, cast

from django.db.models import F, Q, QuerySet

from assessments.choices import (
    COMPLETED_STATES,
    FindingKind,
    RecommendationState,
    Urgency,
)
from assessments.models import Assessment, Criterion, Finding, Recommendation
from core import exceptions
from core.accounts.models import User
from programs.choices import Role
from programs.queries import name_of
from workstreams.choices import ActionState

Row = dict[str, Any]
# What became of an action item that nobody will do.
GIVEN_UP = (ActionState.WITHDRAWN, ActionState.DECLINED)
# More of them than anybody reads.
MOST = 200
# What pages show of them.
_FINDING = ("id", "code", "kind", "text", "root_cause", "is_systemic")
_CRITERION = {"criterion_code": F("criterion__code"), "criterion_statement": F("criterion__statement")}
_RECOMMENDATION = (
    "id", "code", "finding_id", "text", "rationale", "urgency", "state", "reason", "decided_on",
)  # fmt: skip
_BECAME: dict[str, Any] = {
    "decided_by_name": name_of("decided_by"),
    "action_code": F("action_item__code"),
    "action_state": F("action_item__state"),
    "action_due_on": F("action_item__due_on"),
    "action_performer_name": name_of("action_item__performer"),
}


def written_for(reader: User) -> Q:
    """Return the condition that something of an assessment may be read: access.may_see_findings, over many rows."""
    program = "assessment__program__"
    leads = (
        Q(**{f"{program}memberships__role__in": [Role.MANAGER, Role.SPONSOR]})
        | Q(**{f"{program}deputy_sponsor_id": reader.pk})
        | Q(assessment__facilitator_id=reader.pk)
    )
    return Q(**{f"{program}memberships__person_id": reader.pk}) & (Q(assessment__state__in=COMPLETED_STATES) | leads)


def readable_findings(reader: User) -> QuerySet[Finding]:
    """Return the findings that a reader may read."""
    return Finding.objects.filter(written_for(reader))


def readable_recommendations(reader: User) -> QuerySet[Recommendation]:
    """Return the recommendations that a reader may read."""
    return Recommendation.objects.filter(written_for(reader))


def affected(finding_ids: Collection[int]) -> dict[int, list[Row]]:
    """Return the other criteria that findings touch, in the order of the template, by finding, in one query."""
    found: dict[int, list[Row]] = {pk: [] for pk in finding_ids}
    links = Finding.affects.through.objects.filter(finding_id__in=found).order_by("finding_id", "criterion__position")
    for finding_id, *criterion in links.values_list(
        "finding_id", "criterion_id", "criterion__code", "criterion__statement"
    ):
        found[finding_id].append(dict(zip(("id", "code", "statement"), criterion, strict=True)))
    return found


def findings_of(assessment: Assessment, reader: User) -> list[Row]:
    """Return the findings of an assessment with their recommendations, gaps first, in three queries."""
    told = readable_findings(reader).filter(assessment=assessment).values(*_FINDING, **_CRITERION)
    rows: list[Row] = list(told.order_by("kind", "id")[:MOST])
    touched = affected([row["id"] for row in rows])
    steps: dict[int, list[Row]] = {row["id"]: [] for row in rows}
    for step in recommendations_of(assessment, reader):
        if step["finding_id"] in steps:
            steps[step["finding_id"]].append(step)
    return [{**row, "affects": touched[row["id"]], "recommendations": steps[row["id"]]} for row in rows]


def recommendations_of(assessment: Assessment, reader: User) -> list[Row]:
    """Return the recommendations of an assessment, the most urgent first, in one query."""
    told = readable_recommendations(reader).filter(assessment=assessment).values(*_RECOMMENDATION, **_BECAME)
    rows: Any = told.order_by("id")[:MOST]
    order = list(Urgency)
    return sorted(
        (
            {
                **row,
                "urgency_label": Urgency(row["urgency"]).label,
                "state_label": RecommendationState(row["state"]).label,
                "is_reopenable": row["state"] == RecommendationState.REJECTED or row["action_state"] in GIVEN_UP,
                "action_state_label": ActionState(row["action_state"]).label if row["action_state"] else "",
            }
            for row in rows
        ),
        key=lambda row: order.index(row["urgency"]),
    )


def strengths_and_gaps(rows: Collection[Row]) -> tuple[list[Row], list[Row]]:
    """Return the strengths and the gaps among findings."""
    return (
        [row for row in rows if row["kind"] == FindingKind.STRENGTH],
        [row for row in rows if row["kind"] == FindingKind.GAP],
    )


def choosable_criteria(assessment: Assessment) -> QuerySet[Criterion]:
    """Return the criteria that a finding can be about, in the order of the template."""
    return Criterion.objects.filter(template_id=assessment.template_id).order_by("position")


def finding_for(person: User, reference: str) -> Finding:
    """Return the finding that ONE-T2-F1 names, with its assessment.

    Raises:
        core.exceptions.NotFound: when there is none that the person may read.
    """
    return cast(Finding, _named(Finding.objects.select_related(*_OF_ASSESSMENT, "criterion"), person, reference))


def recommendation_for(person: User, reference: str) -> Recommendation:
    """Return the recommendation that ONE-T2-N1 names, with its finding and assessment.

    Raises:
        core.exceptions.NotFound: when there is none that the person may read.
    """
    rows = Recommendation.objects.select_related(*_OF_ASSESSMENT, "finding", "action_item")
    return cast(Recommendation, _named(rows, person, reference))


_OF_ASSESSMENT = ("assessment__program", "assessment__template")


def _named(rows: Any, person: User, reference: str) -> Any:
    key, _dash, rest = reference.partition("-")
    assessment, _dash, code = rest.partition("-")
    place = {"assessment__program__key": key, "assessment__code": assessment, "code": code}
    found = rows.filter(written_for(person), **place).first() if "\x00" not in reference else None
    if found is None:
        raise exceptions.NotFound
    return found
