"""What follows from what a file says: states, places in an order, dates that are the same unless said otherwise."""

import datetime as dt

from django.utils.translation import gettext as _

from assessments.choices import AssessmentState, DebriefState
from backend.programfile.format.assessments import assessment_of
from backend.programfile.format.document import Document, Row
from core.documents.problems import Problems
from core.fields import LAST_DAY
from programs.choices import Role
from workstreams.choices import GateState, MilestoneState, RaidKind, RaidState

REVIEW_DAYS = 30


def complete(document: Document, status_date: dt.date | None, problems: Problems) -> None:
    """Fill in what follows; two rows that claim the same place are noted."""
    for position, phase in enumerate(document.of("phase"), start=1):
        phase.values["position"] = position
    for gate in document.of("gate"):
        _complete_gate(gate)
    _link_conditions(document, problems)
    _link_renewals(document, problems)
    _link_corrections(document)
    for reading in document.of("reading"):
        if reading.values["recorded_on"] is None:
            reading.values["recorded_on"] = reading.values["measured_on"]
    for milestone in document.of("milestone"):
        if not milestone.values["state"]:
            is_achieved = milestone.values["actual_on"] is not None
            milestone.values["state"] = (MilestoneState.ACHIEVED if is_achieved else MilestoneState.PLANNED).value
    date_milestones(document.of("milestone"), document.under("forecast"))
    if status_date is not None:
        _plan_reviews(document, status_date)
    _complete_assessments(document)
    _complete_debriefs(document)
    _name_leaders(document, problems)


def _complete_gate(gate: Row) -> None:
    values = gate.values
    state = GateState.HELD if values["held_on"] else GateState.SCHEDULED
    values["state"] = (GateState.DECIDED if values["decision"] else state).value
    if values["decision"] and values["decided_on"] is None:
        values["decided_on"] = values["held_on"]


def _link_conditions(document: Document, problems: Problems) -> None:
    """Number the conditions of each gate and tell each action which one it answers."""
    actions = document.by_code("action")
    for gate, conditions in document.under("condition").items():
        for position, condition in enumerate(conditions, start=1):
            condition.values["position"] = position
            action = actions.get(condition.values["action"] or "")
            if action is None:
                continue
            if action.values["gate_condition"] is not None:
                words = _("the action item %(code)s answers another condition already") % {"code": action.name}
                problems.add(condition.path_of("action"), condition.line_of("action"), words)
            else:
                action.values["gate_condition"] = (gate, position)


def _link_renewals(document: Document, problems: Problems) -> None:
    actions = document.by_code("action")
    for missed in document.of("action"):
        renewal = actions.get(missed.values["renewed_as"] or "")
        if renewal is None:
            continue
        if renewal.values["renewal_of"] is not None:
            words = _("the action item %(code)s renews another one already") % {"code": renewal.name}
            problems.add(missed.path_of("renewed_as"), missed.line_of("renewed_as"), words)
        else:
            renewal.values["renewal_of"] = missed.values["code"]


def _link_corrections(document: Document) -> None:
    """Tell each reading which one of its list it corrects; a number that leads nowhere is noted by the checks."""
    for readings in document.under("reading").values():
        for reading in readings:
            number = reading.values["supersedes"]
            is_there = number is not None and number <= len(readings)
            reading.values["corrects"] = readings[number - 1] if is_there else None


def _complete_assessments(document: Document) -> None:
    """Set the state of those that do not say it, and what is told by another key or by where a row stands."""
    for assessment in document.of("assessment"):
        if not assessment.values["state"]:
            is_completed = assessment.values["completed_on"] is not None
            assessment.values["state"] = (AssessmentState.COMPLETED if is_completed else AssessmentState.DRAFT).value
    for consensus in document.of("consensus"):
        consensus.values["is_not_applicable"] = bool(consensus.values["not_applicable_reason"].strip())
    for recommendation in document.of("recommendation"):
        recommendation.values["assessment"] = assessment_of(recommendation)


def _complete_debriefs(document: Document) -> None:
    """Number the parts in the file's order, and find out how far each debrief is where the file does not say."""
    commitments = document.under("commitment")
    for parts in document.under("part").values():
        for position, part in enumerate(parts, start=1):
            part.values["position"] = position
    for row in document.of("debrief"):
        values = row.values
        if values["state"]:
            continue
        has_ended = values["committed_on"] or values["no_commitment_reason"].strip() or commitments.get(row.key)
        if values["held_on"] is not None and has_ended:
            state = DebriefState.COMMITTED
            values["committed_on"] = values["committed_on"] or values["held_on"]
        elif values["held_on"] is not None:
            state = DebriefState.HELD
        else:
            state = DebriefState.SPONSOR_BRIEFED if values["sponsor_briefed_on"] else DebriefState.PREPARED
        values["state"] = state.value


def date_milestones(milestones: list[Row], forecasts: dict[str, list[Row]]) -> None:
    """Set each milestone's due date: its latest forecast, by the day it was said, else the baseline."""
    for milestone in milestones:
        said = [each for each in forecasts.get(milestone.values["code"], []) if not each.wrong]
        latest = sorted(said, key=lambda each: each.values["said_on"])[-1] if said else None
        values = milestone.values
        values["due_on"] = latest.values["forecast_on"] if latest is not None else values["baseline_on"]


def _plan_reviews(document: Document, status_date: dt.date) -> None:
    for entry in document.of("raid"):
        values = entry.values
        is_watched = values["state"] != RaidState.CLOSED and values["kind"] != RaidKind.DECISION
        if is_watched and values["review_on"] is None:
            values["review_on"] = min(status_date + dt.timedelta(days=REVIEW_DAYS), LAST_DAY)


def _name_leaders(document: Document, problems: Problems) -> None:
    """Find the sponsor and the manager among the people where the program does not name them."""
    sponsors = [row for row in document.of("person") if row.values["role"] == Role.SPONSOR]
    managers = [row for row in document.of("person") if row.values["role"] == Role.MANAGER]
    for second in sponsors[1:]:
        words = _("a program has one sponsor; %(first)s is one on line %(line)s")
        problems.add(
            second.path_of("role"),
            second.line_of("role"),
            words % {"first": sponsors[0].name, "line": sponsors[0].line_of("role")},
        )
    values = document.program.values
    for column, people in (("sponsor", sponsors), ("manager", managers)):
        if values[column] is None and people:
            values[column] = people[0].values["email"]
