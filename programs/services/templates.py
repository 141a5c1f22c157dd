"""Programs opened from nothing, from a template or from another program; templates saved, and taken away again."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.accounts.models import User
from core.audit import services as audit
from core.exceptions import NotFound
from notifications import registry as reminders
from notifications import services as notifications
from programs import access, exceptions, queries, registry
from programs.access import Right
from programs.models import Program, ProgramTemplate
from programs.registry import Body
from programs.services.guards import require_words
from programs.services.programs import ProgramDetails, create_program, tell_engine

# With those of the product they fit on one page of the API, and into one list to choose from.
MOST_TEMPLATES = 100


@dataclass(frozen=True)
class Opened:
    """A new program, and how many dates of its structure were moved to the next working day."""

    program: Program
    dates_moved: int


@transaction.atomic
def open_program(
    *, details: ProgramDetails, by: User, at: dt.datetime, template: str = "", source: Program | None = None
) -> Opened:
    """Make a draft program with the default reminder rules, not started: from nothing, a template or another program.

    From nothing it gets a workstream of each discipline. A copy has the structure of its source, shifted to the new
    start, without owners, values, states or history. A date that lands on a weekend moves to the next working day.

    Raises:
        core.exceptions.NotAllowed: to who may not create programs; NotFound: to who does not belong to the source.
        StartMissing: of a template or a copy without the day it starts.
        NoSuchTemplate: when there is none of this name.
    """
    access.require_create(by)
    body, origin = _body(template, source, by)
    if origin and details.start_on is None:
        raise exceptions.StartMissing(fields={"start_on": [exceptions.StartMissing.sentence]})
    program = create_program(details=details, by=by, at=at)
    moved = registry.structure().build(program, body, at)
    if origin:
        subject = f"program:{program.pk}"
        changes: dict[str, Any] = {"from": [None, origin]}
        if moved:
            changes["dates_moved"] = [None, moved]
        audit.record(
            by=by, at=at, verb="plan_program", scope=subject, subject=subject, label=str(program),
            changes=changes,
        )  # fmt: skip
    tell_engine(program, holidays=())
    notifications.save_rules(scope_id=program.pk, rules=reminders.default_rules(), by=by, at=at)
    return Opened(program, moved)


def _body(template: str, source: Program | None, by: User) -> tuple[Body, str]:
    """Return the structure to begin with, and what it is called."""
    if source is not None:
        access.require(access.membership(by, source.pk), Right.READ)
        return registry.structure().draw(source), source.key
    if not template:
        return registry.structure().blank(), ""
    found = queries.template(template)
    if found is None:
        raise exceptions.NoSuchTemplate(fields={"template": [exceptions.NoSuchTemplate.sentence]})
    return found.body, found.name


@transaction.atomic
def save_template(*, program: Program, name: str, by: User, at: dt.datetime, description: str = "") -> ProgramTemplate:
    """Save the structure of a program as a template that everybody who signs in sees.

    Raises:
        core.exceptions.NotAllowed: to who does not manage the program.
        TemplateNameTaken: when there is one of the name; TooManyTemplates: beyond what a list offers.
    """
    access.require(access.membership(by, program.pk), Right.MANAGE)
    name = require_words(name, field="name")
    known = queries.templates()
    if sum(not one.is_built_in for one in known) >= MOST_TEMPLATES:
        raise exceptions.TooManyTemplates(most=MOST_TEMPLATES)
    if any(one.name == name for one in known):
        taken = exceptions.TemplateNameTaken(name=name)
        raise exceptions.TemplateNameTaken(name=name, fields={"name": [taken.message]})
    saved = ProgramTemplate.objects.create(
        name=name, description=description.strip(), body=registry.structure().draw(program), saved_by=by,
        created_at=at, updated_at=at,
    )  # fmt: skip
    audit.record(
        by=by, at=at, verb="save_template", scope=f"program:{program.pk}", subject=f"program_template:{saved.pk}",
        label=name,
    )  # fmt: skip
    return saved


@transaction.atomic
def delete_template(*, ref: str, by: User, at: dt.datetime) -> None:
    """Delete a saved template; programs that began with it stay as they are.

    Raises:
        core.exceptions.NotAllowed: to who manages no program; NotFound: when there is none of this name.
        TemplateIsBuiltIn: of one that the product brings.
    """
    access.require_manages_any(by)
    found = queries.template(ref)
    if found is None:
        raise NotFound
    if found.is_built_in:
        raise exceptions.TemplateIsBuiltIn(name=found.name)
    ProgramTemplate.objects.filter(pk=int(ref)).delete()
    audit.record(by=by, at=at, verb="delete_template", subject=f"program_template:{ref}", label=found.name)
