"""The document of a debrief: written by the product from the program's facts, then edited by whoever prepares it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F

from assessments import access, exceptions, notices
from assessments.choices import COMPLETED_STATES, HELD_STATES, DebriefPartKind, DebriefState
from assessments.models import Assessment, Debrief, DebriefPart
from assessments.queries import drafts
from assessments.services import trail
from core import clock
from core import exceptions as core_exceptions
from core.accounts.models import User
from programs.services.guards import require_current

# In the order in which they are told.
PARTS = tuple(kind for kind in DebriefPartKind if kind != DebriefPartKind.OWN)
# Pages and PDF stay quick: that is some thirty pages.
MOST_PARTS, MOST_CHARACTERS = 30, 60_000
# Where positions wait while others take their places.
_ASIDE = 1000


@transaction.atomic
def prepare_debrief(*, assessment: Assessment, by: User, at: dt.datetime, planned_on: dt.date | None = None) -> Debrief:
    """Write the eight parts of a debrief from what is known now.

    Raises:
        core.exceptions.NotFound: to a stranger; NotAllowed: to others than the facilitator and managers.
        NotCompleted: before the assessment is; DebriefPrepared: when there is one.
    """
    assessment, member = trail.locked_assessment(assessment, by)
    access.require_facilitate(member, assessment)
    if assessment.state not in COMPLETED_STATES:
        raise exceptions.NotCompleted
    existing = Debrief.objects.filter(assessment=assessment).values_list("pk", flat=True).first()
    if existing is not None:
        raise exceptions.DebriefPrepared(existing_id=existing)
    debrief = Debrief.objects.create(assessment=assessment, planned_on=planned_on, created_at=at, updated_at=at)
    today = clock.today(assessment.program.time_zone, at)
    DebriefPart.objects.bulk_create(
        DebriefPart(
            debrief=debrief, position=position, kind=kind, text=_clipped(drafts.draft(kind, assessment, by, today))
        )
        for position, kind in enumerate(PARTS, start=1)
    )
    trail.record(debrief, "prepare", by=by, at=at)
    notices.tell(notices.DEBRIEF_PREPARED, assessment, to=[assessment.program.sponsor_id], by=by, at=at)
    return debrief


@transaction.atomic
def plan_debrief(
    *,
    debrief: Debrief,
    planned_on: dt.date | None,
    by: User,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Debrief:
    """Say for which day the meeting is planned, until it was held; the same day again changes nothing.

    Raises:
        DebriefHeld: when it was; core.exceptions.Stale: when it is no longer at the expected version.
    """
    debrief = _facilitated(debrief, by, expected_version)
    if debrief.planned_on == planned_on:
        return debrief
    _require_open(debrief)
    return trail.write(debrief, "plan", by=by, at=at, planned_on=planned_on)


@transaction.atomic
def edit_debrief_part(
    *,
    part: DebriefPart,
    by: User,
    at: dt.datetime,
    text: str | None = None,
    title: str | None = None,
    is_left_out: bool | None = None,
    expected_version: int | None = None,
) -> DebriefPart:
    """Change what a part says, leave it out or take it in again; the same again changes nothing.

    The expected version is the debrief's.

    Raises:
        DebriefHeld: when it was held; the words of the commitment may be changed until it is made.
        PartBelongs: when one of the eight would get another heading; HeadingMissing: when one's own would lose it.
        DebriefTooLong: when all parts would say too much; core.exceptions.Stale: as it says.
    """
    debrief = _open(part.debrief, by, expected_version, part=part)
    part = DebriefPart.objects.get(pk=part.pk)
    before = (part.title, part.text, part.is_left_out)
    if title is not None and title.strip() != part.title:
        if part.kind != DebriefPartKind.OWN:
            raise exceptions.PartBelongs
        part.title = _heading(title)
    part.text = part.text if text is None else _plain(text)
    part.is_left_out = part.is_left_out if is_left_out is None else is_left_out
    if (part.title, part.text, part.is_left_out) == before:
        return part
    part.save(update_fields=["title", "text", "is_left_out"])
    _touch(debrief, part, "edit", by=by, at=at)
    return part


@transaction.atomic
def rewrite_debrief_part(*, part: DebriefPart, by: User, at: dt.datetime) -> DebriefPart:
    """Write one of the eight parts anew from what is known now; what stood there is gone.

    Raises:
        DebriefHeld: when it was held; PartBelongs: of a part of one's own, which the product cannot write.
    """
    debrief = _open(part.debrief, by, None, part=part)
    if part.kind == DebriefPartKind.OWN:
        raise core_exceptions.NotFound
    today = clock.today(debrief.assessment.program.time_zone, at)
    part.text = _clipped(drafts.draft(part.kind, debrief.assessment, by, today))
    part.save(update_fields=["text"])
    _touch(debrief, part, "rewrite", by=by, at=at)
    return part


@transaction.atomic
def add_debrief_part(
    *,
    debrief: Debrief,
    title: str,
    by: User,
    at: dt.datetime,
    text: str = "",
    after: DebriefPart | None = None,
    expected_version: int | None = None,
) -> DebriefPart:
    """Put a part of one's own behind another, by default before the commitment, which ends the meeting.

    Raises:
        DebriefHeld: when it was held; HeadingMissing: without one; DebriefTooLong: when there are too many.
    """
    debrief = _open(debrief, by, expected_version)
    last = debrief.parts.get(kind=DebriefPartKind.COMMITMENT).position
    if after is not None and after.debrief_id != debrief.pk:
        raise core_exceptions.NotFound
    position = last if after is None else after.position + 1
    behind = debrief.parts.filter(position__gte=position)
    behind.update(position=F("position") + _ASIDE)
    debrief.parts.filter(position__gte=_ASIDE).update(position=F("position") - _ASIDE + 1)
    part = DebriefPart.objects.create(
        debrief=debrief, position=position, kind=DebriefPartKind.OWN, title=_heading(title), text=_plain(text)
    )
    _touch(debrief, part, "add", by=by, at=at)
    return part


@transaction.atomic
def delete_debrief_part(*, part: DebriefPart, by: User, at: dt.datetime, expected_version: int | None = None) -> None:
    """Take a part of one's own out again; one of the eight is left out instead.

    Raises:
        PartBelongs: when it is one of the eight; DebriefHeld: when it was held.
    """
    debrief = _open(part.debrief, by, expected_version)
    if part.kind != DebriefPartKind.OWN:
        raise exceptions.PartBelongs
    _touch(debrief, part, "delete", by=by, at=at)
    part.delete()


@transaction.atomic
def write_private_notes(
    *, debrief: Debrief, text: str, by: User, at: dt.datetime, expected_version: int | None = None
) -> Debrief:
    """Keep what the sponsor and the facilitator alone read; the trail tells that they were written, not what.

    The same again changes nothing.

    They stay between these two, whoever takes a place of theirs later, until they are emptied.

    Raises:
        core.exceptions.NotAllowed: to everybody else; Stale: when the notes are no longer at the expected version.
    """
    debrief, _who = trail.locked(debrief, by)
    access.require_see_notes(by, debrief)
    if expected_version is not None and debrief.notes_version != expected_version:
        raise core_exceptions.Stale
    if len(text) > MOST_CHARACTERS:
        raise _too_long()
    if (kept := _plain(text)) == debrief.private_notes:
        return debrief
    _share_notes(debrief, kept)
    trail.record(debrief, "write_notes_of", by=by, at=at, is_news=False)
    return debrief


def _share_notes(debrief: Debrief, text: str) -> None:
    """Write the notes, and between whom they are: who is sponsor and facilitator at their first word."""
    if not (text and debrief.private_notes):
        assessment = debrief.assessment
        debrief.notes_sponsor_id = assessment.program.sponsor_id if text else None
        debrief.notes_facilitator_id = assessment.facilitator_id if text else None
    debrief.private_notes, debrief.notes_version = text, debrief.notes_version + 1
    debrief.save(update_fields=["private_notes", "notes_version", "notes_sponsor", "notes_facilitator"])


def _open(debrief: Debrief, by: User, expected_version: int | None, *, part: DebriefPart | None = None) -> Debrief:
    """Return a debrief, locked, whose text may be changed: until it is held, of the commitment until it is made."""
    debrief = _facilitated(debrief, by, expected_version)
    _require_open(debrief, is_ending=part is not None and part.kind == DebriefPartKind.COMMITMENT)
    return debrief


def _facilitated(debrief: Debrief, by: User, expected_version: int | None) -> Debrief:
    """Return a debrief, locked, to whoever may facilitate it and knows it as it is."""
    debrief, member = trail.locked(debrief, by)
    access.require_facilitate(member, debrief.assessment)
    require_current(debrief, expected_version)
    return debrief


def _require_open(debrief: Debrief, *, is_ending: bool = False) -> None:
    if debrief.state == DebriefState.COMMITTED or (debrief.state in HELD_STATES and not is_ending):
        raise exceptions.DebriefHeld


def _touch(debrief: Debrief, part: DebriefPart, verb: str, *, by: User, at: dt.datetime) -> None:
    """Bound the whole, count its version up and tell the trail which part changed; not its words."""
    rows: Any = debrief.parts.values_list("text", "title")
    parts = list(rows)
    if len(parts) > MOST_PARTS or sum(len(text) + len(title) for text, title in parts) > MOST_CHARACTERS:
        raise _too_long()
    trail.write(debrief, f"{verb}_part_of", by=by, at=at, also={"part": [None, part.title or part.kind]})


def _too_long() -> exceptions.DebriefTooLong:
    told = {"parts": MOST_PARTS, "characters": MOST_CHARACTERS}
    return exceptions.DebriefTooLong(fields={"text": [exceptions.DebriefTooLong.sentence % told]}, **told)


def _heading(title: str) -> str:
    if not title.strip():
        raise exceptions.HeadingMissing(fields={"title": [exceptions.HeadingMissing.sentence]})
    return title.strip()


def _plain(text: str) -> str:
    """Return a text with the line ends of a file, without its margins."""
    return text.replace("\r\n", "\n").strip()


def _clipped(text: str) -> str:
    """Return what the product wrote, within what one part may say."""
    most = MOST_CHARACTERS // (2 * len(PARTS))
    return text if len(text) <= most else f"{text[: most - 1]}…"
