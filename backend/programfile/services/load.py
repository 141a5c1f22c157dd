"""Loading a program file: all of it or nothing, again as often as one likes, and only ever adding to history."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from assessments import services as assessments
from backend.programfile import queries
from backend.programfile.exceptions import FileRefused
from backend.programfile.format import assessed, checks, files, nouns
from backend.programfile.format.assessed import Templates, template_keys
from backend.programfile.format.document import Document, Row
from backend.programfile.format.past import check_past
from backend.programfile.format.result import LoadResult
from backend.programfile.services import fixed_assessments, people, reminders, sponsor_only, trail
from backend.programfile.services.apply import Writer
from backend.programfile.services.plan import Plan, make_plan
from core.accounts.models import User
from core.documents.problems import Problems
from programs import access
from programs.access import MemberContext, Right
from programs.choices import Code, ProgramStatus, Role
from programs.models import Program
from programs.services import codes

Progress = Callable[[str, int, int], None]

_CODED = {
    Code.PHASE: "phase",
    Code.OUTCOME: "outcome",
    Code.MEASURE: "measure",
    Code.GATE: "gate",
    Code.WORKSTREAM: "workstream",
    Code.PROJECT_MILESTONE: "milestone",
    Code.CHANGE_MILESTONE: "milestone",
    Code.ACTION: "action",
    Code.RAID: "raid",
    Code.ASSESSMENT: "assessment",
}


def _say_nothing(stage: str, done: int, total: int) -> None:
    """Report no progress."""


@transaction.atomic
def load_program_file(
    *,
    text: str,
    source_name: str,
    as_of: dt.date | None,
    by: User | None,
    at: dt.datetime,
    is_dry_run: bool = False,
    on_progress: Progress | None = None,
) -> LoadResult:
    """Load a program file, or tell what loading it would do.

    Args:
        source_name: where the text comes from, for the audit trail.
        as_of: the day that the file is to tell of, not after today, an instant for its day in the program's time zone;
            every date moves by the days between; None moves none.
        by: who loads it; None is the operator, who may.
        on_progress: called with the stage, how much of it is done, and of how much.

    Raises:
        FileRefused: with every fault that the file has.
        core.exceptions.NotAllowed: to who may not create programs, or does not manage the one the file names.
        core.exceptions.NotFound: to a stranger of the program that the file names.
    """
    tell = on_progress or _say_nothing
    problems = Problems()
    tell("read", 0, 1)
    document = _read(text, as_of, problems)
    tell("check", 0, 1)
    program, member = _find(document, by)
    existing = queries.take_snapshot(program) if program is not None else None
    if existing is None and by is not None:
        _seat_loader(document, by)
    templates = _check(document, existing, problems, at=at)
    check_past(document, as_of, problems, at=at)
    tell("compare", 0, 1)
    plan = _plan(document, existing, member, problems)
    result = _result(document, existing, plan, is_dry_run=is_dry_run)
    if not is_dry_run and result.has_changes:
        _write(
            _Load(document, existing, plan, result, templates),
            program,
            source_name=source_name,
            by=by,
            at=at,
            tell=tell,
        )
    tell("done", 1, 1)
    return result


def _read(text: str, as_of: dt.date | None, problems: Problems) -> Document:
    """Return a file's rows.

    Raises:
        FileRefused: where there is nothing to speak of.
    """
    file = files.read_file(text, as_of, problems)
    if file is None:
        raise FileRefused(problems.in_order())
    return file.document


def _find(document: Document, by: User | None) -> tuple[Program | None, MemberContext | None]:
    """Return the program that the file names, locked, and what its loader is in it; who may not load it is refused."""
    rows = Program.objects.select_related("sponsor", "deputy_sponsor", "manager").select_for_update(of=("self",))
    program = rows.filter(key=document.program.values["key"] or "").first()
    if by is not None and program is None:
        access.require_create(by)
    elif by is not None and program is not None:
        member = access.membership(by, program.pk)
        access.require(member, Right.MANAGE)
        return program, member
    return program, None


def _check(document: Document, existing: Document | None, problems: Problems, *, at: dt.datetime) -> Templates:
    """Note every fault, and return the templates of the file's assessments, those of the product first put there."""
    templates: Templates = {}
    if document.of("assessment"):
        assessments.install_built_in(at=at)
        templates = queries.known_templates(document, existing)
        assessed.complete(document, existing, templates, problems)
    checks.check(document, existing, problems)
    reminders.check_rules(document, problems)
    return templates


def _seat_loader(document: Document, by: User) -> None:
    """Make who loads a new program a manager of it, unless the file gives them a place."""
    if any(row.values["email"] == by.email for row in document.of("person")):
        return
    values = {field.column: field.default for field in nouns.PERSON.fields}
    seat = Row(nouns.PERSON, values | {"email": by.email, "name": by.name, "role": Role.MANAGER.value}, "people")
    document.of("person").append(seat)
    if document.program.values["manager"] is None:
        document.program.values["manager"] = by.email


def _plan(document: Document, existing: Document | None, member: MemberContext | None, problems: Problems) -> Plan:
    """Return what to write; `who` loads it into a program that is here, None is the operator, or a new program.

    Raises:
        FileRefused: when anything is wrong with the file, or with what it would change.
    """
    if problems:
        raise FileRefused(problems.in_order())
    _settle_status(document, existing, problems)
    plan = make_plan(document, existing, problems)
    fixed_assessments.check_locks(plan, existing, problems)
    if member is not None:
        sponsor_only.check_decisions(plan, member, problems)
    if problems:
        raise FileRefused(problems.in_order())
    return plan


def _settle_status(document: Document, existing: Document | None, problems: Problems) -> None:
    """Make a draft of a program that may not be active; one that is active already may not lose what it needs."""
    row = document.program
    if row.values["status"] == ProgramStatus.DRAFT:
        return
    was_draft = existing is None or existing.program.values["status"] == ProgramStatus.DRAFT
    for gap in checks.gaps(document, existing):
        if was_draft:
            row.values["status"] = ProgramStatus.DRAFT.value
        else:
            problems.add(row.path_of("status"), row.line_of("status"), _("a running program needs more: ") + gap)


def _result(document: Document, existing: Document | None, plan: Plan, *, is_dry_run: bool) -> LoadResult:
    values = document.program.values
    is_new = existing is None
    result = LoadResult(
        key=values["key"],
        name=values["name"],
        status=values["status"],
        is_new=is_new,
        is_dry_run=is_dry_run,
        created=plan.created(),
        changed=plan.changed(),
        unchanged=dict(plan.unchanged),
        changes=plan.changes(is_new=is_new),
        gaps=checks.gaps(document, existing) if values["status"] == ProgramStatus.DRAFT else [],
        notes=checks.remarks(document),
    )
    _add_reminders(result, document, existing)
    return result


def _add_reminders(result: LoadResult, document: Document, existing: Document | None) -> None:
    """Add what differs in the reminder rules, and whether reminders are started."""
    fresh, differing = reminders.differing_rules(document, existing)
    counts = ((result.created, fresh), (result.changed, differing))
    for count, kinds in counts:
        if kinds:
            count["rule"] = len(kinds)
    if existing is None:
        if document.program.values["reminders_started"] and result.status != ProgramStatus.ACTIVE:
            result.notes.append(_("Reminders stay off until the program is active and its manager starts them."))
        return
    result.changes += [trail.rule_change(kind, document, existing) for kind in [*fresh, *differing]]
    if reminders.will_start(document, existing, result.status):
        result.changed["program"] = 1
        result.changes.append(trail.start_change(result.key))


@dataclass
class _Load:
    """One loading, understood and allowed: what is written and told."""

    document: Document
    existing: Document | None
    plan: Plan
    result: LoadResult
    templates: Templates


def _write(
    load: _Load, program: Program | None, *, source_name: str, by: User | None, at: dt.datetime, tell: Progress
) -> None:
    """Write everything, the program first and the audit trail last."""
    document, existing, plan = load.document, load.existing, load.plan
    known = people.find_people(document, existing)
    people.add_people(document, known, at=at)
    program = _write_program(program, document, plan, known, at=at)
    people.seat_people(program, plan, known)
    writer = Writer(program=program, people=known, keys=_keys(load), at=at)
    writer.apply(plan, document.by_code("milestone"), tell)
    trail.add_events(plan, by=by, at=at)
    _keep_counters_ahead(program, plan)
    reminders.set_reminders(program=program, document=document, existing=existing, by=by, at=at)
    reminders.follow_dates(plan, program=program, at=at)
    trail.record_load(program=program, plan=plan, result=load.result, source_name=source_name, by=by, at=at)


def _write_program(
    program: Program | None, document: Document, plan: Plan, known: dict[str, int], *, at: dt.datetime
) -> Program:
    """Make the program, or write what differs of it."""
    people_columns = ("sponsor", "deputy_sponsor", "manager")
    values = document.program.values
    facts = {field.column: values[field.column] for field in nouns.PROGRAM.stored if field.column not in people_columns}
    facts |= {f"{column}_id": known[values[column]] if values[column] else None for column in people_columns}
    if program is None:
        return Program.objects.create(**facts, created_at=at, updated_at=at)
    if plan.updates.get("program"):
        Program.objects.filter(pk=program.pk).update(**facts, version=F("version") + 1, updated_at=at)
    program.refresh_from_db()
    return program


def _keys(load: _Load) -> dict[str, dict[Any, int]]:
    """Return the keys of what is there already, by kind and by what other rows refer to them."""
    rows_of = load.existing.rows if load.existing is not None else {}
    keys = {kind: {row.key: row.pk for row in rows if row.pk is not None} for kind, rows in rows_of.items()}
    return keys | template_keys(load.document, load.templates)


def _keep_counters_ahead(program: Program, plan: Plan) -> None:
    """Let the next code of each kind come after those that the file brought."""
    for code, kind in _CODED.items():
        pattern = re.compile(rf"{code.value}([0-9]{{1,9}})")
        found = (pattern.fullmatch(row.values["code"]) for row in plan.creates.get(kind, []))
        largest = max((int(match[1]) for match in found if match), default=0)
        if largest:
            codes.keep_ahead(program_id=program.pk, kind=code, number=largest)
