"""Debriefs as their pages, their PDF and the API show them; the private notes are read by themselves alone."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.choices import DEBRIEF, HELD_STATES, DebriefPartKind
from assessments.models import Debrief, DebriefPart
from assessments.queries.findings import GIVEN_UP
from core import exceptions
from core.accounts.models import User
from core.audit import queries as audit
from programs.choices import Role
from programs.exceptions import NothingOfThatName
from programs.queries import name_of
from workstreams.choices import ActionState
from workstreams.models import ActionItem

Row = dict[str, Any]
MOST_EVENTS = 20
_SAID = {
    "prepare_debrief": _("Prepared"),
    "plan_debrief": _("Planned for another day"),
    "edit_part_of_debrief": _("Changed a part"),
    "rewrite_part_of_debrief": _("Let a part be written anew"),
    "add_part_of_debrief": _("Added a part"),
    "delete_part_of_debrief": _("Took a part out"),
    "brief_sponsor_for_debrief": _("Briefed the sponsor"),
    "undo_briefing_for_debrief": _("Undid the briefing"),
    "hold_debrief": _("Held it"),
    "undo_holding_debrief": _("Undid that it was held"),
    "commit_debrief": _("Recorded how it ended"),
    "reopen_debrief": _("Let it end anew"),
}


def told_to(reader: User, path: str = "") -> Q:
    """Return the condition that a debrief may be read: by all once it was held, before by who prepares or decides."""
    program = f"{path}assessment__program__"
    prepares = (
        Q(**{f"{program}memberships__role__in": [Role.MANAGER, Role.SPONSOR]})
        | Q(**{f"{program}deputy_sponsor_id": reader.pk})
        | Q(**{f"{path}assessment__facilitator_id": reader.pk})
    )
    return Q(**{f"{program}memberships__person_id": reader.pk}) & (Q(**{f"{path}state__in": HELD_STATES}) | prepares)


def readable_debriefs(reader: User) -> QuerySet[Debrief]:
    """Return the debriefs that a reader may read; their private notes are for fewer."""
    return Debrief.objects.filter(told_to(reader))


def readable_parts(reader: User) -> QuerySet[DebriefPart, Any]:
    """Return the parts of the debriefs that a reader may read; their `version` is the debrief's."""
    return DebriefPart.objects.filter(told_to(reader, "debrief__")).annotate(version=F("debrief__version"))


def part_named(debrief: Debrief, pk: int | None) -> DebriefPart | None:
    """Return the part of a debrief that a body names by its number, None where it names none.

    Raises:
        programs.exceptions.NothingOfThatName: when it is no part of this debrief.
    """
    found = debrief.parts.filter(pk=pk).first() if pk is not None else None
    if pk is not None and found is None:
        raise NothingOfThatName(fields={"after": [NothingOfThatName.sentence]})
    return found


def debrief_for(person: User, reference: str) -> Debrief:
    """Return the debrief of the assessment that ONE-T2 names, without its private notes.

    Raises:
        core.exceptions.NotFound: when there is none that the person may read.
    """
    key, _dash, code = reference.partition("-")
    rows = Debrief.objects.select_related(
        "assessment__program__sponsor", "assessment__template", "assessment__facilitator"
    ).defer("private_notes")
    place = {"assessment__program__key": key, "assessment__code": code}
    found = rows.filter(told_to(person), **place).first() if "\x00" not in reference else None
    if found is None:
        raise exceptions.NotFound
    return found


def private_notes_of(debrief: Debrief) -> tuple[str, int]:
    """Return the private notes and their version, for whoever was let through to them, and nobody else."""
    row = Debrief.objects.values_list("private_notes", "notes_version").get(pk=debrief.pk)
    return row[0], row[1]


def parts(debrief: Debrief) -> list[Row]:
    """Return the parts in their order, each with its heading."""
    rows = debrief.parts.order_by("position").values("id", "kind", "title", "text", "is_left_out", "position")
    return [{**row, "heading": row["title"] or DebriefPartKind(row["kind"]).label} for row in rows]


def commitments(debrief: Debrief) -> list[Row]:
    """Return what was committed to at a debrief, by day, in one query."""
    items = ActionItem.objects.filter(pk__in=debrief.commitments.values("action_item_id")).order_by("due_on", "pk")
    rows = items.values("id", "code", "title", "state", "due_on", performer_name=name_of("performer"))
    return [{**row, "state_label": ActionState(row["state"]).label} for row in rows]


def commitment_choices(debrief: Debrief) -> QuerySet[ActionItem]:
    """Return the action items that a debrief can end with: of accepted steps, and those it ended with before."""
    came_from = Q(recommendation__assessment_id=debrief.assessment_id)
    asked_there = Q(pk__in=debrief.commitments.values("action_item_id"))
    items = ActionItem.objects.filter(came_from | asked_there).exclude(state__in=GIVEN_UP)
    return items.select_related("performer").order_by("due_on", "pk")


def debrief_history(debrief: Debrief) -> list[Row]:
    """Return what was done to a debrief, the newest first, without the private notes' own lines."""
    rows = audit.history_of_subject(f"{DEBRIEF}:{debrief.pk}", verbs=_SAID, limit=MOST_EVENTS)
    return [{**row, "said": _SAID[row["verb"]]} for row in rows]
