"""What the matrix of addresses needs for assessments: a thing in the right state for every write."""

from collections.abc import Callable, Mapping
from typing import Any

from assessments.models import AssessmentTemplate
from core import clock
from core.accounts.models import User
from tests.access.stage import House

# A template as small as they come.
DOCUMENT = """format: crm-assessment-template/1
slug: new-check
version: 1
title: New check
total_points: 10
evidence_tests:
  - {code: owner, question: Is somebody responsible?}
  - {code: consistent, question: Is it how we say we work?}
  - {code: documented, question: Do documents show it?}
range_bands: [[0, 45], [50, 100]]
sections:
  - code: A
    name: Alone
    points: 10
    criteria:
      - {code: A1, answer: range, points: 10, statement: We listen.}
"""
# What these name belongs to all who sign in, not to a program.
SHARED = ("assessment-template-item",)


def own_template(reader: User) -> AssessmentTemplate:
    """Return a template that somebody keeps."""
    now = clock.now()
    template, _made = AssessmentTemplate.objects.get_or_create(
        slug=f"kept-by-{reader.pk}",
        number=1,
        defaults={"title": "Kept", "total_points": 10, "saved_by": reader, "created_at": now, "updated_at": now},
    )
    return template


MAKERS: Mapping[tuple[str, str], Callable[[Any, House, User], Any]] = {
    ("assessment-template-item", "ref"): lambda place, house, reader: own_template(reader).pk,
    **{
        (name, "slug"): lambda place, house, reader: own_template(reader).slug
        for name in ("assessments:template", "assessments:template_copy", "assessments:template_delete")
    },
    **{
        (name, "number"): lambda place, house, reader: 1
        for name in ("assessments:template", "assessments:template_copy", "assessments:template_delete")
    },
}
