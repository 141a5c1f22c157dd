"""Workstreams: adding, editing and removing them, with at least one of each discipline at all times."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import ngettext, pgettext

from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit import services as audit
from programs import access as program_access
from programs.access import Right
from programs.choices import Code
from programs.models import Program
from programs.services import next_code
from programs.services.guards import require_current, require_member
from workstreams import exceptions
from workstreams.choices import Discipline
from workstreams.models import Workstream
from workstreams.services.guards import require_name

EDITABLE = frozenset({"name", "discipline", "lead"})


@dataclass(frozen=True, kw_only=True)
class WorkstreamDetails:
    """What a new workstream is made of."""

    discipline: str
    name: str
    lead: User | None = None


@transaction.atomic
def add_workstream(*, program: Program, details: WorkstreamDetails, by: User, at: dt.datetime) -> Workstream:
    """Add a workstream to a program.

    Raises:
        core.exceptions.NotAllowed: to who does not manage the program.
        NotInThisProgram: when the lead does not belong to it.
    """
    program_access.require(program_access.membership(by, program.pk), Right.MANAGE)
    program = Program.objects.select_for_update().get(pk=program.pk)
    require_member(program.pk, details.lead, field="lead")
    workstream = Workstream.objects.create(
        program=program,
        code=next_code(program_id=program.pk, kind=Code.WORKSTREAM),
        discipline=details.discipline,
        name=require_name(details.name),
        lead=details.lead,
        created_at=at,
        updated_at=at,
    )
    _record(workstream, "add", by=by, at=at, changes={"name": [None, workstream.name]})
    return workstream


@transaction.atomic
def edit_workstream(
    *, workstream: Workstream, changes: dict[str, Any], by: User, at: dt.datetime, expected_version: int | None = None
) -> Workstream:
    """Change a workstream's name, lead or discipline.

    Raises:
        core.exceptions.Stale: when it is no longer at the expected version.
        LastOfItsDiscipline: when no other of its discipline would be left.
    """
    workstream = _locked(workstream, by, expected_version)
    if unknown := changes.keys() - EDITABLE:
        raise core_exceptions.InvalidInput(fields={name: [core_exceptions.InvalidInput.sentence] for name in unknown})
    changed = {name: value for name, value in changes.items() if getattr(workstream, name) != value}
    if not changed:
        return workstream
    require_member(workstream.program_id, changed.get("lead"), field="lead")
    if "discipline" in changed:
        _keep_one(workstream)
    if "name" in changed:
        changed["name"] = require_name(changed["name"])
    _record(workstream, "edit", by=by, at=at, changes=audit.write(workstream, changed, at=at))
    return workstream


@transaction.atomic
def remove_workstream(
    *, workstream: Workstream, by: User, at: dt.datetime, expected_version: int | None = None
) -> None:
    """Remove a workstream that holds nothing.

    Raises:
        LastOfItsDiscipline: when no other of its discipline would be left.
        WorkstreamInUse: naming what it holds.
    """
    workstream = _locked(workstream, by, expected_version)
    _keep_one(workstream)
    if uses := _uses(workstream):
        raise exceptions.WorkstreamInUse(uses=pgettext("list", ", ").join(uses))
    _record(workstream, "remove", by=by, at=at, changes={"name": [workstream.name, None]})
    workstream.delete()


def _locked(workstream: Workstream, by: User, expected_version: int | None) -> Workstream:
    """Return the workstream as it is, with its program locked, so that no other of it goes at the same time."""
    program_access.require(program_access.membership(by, workstream.program_id), Right.MANAGE)
    Program.objects.select_for_update().get(pk=workstream.program_id)
    workstream = Workstream.objects.select_related("program", "lead").get(pk=workstream.pk)
    require_current(workstream, expected_version)
    return workstream


def _keep_one(workstream: Workstream) -> None:
    """Refuse to take away the last workstream of a discipline."""
    others = Workstream.objects.filter(program_id=workstream.program_id, discipline=workstream.discipline)
    if not others.exclude(pk=workstream.pk).exists():
        label: Any = Discipline(workstream.discipline).label
        raise exceptions.LastOfItsDiscipline(name=workstream.name, discipline=str(label).lower())


def _uses(workstream: Workstream) -> list[str]:
    """Return what a workstream holds, in words."""
    milestones, actions = workstream.milestones.count(), workstream.action_items.count()
    raid = workstream.raid_entries.count()
    found = (
        (milestones, ngettext("%(n)d milestone", "%(n)d milestones", milestones)),
        (actions, ngettext("%(n)d action item", "%(n)d action items", actions)),
        (raid, ngettext("%(n)d RAID entry", "%(n)d RAID entries", raid)),
    )
    return [words % {"n": count} for count, words in found if count]


def _record(workstream: Workstream, verb: str, *, by: User, at: dt.datetime, changes: dict[str, Any]) -> None:
    audit.record(
        by=by,
        at=at,
        verb=f"{verb}_workstream",
        scope=f"program:{workstream.program_id}",
        subject=f"workstream:{workstream.pk}",
        label=f"{workstream.program.key}-{workstream.code} {workstream.name}",
        changes=changes,
    )
