"""What the matrix of addresses needs for programs, phases and people: a thing in the right state for every write."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from core import clock
from programs.choices import PhaseStatus, ProgramStatus
from programs.models import Measure, Membership, Phase, Program, ProgramTemplate
from tests.access.stage import House, person, today
from workstreams.choices import GateState, MilestoneState
from workstreams.models import GateReview, Milestone

Body = Callable[[House], dict[str, Any]]


def program_in(house: House, status: str) -> None:
    """Put a program into a state, with all that it needs for it."""
    Program.objects.filter(pk=house.program.pk).update(
        status=status, sponsor=house.people["sponsor"], manager=house.people["manager"], case_for_change="Because"
    )


def phase_in(house: House, status: str) -> None:
    """Put the first phase into a state."""
    is_planned = status == PhaseStatus.PLANNED
    Phase.objects.filter(program=house.program, code="PH1").update(
        status=status,
        actual_start_on=None if is_planned else today(),
        actual_end_on=today() if status == PhaseStatus.CLOSED else None,
    )


def nothing_started(house: House) -> None:
    """Put every phase back before its start."""
    facts = {"status": PhaseStatus.PLANNED, "actual_start_on": None, "actual_end_on": None}
    Phase.objects.filter(program=house.program).update(**facts)


def draft_to_move(house: House) -> dict[str, Any]:
    """Make the program a draft of which nothing has started, and say by how many days it moves."""
    program_in(house, ProgramStatus.DRAFT)
    nothing_started(house)
    GateReview.objects.filter(program=house.program).exclude(held_on=None).delete()
    Milestone.objects.filter(program=house.program).update(
        state=MilestoneState.PLANNED, actual_on=None, baseline_frozen_at=None
    )
    return {"days": 7}


def measured(house: House) -> None:
    """Complete the measure of the first phase."""
    day = today()
    Measure.objects.filter(program=house.program).update(baseline_on=day, target_on=day + dt.timedelta(days=90))


def closed_before(house: House) -> None:
    """Put a phase before the first, whose gate nobody decided."""
    now = clock.now()
    before = Phase.objects.create(
        program=house.program, code="PH0", position=0, name=house.word, created_at=now, updated_at=now
    )
    GateReview.objects.create(
        program=house.program, phase=before, code="G0", planned_on=today(), state=GateState.SCHEDULED, created_at=now,
        updated_at=now,
    )  # fmt: skip


def unused_phase(house: House) -> str:
    """Return the code of a phase that nothing hangs on."""
    now = clock.now()
    phase, _made = Phase.objects.get_or_create(
        program=house.program,
        code="PH9",
        defaults={"position": 9, "name": house.word, "created_at": now, "updated_at": now},
    )
    return house.code(phase.code)


def newcomer(house: House) -> int:
    """Return the place of somebody who was invited and never came."""
    found = Membership.objects.filter(
        program=house.program, person__email=f"new.{house.key.lower()}@example.org"
    ).first()
    if found is None:
        somebody = person(f"new.{house.key}", house.word)
        somebody.set_unusable_password()
        somebody.save(update_fields=["password"])
        found = Membership.objects.create(program=house.program, person=somebody)
    return found.pk


def after(*steps: Callable[[House], None], **values: Any) -> Body:
    """Return a body that is sent once some steps were taken."""

    def body(house: House) -> dict[str, Any]:
        for step in steps:
            step(house)
        return values

    return body


def state(put: Callable[[House, str], None], status: str) -> Callable[[House], None]:
    """Return the step that puts something into a state."""
    return lambda house: put(house, status)


_ACTIVE = state(program_in, ProgramStatus.ACTIVE)
_WHY = {"reason": "The board decided so"}
# The moves of a program: who the expected answers name by "manage" or "decide", and the body.
PROGRAM_BODIES: Mapping[str, Body] = {
    "activate": after(state(program_in, ProgramStatus.DRAFT)),
    "deactivate": after(_ACTIVE, nothing_started, **_WHY),
    "pause": after(_ACTIVE),
    "resume": after(state(program_in, ProgramStatus.PAUSED)),
    "close": after(_ACTIVE),
    "stop": after(_ACTIVE, **_WHY),
    "reopen": after(state(program_in, ProgramStatus.CLOSED), **_WHY),
}
_RUNNING = state(phase_in, PhaseStatus.ACTIVE)
PHASE_BODIES: Mapping[str, Body] = {
    "start": after(state(phase_in, PhaseStatus.PLANNED), measured),
    "override": after(state(phase_in, PhaseStatus.PLANNED), measured, closed_before, **_WHY),
    "undo-start": after(_RUNNING, **_WHY),
    "review": after(_RUNNING),
    "rework": after(state(phase_in, PhaseStatus.IN_REVIEW), **_WHY),
    "close": after(_RUNNING, open_milestones="cancel"),
    "stop": after(_RUNNING, **_WHY),
    "reopen": after(state(phase_in, PhaseStatus.CLOSED), **_WHY),
}


def member_named(house: House) -> dict[str, Any]:
    """Return the body that names the lead."""
    return {"person": house.people["lead"].pk}


def phase_order(house: House) -> dict[str, Any]:
    """Return the body that orders all phases of a program anew."""
    codes = list(Phase.objects.filter(program=house.program).order_by("-position").values_list("code", flat=True))
    return {"program": house.key, "phases": codes}


def invitation(house: House) -> dict[str, Any]:
    """Return the body of an invitation."""
    return {"program": house.key, "email": "dora@example.org"}


def saved_template() -> ProgramTemplate:
    """Return a template that the organisation saved."""
    now = clock.now()
    return ProgramTemplate.objects.get_or_create(
        name="Saved", defaults={"body": {"workstreams": [], "phases": []}, "created_at": now, "updated_at": now}
    )[0]
