"""The results of an assessment, and its answers as files."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import queries
from assessments.models import Assessment
from assessments.queries import exported, pages
from core import clock, exports
from core.access import access, reader


def results_of(assessment: Assessment, at: dt.datetime) -> dict[str, Any]:
    """Return what `assessments/results.html` shows."""
    found = queries.whole_results(assessment, at)
    return {
        **{name: getattr(found, name) for name in ("results", "rises", "gaps", "engagement", "until")},
        "reference": pages.reference_of(assessment),
        "days": settings.SPONSOR_ENGAGEMENT_DAYS,
    }


@access("member")
@require_safe
def results(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what an assessment came to: the score by section, against the last one and the target."""
    found = pages.assessment_for(reader(request), reference)
    context = results_of(found, clock.now()) | {"has_answers": exported.has_answers(found, reader(request))}
    return render(request, "assessments/results_page.html", context)


@access("member")
@require_safe
def answers_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """Give what was agreed on, and the answers that the reader may read, as CSV."""
    found = pages.assessment_for(reader(request), reference)
    return exports.as_csv(_name(found), exported.COLUMNS, exported.exported_answers(found, reader(request)))


@access("member")
@require_safe
def answers_xlsx(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the same as a workbook."""
    found = pages.assessment_for(reader(request), reference)
    return exports.as_xlsx(_name(found), exported.COLUMNS, exported.exported_answers(found, reader(request)))


def _name(assessment: Assessment) -> str:
    return f"{pages.reference_of(assessment)}-answers"
