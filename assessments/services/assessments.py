"""Assessments: prepared, edited, and deleted while they are drafts. Their moves stand in moving.py."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from assessments import access, exceptions
from assessments.choices import AssessmentState, Purpose
from assessments.models import Assessment, AssessmentTemplate, Assessor, Debrief, Section
from assessments.services.assessment_trail import locked, record, write
from assessments.services.prompts import answer_prompt, ask_again
from core import clock
from core.accounts.models import User
from core.exceptions import InvalidInput
from programs import access as program_access
from programs import services as programs
from programs.choices import Code, Role
from programs.exceptions import NotInThisProgram
from programs.models import Membership, Program
from programs.services.guards import require_current, require_going_on

_TARGETS = frozenset({"target", "target_next"})
_GOING_ON = _TARGETS | {"purpose", "facilitator"}
# What can be changed in which state: names and words only before anybody answered under them.
EDITABLE: Mapping[str, frozenset[str]] = {
    AssessmentState.DRAFT: _GOING_ON | {"closes_on", "is_named", "is_in_words"},
    AssessmentState.OPEN: _GOING_ON | {"closes_on"},
    AssessmentState.CONSENSUS: _GOING_ON,
    AssessmentState.COMPLETED: frozenset({"target_next"}),
    AssessmentState.REVIEWED: frozenset({"target_next"}),
}


@dataclass(frozen=True, kw_only=True)
class AssessmentDetails:
    """What an assessment is; its preparer facilitates it where nobody is named, `template` may be that of the last."""

    purpose: str
    template: AssessmentTemplate | None = None
    closes_on: dt.date | None = None
    facilitator: User | None = None
    is_named: bool = False
    is_in_words: bool = False
    target: int | None = None
    target_next: int | None = None


@transaction.atomic
def prepare_assessment(
    *, program: Program, details: AssessmentDetails, by: User, at: dt.datetime, previous: Assessment | None = None
) -> Assessment:
    """Prepare an assessment, a draft that nobody is told of yet.

    From a `previous` one come, where nothing else is said, its template, its assessors with their sections, and as
    target the one it set for its next.

    Raises:
        core.exceptions.NotAllowed: to who does not manage the program.
        programs.exceptions.ProgramIsOver: in a program that is closed or stopped.
        NotInThisProgram: when the previous one is of another program.
        FacilitatorDoesNotManage: of somebody who is no manager; TargetTooHigh: above the template's points.
    """
    access.require_manage(program_access.membership(by, program.pk))
    require_going_on(program)
    if previous is not None:
        previous = Assessment.objects.select_related("template").get(pk=previous.pk)
        if previous.program_id != program.pk:
            raise NotInThisProgram(fields={"previous": [NotInThisProgram.sentence]})
    facts = _facts(details, previous, by)
    _check(facts, facts["template"], program.pk)
    assessment = Assessment.objects.create(
        program=program,
        code=programs.next_code(program_id=program.pk, kind=Code.ASSESSMENT),
        created_at=at,
        updated_at=at,
        **facts,
    )
    if previous is not None:
        _copy_assessors(previous, assessment, at=at)
    record(assessment, "prepare", by=by, at=at)
    answer_prompt(assessment=assessment, by=by, at=at)
    return assessment


@transaction.atomic
def edit_assessment(
    *,
    assessment: Assessment,
    changes: dict[str, Any],
    by: User,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Assessment:
    """Change what an assessment is, as far as its state lets: names and words stand from the opening on.

    Raises:
        core.exceptions.Stale: when it is no longer at the expected version.
        FixedByNow: naming what can no longer be changed.
        ClosesInThePast: when an open one would close on a day that is gone; ClosingDateMissing: on none.
        FacilitatorKeepsNotes: when the facilitator wrote private notes for its debrief.
        FacilitatorDoesNotManage, TargetTooHigh: as for a new one.
    """
    assessment, _who = locked(assessment, by)
    require_current(assessment, expected_version)
    if unknown := changes.keys() - EDITABLE[AssessmentState.DRAFT]:
        raise InvalidInput(fields={name: [InvalidInput.sentence] for name in sorted(unknown)})
    changed = {name: value for name, value in changes.items() if getattr(assessment, name) != value}
    if not changed:
        return assessment
    if fixed := changed.keys() - EDITABLE[assessment.state]:
        raise exceptions.FixedByNow(fields={name: [exceptions.FixedByNow.sentence] for name in sorted(fixed)})
    _check(changed, assessment.template, assessment.program_id)
    if "closes_on" in changed and assessment.state == AssessmentState.OPEN:
        require_open_day(changed["closes_on"], clock.today(assessment.program.time_zone, at))
    if "facilitator" in changed:
        _require_no_notes(assessment)
    return write(assessment, "edit", by=by, at=at, **changed)


@transaction.atomic
def delete_assessment(
    *, assessment: Assessment, by: User, at: dt.datetime, expected_version: int | None = None
) -> None:
    """Delete a draft.

    Raises:
        core.exceptions.Stale: when it is no longer at the expected version.
        AssessmentNotDraft: once people were asked.
    """
    assessment, _who = locked(assessment, by)
    require_current(assessment, expected_version)
    if assessment.state != AssessmentState.DRAFT:
        raise exceptions.AssessmentNotDraft
    record(assessment, "delete", by=by, at=at)
    ask_again(assessment=assessment, at=at)
    assessment.delete()


def require_open_day(closes_on: dt.date | None, today: dt.date) -> None:
    """Let a closing date pass that is still to come.

    Raises:
        ClosingDateMissing, ClosesInThePast: when there is none, or it is gone.
    """
    if closes_on is None:
        raise exceptions.ClosingDateMissing(fields={"closes_on": [exceptions.ClosingDateMissing.sentence]})
    if closes_on < today:
        raise exceptions.ClosesInThePast(fields={"closes_on": [exceptions.ClosesInThePast.sentence]})


def require_facilitator(facilitator: User | None, program_id: int) -> None:
    """Let a manager of the program pass.

    Raises:
        FacilitatorDoesNotManage: of anybody else, and of nobody.
    """
    managers = Membership.objects.filter(program_id=program_id, role=Role.MANAGER)
    if facilitator is None or not managers.filter(person=facilitator).exists():
        words = exceptions.FacilitatorDoesNotManage.sentence
        raise exceptions.FacilitatorDoesNotManage(fields={"facilitator": [words]})


def _facts(details: AssessmentDetails, previous: Assessment | None, by: User) -> dict[str, Any]:
    """Return the fields of a new assessment, with what comes from the previous one and from who prepares it."""
    facts = vars(details) | {"facilitator": details.facilitator or by}
    if previous is not None:
        facts["template"] = details.template or previous.template
        facts["target"] = details.target if details.target is not None else previous.target_next
    if facts["template"] is None:
        raise InvalidInput(fields={"template": [InvalidInput.sentence]})
    return facts


def _check(facts: Mapping[str, Any], template: AssessmentTemplate, program_id: int) -> None:
    if "facilitator" in facts:
        require_facilitator(facts["facilitator"], program_id)
    if "purpose" in facts and facts["purpose"] not in Purpose.values:
        raise InvalidInput(fields={"purpose": [InvalidInput.sentence]})
    for name in sorted(_TARGETS & facts.keys()):
        if facts[name] is not None and facts[name] > template.total_points:
            refusal = exceptions.TargetTooHigh(total=template.total_points)
            raise exceptions.TargetTooHigh(total=template.total_points, fields={name: [refusal.message]})


def _require_no_notes(assessment: Assessment) -> None:
    """Keep who sees the private notes of a debrief as it was when they were written."""
    if Debrief.objects.filter(assessment=assessment).exclude(private_notes="").exists():
        raise exceptions.FacilitatorKeepsNotes


def _copy_assessors(previous: Assessment, assessment: Assessment, *, at: dt.datetime) -> None:
    """Ask the same people the same sections again; of another version of the template those of the same code."""
    staying = Assessor.objects.filter(assessment=previous, left_at=None, person__is_active=True)
    places = list(staying.prefetch_related("sections").order_by("pk"))
    is_kin = previous.template.slug == assessment.template.slug
    sections = {each.code: each for each in Section.objects.filter(template=assessment.template)} if is_kin else {}
    made = Assessor.objects.bulk_create(
        Assessor(
            assessment=assessment, person_id=place.person_id, is_leader=place.is_leader, created_at=at, updated_at=at
        )
        for place in places
    )
    asked = Assessor.sections.through
    asked.objects.bulk_create(
        asked(assessor_id=new.pk, section_id=sections[section.code].pk)
        for place, new in zip(places, made, strict=True)
        for section in place.sections.all()
        if section.code in sections
    )
