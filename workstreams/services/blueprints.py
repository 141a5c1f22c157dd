"""A program built from a structure: workstreams, phases with gates, outcomes, milestones and what they wait for."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from core.exceptions import DayOutOfRange
from core.fields import is_in_range
from programs import services as programs
from programs.choices import Code
from programs.models import Measure, Outcome, Phase, Program
from programs.registry import Body
from workstreams.choices import Discipline
from workstreams.exceptions import PushedTooFar
from workstreams.indicators.dates import Calendar
from workstreams.models import Dependency, GateReview, Milestone, Workstream
from workstreams.queries import network as networks

_CODES = {Discipline.PROJECT: Code.PROJECT_MILESTONE, Discipline.CHANGE: Code.CHANGE_MILESTONE}


def build(program: Program, body: Body, at: dt.datetime) -> int:
    """Build a structure into an empty program; the caller is a transaction.

    A date that falls on a weekend is the next working day instead. Returns how many dates were moved so.

    Raises:
        core.exceptions.DayOutOfRange, PushedTooFar: when a day of it is further off than a program may tell of.
    """
    builder = _Builder(program, at)
    builder.build(body)
    return builder.moved


class _Builder:
    """Builds a structure into a program that is empty: its codes count from 1."""

    def __init__(self, program: Program, at: dt.datetime) -> None:
        self.program = program
        self.facts: dict[str, Any] = {"program": program, "created_at": at, "updated_at": at}
        # What has no day needs no start: a structure from nothing.
        self._start = program.start_on or at.date()
        # A new program has no days off of its own yet.
        self._calendar = Calendar()
        self.moved = 0

    def build(self, body: Body) -> None:
        """Make everything that a structure names, each kind in a few statements."""
        streams = self._streams(body["workstreams"])
        phases = self._phases(body["phases"])
        self._gates(zip(phases, body["phases"], strict=True))
        self._outcomes(zip(phases, body["phases"], strict=True))
        self._milestones(zip(phases, body["phases"], strict=True), streams)
        if networks.networks({self.program.pk: self._start})[self.program.pk].fault:
            raise PushedTooFar(fields={"start_on": [PushedTooFar.sentence]})

    def _day(self, days: int | None) -> dt.date | None:
        return None if days is None else self._after(days)

    def _after(self, days: int) -> dt.date:
        """Return the working day that lies so many days after the start, or next after that.

        Raises:
            core.exceptions.DayOutOfRange: when it is further off than a column takes.
        """
        named = self._start + dt.timedelta(days=days)
        day = self._calendar.on_or_after(named) if is_in_range(named) else named
        if not is_in_range(day):
            raise DayOutOfRange(fields={"start_on": [DayOutOfRange.sentence]})
        self.moved += day != named
        return day

    def _keep_ahead(self, kind: Code, made: int) -> None:
        if made:
            programs.keep_ahead(program_id=self.program.pk, kind=kind, number=made)

    def _streams(self, bodies: list[Body]) -> dict[str, Workstream]:
        made = Workstream.objects.bulk_create(
            Workstream(**self.facts, code=f"{Code.WORKSTREAM}{number}", discipline=one["discipline"], name=one["name"])
            for number, one in enumerate(bodies, start=1)
        )
        self._keep_ahead(Code.WORKSTREAM, len(made))
        return {one["ref"]: stream for one, stream in zip(bodies, made, strict=True)}

    def _phases(self, bodies: list[Body]) -> list[Phase]:
        made = Phase.objects.bulk_create(
            Phase(
                **self.facts,
                code=f"{Code.PHASE}{number}",
                position=number,
                name=one["name"],
                baseline_start_on=self._day(one.get("start")),
                baseline_end_on=self._day(one.get("end")),
            )
            for number, one in enumerate(bodies, start=1)
        )
        self._keep_ahead(Code.PHASE, len(made))
        return made

    def _gates(self, phases: Iterable[tuple[Phase, Body]]) -> None:
        planned = [(phase, self._day(body.get("gate"))) for phase, body in phases]
        made = GateReview.objects.bulk_create(
            GateReview(**self.facts, phase=phase, code=f"{Code.GATE}{number}", planned_on=day)
            for number, (phase, day) in enumerate(planned, start=1)
            if day is not None
        )
        self._keep_ahead(Code.GATE, len(planned) if made else 0)

    def _outcomes(self, phases: Iterable[tuple[Phase, Body]]) -> None:
        bodies = [(phase, one) for phase, body in phases for one in body.get("outcomes", ())]
        outcomes = Outcome.objects.bulk_create(
            Outcome(**self.facts, phase=phase, code=f"{Code.OUTCOME}{number}", **_without(one, "measures"))
            for number, (phase, one) in enumerate(bodies, start=1)
        )
        measures = [
            (outcome, one)
            for outcome, (_phase, body) in zip(outcomes, bodies, strict=True)
            for one in body.get("measures", ())
        ]
        Measure.objects.bulk_create(
            Measure(**self.facts, outcome=outcome, code=f"{Code.MEASURE}{number}", **one)
            for number, (outcome, one) in enumerate(measures, start=1)
        )
        self._keep_ahead(Code.OUTCOME, len(outcomes))
        self._keep_ahead(Code.MEASURE, len(measures))

    def _milestones(self, phases: Iterable[tuple[Phase, Body]], streams: dict[str, Workstream]) -> None:
        bodies = [(phase, one) for phase, body in phases for one in body.get("milestones", ())]
        numbers: dict[Code, int] = dict.fromkeys(_CODES.values(), 0)
        made = []
        for phase, one in bodies:
            stream = streams[one["workstream"]]
            kind = _CODES[Discipline(stream.discipline)]
            numbers[kind] += 1
            day = self._after(one["day"])
            made.append(
                Milestone(
                    **self.facts, phase=phase, workstream=stream, code=f"{kind}{numbers[kind]}", name=one["name"],
                    goes_live=one.get("goes_live", False), baseline_on=day, due_on=day,
                )
            )  # fmt: skip
        Milestone.objects.bulk_create(made, batch_size=500)
        for kind, number in numbers.items():
            self._keep_ahead(kind, number)
        self._links({one["ref"]: milestone for (_phase, one), milestone in zip(bodies, made, strict=True)}, bodies)

    def _links(self, milestones: dict[str, Milestone], bodies: list[tuple[Phase, Body]]) -> None:
        Dependency.objects.bulk_create(
            (
                Dependency(
                    **self.facts,
                    predecessor=milestones[link["ref"]],
                    successor=milestones[one["ref"]],
                    lag_days=link.get("lag", 0),
                )
                for _phase, one in bodies
                for link in one.get("after", ())
            ),
            batch_size=500,
        )


def _without(body: Body, name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != name}
