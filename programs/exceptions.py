"""What a program refuses, by name."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.exceptions import NotFound, Refusal, RuleBroken


class ProgramKeyTaken(RuleBroken):
    """Another program has the key."""

    code = "key_taken"
    sentence = _("There is a program with the key %(key)s already.")


class ProgramNotReady(Refusal):
    """A program lacks what an active one needs; `params["gaps"]` lists it."""

    code = "program_not_ready"
    sentence = _(
        "The program cannot be active yet. It lacks: %(gaps_text)s. People are named on the page People, the case for "
        "change under Change the program, phases under Phases, workstreams beside the Plan."
    )

    @property
    def facts(self) -> dict[str, Any]:
        return {"gaps": [str(gap) for gap in self.params["gaps"]]}


class ReadingInTheFuture(RuleBroken):
    """A reading is dated after today."""

    code = "reading_in_the_future"
    sentence = _("A reading was taken today or earlier.")


class ReadingIsFinal(Refusal):
    """Somebody would change or delete a reading."""

    code = "reading_is_final"
    sentence = _("A reading is final. Correct it instead: the new reading takes its place, and both stay on record.")


class ReadingCorrected(Refusal):
    """A reading is corrected once; what was wrong with the correction is corrected there."""

    code = "reading_corrected"
    sentence = _("This reading was corrected already. Correct the reading that took its place.")


class EvidenceNotOfTheWeb(RuleBroken):
    """A link to evidence leads somewhere that a browser should not be sent to."""

    code = "evidence_not_of_the_web"
    sentence = _("A link to evidence begins with http:// or https://.")


class RowsRefused(RuleBroken):
    """Of many rows handed in at once some are wrong, so that none is kept; `params["rows"]` says which and why."""

    code = "rows_refused"
    sentence = _("Nothing was kept, because of %(count)s wrong rows. Mend them and hand them in again.")

    @property
    def facts(self) -> dict[str, Any]:
        return {"rows": [{"row": number, "detail": str(words)} for number, words in self.params["rows"]]}


class NotInThisProgram(RuleBroken):
    """A reference points to something outside the program."""

    code = "not_in_this_program"
    sentence = _("This is not part of the program.")


class NothingOfThatName(NotFound):
    """A body names a program or something in one that its sender does not know of: as unknown as what is not there."""

    code = "nothing_of_that_name"
    sentence = _("There is nothing of that name here. Name it by its number or with its program, as in ONE-M2.")


class ReasonMissing(RuleBroken):
    """A change that must say why does not."""

    code = "reason_missing"
    sentence = _("Say why.")


class ClosingNoteMissing(RuleBroken):
    """An outcome would be realised although a measure of it did not reach its target."""

    code = "closing_note_missing"
    sentence = _(
        "%(short)s fell short of the target. Say in the closing note why the outcome is realised all the same."
    )


class OutcomeHasMeasures(Refusal):
    """An outcome that is measured is withdrawn, not deleted."""

    code = "outcome_has_measures"
    sentence = _("It has measures. Delete them first where they have no reading, or withdraw the outcome.")


class OutcomeHasActions(Refusal):
    """An outcome that people promised something for is withdrawn, not deleted."""

    code = "outcome_has_actions"
    sentence = _("Action items serve it. Withdraw the outcome instead: what was promised stays on record.")


class MeasureHasReadings(Refusal):
    """A measure that was read stays."""

    code = "measure_has_readings"
    sentence = _("It has readings, which are final, so the measure stays. Withdraw its outcome to end it.")


class TargetNotInDirection(RuleBroken):
    """The target is on the wrong side of the baseline."""

    code = "target_not_in_direction"
    sentence = _("The target differs from the baseline in the stated direction: above it for up, below it for down.")


class TargetNotAfterBaseline(RuleBroken):
    """The target is for a day before the baseline was read."""

    code = "target_not_after_baseline"
    sentence = _("The target date is later than the baseline date.")


class LimitsOutOfOrder(RuleBroken):
    """The limits of a measure to maintain are the wrong way round."""

    code = "limits_out_of_order"
    sentence = _("The high limit is not below the low one.")


class LimitsOnlyToMaintain(RuleBroken):
    """Limits stand where nothing is to be maintained."""

    code = "limits_only_to_maintain"
    sentence = _("Only a measure to maintain has limits; this one has a target.")


class StepOutsideThePlan(RuleBroken):
    """A planned step is not between the baseline and the target."""

    code = "step_outside_the_plan"
    sentence = _("A planned step has a day of its own between the baseline date and the target date. %(on)s does not.")


class ProgramIsOver(Refusal):
    """Nothing is started in a program that is closed or stopped."""

    code = "program_is_over"
    sentence = _("The program is %(state)s. The sponsor or the deputy reopens it on the page of the program first.")


class PhasesAreRunning(Refusal):
    """A program with a phase that has started is no draft any more."""

    code = "phases_are_running"
    sentence = _("A phase has started: %(phases)s. Pause, close or stop the program instead.")


class CaseForChangeNeeded(RuleBroken):
    """The reason for an active program is taken away."""

    code = "case_for_change_needed"
    sentence = _("An active program keeps its case for change.")


class ForecastNeedsReason(RuleBroken):
    """A forecast at completion without a reason, or a reason without the number it explains."""

    code = "forecast_needs_reason"
    sentence = _("A forecast at completion is a number with its reason: give both, or neither.")


class EndsBeforeItStarts(RuleBroken):
    """Two dates are the wrong way round."""

    code = "ends_before_it_starts"
    sentence = _("It ends on or after the day it starts.")


class DateInTheFuture(RuleBroken):
    """Something that has happened is dated after today."""

    code = "date_in_the_future"
    sentence = _("What has been done was done today or earlier.")


class AlreadyAMember(RuleBroken):
    """Somebody who belongs to the program is invited to it."""

    code = "already_a_member"
    sentence = _("%(person)s belongs to the program already. Change the role there instead.")


class NoAddress(RuleBroken):
    """Somebody is invited by what is no e-mail address."""

    code = "no_address"
    sentence = _("This is no e-mail address.")


class SponsorNeeded(Refusal):
    """A program that is no draft would lose its sponsor."""

    code = "sponsor_needed"
    sentence = _("A program has one sponsor. Make somebody else the sponsor, who then takes this place.")


class ManagerNeeded(Refusal):
    """A program would lose its last manager."""

    code = "manager_needed"
    sentence = _("%(person)s is the only manager. Make somebody else a manager first.")


class NoDeputyOfOneself(RuleBroken):
    """The sponsor is named as the sponsor's deputy."""

    code = "no_deputy_of_oneself"
    sentence = _("The sponsor cannot be the deputy as well. Name somebody else.")


class HandOverNeeded(RuleBroken):
    """Somebody who has something in hand leaves without saying who takes it."""

    code = "hand_over_needed"
    sentence = _("%(person)s has in hand: %(holds)s. Name who takes it over.")


class HeirUnsuitable(RuleBroken):
    """What is handed over goes to another member."""

    code = "heir_unsuitable"
    sentence = _("Hand it over to another member of the program.")


class LinkNotGiven(Refusal):
    """A sign-in link for an account that is in use, or opens something else, is its person's own affair."""

    code = "link_not_given"
    sentence = _("%(person)s has used this account, or it opens more than this program: no link is given for it.")


class StartMissing(RuleBroken):
    """The days of a plan are counted from its start."""

    code = "start_missing"
    sentence = _("Give the day it starts: the phases and milestones are dated from it.")


class NoSuchTemplate(RuleBroken):
    """A program would be made from something that is not there."""

    code = "no_such_template"
    sentence = _("There is no such template.")


class TemplateNameTaken(RuleBroken):
    """Another template has the name."""

    code = "template_name_taken"
    sentence = _("There is a template called “%(name)s” already.")


class TooManyTemplates(RuleBroken):
    """The organisation has saved as many templates as a list can offer."""

    code = "too_many_templates"
    sentence = _("There are %(most)d saved templates. Delete one that nobody begins with first.")


class TemplateIsBuiltIn(Refusal):
    """A template that the product brings stays."""

    code = "template_is_built_in"
    sentence = _("“%(name)s” comes with the product and stays. Only a saved template can be deleted.")


class OverrideHasNoReason(RuleBroken):
    """A rating of delivery confidence is stated that is not the computed one, and nobody says why."""

    code = "override_has_no_reason"
    sentence = _("The figures say otherwise (%(computed)s). Say why your rating is another one.")
