"""What each person is to get: from the rule of an address, the role table, and who owns or performs what."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from programs.exceptions import ReadingIsFinal
from tests.access import assessment_rules, findings, lifecycle, measures
from tests.access.arguments import ACTION_MOVES, MILESTONE_MOVES, Place, file_text
from tests.access.rules import (
    ANONYMOUS,
    DECIDERS,
    EDITORS,
    EVERYBODY,
    MANAGERS,
    MAY_CREATE,
    MEMBERS,
    PERFORMER,
    REQUESTER,
    REQUESTERS,
    SIGNED_IN,
    STAFF,
    Who,
    Write,
    day,
    says,
)
from tests.access.stage import House, soon, today

ACTION_WRITES: Mapping[str, Write] = {
    "promise": Write(PERFORMER, day("promised_for")),
    "decline": Write(PERFORMER, says(note="No room")),
    "keep": Write(PERFORMER | EDITORS, lambda house: {"done_on": today().isoformat()}),
    "accept": Write(REQUESTER),
    "miss": Write(PERFORMER | EDITORS, says(reason="partner_delay")),
    "renegotiate": Write(PERFORMER, day("promised_for")),
    "withdraw": Write(REQUESTER | EDITORS),
    "reopen": Write(PERFORMER | REQUESTER | EDITORS, says(reason="Too soon")),
}
# Only the performer says a day when renewing; who asks again says for when.
RENEW_PAGE = Write(PERFORMER, day("promised_for"))
RENEW_API = Write(PERFORMER | REQUESTER | EDITORS, day("requested_for"))
MILESTONE_WRITES: Mapping[str, Write] = {
    "achieve": Write(PERFORMER | EDITORS),
    "forecast": Write(PERFORMER | EDITORS, day("forecast_on", reason="Late parts")),
    "rebaseline": Write(DECIDERS, day("baseline_on", reason="New scope")),
    "cancel": Write(EDITORS, says(reason="Not needed")),
    "reopen": Write(PERFORMER | EDITORS, says(reason="Too soon")),
}
GATE_WRITES: Mapping[str, Write] = {
    "hold": Write(MANAGERS, lambda house: {"held_on": today().isoformat(), "rating": "green"}),
    "reschedule": Write(MANAGERS, day("planned_on", reason="Board")),
    "reopen": Write(MANAGERS, says(reason="Too soon")),
}
_DECISION = {"decision": "rework", "rationale": "Not yet"}
_NO_CONDITIONS = {"conditions-TOTAL_FORMS": "0", "conditions-INITIAL_FORMS": "0"}


def _unreviewed(house: House) -> dict[str, Any]:
    return {"phase": house.pks["unreviewed"], "planned_on": soon().isoformat()}


def _request(house: House) -> dict[str, Any]:
    return {
        "title": "Ask", "performer": house.people["member"].pk, "requested_for": soon().isoformat(),
        "workstream": house.pks["stream"], "phase": house.pks["phase"],
    }  # fmt: skip


def _request_by_api(house: House) -> dict[str, Any]:
    return {**_request(house), "program": house.key, "workstream": "W1", "phase": "PH1"}


def _planned(house: House) -> dict[str, Any]:
    place = {"workstream": house.pks["stream"], "phase": house.pks["phase"]}
    return {"name": "New", "baseline_on": soon().isoformat(), "waits_for": "S2", **place}


def _linked(house: House) -> dict[str, Any]:
    return {"program": house.key, "predecessor": "S1", "successor": "S3"}


def _planned_by_api(house: House) -> dict[str, Any]:
    return {"program": house.key, "workstream": "W1", "phase": "PH1", "name": "New", "baseline_on": soon().isoformat()}


def _moved(house: House) -> dict[str, Any]:
    later = (soon() + dt.timedelta(days=9)).isoformat()
    return {"program": house.key, "reason": "Late parts", "moves": [{"milestone": "S1", "forecast_on": later}]}


PLAN_WRITES: Mapping[tuple[str, str], Write] = {
    ("milestone-list", "POST"): Write(EDITORS, _planned_by_api),
    ("milestone-item", "DELETE"): Write(EDITORS),
    ("milestone-move-many", "POST"): Write(PERFORMER | EDITORS, _moved),
    ("dependency-list", "POST"): Write(EDITORS, _linked),
    ("dependency-item", "PATCH"): Write(EDITORS, says(lag_days=3)),
    ("dependency-item", "DELETE"): Write(EDITORS),
    ("workstream-list", "POST"): Write(
        MANAGERS, lambda house: {"program": house.key, "discipline": "change", "name": "New"}
    ),
    ("workstream-item", "PATCH"): Write(MANAGERS, says(name="New")),
    ("workstream-item", "DELETE"): Write(MANAGERS),
    ("workstreams:plan_row", "POST"): Write(PERFORMER | EDITORS, _planned),
    ("workstreams:add_milestone", "POST"): Write(EDITORS, _planned),
    ("workstreams:move_milestones", "POST"): Write(
        PERFORMER | EDITORS,
        lambda house: {"milestone": [house.pks["milestone"]], "days": "3", "reason": "Late parts", "confirm": "1"},
    ),
    ("program-replan", "POST"): Write(MANAGERS, lifecycle.draft_to_move),
    ("workstreams:replan_draft", "POST"): Write(MANAGERS, lifecycle.draft_to_move),
    ("workstreams:paste", "POST"): Write(EDITORS, says(kind="milestones", text="New, W1, PH1, 2027-01-04")),
    ("workstreams:workstreams", "POST"): Write(MANAGERS, says(name="New", discipline="change")),
    ("workstreams:workstream", "POST"): Write(MANAGERS, says(name="New", discipline="project")),
    ("workstreams:remove_workstream", "POST"): Write(MANAGERS),
}


PROGRAM_MAY = {"close": DECIDERS, "stop": DECIDERS, "reopen": DECIDERS}
LIFECYCLE: Mapping[tuple[str, str], Write] = {
    **{(f"program-{move}", "POST"): Write(PROGRAM_MAY.get(move, MANAGERS), body)
       for move, body in lifecycle.PROGRAM_BODIES.items()},
    **{(f"phase-{move}", "POST"): Write(MANAGERS, body) for move, body in lifecycle.PHASE_BODIES.items()},
    **{(f"programs:program_move {move}", "POST"): Write(PROGRAM_MAY.get(move, MANAGERS), body)
       for move, body in lifecycle.PROGRAM_BODIES.items()},
    **{(f"workstreams:phase_move {move}", "POST"): Write(MANAGERS, body)
       for move, body in lifecycle.PHASE_BODIES.items()},
    ("programs:edit_program", "POST"): Write(MANAGERS, says(name="Another", time_zone="Europe/London")),
    ("programs:save_template", "POST"): Write(MANAGERS, says(name="Ours")),
    ("programs:delete_template", "POST"): Write(MANAGERS),
    ("program-template-item", "DELETE"): Write(MANAGERS),
    ("workstreams:phases", "POST"): Write(MANAGERS, says(phase="PH1", to="later")),
    ("workstreams:add_phase", "POST"): Write(MANAGERS, says(name="New")),
    ("workstreams:edit_phase", "POST"): Write(MANAGERS, says(name="Another")),
    ("workstreams:delete_phase", "POST"): Write(MANAGERS),
    ("programs:invite", "POST"): Write(MANAGERS, says(email="dora@example.org", role="member")),
    ("programs:deputy", "POST"): Write(MANAGERS | REQUESTER, lifecycle.member_named),
    ("programs:place", "POST"): Write(MANAGERS, says(role="lead")),
    ("programs:place_link", "POST"): Write(MANAGERS),
    ("programs:place_manager", "POST"): Write(MANAGERS),
    ("programs:leave", "POST"): Write(MANAGERS),
    ("program-list", "POST"): Write(MAY_CREATE, says(name="New", key="NEW")),
    ("program-item", "PATCH"): Write(MANAGERS, says(name="Another")),
    ("program-deputy", "POST"): Write(MANAGERS | REQUESTER, lifecycle.member_named),
    ("program-manager", "POST"): Write(MANAGERS, lifecycle.member_named),
    ("program-template-list", "POST"): Write(MANAGERS, lambda house: {"program": house.key, "name": "Ours"}),
    ("phase-list", "POST"): Write(MANAGERS, lambda house: {"program": house.key, "name": "New"}),
    ("phase-order", "POST"): Write(MANAGERS, lifecycle.phase_order),
    ("phase-item", "PATCH"): Write(MANAGERS, says(name="Another")),
    ("phase-item", "DELETE"): Write(MANAGERS),
    ("membership-list", "POST"): Write(MANAGERS, lifecycle.invitation),
    ("membership-item", "PATCH"): Write(MANAGERS, says(role="lead")),
    ("membership-remove", "POST"): Write(MANAGERS),
    ("membership-link", "POST"): Write(MANAGERS),
}  # fmt: skip

_MEASURERS: Who = PERFORMER | MANAGERS
MEASURING: Mapping[tuple[str, str], Write] = {
    ("programs:add_outcome", "POST"): Write(MANAGERS, measures.outcome_form),
    ("programs:edit_outcome", "POST"): Write(MANAGERS, measures.outcome_form),
    ("programs:delete_outcome", "POST"): Write(MANAGERS),
    ("programs:add_measure", "POST"): Write(MANAGERS, measures.measure_form),
    ("programs:edit_measure", "POST"): Write(MANAGERS, measures.measure_form),
    ("programs:delete_measure", "POST"): Write(MANAGERS),
    ("programs:record_reading", "POST"): Write(_MEASURERS, measures.reading_form),
    ("programs:correct_reading", "POST"): Write(_MEASURERS, measures.reading),
    ("programs:paste_readings", "POST"): Write(REQUESTERS, measures.rows),
    ("outcome-list", "POST"): Write(MANAGERS, measures.outcome_body),
    ("outcome-item", "PATCH"): Write(MANAGERS, says(statement="Another")),
    ("outcome-item", "DELETE"): Write(MANAGERS),
    ("measure-list", "POST"): Write(MANAGERS, measures.measure_body),
    ("measure-item", "PATCH"): Write(MANAGERS, says(name="Another")),
    ("measure-item", "DELETE"): Write(MANAGERS),
    ("measurement-list", "POST"): Write(_MEASURERS, measures.reading_body),
    ("measurement-item", "PATCH"): Write(SIGNED_IN),
    ("measurement-item", "DELETE"): Write(SIGNED_IN),
    ("measurement-correct", "POST"): Write(_MEASURERS, measures.reading),
    **{(f"{door}{move}", "POST"): Write(MANAGERS, says(**body)) for door in ("programs:outcome_move ", "outcome-")
       for move, body in measures.MOVE_BODIES.items()},
}  # fmt: skip

_PROGRAM = says(name="New", key="NEW", time_zone="Europe/London")
_CONFIDENCE = says(rating="amber", reason="The vendor gave a day")
_HOURS = says(hour="9", weekdays=["1", "2"], wanted=["email"])

WRITES: Mapping[tuple[str, str], Write] = {
    **PLAN_WRITES,
    **LIFECYCLE,
    **MEASURING,
    **assessment_rules.WRITES,
    **findings.CONCLUDING,
    ("set_theme", "POST"): Write(frozenset(EVERYBODY), says(theme="dark")),
    ("set_language", "POST"): Write(frozenset(EVERYBODY), says(language="en")),
    ("profile", "POST"): Write(SIGNED_IN, says(name="New", time_zone="UTC", language="en")),
    ("tokens", "POST"): Write(SIGNED_IN, says(name="New", scope="read", days="1")),
    ("revoke_token", "POST"): Write(SIGNED_IN),
    ("signin_link", "POST"): Write(frozenset(EVERYBODY)),
    ("set_program_right", "POST"): Write(frozenset({STAFF}), says(may="yes")),
    ("notifications:mark_all_read", "POST"): Write(SIGNED_IN),
    ("notifications:mark_read", "POST"): Write(SIGNED_IN),
    ("notifications:preferences", "POST"): Write(SIGNED_IN, _HOURS),
    ("overview:pause_mail", "POST"): Write(SIGNED_IN, says(is_paused="1")),
    ("notifications:replay", "POST"): Write(frozenset({STAFF})),
    ("notifications:act", "POST"): Write(frozenset(EVERYBODY), says(move="no such move")),
    ("notifications:unsubscribe", "POST"): Write(frozenset(EVERYBODY)),
    ("program-confidence", "POST"): Write(DECIDERS, _CONFIDENCE),
    ("overview:confidence", "POST"): Write(DECIDERS, _CONFIDENCE),
    ("programs:create_program", "POST"): Write(MAY_CREATE, _PROGRAM),
    ("programs:start_reminders", "POST"): Write(MANAGERS),
    ("programs:stop_reminders", "POST"): Write(MANAGERS),
    ("overview:record", "POST"): Write(PERFORMER | MANAGERS, says(value="1.5")),
    ("programfile:upload", "POST"): Write(MAY_CREATE | MANAGERS, lambda house: {"text": file_text()}),
    ("programfile:preview", "POST"): Write(MAY_CREATE),
    ("workstreams:record_decision", "POST"): Write(
        EDITORS | DECIDERS, lambda house: {"title": "So", "detail": "Why", "workstream": house.pks["stream"]}
    ),
    ("program-decisions", "POST"): Write(EDITORS | DECIDERS, says(title="So", detail="Why", workstream="W1")),
    ("workstreams:schedule_gate", "POST"): Write(MANAGERS, _unreviewed),
    ("workstreams:decide_gate", "POST"): Write(DECIDERS, says(**_DECISION, **_NO_CONDITIONS, confirmed="1")),
    ("gate-review-list", "POST"): Write(MANAGERS, lambda house: {**_unreviewed(house), "program": house.key}),
    ("gate-review-item", "PATCH"): Write(MANAGERS, day("planned_on", reason="Board")),
    ("gate-review-decision", "POST"): Write(DECIDERS, says(**_DECISION)),
    **{(f"{door}{move}", "POST"): write for door in ("workstreams:gate_move ", "gate-review-")
       for move, write in GATE_WRITES.items()},
    ("workstreams:request_action", "POST"): Write(REQUESTERS, _request),
    ("workstreams:action_undo", "POST"): ACTION_WRITES["reopen"],
    ("workstreams:milestone_undo", "POST"): MILESTONE_WRITES["reopen"],
    ("workstreams:action_move renew", "POST"): RENEW_PAGE,
    ("action-item-renew", "POST"): RENEW_API,
    ("action-item-list", "POST"): Write(REQUESTERS, _request_by_api),
    ("action-item-item", "PATCH"): Write(REQUESTER | EDITORS, says(title="Another")),
    ("milestone-item", "PATCH"): Write(EDITORS, says(name="Another")),
    **{(f"{door}{move}", "POST"): write for door in ("workstreams:action_move ", "action-item-")
       for move, write in ACTION_WRITES.items()},
    **{(f"{door}{move}", "POST"): write for door in ("workstreams:milestone_move ", "milestone-")
       for move, write in MILESTONE_WRITES.items()},
}  # fmt: skip

# Pages of a right that not everybody has who may read.
READERS: Mapping[str, Who] = {
    **assessment_rules.READERS,
    "workstreams:request_action": REQUESTERS,
    "workstreams:plan_row": PERFORMER | EDITORS,
    "workstreams:add_milestone": EDITORS,
    "workstreams:paste": EDITORS,
    "programs:create_program": MAY_CREATE,
    **{f"programs:program_move {move}": PROGRAM_MAY.get(move, MANAGERS) for move in lifecycle.PROGRAM_BODIES},
    **dict.fromkeys(
        (
            "programs:edit_program",
            "programs:save_template",
            "programs:delete_template",
            "workstreams:add_phase",
            "workstreams:edit_phase",
            "workstreams:delete_phase",
            "programs:invite",
            "programs:place",
            "programs:leave",
        ),
        MANAGERS,
    ),
    **dict.fromkeys(
        [f"programs:{door}_{noun}" for door in ("add", "edit", "delete") for noun in ("outcome", "measure")], MANAGERS
    ),
    **dict.fromkeys(
        [f"assessments:{page}" for page in ("prepare", "edit", "delete", "move", "assessors", "assessor")]
        + ["assessments:remove_assessor", "assessments:set_consensus"],
        MANAGERS,
    ),
    **findings.READERS,
    "programs:correct_reading": _MEASURERS,
    "programs:paste_readings": REQUESTERS,
    "workstreams:schedule_gate": MANAGERS,
    "workstreams:replan_draft": MANAGERS,
    "workstreams:decide_gate": DECIDERS,
    "workstreams:gate_move": MANAGERS,
    "programfile:upload": MAY_CREATE | MANAGERS,
    "programfile:preview": MAY_CREATE,
}
# Addresses that have no 200 to give, or not always. A link in a mail lets in, and offers no such move.
ANSWERS: Mapping[tuple[str, str], frozenset[int]] = {
    ("api-unknown", "GET"): frozenset({404}),
    ("health_ready", "GET"): frozenset({200, 503}),
    ("notifications:act", "POST"): frozenset({404}),
}

# Who is not in a program names it in the body of a request: it is as unknown as one that is not there.
NAMED_IN_BODY = {
    (name, "POST")
    for name in (
        "milestone-list", "milestone-move-many", "dependency-list", "workstream-list", "action-item-list",
        "gate-review-list", "outcome-list", "measure-list", "measurement-list", "phase-list", "phase-order",
        "membership-list", "program-template-list", "assessment-list", "finding-list", "recommendation-list",
        "debrief-list", "debrief-part-list",
    )
}  # fmt: skip

# A reading is final: whoever may see it is told so.
NEVER = {("measurement-item", "PATCH"), ("measurement-item", "DELETE")}
FINAL = frozenset({ReadingIsFinal.status})
ENTERED = frozenset({200, 201, 204, 302})
REFUSED, UNKNOWN, NO_SUCH_METHOD = frozenset({403}), frozenset({404}), frozenset({405})
SIGN_IN, UNAUTHENTICATED = frozenset({"sign in"}), frozenset({401})

Answer = frozenset[int] | frozenset[str]


def expected(place: Place, method: str, who: str, *, is_own: bool, answers_to: Iterable[str]) -> Answer:
    """Return the statuses that a person may get from an address."""
    address = place.address
    if address.rule in ("public", "secret_link"):
        return ANSWERS.get((address.name, method), ENTERED) if method in answers_to else NO_SUCH_METHOD
    if who == ANONYMOUS:
        return UNAUTHENTICATED if address.is_api else SIGN_IN
    if address.rule == "staff" and who != STAFF:
        return REFUSED
    if method not in answers_to:
        return NO_SUCH_METHOD
    is_inside = is_own and who in MEMBERS
    if (place.is_bound and not is_inside) or (place.is_personal and not is_own):
        return UNKNOWN
    if (address.name, method) in NAMED_IN_BODY and who not in findings.knows(address.name, MEMBERS if is_own else ()):
        return UNKNOWN
    if who not in _may(place, method):
        return REFUSED
    return FINAL if (address.name, method) in NEVER else ENTERED


def may_read(place: Place, who: str) -> bool:
    """Tell whether somebody in the program reads an address, which a few keep to some of its people."""
    return who in _may(place, "GET")


def _may(place: Place, method: str) -> Who:
    if method == "GET":
        return READERS.get(place.label) or READERS.get(place.address.name, SIGNED_IN)
    write = write_of(place, method)
    assert write is not None
    return write.may


def write_of(place: Place, method: str) -> Write | None:
    """Return the rule of a write, None where nobody wrote one."""
    return WRITES.get((place.label, method)) or WRITES.get((place.address.name, method))


assert {*ACTION_MOVES} == {*ACTION_WRITES, "renew"}, "a move of action items has no rule in ACTION_WRITES"
assert {*MILESTONE_MOVES} == {*MILESTONE_WRITES}, "a move of milestones has no rule in MILESTONE_WRITES"
