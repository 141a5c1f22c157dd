"""The two figures of leadership: what leaders see and others do not, and what the sponsor did by its day."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, Sum

from assessments import indicators
from assessments.choices import IMPLEMENTATION_GROUP, LEADERSHIP_GROUP, LEADERSHIP_SECTION, SPREAD_STATES, DebriefState
from assessments.indicators import Engagement, Voices
from assessments.models import Answer, Assessment, Debrief
from programs.indicators import Share
from programs.models import Program
from workstreams.choices import ActionState, GateState
from workstreams.models import ActionItem, GateReview

_OF_LEADERSHIP = Q(criterion__section__group=LEADERSHIP_GROUP) | Q(
    criterion__section__group=IMPLEMENTATION_GROUP, criterion__section__code=LEADERSHIP_SECTION
)


@dataclass(frozen=True)
class Gap:
    """A criterion of leadership: what leaders and everybody else say of it on average, and the difference."""

    code: str
    statement: str
    leaders: Fraction
    others: Fraction

    @property
    def points(self) -> Fraction:
        """The leaders' mean percent less that of the others, in percent points."""
        return self.leaders - self.others

    @property
    def leaders_shown(self) -> int:
        """The leaders' mean, in whole percent."""
        return indicators.shown(self.leaders)

    @property
    def others_shown(self) -> int:
        """The mean of everybody else, in whole percent."""
        return indicators.shown(self.others)

    @property
    def shown(self) -> int:
        """The gap, in whole percent points."""
        return indicators.shown(self.points)


def vision_reality_gap(assessment: Assessment) -> list[Gap]:
    """Return the gaps of the criteria of leadership, the widest first, in one query.

    Those with fewer than three answers on a side are left out; before consensus, and in words, there are none.
    """
    if assessment.state not in SPREAD_STATES or assessment.is_in_words:
        return []
    answers = Answer.objects.filter(_OF_LEADERSHIP, assessor__assessment=assessment, percent__isnull=False)
    rows = answers.order_by("criterion__position", "assessor__is_leader").values(
        "criterion__code", "criterion__statement", "assessor__is_leader"
    )
    voices: dict[tuple[str, str], dict[bool, Voices]] = {}
    for row in rows.annotate(count=Count("pk"), percents=Sum("percent")):
        sides = voices.setdefault((row["criterion__code"], row["criterion__statement"]), {})
        sides[row["assessor__is_leader"]] = Voices(row["count"], row["percents"])
    found = [
        Gap(code, statement, leaders.mean, others.mean)
        for (code, statement), sides in voices.items()
        for leaders, others in [(sides.get(True, Voices()), sides.get(False, Voices()))]
        if leaders.mean is not None and others.mean is not None
    ]
    return sorted(found, key=lambda gap: -abs(gap.points))


def sponsor_engagement(program: Program, today: dt.date) -> Engagement | None:
    """Return what the sponsor had to do in the last 90 days, and what of it was done by its day, in three queries.

    None where the program has no sponsor. What is due today counts once it is done, or the day is over; what the
    deputy decided counts for nobody.
    """
    if program.sponsor_id is None:
        return None
    since = today - dt.timedelta(days=settings.SPONSOR_ENGAGEMENT_DAYS)
    return Engagement(
        promises=_promises(program, since, today),
        decisions=_decisions(program, since, today),
        debriefs=_debriefs(program, since, today),
    )


def _within(column: str, since: dt.date, today: dt.date) -> Q:
    return Q(**{f"{column}__gt": since, f"{column}__lte": today})


def _share(rows: Any, done: Q, due: Q) -> Share:
    """Return how many are done by their day, of those that are due."""
    counted = rows.aggregate(part=Count("pk", filter=done), whole=Count("pk", filter=due))
    return Share(**counted)


def _promises(program: Program, since: dt.date, today: dt.date) -> Share:
    mine = ActionItem.objects.filter(_within("promised_for", since, today), program=program)
    kept = Q(state=ActionState.KEPT)
    overdue = Q(state=ActionState.COMMITTED, promised_for__lt=today)
    return _share(mine.filter(performer_id=program.sponsor_id), kept, kept | Q(state=ActionState.MISSED) | overdue)


def _decisions(program: Program, since: dt.date, today: dt.date) -> Share:
    gates = GateReview.objects.filter(_within("planned_on", since, today), program=program)
    decided = Q(state=GateState.DECIDED, decided_by_id=program.sponsor_id)
    waiting = ~Q(state=GateState.DECIDED) & Q(planned_on__lt=today)
    return _share(gates, decided & Q(decided_on__lte=F("planned_on")), decided | waiting)


def _debriefs(program: Program, since: dt.date, today: dt.date) -> Share:
    debriefs = Debrief.objects.filter(_within("planned_on", since, today), assessment__program=program)
    held = Q(state__in=(DebriefState.HELD, DebriefState.COMMITTED))
    return _share(debriefs, held & Q(held_on__lte=F("planned_on")), held | Q(planned_on__lt=today))
