"""The assessments of a program as a list: those under way with who submitted, the past ones with their day."""

from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from assessments.choices import UNDER_WAY, AssessmentState, Purpose
from assessments.models import Assessment, Assessor
from programs.queries import name_of

Row = dict[str, Any]
# A program that assesses itself every month for eight years is still listed whole.
MOST_LISTED = 100
# What somebody waits for stands before what is only prepared.
_FIRST = {AssessmentState.OPEN: 0, AssessmentState.CONSENSUS: 1, AssessmentState.DRAFT: 2}


def of_program(program_id: int) -> list[Row]:
    """Return the assessments of a program, those under way first, then the newest, in one query."""
    rows = Assessment.objects.filter(program_id=program_id)
    columns = ("pk", "code", "purpose", "state", "closes_on", "completed_on", "target", "is_in_words", "is_named")
    told = rows.annotate(asked=_count(Q()), submitted=_count(Q(submitted_at__isnull=False))).values(
        *columns, "asked", "submitted", title=F("template__title"), total=F("template__total_points"),
        facilitator_name=name_of("facilitator"),
    )  # fmt: skip
    found: Any = told.order_by(F("completed_on").desc(nulls_first=True), "-pk")[:MOST_LISTED]
    return sorted((_labelled(row) for row in found), key=lambda row: _FIRST.get(row["state"], len(_FIRST)))


def _count(condition: Q) -> Coalesce:
    """Return the number of those asked of an assessment for whom something holds."""
    rows = Assessor.objects.filter(condition, assessment=OuterRef("pk"), left_at=None).order_by().values("assessment")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def _labelled(row: Row) -> Row:
    return {
        **row,
        "purpose_label": Purpose(row["purpose"]).label,
        "state_label": AssessmentState(row["state"]).label,
        "is_under_way": row["state"] in UNDER_WAY,
    }


def previous(program_id: int, reference: str) -> Assessment | None:
    """Return the assessment of a program that a new one is prepared from, None where the reference names none of it."""
    rows = Assessment.objects.filter(program_id=program_id)
    return rows.select_related("template", "program").named(reference).first() if reference else None
