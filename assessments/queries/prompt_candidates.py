"""Which programs are to assess themselves again, and why: found in a fixed number of statements."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from assessments import indicators
from assessments.choices import COMPLETED_STATES, UNDER_WAY, PromptCause, PromptState
from assessments.models import Assessment, Cause, Prompt
from core import clock
from core.audit.models import Entry
from programs.choices import ENDED_PROGRAMS, OutcomeStatus, ProgramStatus
from programs.models import Outcome, Program
from workstreams.choices import GATE, GateState
from workstreams.models import GateReview

Row = dict[str, Any]
_MISSED, _SPONSOR = "miss_outcome", "change_sponsor"
_COLUMNS = (
    "pk", "key", "time_zone", "reassess_every_months", "reassess_at_gates", "last_id", "last_on",
)  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """A cause of a prompt: what happened or will, by text key, its day, and for which day it asks."""

    kind: PromptCause
    subject: str
    on: dt.date
    due_on: dt.date


@dataclass
class ToAsk:
    """A program that is to assess itself again, for reasons that no prompt of it has told yet."""

    program_id: int
    key: str
    reasons: list[Reason] = field(default_factory=list)

    @property
    def due_on(self) -> dt.date:
        """The earliest day that is asked for."""
        return min(reason.due_on for reason in self.reasons)


def programs_to_ask(at: dt.datetime, *, program_ids: Collection[int] | None = None) -> list[ToAsk]:
    """Return the active programs with new reasons to assess again, in five statements whatever their number.

    A program that never assessed itself is not asked, nor one that does so now. Of the cadence a day counts that is
    near; of gates, outcomes and sponsors what happened after the last assessment.
    """
    rows = list(_candidates(program_ids))
    if not rows:
        return []
    told = _told([row["pk"] for row in rows])
    events = _events(rows)
    found = []
    for row in rows:
        to_ask = ToAsk(row["pk"], row["key"])
        today = clock.today(row["time_zone"], at)
        known = told[row["pk"]]
        to_ask.reasons += _by_cadence(row, today, known)
        for kind, subject, moment in events[row["pk"]]:
            on = moment if type(moment) is dt.date else clock.today(row["time_zone"], moment)
            if on > row["last_on"] and (kind, subject, on) not in known:
                to_ask.reasons.append(Reason(kind, subject, on, indicators.due_after(on, today)))
        if to_ask.reasons:
            found.append(to_ask)
    return found


def _candidates(program_ids: Collection[int] | None) -> QuerySet[Any, Row]:
    """Return active programs that assessed themselves once and do not do so now, with when that was last."""
    completed = Assessment.objects.filter(program=OuterRef("pk"), state__in=COMPLETED_STATES)
    last = completed.order_by("-completed_on", "-pk")
    going = Assessment.objects.filter(program=OuterRef("pk"), state__in=UNDER_WAY)
    programs: QuerySet[Program] = Program.objects.filter(status=ProgramStatus.ACTIVE)
    if program_ids is not None:
        programs = programs.filter(pk__in=program_ids)
    annotated = programs.annotate(
        last_id=Subquery(last.values("pk")[:1]), last_on=Subquery(last.values("completed_on")[:1])
    )
    rows: QuerySet[Any, Any] = annotated.filter(~Exists(going), last_on__isnull=False).order_by("pk").values(*_COLUMNS)
    return rows


def _told(program_ids: Collection[int]) -> Mapping[int, set[tuple[str, str, dt.date]]]:
    """Return the causes that prompts have told already, by program."""
    found: dict[int, set[tuple[str, str, dt.date]]] = defaultdict(set)
    rows = Cause.objects.filter(program_id__in=program_ids).values_list("program_id", "kind", "subject", "on")
    for program_id, kind, subject, on in rows:
        found[program_id].add((kind, subject, on))
    return found


def _by_cadence(row: Row, today: dt.date, known: Collection[tuple[str, str, dt.date]]) -> Iterator[Reason]:
    """Yield the next day of the cadence, where it is near and not told yet."""
    if not row["reassess_every_months"]:
        return
    subject = f"assessment:{row['last_id']}"
    latest = max((on for kind, of, on in known if kind == PromptCause.CADENCE and of == subject), default=None)
    on = indicators.next_by_cadence(row["last_on"], row["reassess_every_months"], latest)
    if on <= today + indicators.AHEAD:
        yield Reason(PromptCause.CADENCE, subject, on, max(on, today))


def _events(rows: Collection[Row]) -> Mapping[int, list[tuple[PromptCause, str, Any]]]:
    """Return what happened in programs since any of them was assessed last: the cause, its subject, its day."""
    since = min(row["last_on"] for row in rows)
    found: dict[int, list[tuple[PromptCause, str, Any]]] = defaultdict(list)
    at_gates = [row["pk"] for row in rows if row["reassess_at_gates"]]
    gates = GateReview.objects.filter(program_id__in=at_gates, state=GateState.DECIDED, decided_on__gte=since)
    for program_id, pk, on in gates.order_by("pk").values_list("program_id", "pk", "decided_on"):
        found[program_id].append((PromptCause.GATE, f"{GATE}:{pk}", on))
    programs = [row["pk"] for row in rows]
    missed = Outcome.objects.filter(program_id__in=programs, status=OutcomeStatus.MISSED)
    still_missed = {f"outcome:{pk}" for pk in missed.values_list("pk", flat=True)}
    for program_id, kind, subject, moment in _from_trail(programs, since):
        if kind != PromptCause.MISSED_OUTCOME or subject in still_missed:
            found[program_id].append((kind, subject, moment))
    return found


def _from_trail(programs: Iterable[int], since: dt.date) -> Iterator[tuple[int, PromptCause, str, dt.datetime]]:
    """Yield missed outcomes and changes of sponsor, which the trail alone dates."""
    scopes = {f"program:{pk}": pk for pk in programs}
    told = Q(verb=_MISSED) | Q(verb=_SPONSOR)
    start = dt.datetime.combine(since, dt.time.min, tzinfo=dt.UTC) - dt.timedelta(days=1)
    rows = Entry.objects.filter(told, scope__in=scopes, at__gte=start).order_by("at", "pk")
    for verb, scope, subject, at, changes in rows.values_list("verb", "scope", "subject", "at", "changes"):
        if verb == _MISSED:
            yield scopes[scope], PromptCause.MISSED_OUTCOME, subject, at
        elif (changes.get("sponsor") or [None, None])[1] is not None:
            # Who took the place, not who left it: an empty place is filled before anybody is asked.
            yield scopes[scope], PromptCause.SPONSOR_CHANGE, subject, at


def open_prompt(program_id: int) -> Prompt | None:
    """Return what a program is asked now, with its causes, in two statements; one that is over is asked nothing."""
    going = ~Q(program__status__in=ENDED_PROGRAMS)
    prompts = Prompt.objects.filter(going, program_id=program_id, state=PromptState.OPEN)
    return prompts.select_related("program").prefetch_related("causes").first()


def next_by_cadence(program: Program) -> dt.date | None:
    """Return the day on which the cadence asks next; None without a cadence, or before the first assessment."""
    rows = Assessment.objects.filter(program=program, state__in=COMPLETED_STATES)
    last_on = rows.order_by("-completed_on").values_list("completed_on", flat=True).first()
    if last_on is None or not program.reassess_every_months:
        return None
    return indicators.next_by_cadence(last_on, program.reassess_every_months)
