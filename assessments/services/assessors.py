"""Who answers an assessment: asked while it is prepared and open. Who leaves stays on record with their answers."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from assessments import exceptions, notices
from assessments.choices import ASSESSMENT, LISTING_STATES, AssessmentState
from assessments.models import Assessment, Assessor, Section
from assessments.services.assessment_trail import locked, record
from core.accounts import services as accounts
from core.accounts.models import User
from core.exceptions import InvalidInput, NotFound
from notifications import services as notifications
from programs.exceptions import NoAddress
from programs.models import Membership
from programs.services.guards import require_current, require_member


@transaction.atomic
def add_assessor(
    *,
    assessment: Assessment,
    by: User,
    at: dt.datetime,
    person: User | None = None,
    email: str = "",
    name: str = "",
    sections: Sequence[Section] = (),
    is_leader: bool = False,
) -> Assessor:
    """Ask somebody to answer: a member of the program, or by address whomever, who then sees this alone of it.

    Somebody who had left comes back to what they answered. Without sections they are asked all.

    Raises:
        AssessorsStand: once consensus is open.
        programs.exceptions.NotInThisProgram: of a person who is no member; NoAddress: of what is no e-mail address.
        PersonOrAddress: of both a person and an address, or neither.
        AlreadyAnAssessor: when they are asked already; SectionElsewhere: of a section of another template.
    """
    assessment = _listing(assessment, by)
    if (person is None) != bool(email.strip()):
        words = exceptions.PersonOrAddress.sentence
        raise exceptions.PersonOrAddress(fields={"person": [words], "email": [words]})
    _check_sections(assessment, sections)
    person = _member(assessment, person) if person is not None else _anybody(assessment, email, name, by=by, at=at)
    place = Assessor.objects.select_for_update().filter(assessment=assessment, person=person).first()
    if place is not None and place.left_at is None:
        taken = exceptions.AlreadyAnAssessor(person=person)
        field = "email" if email else "person"
        raise exceptions.AlreadyAnAssessor(person=person, fields={field: [taken.message]})
    is_new = place is None
    place = place or Assessor(assessment=assessment, person=person, created_at=at, version=0)
    place.left_at, place.is_leader = None, is_leader
    _keep(place, at)
    if sections or not is_new:
        place.sections.set(sections)
    changes = {"sections": [None, [each.code for each in sections]], "is_leader": [None, is_leader]}
    _record(assessment, place, "ask", by=by, at=at, changes=changes)
    if assessment.state == AssessmentState.OPEN:
        notices.tell_asked(assessment, to=[person.pk], by=by, at=at)
    return place


@transaction.atomic
def add_assessors(
    *,
    assessment: Assessment,
    people: Sequence[User],
    by: User,
    at: dt.datetime,
    sections: Sequence[Section] = (),
    is_leader: bool = False,
) -> list[Assessor]:
    """Ask several members to answer the same; all of them or, where one is refused, nobody."""
    facts: dict[str, Any] = {"sections": sections, "is_leader": is_leader, "by": by, "at": at}
    return [add_assessor(assessment=assessment, person=person, **facts) for person in people]


@transaction.atomic
def edit_assessor(
    *, assessor: Assessor, changes: dict[str, Any], by: User, at: dt.datetime, expected_version: int | None = None
) -> Assessor:
    """Change which sections somebody answers, or whether they count as a leader; what they answered stays.

    Raises:
        core.exceptions.Stale: when the place is no longer at the expected version.
        AssessorsStand: once consensus is open; SectionElsewhere: of a section of another template.
    """
    assessment, place = _place(assessor, by)
    require_current(place, expected_version)
    if unknown := changes.keys() - {"sections", "is_leader"}:
        raise InvalidInput(fields={name: [InvalidInput.sentence] for name in sorted(unknown)})
    told = _changed(place, changes)
    if not told:
        return place
    if "sections" in told:
        _check_sections(assessment, changes["sections"])
        place.sections.set(changes["sections"])
    place.is_leader = changes.get("is_leader", place.is_leader)
    _keep(place, at)
    _record(assessment, place, "edit", by=by, at=at, changes=told)
    return place


@transaction.atomic
def remove_assessor(*, assessor: Assessor, by: User, at: dt.datetime, expected_version: int | None = None) -> None:
    """Ask somebody no longer. From a draft they go; later they have left, and what they answered counts.

    Raises:
        core.exceptions.Stale: when the place is no longer at the expected version.
        AssessorsStand: once consensus is open.
    """
    _assessment, place = _place(assessor, by)
    require_current(place, expected_version)
    release(place, by=by, at=at)


def release(place: Assessor, *, by: User, at: dt.datetime) -> None:
    """Let somebody go whose place is locked, in an assessment whose list can change."""
    assessment = place.assessment
    _record(assessment, place, "release", by=by, at=at, changes={})
    if assessment.state == AssessmentState.DRAFT and not place.answers.exists():
        place.delete()
        return
    place.left_at = at
    _keep(place, at)
    notifications.cancel(kind=ASSESSMENT, subject_ids=[assessment.pk], recipient_ids=[place.person_id], at=at)
    notices.tell(notices.RELEASED, assessment, to=[place.person_id], by=by, at=at)


def _listing(assessment: Assessment, by: User) -> Assessment:
    assessment, _who = locked(assessment, by)
    if assessment.state not in LISTING_STATES:
        raise exceptions.AssessorsStand
    return assessment


def _place(assessor: Assessor, by: User) -> tuple[Assessment, Assessor]:
    """Return an assessment whose list can change, and somebody's place on it, both locked."""
    assessment = _listing(assessor.assessment, by)
    rows = Assessor.objects.select_related("person").select_for_update(of=("self",))
    place = rows.filter(pk=assessor.pk, left_at=None).first()
    if place is None:
        raise NotFound
    place.assessment = assessment
    return assessment, place


def _member(assessment: Assessment, person: User) -> User:
    require_member(assessment.program_id, person, field="person")
    return person


def _anybody(assessment: Assessment, email: str, name: str, *, by: User, at: dt.datetime) -> User:
    """Return the person of an address, who gets an account where they have none.

    Nobody is handed a link that signs in as somebody from outside, nobody of another program either: they come by
    their own mail, so that what they answer is theirs.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise NoAddress(fields={"email": error.messages}) from error
    found = User.objects.filter(email=address).first()
    zone = assessment.program.time_zone
    person = found or accounts.add_person(email=address, name=name, time_zone=zone, by=by, at=at)
    if not Membership.objects.filter(program_id=assessment.program_id, person=person).exists():
        accounts.keep_to_oneself(person=person, by=by, at=at)
    return person


def _check_sections(assessment: Assessment, sections: Sequence[Section]) -> None:
    if any(section.template_id != assessment.template_id for section in sections):
        raise exceptions.SectionElsewhere(fields={"sections": [exceptions.SectionElsewhere.sentence]})


def _changed(place: Assessor, changes: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if "sections" in changes:
        before = sorted(place.sections.values_list("code", flat=True))
        told["sections"] = [before, sorted(section.code for section in changes["sections"])]
    if "is_leader" in changes:
        told["is_leader"] = [place.is_leader, changes["is_leader"]]
    return {name: pair for name, pair in told.items() if pair[0] != pair[1]}


def _keep(place: Assessor, at: dt.datetime) -> None:
    place.updated_at, place.version = at, place.version + 1
    place.save()


def _record(
    assessment: Assessment, place: Assessor, verb: str, *, by: User, at: dt.datetime, changes: dict[str, Any]
) -> None:
    record(assessment, f"{verb}_assessor_of", by=by, at=at, changes={"assessor": [None, str(place.person)], **changes})
