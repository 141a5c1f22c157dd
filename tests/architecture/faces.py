"""Each noun and each of its faces: the fields of the model that a face leaves out, and why.

`tests/architecture/test_faces.py` holds this against what the faces declare. A new field that no face shows is named
there: show it, or give its reason here.
"""

Reasons = dict[str, str]

OWN_KEEPING = {
    "id": "a number of this installation: people know the code",
    "version": "guards against two editors at once, and tells nothing of the noun",
}
STAMPS = {"created_at": "kept by the system", "updated_at": "kept by the system"}
PLACE = {"program": "all rows of the face are of one program"}
KEPT = OWN_KEEPING | STAMPS | PLACE
TYPED = {"id": OWN_KEEPING["id"]} | STAMPS | PLACE
CODE = {"code": "given once by the system, and stays"}

_ETAG = {"version": "the ETag carries it"}
API: dict[str, Reasons] = {
    "Program": _ETAG,
    "Phase": _ETAG,
    "Outcome": _ETAG,
    "Measure": _ETAG,
    "Measurement": {},
    "Membership": _ETAG,
    "Workstream": _ETAG,
    "Milestone": _ETAG | {"rebaselining": "a guard of the baseline; the audit trail shows what was decided"},
    "Dependency": _ETAG,
    "ActionItem": _ETAG | {"gate_condition": "told from the gate's side, as its conditions"},
    "RaidEntry": _ETAG,
    "GateReview": _ETAG,
}

_IN_DATES = "start and end of the list are the latest of actual, forecast and baseline"
_ON_PAGE = "a long text, on the page of the row"
LIST_FILE: dict[str, Reasons] = {
    "Phase": KEPT
    | {
        "position": "the order of the rows",
        "forecast_start_on": _IN_DATES,
        "forecast_end_on": _IN_DATES,
        "actual_start_on": _IN_DATES,
        "actual_end_on": _IN_DATES,
        "override_reason": _ON_PAGE,
    },
    "Outcome": KEPT | {"closing_note": _ON_PAGE},
    "Measure": KEPT
    | {
        "cadence": "how it is read, not where it stands",
        "source": "how it is read, not where it stands",
        "reporting_lag_days": "how it is read, not where it stands",
    },
    "Membership": OWN_KEEPING | PLACE,
    "Workstream": KEPT,
    "Milestone": KEPT
    | {
        "goes_live": "marked on the plan, in the lanes and on its page",
        "baseline_frozen_at": "says when the phase started, which the phase tells",
        "rebaselining": "a guard of the baseline; the audit trail shows what was decided",
    },
    "ActionItem": KEPT
    | {
        "detail": _ON_PAGE,
        "due_on": "computed of the day promised and the day asked for, which are both there",
        "source": "where it came from is told on its page",
        "gate_condition": "where it came from is told on its page",
        "renewal_of": "where it came from is told on its page",
        "needs_acceptance": "the state tells whether it is accepted",
        "accepted_on": "the state tells whether it is accepted",
        "external_source": "for the systems that import it by the API",
        "external_id": "for the systems that import it by the API",
    },
    "RaidEntry": KEPT
    | {
        "detail": _ON_PAGE,
        "workstream": "the register is the program's",
        "came_from": "told on the page of the risk and of the issue",
    },
    "GateReview": KEPT,
}

_PERSON = "people are not copied: a structure has none"
_HISTORY = "what happened is not copied: a structure has no history"
_ANEW = {"code": "codes are counted anew", "program": "the program that is built"}
_BUILT = OWN_KEEPING | STAMPS | _ANEW
_VALUE = "values belong to one program, not to a structure"
STRUCTURE: dict[str, Reasons] = {
    "Workstream": _BUILT | {"lead": _PERSON},
    "Phase": _BUILT
    | {
        "position": "the order of the list",
        "owner": _PERSON,
        "status": _HISTORY,
        "forecast_start_on": _HISTORY,
        "forecast_end_on": _HISTORY,
        "actual_start_on": _HISTORY,
        "actual_end_on": _HISTORY,
        "override_reason": _HISTORY,
    },
    "Outcome": _BUILT
    | {"phase": "it stands in its phase", "owner": _PERSON, "status": _HISTORY, "closing_note": _HISTORY},
    "Measure": _BUILT
    | {
        "outcome": "it stands in its outcome",
        "owner": _PERSON,
        "baseline": _VALUE,
        "baseline_on": _VALUE,
        "target": _VALUE,
        "target_on": _VALUE,
        "low": _VALUE,
        "high": _VALUE,
    },
    "Milestone": OWN_KEEPING
    | STAMPS
    | {
        "program": _ANEW["program"],
        "phase": "it stands in its phase",
        "owner": _PERSON,
        "state": _HISTORY,
        "due_on": "the baseline, as nothing was said yet",
        "actual_on": _HISTORY,
        "baseline_frozen_at": _HISTORY,
        "rebaselining": _HISTORY,
    },
    "Dependency": OWN_KEEPING
    | STAMPS
    | {"program": _ANEW["program"], "successor": "it stands in the milestone that waits"},
}

_BEGINS = "pasted rows are new: they begin as any new row does"
_BY_API = "for the systems that import it by the API"
PASTE: dict[str, Reasons] = {
    "Phase": KEPT
    | CODE
    | {
        "position": "behind the phases there are, in the order of the rows",
        "status": _BEGINS,
        "forecast_start_on": _BEGINS,
        "forecast_end_on": _BEGINS,
        "actual_start_on": _BEGINS,
        "actual_end_on": _BEGINS,
        "override_reason": _BEGINS,
    },
    "Milestone": KEPT
    | {
        "state": _BEGINS,
        "due_on": "the baseline, as nothing was said yet",
        "actual_on": _BEGINS,
        "baseline_frozen_at": _BEGINS,
        "rebaselining": _BEGINS,
    },
    "ActionItem": KEPT
    | CODE
    | {
        "requester": "who pastes asks",
        "promised_for": _BEGINS,
        "done_on": _BEGINS,
        "due_on": "computed",
        "state": _BEGINS,
        "source": _BEGINS,
        "miss_reason": _BEGINS,
        "note": _BEGINS,
        "needs_acceptance": "asked in the form of one item; pasted ones are done when their performer says so",
        "accepted_on": _BEGINS,
        "renewal_of": _BEGINS,
        "gate_condition": _BEGINS,
        "external_source": _BY_API,
        "external_id": _BY_API,
    },
    "Membership": OWN_KEEPING | PLACE,
    "Measurement": {
        "id": OWN_KEEPING["id"],
        "recorded_on": "the day of the paste",
        "recorded_at": "the instant of the paste",
        "recorded_by": "who pastes",
        "supersedes": "a correction is made on the page of the reading",
    },
}

_MOVE = "changed by a move of its own, not by an edit"
_NO_VERSION = {"version": "the service takes the row as it is: the form sends no version"}
EDIT_FORM: dict[str, Reasons] = {
    "Program": {"id": OWN_KEEPING["id"]}
    | STAMPS
    | {
        "key": "codes begin with it, and it stays",
        "status": _MOVE,
        "sponsor": "named on the page of the people",
        "deputy_sponsor": "named on the page of the people",
        "manager": "named on the page of the people",
        "manager_note_on": "the day on which the note was written",
        "forecast_at_completion_on": "the day on which the forecast was said",
    },
    "Phase": TYPED
    | CODE
    | {"position": "moved on the list of phases", "status": _MOVE, "override_reason": "said with the override"},
    "Outcome": TYPED | CODE | {"status": _MOVE, "closing_note": "said when it ends"},
    "Measure": TYPED | CODE | {"outcome": "a measure stays with its outcome"},
    "Membership": {
        "id": OWN_KEEPING["id"],
        "program": "a place stays in its program",
        "person": "a place stays its person's",
    },
    "Workstream": TYPED | CODE | _NO_VERSION,
    "Milestone": TYPED
    | CODE
    | _NO_VERSION
    | {
        "state": _MOVE,
        "actual_on": "said when it is reached",
        "baseline_frozen_at": "set when its phase starts",
        "rebaselining": "set by a re-baselining",
    },
}

_NOT_KEPT = OWN_KEEPING | STAMPS
_IN_FILE = _NOT_KEPT | {"program": "the program of the file"}
PROGRAM_FILE: dict[str, Reasons] = {
    "Program": _NOT_KEPT,
    "Phase": _IN_FILE,
    "Outcome": _IN_FILE,
    "Measure": _IN_FILE,
    "Measurement": {"id": OWN_KEEPING["id"], "recorded_at": "the instant of the load; the day recorded is there"},
    "Workstream": _IN_FILE,
    "Milestone": _IN_FILE
    | {
        "baseline_frozen_at": "follows from the phase's start",
        "rebaselining": "follows from the re-baselinings, which are there",
    },
    "Dependency": _IN_FILE,
    "ActionItem": _IN_FILE | {"due_on": "computed of the day promised and the day asked for, which are both there"},
    "RaidEntry": _IN_FILE,
    "GateReview": _IN_FILE,
}

LEFT_OUT: dict[str, dict[str, Reasons]] = {
    "API": API,
    "list file": LIST_FILE,
    "structure": STRUCTURE,
    "paste": PASTE,
    "edit form": EDIT_FORM,
    "program file": PROGRAM_FILE,
}
