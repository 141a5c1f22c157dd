"""What of an assessment a file may no longer change: what was told when it was opened, and what is completed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.choices import COMPLETED_STATES, SPREAD_STATES, AssessmentState, RecommendationState
from backend.programfile.format.assessments import assessment_of
from backend.programfile.format.document import Document, Row
from backend.programfile.services.plan import Plan, Update
from core.documents.problems import Problems

_ORDER = [state.value for state in AssessmentState]
_FROM_THE_OPENING_ON = frozenset({"is_named", "is_in_words"})
# What still goes on when an assessment is completed, besides what is found and recommended.
_GOING_ON = frozenset({"state", "target_next"})
_LOCKED_KINDS = ("assessor", "asked section", "section points", "consensus")
# From the first spread on a change of who answered, or of who counts as a leader, would give single answers away.
_STANDING_KINDS = ("assessor", "asked section")
_ACCEPTED = RecommendationState.ACCEPTED


def check_locks(plan: Plan, existing: Document | None, problems: Problems) -> None:
    """Note what the file would change of an assessment and may not."""
    for update in plan.updates.get("assessment", []):
        for column, words in _fixed(update):
            problems.add(update.row.path_of(column), update.row.line_of(column), words)
    known = existing.by_code("assessment") if existing is not None else {}
    for row in _written(plan):
        owner = known.get(assessment_of(row))
        if owner is not None and owner.values["state"] in COMPLETED_STATES:
            problems.add(row.path, row.line, _("the assessment is completed, and locked"))
        elif owner is not None and owner.values["state"] in SPREAD_STATES and row.kind in _STANDING_KINDS:
            problems.add(row.path, row.line, _("who answers stands once consensus is open"))
    for update in plan.updates.get("recommendation", []):
        if update.old.values["state"] == _ACCEPTED and {"state", "action_item"} & set(update.columns):
            words = _("it was accepted, and became %(code)s") % {"code": update.old.values["action_item"]}
            problems.add(update.row.path_of("state"), update.row.line_of("state"), words)


def _written(plan: Plan) -> Iterator[Row]:
    """Yield the rows of a completed assessment's figures that would be made or changed."""
    for kind in _LOCKED_KINDS:
        yield from plan.creates.get(kind, [])
        yield from (update.row for update in plan.updates.get(kind, []))


def _fixed(update: Update) -> Iterator[tuple[str, str]]:
    """Yield the columns of an assessment that stand, with the words why."""
    before, after = update.old.values["state"], update.row.values["state"]
    for column in update.columns:
        if column == "template":
            yield column, _("an assessment stays with its template; prepare another one")
        elif column == "state" and _ORDER.index(after) < _ORDER.index(before):
            yield column, _("the assessment is %(state)s already; a file never takes it back") % {"state": before}
        elif before in COMPLETED_STATES and column not in _GOING_ON:
            yield column, _("the assessment is completed, and locked")
        elif before != AssessmentState.DRAFT and column in _FROM_THE_OPENING_ON:
            yield column, _("this stands from the opening on")
