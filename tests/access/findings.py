"""What the matrix of addresses needs for findings, recommendations and debriefs, each in the state of a write."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from assessments.choices import AssessmentState, DebriefState, RecommendationState
from assessments.models import Assessment, Criterion, Debrief, DebriefPart, Finding, Recommendation
from core import clock
from core.accounts.models import User
from programs.models import Program
from tests.access.assessment_pages import assessment_in
from tests.access.rules import DECIDERS, MANAGERS, Who, Write, says
from tests.access.stage import House, soon, today

# What names a debrief in its body that is not held yet: it is there for those who prepare it and the sponsor alone.
UNHELD = "debrief-part-list"
MOVES = ("brief_sponsor", "hold", "undo_briefing", "undo_holding", "reopen")
_STATE_OF = {
    "hold": DebriefState.SPONSOR_BRIEFED,
    "undo_briefing": DebriefState.SPONSOR_BRIEFED,
    "reopen": DebriefState.COMMITTED,
}


def _stamps() -> dict[str, Any]:
    return {"created_at": clock.now(), "updated_at": clock.now()}


def completed(house: House) -> Assessment:
    """Return T9, completed; the program has its sponsor."""
    Program.objects.filter(pk=house.program.pk).update(sponsor=house.people["sponsor"])
    return assessment_in(house, AssessmentState.COMPLETED)


def finding(house: House, code: str = "F1") -> Finding:
    """Return a gap of it; F2 has nothing recommended for it."""
    assessment = completed(house)
    facts: dict[str, Any] = {"kind": "gap", "text": f"{house.word} gap", **_stamps()}
    return Finding.objects.get_or_create(assessment=assessment, code=code, defaults=facts)[0]


def recommendation(house: House, state: str = RecommendationState.PROPOSED) -> Recommendation:
    """Return a step that is proposed or rejected."""
    found = finding(house)
    facts: dict[str, Any] = {
        "finding": found, "text": f"{house.word} step", "urgency": "essential", "state": state,
        "reason": "" if state == RecommendationState.PROPOSED else "No", **_stamps(),
    }  # fmt: skip
    return Recommendation.objects.get_or_create(assessment=found.assessment, code="N1", defaults=facts)[0]


def debrief(house: House, state: str = DebriefState.HELD) -> Debrief:
    """Return its debrief in a state, with a part of one's own and the commitment."""
    is_held = state in (DebriefState.HELD, DebriefState.COMMITTED)
    facts: dict[str, Any] = {
        "state": state,
        "sponsor_briefed_on": None if state == DebriefState.PREPARED else today(),
        "held_on": today() if is_held else None,
        "committed_on": today() if state == DebriefState.COMMITTED else None,
        "no_commitment_reason": "None" if state == DebriefState.COMMITTED else "",
        "private_notes": "PRIVATE",
        **_stamps(),
    }
    found, is_new = Debrief.objects.get_or_create(assessment=completed(house), defaults=facts)
    if is_new:
        own, last = {"kind": "own", "title": house.word}, {"kind": "commitment"}
        DebriefPart.objects.bulk_create(
            DebriefPart(debrief=found, position=place, **part) for place, part in enumerate((own, last), start=1)
        )
    return found


def _for(reader: User, house: House, state: str) -> Debrief:
    """Return the debrief in a state for the manager, who moves it on; held for everybody else, who may read it then."""
    return debrief(house, state if reader == house.people["manager"] else DebriefState.HELD)


def _part(place: Any, house: House, reader: User) -> int:
    return _for(reader, house, DebriefState.PREPARED).parts.get(kind="own").pk


def _finding(code: str) -> Callable[[Any, House, User], Any]:
    return lambda place, house, reader: f"{house.code(finding(house, code).assessment.code)}-{code}"


def _step(state: str = RecommendationState.PROPOSED) -> Callable[[Any, House, User], Any]:
    return lambda place, house, reader: f"{house.code(recommendation(house, state).assessment.code)}-N1"


def _debrief(state: str) -> Callable[[Any, House, User], Any]:
    return lambda place, house, reader: house.code(_for(reader, house, state).assessment.code)


def _move(place: Any, house: House, reader: User) -> str:
    states = {**_STATE_OF, "undo_holding": DebriefState.HELD}
    return house.code(_for(reader, house, states.get(place.move, DebriefState.PREPARED)).assessment.code)


def _assessment(place: Any, house: House, reader: User) -> str:
    return house.code(completed(house).code)


_HELD, _PREPARED, _BRIEFED = (
    _debrief(state) for state in (DebriefState.HELD, DebriefState.PREPARED, DebriefState.SPONSOR_BRIEFED)
)
_REJECTED = _step(RecommendationState.REJECTED)
MAKERS: Mapping[tuple[str, str], Callable[[Any, House, User], Any]] = {
    **{(f"assessments:{page}", "reference"): _assessment for page in ("findings", "add_finding", "prepare_debrief")},
    ("assessments:edit_finding", "reference"): _finding("F1"),
    ("assessments:recommend", "reference"): _finding("F1"),
    ("assessments:delete_finding", "reference"): _finding("F2"),
    **{(f"assessments:{page}", "reference"): _step()
       for page in ("edit_recommendation", "delete_recommendation", "accept", "reject")},
    ("assessments:reopen", "reference"): _REJECTED,
    **{(f"assessments:{page}", "reference"): _HELD
       for page in ("debrief", "debrief_pdf", "private_notes", "commit_debrief")},
    **{(f"assessments:{page}", "reference"): _PREPARED
       for page in ("plan_debrief", "add_debrief_part", "debrief_part", "delete_debrief_part")},
    ("assessments:move_debrief", "reference"): _move,
    **{(f"assessments:{page}", "pk"): _part for page in ("debrief_part", "delete_debrief_part")},
    ("finding-item", "ref"): _finding("F2"),
    **{(f"recommendation-{move}", "ref"): _step() for move in ("item", "accept", "reject")},
    ("recommendation-reopen", "ref"): _REJECTED,
    **{(f"debrief-{move}", "ref"): _PREPARED for move in ("item", "brief-sponsor")},
    **{(f"debrief-{move}", "ref"): _BRIEFED for move in ("hold", "undo-briefing")},
    **{(f"debrief-{move}", "ref"): _HELD for move in ("commit", "undo-holding", "private-notes")},
    ("debrief-reopen", "ref"): _debrief(DebriefState.COMMITTED),
    ("debrief-part-item", "ref"): _part,
}  # fmt: skip


def accepted(house: House) -> dict[str, Any]:
    """Say of whom an accepted step is asked."""
    day = (soon() + dt.timedelta(days=9)).isoformat()
    places = {"workstream": house.pks["stream"], "phase": house.pks["phase"]}
    return {"performer": house.people["member"].pk, "requested_for": day, **places}


def finding_body(house: House) -> dict[str, Any]:
    """Say what was found, in the least words."""
    criterion = Criterion.objects.get(template=completed(house).template)
    return {"assessment": house.code("T9"), "kind": "gap", "text": "New", "affects": [criterion.code]}


def step_body(house: House) -> dict[str, Any]:
    """Recommend a step for the finding."""
    return {"finding": f"{house.code('T9')}-{finding(house).code}", "text": "New", "urgency": "essential"}


def debrief_body(house: House) -> dict[str, Any]:
    """Prepare a debrief."""
    return {"assessment": house.code(completed(house).code)}


def part_body(house: House) -> dict[str, Any]:
    """Add a part to a debrief that is prepared."""
    return {"debrief": house.code(debrief(house, DebriefState.PREPARED).assessment.code), "title": "New"}


def ending(house: House) -> dict[str, Any]:
    """Say that a debrief ends with none."""
    return {"none_reason": "None", "requests-TOTAL_FORMS": "0", "requests-INITIAL_FORMS": "0"}


DECIDING: Who = MANAGERS | DECIDERS
_STEP_SAID = says(text="New", urgency="essential")
CONCLUDING: Mapping[tuple[str, str], Write] = {
    ("assessments:add_finding", "POST"): Write(MANAGERS, says(kind="gap", text="New")),
    ("assessments:edit_finding", "POST"): Write(MANAGERS, says(kind="gap", text="New")),
    ("assessments:delete_finding", "POST"): Write(MANAGERS),
    ("assessments:recommend", "POST"): Write(MANAGERS, _STEP_SAID),
    ("assessments:edit_recommendation", "POST"): Write(DECIDING, _STEP_SAID),
    ("assessments:delete_recommendation", "POST"): Write(DECIDING),
    ("assessments:accept", "POST"): Write(DECIDING, accepted),
    **{(f"assessments:{move}", "POST"): Write(DECIDING, says(reason="So")) for move in ("reject", "reopen")},
    **{(f"assessments:{page}", "POST"): Write(MANAGERS) for page in ("prepare_debrief", "plan_debrief")},
    ("assessments:add_debrief_part", "POST"): Write(MANAGERS, says(title="New")),
    ("assessments:debrief_part", "POST"): Write(MANAGERS, says(title="New", text="New")),
    ("assessments:delete_debrief_part", "POST"): Write(MANAGERS),
    ("assessments:private_notes", "POST"): Write(DECIDING, says(text="New")),
    ("assessments:commit_debrief", "POST"): Write(MANAGERS, ending),
    **{(f"assessments:move_debrief {move}", "POST"): Write(MANAGERS, says(reason="So")) for move in MOVES},
    ("finding-list", "POST"): Write(MANAGERS, finding_body),
    ("finding-item", "PATCH"): Write(MANAGERS, says(text="New")),
    ("finding-item", "DELETE"): Write(MANAGERS),
    ("recommendation-list", "POST"): Write(MANAGERS, step_body),
    ("recommendation-item", "PATCH"): Write(DECIDING, says(text="New")),
    ("recommendation-item", "DELETE"): Write(DECIDING),
    ("recommendation-accept", "POST"): Write(DECIDING, accepted),
    **{(f"recommendation-{move}", "POST"): Write(DECIDING, says(reason="So")) for move in ("reject", "reopen")},
    ("debrief-list", "POST"): Write(MANAGERS, debrief_body),
    ("debrief-item", "PATCH"): Write(MANAGERS, says(planned_on=None)),
    **{(f"debrief-{move}", "POST"): Write(MANAGERS) for move in ("brief-sponsor", "hold")},
    **{(f"debrief-{move}", "POST"): Write(MANAGERS, says(reason="So"))
       for move in ("undo-briefing", "undo-holding", "reopen")},
    ("debrief-commit", "POST"): Write(MANAGERS, says(none_reason="None")),
    ("debrief-private-notes", "PATCH"): Write(DECIDING, says(text="New")),
    ("debrief-part-list", "POST"): Write(MANAGERS, part_body),
    ("debrief-part-item", "PATCH"): Write(MANAGERS, says(text="New")),
    ("debrief-part-item", "DELETE"): Write(MANAGERS),
}  # fmt: skip

# Pages of a right that not everybody has who may read.
READERS: Mapping[str, Who] = {
    **dict.fromkeys(
        [f"assessments:{page}" for page in ("add_finding", "edit_finding", "delete_finding", "recommend")]
        + [f"assessments:{page}_debrief" for page in ("prepare", "plan", "commit", "move")]
        + ["assessments:add_debrief_part", "assessments:debrief_part", "assessments:delete_debrief_part"],
        MANAGERS,
    ),
    **dict.fromkeys(
        [f"assessments:{page}" for page in ("accept", "reject", "reopen", "private_notes")]
        + ["assessments:edit_recommendation", "assessments:delete_recommendation", "debrief-private-notes"],
        DECIDING,
    ),
}


def knows(name: str, members: Iterable[str]) -> Who:
    """Return who of some members knows of what a body names."""
    return DECIDING & frozenset(members) if name == UNHELD else frozenset(members)
