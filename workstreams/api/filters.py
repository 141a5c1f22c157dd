"""What lists of the work are narrowed by."""

from django.utils.translation import gettext_lazy as _

from core.api.filters import (
    CodeFilter,
    DayFilter,
    KeyFilter,
    OneOfFilter,
    PatternFilter,
    PersonFilter,
    StrictFilterSet,
    YesNoFilter,
)
from programs.choices import PhaseStatus
from workstreams.choices import (
    ActionSource,
    ActionState,
    Discipline,
    GateDecision,
    GateState,
    MilestoneState,
    RaidKind,
    RaidState,
)

DUE_AFTER, DUE_BEFORE = _("Due later than this day."), _("Due earlier than this day.")


class TextFilter(PatternFilter):
    """Exactly this text."""

    pattern = r"[^\x00]{1,200}"
    words = _("Exactly this text.")


class PhaseFilter(StrictFilterSet):
    program = KeyFilter("program", example="ONE")
    status = OneOfFilter("status", PhaseStatus.values)
    owner = PersonFilter("owner")


class WorkstreamFilter(StrictFilterSet):
    program = KeyFilter("program", example="ONE")
    discipline = OneOfFilter("discipline", Discipline.values)
    lead = PersonFilter("lead")


class MilestoneFilter(StrictFilterSet):
    program = KeyFilter("program", example="ONE")
    workstream = CodeFilter("workstream", example="ONE-W1")
    discipline = OneOfFilter("workstream__discipline", Discipline.values)
    phase = CodeFilter("phase", example="ONE-PH3")
    owner = PersonFilter("owner")
    state = OneOfFilter("state", MilestoneState.values)
    goes_live = YesNoFilter("goes_live")
    due_after = DayFilter("due_on", "gt", DUE_AFTER)
    due_before = DayFilter("due_on", "lt", DUE_BEFORE)


class DependencyFilter(StrictFilterSet):
    program = KeyFilter("program", example="ONE")
    predecessor = CodeFilter("predecessor", example="ONE-S4")
    successor = CodeFilter("successor", example="ONE-S5")


class ActionItemFilter(StrictFilterSet):
    program = KeyFilter("program", example="ONE")
    workstream = CodeFilter("workstream", example="ONE-W1")
    phase = CodeFilter("phase", example="ONE-PH3")
    milestone = CodeFilter("milestone", example="ONE-S4")
    outcome = CodeFilter("outcome", example="ONE-O1")
    performer = PersonFilter("performer", example="me")
    requester = PersonFilter("requester", example="me")
    state = OneOfFilter("state", ActionState.values)
    source = OneOfFilter("source", ActionSource.values)
    due_after = DayFilter("due_on", "gt", DUE_AFTER)
    due_before = DayFilter("due_on", "lt", DUE_BEFORE)
    external_source = TextFilter("external_source")
    external_id = TextFilter("external_id")


class GateReviewFilter(StrictFilterSet):
    program = KeyFilter("program", example="ONE")
    phase = CodeFilter("phase", example="ONE-PH3")
    state = OneOfFilter("state", GateState.values)
    decision = OneOfFilter("decision", GateDecision.values)
    planned_after = DayFilter("planned_on", "gt", _("Planned for a day later than this."))
    planned_before = DayFilter("planned_on", "lt", _("Planned for a day earlier than this."))


class RaidEntryFilter(StrictFilterSet):
    program = KeyFilter("program", example="ONE")
    workstream = CodeFilter("workstream", example="ONE-W1")
    kind = OneOfFilter("kind", RaidKind.values)
    state = OneOfFilter("state", RaidState.values)
    owner = PersonFilter("owner")
    due_after = DayFilter("due_on", "gt", DUE_AFTER)
    due_before = DayFilter("due_on", "lt", DUE_BEFORE)
    review_after = DayFilter("review_on", "gt", _("To be reviewed later than this day."))
    review_before = DayFilter("review_on", "lt", _("To be reviewed earlier than this day."))
