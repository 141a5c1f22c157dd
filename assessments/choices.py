"""The states and kinds of an assessment, of what it finds and of its debrief, with their legal moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Machine, move

# The kinds under which people are reminded: to answer an assessment, to assess again.
ASSESSMENT = "assessment"
REASSESSMENT = "reassessment"
# The groups of sections that the product knows by name, and the section of leadership among those of implementation.
LEADERSHIP_GROUP, IMPLEMENTATION_GROUP = "leadership", "implementation"
LEADERSHIP_SECTION = "L"
FINDING, RECOMMENDATION, DEBRIEF, TEMPLATE = "finding", "recommendation", "debrief", "assessment_template"


class AnswerKind(TextChoices):
    """How a criterion is answered."""

    YES_NO = "yes_no", _("Yes or no")
    RANGE = "range", _("0 to 100 % in steps of 5")
    FLAG = "flag", _("Absent, partly or present")


class Flag(TextChoices):
    """What is said of a warning sign; never scored."""

    ABSENT = "absent", _("Absent")
    PARTLY = "partly", _("Partly")
    PRESENT = "present", _("Present")


class Documents(TextChoices):
    """The third test of evidence: what do documents show?"""

    NONE = "none", _("None")
    PLANNED = "planned", _("Planned")
    DONE = "done", _("Planned and done")


class Purpose(TextChoices):
    READINESS = "readiness", _("Readiness")
    CALIBRATION = "calibration", _("Calibration")
    COURSE_CORRECTION = "course_correction", _("Course correction")


class AssessmentState(TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CONSENSUS = "consensus", _("Consensus")
    COMPLETED = "completed", _("Completed")
    REVIEWED = "reviewed", _("Reviewed")


ASSESSMENT_MOVES = Machine(
    AssessmentState,
    starts=[AssessmentState.DRAFT],
    moves={
        "open": move(AssessmentState.DRAFT, to=AssessmentState.OPEN),
        # Nobody has answered yet.
        "withdraw": move(AssessmentState.OPEN, to=AssessmentState.DRAFT),
        # No way back: whoever saw the spread could tell the next answer from how it changes.
        "open_consensus": move(AssessmentState.OPEN, to=AssessmentState.CONSENSUS),
        "complete": move(AssessmentState.CONSENSUS, to=AssessmentState.COMPLETED),
        "reopen": move(AssessmentState.COMPLETED, AssessmentState.REVIEWED, to=AssessmentState.CONSENSUS),
        "review": move(AssessmentState.COMPLETED, to=AssessmentState.REVIEWED),
    },
)
# Locked: answers and consensus stay as they are.
COMPLETED_STATES = (AssessmentState.COMPLETED, AssessmentState.REVIEWED)
# Consensus is open, or was: what the answers came to may be seen, and no answer changes any more.
SPREAD_STATES = (AssessmentState.CONSENSUS, *COMPLETED_STATES)
UNDER_WAY = (AssessmentState.DRAFT, AssessmentState.OPEN, AssessmentState.CONSENSUS)
# While the list of those who answer can change: from the first spread on, a change would give an answer away.
LISTING_STATES = (AssessmentState.DRAFT, AssessmentState.OPEN)


class FindingKind(TextChoices):
    STRENGTH = "strength", _("Strength")
    GAP = "gap", _("Gap")


class Urgency(TextChoices):
    CRITICAL = "critical", _("Critical")
    ESSENTIAL = "essential", _("Essential")
    RECOMMENDED = "recommended", _("Recommended")


class RecommendationState(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")


RECOMMENDATION_MOVES = Machine(
    RecommendationState,
    starts=[RecommendationState.PROPOSED],
    moves={
        "accept": move(RecommendationState.PROPOSED, to=RecommendationState.ACCEPTED),
        "reject": move(RecommendationState.PROPOSED, to=RecommendationState.REJECTED),
        # An accepted one once its action item was withdrawn or declined.
        "reopen": move(RecommendationState.ACCEPTED, RecommendationState.REJECTED, to=RecommendationState.PROPOSED),
    },
)


class DebriefState(TextChoices):
    PREPARED = "prepared", _("Prepared")
    SPONSOR_BRIEFED = "sponsor_briefed", _("Sponsor briefed")
    HELD = "held", _("Held")
    COMMITTED = "committed", _("Committed")


DEBRIEF_MOVES = Machine(
    DebriefState,
    starts=[DebriefState.PREPARED],
    moves={
        "brief_sponsor": move(DebriefState.PREPARED, to=DebriefState.SPONSOR_BRIEFED),
        "hold": move(DebriefState.SPONSOR_BRIEFED, to=DebriefState.HELD),
        "commit": move(DebriefState.HELD, to=DebriefState.COMMITTED),
        "undo_briefing": move(DebriefState.SPONSOR_BRIEFED, to=DebriefState.PREPARED),
        "undo_holding": move(DebriefState.HELD, to=DebriefState.SPONSOR_BRIEFED),
        "reopen": move(DebriefState.COMMITTED, to=DebriefState.HELD),
    },
)
# Read by everybody in the program from then on; what was said there stays as it was.
HELD_STATES = (DebriefState.HELD, DebriefState.COMMITTED)
UNFINISHED_DEBRIEFS = (DebriefState.PREPARED, DebriefState.SPONSOR_BRIEFED, DebriefState.HELD)


class DebriefPartKind(TextChoices):
    """The eight parts of a debrief, in their order; parts of one's own stand between them."""

    REASON = "reason", _("Reason for the meeting and desired outcome")
    STATUS = "status", _("Status of the initiative")
    STAKE = "stake", _("What is at stake")
    NATURE = "nature", _("Nature of the self-assessment")
    RESULTS = "results", _("Results")
    LEARNINGS = "learnings", _("Key learnings")
    STEPS = "steps", _("Recommended steps and their rationale")
    COMMITMENT = "commitment", _("Commitment to action")
    OWN = "own", _("A part of one's own")


class PromptCause(TextChoices):
    """Why a program is asked to assess itself again."""

    CADENCE = "cadence", _("It is time again")
    GATE = "gate", _("A gate was decided")
    MISSED_OUTCOME = "missed_outcome", _("An outcome was missed")
    SPONSOR_CHANGE = "sponsor_change", _("The sponsor changed")


class PromptState(TextChoices):
    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    DISMISSED = "dismissed", _("Dismissed")


PROMPT_MOVES = Machine(
    PromptState,
    starts=[PromptState.OPEN],
    moves={
        "answer": move(PromptState.OPEN, to=PromptState.ANSWERED),
        "dismiss": move(PromptState.OPEN, to=PromptState.DISMISSED),
        # The draft that answered it was deleted.
        "reopen": move(PromptState.ANSWERED, to=PromptState.OPEN),
    },
)
