"""What the API takes about assessments."""

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer

from core.api.fields import WordsField
from core.api.serializers import StrictSerializer
from core.documents import reader

_DOCUMENT = """format: crm-assessment-template/1
slug: our-check
version: 1
title: Our check
total_points: 10
evidence_tests:
  - {code: owner, question: Is somebody responsible?}
  - {code: consistent, question: Is it how we say we work?}
  - {code: documented, question: Do documents show it?}
range_bands: [[0, 45], [50, 100]]
sections:
  - code: A
    name: Only this
    points: 10
    criteria:
      - {code: A1, answer: range, points: 10, statement: We listen.}
"""


@extend_schema_serializer(examples=[OpenApiExample("example", value={"document": _DOCUMENT}, request_only=True)])
class TemplateRequest(StrictSerializer):
    """A template to keep, as text in the format `crm-assessment-template/1`."""

    document = WordsField(max_length=reader.MOST_BYTES // 64)
    copied_from = WordsField(max_length=80, required=False)
