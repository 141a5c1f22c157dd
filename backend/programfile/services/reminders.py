"""What loading means for reminders: the rules, their start, and what is no longer due when it was."""

import datetime as dt

from assessments.choices import ASSESSMENT, AssessmentState
from backend.programfile.format.document import Document
from backend.programfile.format.reminders import key_of
from backend.programfile.services.plan import Plan
from core.accounts.models import User
from core.documents.problems import Problems
from notifications import registry
from notifications import services as notifications
from notifications.registry import RuleInput
from programs import queries
from programs.access import MEASUREMENT
from programs.choices import ProgramStatus
from programs.models import Program
from workstreams import services as work
from workstreams.choices import ACTION, MILESTONE, OPEN_ACTIONS, MilestoneState


def check_rules(document: Document, problems: Problems) -> None:
    """Note the rules that the reminders would refuse."""
    for kind, rule in document.rules.items():
        for words in notifications.faults(rule):
            key = key_of(kind)
            problems.add(f"reminders.{key}", document.rule_lines.get(key, 0), words)


def merged_rules(document: Document, existing: Document | None) -> dict[str, RuleInput]:
    """Return the rules after loading: those of the file, and those of which it says nothing.

    A new program reminds of the answers to an assessment as one made in the product does: older files know no such
    rule.
    """
    known = existing.rules if existing is not None else _default_rules()
    return {**known, **document.rules}


def _default_rules() -> dict[str, RuleInput]:
    return {rule.kind: rule for rule in registry.default_rules() if rule.kind == ASSESSMENT}


def differing_rules(document: Document, existing: Document | None) -> tuple[list[str], list[str]]:
    """Return the kinds whose rule is new, and those whose rule differs."""
    known = existing.rules if existing is not None else {}
    fresh = [kind for kind in document.rules if kind not in known]
    differing = [kind for kind, rule in document.rules.items() if kind in known and _sorted(rule) != known[kind]]
    return fresh, differing


def _sorted(rule: RuleInput) -> RuleInput:
    return RuleInput(rule.kind, tuple(sorted(rule.offsets)), rule.overdue_every, rule.audience, rule.ladder)


def set_reminders(
    *, program: Program, document: Document, existing: Document | None, by: User | None, at: dt.datetime
) -> None:
    """Keep the program's reminders true to the file; nothing older than this loading is ever sent."""
    work.tell_engine(program, holidays=program.holidays.values_list("on", flat=True))
    notifications.note_loading(scope_id=program.pk, at=at)
    rules = merged_rules(document, existing)
    if rules:
        notifications.save_rules(scope_id=program.pk, rules=list(rules.values()), by=by, at=at)
    if will_start(document, existing, program.status):
        notifications.start_reminders(scope_id=program.pk, by=by, at=at)


def will_start(document: Document, existing: Document | None, status: str) -> bool:
    """Tell whether loading starts the reminders: the file says so, they are off, and the program is active."""
    is_on = existing is not None and existing.program.values["reminders_started"]
    return document.program.values["reminders_started"] and not is_on and status == ProgramStatus.ACTIVE


def follow_dates(plan: Plan, *, program: Program, at: dt.datetime) -> None:
    """Let the reminders follow the milestones, action items and readings that were moved or ended."""
    milestones = {
        update.row.pk: update.row.values["due_on"] if update.row.values["state"] == MilestoneState.PLANNED else None
        for update in plan.updates.get("milestone", [])
        if update.row.pk is not None
    }
    actions = {
        update.row.pk: (update.row.values["promised_for"] or update.row.values["requested_for"])
        if update.row.values["state"] in OPEN_ACTIONS
        else None
        for update in plan.updates.get("action", [])
        if update.row.pk is not None
    }
    notifications.reschedule_all(kind=MILESTONE, due=milestones, at=at)
    notifications.reschedule_all(kind=ACTION, due=actions, at=at)
    answers = {
        update.row.pk: update.row.values["closes_on"] if update.row.values["state"] == AssessmentState.OPEN else None
        for update in plan.updates.get("assessment", [])
        if update.row.pk is not None
    }
    notifications.reschedule_all(kind=ASSESSMENT, due=answers, at=at)
    measured = set(program.measures.values_list("pk", flat=True))
    notifications.reschedule_all(kind=MEASUREMENT, due=queries.readings_due(measured), at=at)
