"""What a program refuses, by name."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.exceptions import InvalidInput, Refusal, RuleBroken


class ProgramKeyTaken(InvalidInput):
    """Another program has the key."""

    code = "key_taken"
    sentence = _("There is a program with the key %(key)s already.")


class ProgramNotReady(Refusal):
    """A program lacks what an active one needs; `params["gaps"]` lists it."""

    code = "program_not_ready"
    sentence = _("The program cannot be active yet. It lacks: %(gaps_text)s.")


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


class OutsideTheProgram(RuleBroken):
    """A phase, an outcome or an owner is none of the program's."""

    code = "outside_the_program"
    sentence = _("This is not part of the program. Add it there first.")


class WordsMissing(RuleBroken):
    """A change that must say why does not."""

    code = "words_missing"
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
