"""What an assessment refuses, by name."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.documents.problems import Problem
from core.exceptions import Refusal, RuleBroken


class TemplateRefused(RuleBroken):
    """A template's text has faults and nothing of it was kept; `problems` lists them all, by line."""

    code = "template_refused"
    sentence = _("Nothing was kept: the template has %(count)s faults.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        fields: dict[str, list[str]] = {}
        for problem in problems:
            fields.setdefault(problem.path or "document", []).append(str(problem))
        super().__init__(fields=fields, count=len(self.problems))


class NoSuchTemplate(RuleBroken):
    """A request names a template that is not there."""

    code = "no_such_template"
    sentence = _("There is no template of this name.")


class TemplateVersionTaken(RuleBroken):
    """A version is kept once, and never changes."""

    code = "template_version_taken"
    sentence = _("“%(slug)s” has a version %(number)s already. A version never changes: give the next number.")


class TemplateNotYours(RuleBroken):
    """The product's own templates are copied under another short name."""

    code = "template_not_yours"
    sentence = _("“%(slug)s” comes with the product. Copy it under a short name of your own.")


class TemplateInUse(Refusal):
    """A version that an assessment was made with stays."""

    code = "template_in_use"
    sentence = _("Assessments or other templates were made from this version, so it stays.")


class ClosingDateMissing(RuleBroken):
    """An assessment is open until a day that everybody knows."""

    code = "closing_date_missing"
    sentence = _("Give the closing date first: the day by which everybody answers.")


class ClosesInThePast(RuleBroken):
    """Nobody can answer by a day that is gone."""

    code = "closes_in_the_past"
    sentence = _("The closing date is gone. Give today or a later day.")


class FacilitatorDoesNotManage(RuleBroken):
    """A facilitator opens and completes, which is a manager's."""

    code = "facilitator_does_not_manage"
    sentence = _("Only a manager of the program facilitates. Choose one, or make this person a manager first.")


class FacilitatorKeepsNotes(Refusal):
    """The facilitator sees the debrief's private notes: the place is not handed on with them."""

    code = "facilitator_keeps_notes"
    sentence = _(
        "The debrief of this assessment has private notes between its facilitator and the sponsor, so the facilitator "
        "stays. Empty the notes first."
    )


class NobodyAsked(Refusal):
    """Without assessors there is nothing to open."""

    code = "nobody_asked"
    sentence = _("Nobody is asked to answer yet. Add at least one assessor.")


class SectionsUnasked(Refusal):
    """Every section that is scored is answered by somebody; `sections` names those that are not."""

    code = "sections_unasked"
    sentence = _("Nobody is asked to answer these sections: %(sections)s.")

    def __init__(self, sections: Sequence[str]) -> None:
        self.sections = list(sections)
        super().__init__(sections=", ".join(self.sections))

    @property
    def facts(self) -> dict[str, Any]:
        return {"sections": self.sections}


class AnswersGiven(Refusal):
    """Once somebody has answered, an assessment goes on."""

    code = "answers_given"
    sentence = _("Somebody has answered already, so it stays open.")


class NobodyAnswered(Refusal):
    """Consensus is made of answers."""

    code = "nobody_answered"
    sentence = _("Nobody has answered yet, so there is nothing to agree on.")


class NothingAgreed(Refusal):
    """What is completed says something."""

    code = "nothing_agreed"
    sentence = _("Nothing is agreed on yet. Agree on at least one criterion first.")


class KnownByItsPoints(Refusal):
    """Of an assessment held before the product was in use there is nothing to take up again."""

    code = "known_by_its_points"
    sentence = _("Only its points are known, so there is no consensus to take up again.")


class AssessmentNotDraft(Refusal):
    """What people were asked to answer is on record."""

    code = "assessment_not_draft"
    sentence = _("Only a draft can be deleted. People were asked to answer this assessment, so it stays on record.")


class FixedByNow(RuleBroken):
    """What people were told, or answered under, stands from then on."""

    code = "fixed_by_now"
    sentence = _("This stands since the assessment was opened, and more of it since it was completed.")


class TargetTooHigh(RuleBroken):
    """Nobody reaches more points than there are."""

    code = "target_too_high"
    sentence = _("A target is at most the %(total)s points of the template.")


class AssessorsStand(Refusal):
    """Whoever saw a spread could tell an answer from how it changes, so nobody comes or goes once it is shown."""

    code = "assessors_stand"
    sentence = _("Consensus is open, so the assessors stay as they are.")


class PersonOrAddress(RuleBroken):
    """Somebody is asked as a member of the program, or by their address."""

    code = "person_or_address"
    sentence = _("Name a member of the program, or give somebody's address: one of the two.")


class AlreadyAnAssessor(RuleBroken):
    """A person is asked once."""

    code = "already_an_assessor"
    sentence = _("%(person)s is asked to answer already.")


class SectionElsewhere(RuleBroken):
    """Assessors answer sections of the assessment's own template."""

    code = "section_of_another_template"
    sentence = _("A section does not belong to this assessment's template.")


class CriterionElsewhere(RuleBroken):
    """A judgement is of a criterion of the assessment's own template."""

    code = "criterion_of_another_template"
    sentence = _("This criterion does not belong to the assessment's template.")


class SectionNotAsked(RuleBroken):
    """An assessor answers the sections they were asked."""

    code = "section_not_asked"
    sentence = _("You are asked other sections than this one.")


class AnswersClosed(Refusal):
    """Answers are written while an assessment is open: not before, and never after a spread was shown."""

    code = "answers_closed"
    sentence = _("Answers are taken only while the assessment is open.")


class NothingToSubmit(Refusal):
    """Who submits has answered something."""

    code = "nothing_to_submit"
    sentence = _("Nothing is answered yet. Answer at least one criterion, then submit.")


class ConsensusClosed(Refusal):
    """What all agree on is written while consensus is open."""

    code = "consensus_closed"
    sentence = _("Consensus is set only after it was opened, and before the assessment is completed.")


class PercentNotInSteps(RuleBroken):
    """A range is judged in steps of 5 percent."""

    code = "percent_not_in_steps"
    sentence = _("Give a percent from 0 to 100 in steps of 5.")


class YesOrNoOnly(RuleBroken):
    """Yes or no: all of the points or none."""

    code = "yes_or_no_only"
    sentence = _("This is answered by yes (100 %%) or no (0 %%).")


class NotAFlag(RuleBroken):
    """Only a warning sign is absent, partly there or present."""

    code = "not_a_flag"
    sentence = _("This is no warning sign: give a percent.")


class FlagHasNoPercent(RuleBroken):
    """A warning sign is shown, never scored."""

    code = "flag_has_no_percent"
    sentence = _("A warning sign has no percent: say absent, partly or present.")


class InWordsOnly(RuleBroken):
    """An assessment in words has no scores."""

    code = "in_words_only"
    sentence = _("This assessment is in words only: write a note, no percent.")


class SaysTwoThings(RuleBroken):
    """What does not apply is not judged as well."""

    code = "says_two_things"
    sentence = _("It either does not apply or is judged, not both.")


class NotApplicableNeedsAReason(RuleBroken):
    """What is left out of the points says why."""

    code = "not_applicable_needs_a_reason"
    sentence = _("Say why it does not apply.")


class LinkNotOfTheWeb(RuleBroken):
    """Documents are linked by web addresses, a few of them."""

    code = "link_not_of_the_web"
    sentence = _("Give at most %(most)s web addresses, each beginning with https:// or http://.")


class NothingFoundYet(Refusal):
    """Findings follow from what is agreed on."""

    code = "nothing_found_yet"
    sentence = _("Findings are written from the consensus on, not before.")


class NotCompleted(Refusal):
    """What is decided on, and the debrief, rest on a completed assessment."""

    code = "assessment_not_completed"
    sentence = _("The assessment is not completed yet. Complete it first, on its page.")


class StrengthHasNoCause(RuleBroken):
    """A root cause, and being systemic, are a gap's."""

    code = "strength_has_no_cause"
    sentence = _("A strength has no root cause and is not systemic; a gap is.")


class FindingInUse(Refusal):
    """A finding that something was recommended for stays."""

    code = "finding_in_use"
    sentence = _("Steps are recommended for this finding. Take those back first.")


class RecommendationDecided(Refusal):
    """What was decided on stays as it was worded."""

    code = "recommendation_decided"
    sentence = _("This step is accepted or rejected already. Reopen it first.")


class ActionStands(Refusal):
    """An accepted step is undone where it is a promise: in its action item."""

    code = "action_stands"
    sentence = _("Its action item %(code)s stands. Have it withdrawn or declined first.")


class DebriefPrepared(Refusal):
    """An assessment has one debrief."""

    code = "debrief_prepared"
    sentence = _("This assessment has a debrief already.")

    @property
    def facts(self) -> dict[str, Any]:
        return {"existing_id": self.params["existing_id"]}


class NobodyToBrief(Refusal):
    """A debrief is held after the sponsor was briefed, so there is one."""

    code = "nobody_to_brief"
    sentence = _("The program has no sponsor to brief. Name one on the page of its people first.")


class HeldBeforeBriefing(RuleBroken):
    """The sponsor hears it first."""

    code = "held_before_briefing"
    sentence = _("The sponsor was briefed on %(briefed_on)s. It was held on that day or later.")


class DebriefHeld(Refusal):
    """What was told at a debrief stays as it was."""

    code = "debrief_held"
    sentence = _("It was held, so its text stays as it was. Say that it was not held to change it.")


class PartBelongs(Refusal):
    """One of the eight parts keeps its heading and is left out, not deleted."""

    code = "part_belongs"
    sentence = _("One of the eight parts keeps its heading and its place. It can be left out.")


class HeadingMissing(RuleBroken):
    """A part of one's own has a heading."""

    code = "heading_missing"
    sentence = _("Give the part a heading.")


class DebriefTooLong(RuleBroken):
    """A debrief is read in a meeting."""

    code = "debrief_too_long"
    sentence = _("A debrief has at most %(parts)s parts and %(characters)s characters.")


class CommitmentMissing(RuleBroken):
    """A debrief ends with commitments, or on record with none."""

    code = "commitment_missing"
    sentence = _("Choose what was committed to, ask for it here, or say why there is no commitment.")


class CommitmentDenied(RuleBroken):
    """There are commitments or there are none."""

    code = "commitment_denied"
    sentence = _("Either there are commitments, or a reason why there is none.")


class CommitmentElsewhere(RuleBroken):
    """What is committed to came from this assessment, and still stands."""

    code = "commitment_elsewhere"
    sentence = _("Choose action items that came from this assessment and were not withdrawn or declined.")
