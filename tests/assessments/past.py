"""Assessments that were held before a story begins: known by the points of their sections, or by what was agreed on."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from assessments.choices import AssessmentState, Purpose
from assessments.models import Assessment, AssessmentTemplate, Consensus, Criterion, Section, SectionPoints
from programs.models import Program
from tests.cast import MONDAY

SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
STAMPS = {"created_at": MONDAY, "updated_at": MONDAY}


def sample() -> dict[str, dict[str, Any]]:
    """Return the assessments of the sample program file, by code."""
    document = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    return {each["code"]: each for each in document["assessments"]}


def completed(
    program: Program,
    template: AssessmentTemplate,
    code: str,
    on: dt.date,
    points: Mapping[str, int] | None = None,
    **fields: Any,
) -> Assessment:
    """Keep a completed assessment with the points of its sections, all of them answered."""
    facts = {"purpose": Purpose.CALIBRATION, "state": AssessmentState.COMPLETED, "completed_on": on} | fields
    assessment = Assessment.objects.create(program=program, template=template, code=code, **facts, **STAMPS)
    for section in Section.objects.filter(template=template, code__in=points or {}):
        SectionPoints.objects.create(
            assessment=assessment,
            section=section,
            points=(points or {})[section.code],
            answered=section.points,
            applicable=section.points,
        )
    return assessment


def of_sample(program: Program, template: AssessmentTemplate, code: str) -> Assessment:
    """Keep one of the sample's two assessments, T1 or T2, as its file has it."""
    said = sample()[code]
    return completed(
        program,
        template,
        code,
        said["date"],
        said["section_points"],
        purpose=said["purpose"],
        target_next=said.get("target_next"),
    )


def in_consensus(program: Program, template: AssessmentTemplate, code: str = "T3", **fields: Any) -> Assessment:
    """Keep an assessment whose consensus was opened."""
    facts = {
        "purpose": Purpose.CALIBRATION,
        "state": AssessmentState.CONSENSUS,
        "facilitator": program.manager,
        "closes_on": MONDAY.date() + dt.timedelta(days=14),
        "opened_at": MONDAY,
        "consensus_at": MONDAY,
    }
    return Assessment.objects.create(program=program, template=template, code=code, **facts | fields, **STAMPS)


def agree(assessment: Assessment, code: str, percent: int | None = None, **said: Any) -> Consensus:
    """Set what all agreed on for a criterion."""
    criterion = Criterion.objects.get(template=assessment.template, code=code)
    return Consensus.objects.create(assessment=assessment, criterion=criterion, percent=percent, **said, **STAMPS)


def agree_on_all(assessment: Assessment, percent: int) -> None:
    """Set the same percent, or warning sign "absent", for every criterion."""
    for criterion in Criterion.objects.filter(template=assessment.template):
        is_flag = criterion.answer == "flag"
        agreed: dict[str, Any] = {"flag": "absent"} if is_flag else {"percent": percent}
        Consensus.objects.create(assessment=assessment, criterion=criterion, **agreed, **STAMPS)
