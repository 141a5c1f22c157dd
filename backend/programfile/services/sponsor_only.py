"""What of a file only the sponsor or the deputy decides, in a program that is here already."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.choices import RecommendationState, Urgency
from backend.programfile.format.document import Row
from backend.programfile.services.plan import Plan
from core.documents.problems import Problems
from programs.access import MemberContext, Right
from programs.choices import ENDED_PROGRAMS
from workstreams.choices import GateState


def check_decisions(plan: Plan, member: MemberContext, problems: Problems) -> None:
    """Note the decisions that a file would record and that its loader may not make, with who may."""
    if member.may(Right.DECIDE):
        return
    words = _("the sponsor or the deputy decides this: let them load the file, or decide it on its page")
    for row, column in _decisions(plan):
        problems.add(row.path_of(column), row.line_of(column), words)


def _decisions(plan: Plan) -> Iterator[tuple[Row, str]]:
    """Yield the rows that are decisions, each with the column that says so."""
    for update in plan.updates.get("program", []):
        states = {update.old.values["status"], update.row.values["status"]}
        if "status" in update.columns and not states.isdisjoint(ENDED_PROGRAMS):
            yield update.row, "status"
    for update in plan.updates.get("gate", []):
        if "state" in update.columns and update.row.values["state"] == GateState.DECIDED:
            yield update.row, "state"
    for row in plan.creates.get("gate", []):
        if row.values["state"] == GateState.DECIDED:
            yield row, "state"
    for row in plan.creates.get("rebaselining", []):
        yield row, "new_on"
    yield from _critical(plan)


def _critical(plan: Plan) -> Iterator[tuple[Row, str]]:
    """Yield the critical steps that are decided, or that would no longer be critical."""
    for row in plan.creates.get("recommendation", []):
        if row.values["urgency"] == Urgency.CRITICAL and row.values["state"] != RecommendationState.PROPOSED:
            yield row, "state"
    for update in plan.updates.get("recommendation", []):
        was_critical = update.old.values["urgency"] == Urgency.CRITICAL
        is_critical = update.row.values["urgency"] == Urgency.CRITICAL
        if "state" in update.columns and (was_critical or is_critical):
            yield update.row, "state"
        elif "urgency" in update.columns and was_critical:
            yield update.row, "urgency"
