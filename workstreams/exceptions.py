"""What the work of a program refuses, by name; what programs refuse as well is the same refusal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.exceptions import IllegalMove, Refusal, RuleBroken
from programs.exceptions import DateInTheFuture as DateInTheFuture
from programs.exceptions import EndsBeforeItStarts as EndsBeforeItStarts
from programs.exceptions import NotInThisProgram as NotInThisProgram
from programs.exceptions import ReasonMissing as ReasonMissing


class PromisedInThePast(RuleBroken):
    """A promise names a day that is gone."""

    code = "promised_in_the_past"
    sentence = _("A promise is for today or later.")


class SameDate(RuleBroken):
    """A new date is the old one."""

    code = "same_date"
    sentence = _("This is the date it has already.")


class NotADraft(Refusal):
    """Only a draft is re-planned as a whole; of a running program the sponsor decides each baseline."""

    code = "not_a_draft"
    sentence = _("Only a draft can be re-planned as a whole. The state of this program is: %(status)s.")


class DraftHasStarted(Refusal):
    """A draft in which something has begun keeps its baselines."""

    code = "draft_has_started"
    sentence = _("This draft can't be re-planned as a whole, because these have started or are done: %(codes)s.")


class TargetBeforeBaseline(RuleBroken):
    """Targets would move before the day on which the baseline was measured."""

    code = "target_before_baseline"
    sentence = _("The targets of these measures would come before their baselines: %(codes)s. Move by fewer days.")


class DaysOrStart(RuleBroken):
    """A draft moves by days or to a start."""

    code = "days_or_start"
    sentence = _("Enter a number of days or a new start date: one of the two.")


class NoDayToMove(RuleBroken):
    """A draft without a day has no start to move."""

    code = "no_day_to_move"
    sentence = _("This program has no dates to move yet.")


class DayMissing(RuleBroken):
    """A promise is renewed for a day."""

    code = "day_missing"
    sentence = _("Give the new day.")


class DoneAfterThePromise(Refusal):
    """A promise is kept only when it is done by its day; what is done later was missed, with a reason."""

    code = "done_after_the_promise"
    sentence = _("It was promised for %(promised_for)s, so it was not kept. Say that it was missed, and why.")


class OpenMilestonesNeedAPlace(RuleBroken):
    """A phase closes while milestones of it are open, and nobody said what becomes of them."""

    code = "open_milestones_need_a_place"
    sentence = _("Its open milestones, %(count)s, need another place: name the phase that takes them, or cancel them.")


class NoSuchPlace(RuleBroken):
    """Open milestones would go to what is no phase of the program that still goes on."""

    code = "no_such_place"
    sentence = _("Name another phase of this program that is neither closed nor stopped, or cancel them.")


class NextReviewNotAsked(RuleBroken):
    """A next review is planned with a decision after which there is none."""

    code = "next_review_not_asked"
    sentence = _("Another review is planned after rework or a hold alone.")


class NextReviewPast(RuleBroken):
    """A next review is planned for a day that is gone."""

    code = "next_review_past"
    sentence = _("The next review is today or later.")


class PushedTooFar(RuleBroken):
    """What milestones wait for would push one of them beyond the days that a program may tell of."""

    code = "pushed_too_far"
    sentence = _("This pushes a milestone beyond 31 December 2199.")


class PromiseDayHasCome(Refusal):
    """A promise is renegotiated before its day; from then on it is kept or missed."""

    code = "promise_day_has_come"
    sentence = _("Another date can be agreed before the promised day only. Now it is kept, or missed and renewed.")


class AwaitsAcceptance(Refusal):
    """It is done, and its requester has to answer."""

    code = "awaits_acceptance"
    sentence = _("It is done, and waits for %(requester)s to accept it.")


class NothingToAccept(Refusal):
    """Nobody said that it is done, or nobody asked for acceptance."""

    code = "nothing_to_accept"
    sentence = _("There is nothing to accept: it is not done yet, or needs no acceptance.")


class AlreadyRenewed(Refusal):
    """A missed promise is renewed once."""

    code = "already_renewed"
    sentence = _("It has been renewed already, as %(code)s.")


class ExternalIdTaken(Refusal):
    """Another item of the program carries the same external source and id; `params["existing_id"]` names it."""

    code = "external_id_taken"
    sentence = _("There is an item from “%(external_source)s” with the id “%(external_id)s” already.")

    @property
    def facts(self) -> dict[str, Any]:
        return {"existing_id": self.params["existing_id"]}


class WouldWaitForItself(RuleBroken):
    """A dependency would close a ring; `params["ring"]` names it by codes."""

    code = "would_wait_for_itself"
    sentence = _("These would wait for one another: %(ring)s.")


class DependencyExists(RuleBroken):
    """A milestone waits for the other already."""

    code = "dependency_exists"
    sentence = _("%(successor)s waits for %(predecessor)s already.")


class BaselineFrozen(RuleBroken):
    """The baseline of a milestone stands from the start of its phase on."""

    code = "baseline_frozen"
    sentence = _(
        "The baseline is frozen since its phase started. Say another date for the milestone, "
        "or have the sponsor re-baseline it."
    )


class BaselineNotFrozen(Refusal):
    """Before its phase starts, a baseline is edited, not re-baselined."""

    code = "baseline_not_frozen"
    sentence = _("The phase has not started, so the baseline can still be edited.")


class MilestoneInUse(Refusal):
    """Only what nothing hangs on yet is deleted."""

    code = "milestone_in_use"
    sentence = _("It is in use and cannot be deleted: %(uses)s. Cancel it instead.")


class CodeTaken(RuleBroken):
    """Another thing of the kind carries the code."""

    code = "code_taken"
    sentence = _("The code %(code)s is taken.")


class NothingToMove(RuleBroken):
    """A move of many names none."""

    code = "nothing_to_move"
    sentence = _("Choose at least one milestone.")


class MovesRefused(RuleBroken):
    """One of many moves is refused, so none is made; `fields` names each."""

    code = "moves_refused"
    sentence = _("Nothing was moved.")


class LastOfItsDiscipline(Refusal):
    """Both disciplines run side by side through the whole program."""

    code = "last_of_its_discipline"
    sentence = _(
        "%(name)s is the last workstream of %(discipline)s. A program has at least one of each discipline: "
        "add another one first."
    )


class WorkstreamInUse(Refusal):
    """A workstream that holds work stays."""

    code = "workstream_in_use"
    sentence = _("The workstream cannot be removed, it holds %(uses)s. Move these to another one first.")


class NameMissing(RuleBroken):
    """A milestone or a workstream is called something."""

    code = "name_missing"
    sentence = _("Say what it is called.")


class LagOutOfRange(RuleBroken):
    """A lag is counted in working days, none to a year of them."""

    code = "lag_out_of_range"
    sentence = _("A lag is 0 to %(most)s working days.")


class PhaseHasNoMeasuredOutcome(Refusal):
    """A phase would start that nobody could tell the success of; `params["gaps"]` lists what is missing."""

    code = "phase_has_no_measured_outcome"
    sentence = _(
        "%(phase)s cannot start: no outcome of it has complete measures. %(gaps_text)s "
        "Add what is missing under Outcomes on the page of the phase."
    )

    @property
    def facts(self) -> dict[str, Any]:
        return {"gaps": [str(gap) for gap in self.params["gaps"]]}


class GateBeforeIsClosed(Refusal):
    """The gate of the phase before has not let this one pass."""

    code = "gate_before_is_closed"
    sentence = _(
        "%(phase)s cannot start: %(why)s. Decide it on the page of the gates, "
        "or have a manager override it with a written reason on the page of the phase."
    )


class NothingToOverride(Refusal):
    """The gate before lets a phase start: an override would stand on record for nothing."""

    code = "nothing_to_override"
    sentence = _("The gate before %(phase)s lets it start. Start it without an override.")


class PhaseBaselineFrozen(RuleBroken):
    """The baseline dates of a phase stand from its start on."""

    code = "phase_baseline_frozen"
    sentence = _("The baseline is frozen since the phase started. Say a forecast instead, with a reason.")


class NotStartedYet(RuleBroken):
    """A phase has no actual date that could be corrected."""

    code = "not_started_yet"
    sentence = _("There is no such day to correct yet: start or close the phase.")


class PhaseInUse(Refusal):
    """Only a phase that nothing hangs on, and that never started, is deleted."""

    code = "phase_in_use"
    sentence = _("%(phase)s cannot be deleted: %(why)s. Move or delete that first, or stop the phase instead.")


class LastPhase(Refusal):
    """A program that is no draft has a phase."""

    code = "last_phase"
    sentence = _("%(phase)s is the only phase of the program. Add another one first.")


class OrderIncomplete(RuleBroken):
    """An order of the phases leaves one out, or names one twice or of elsewhere."""

    code = "order_incomplete"
    sentence = _("Name every phase of the program exactly once.")


class GateDecided(IllegalMove):
    """A gate is decided once."""

    code = "gate_decided"
    sentence = _("%(code)s is decided: %(decision)s. A decision stays as it is; schedule another review instead.")


class GateStillOpen(Refusal):
    """A phase has one review at a time."""

    code = "gate_still_open"
    sentence = _("%(code)s is not decided yet. Decide it before another review of its phase is scheduled.")


class PhaseIsOver(Refusal):
    """A phase that is closed or stopped has nothing left to review."""

    code = "phase_is_over"
    sentence = _("The phase is over. Reopen it before you schedule a review of it.")


class PhaseNotStarted(Refusal):
    """A review is held at the end of a phase."""

    code = "phase_not_started"
    sentence = _("The phase has not started, so there is nothing to review yet. Start it on its page first.")


class HeldBeforeThePhase(RuleBroken):
    """A review would have been held before its phase started."""

    code = "held_before_the_phase"
    sentence = _("The phase started on %(start_on)s. A review of it was held that day or later.")


class ConditionsMissing(RuleBroken):
    """Who proceeds with conditions names them."""

    code = "conditions_missing"
    sentence = _("Name at least one condition, or decide to proceed without.")


class ConditionsNotAsked(RuleBroken):
    """Conditions come with one decision alone."""

    code = "conditions_not_asked"
    sentence = _("Only a decision to proceed with conditions has conditions.")


class ConditionIncomplete(RuleBroken):
    """Each condition becomes an action item with a performer and a day."""

    code = "condition_incomplete"
    sentence = _("Each condition has words, somebody who does it, a day and a workstream.")
