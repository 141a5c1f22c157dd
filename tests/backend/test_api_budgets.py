"""What a write costs: at most twelve statements, or the number that docs/measurements.md states and says why."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.programfile import services as programfile
from core import clock
from core.accounts.models import ApiToken, User
from tests.conftest import Clock
from tests.support.api import Api, ApiOf
from tests.support.big_program import NOW

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "programs/data/one-customer.yaml"
MOST = 12
LUIS = "luis.abara@harbourvale.example"
PLANNED = {"program": "ONE", "workstream": "W1", "phase": "PH3", "name": "X", "baseline_on": "2027-01-10"}
ITEM = {"program": "ONE", "workstream": "W1", "phase": "PH3", "title": "T", "requested_for": "2026-12-31"}
MEASURE: dict[str, Any] = {
    "outcome": "ONE-O1", "name": "New", "kind": "financial", "direction": "up", "baseline": "1", "target": "2",
    "baseline_on": "2026-01-01", "target_on": "2027-01-01", "owner": LUIS,
    "steps": [{"on": "2026-12-31", "value": "1"}],
}  # fmt: skip
# By the manager; where a change needs an ETag it is that of its address.
WRITES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("", "POST", "milestones/", {**PLANNED, "code": "S99", "owner": LUIS}),
    ("", "PATCH", "milestones/ONE-S5/", {"name": "Y", "owner": LUIS}),
    ("a milestone moved", "PATCH", "milestones/ONE-S5/", {
        "baseline_on": "2027-06-01", "workstream": "W2", "phase": "PH5",
    }),
    ("", "POST", "milestones/ONE-S4/forecast/", {"forecast_on": "2027-08-01", "reason": "Late"}),
    ("", "POST", "dependencies/", {"program": "ONE", "predecessor": "S1", "successor": "C4"}),
    ("", "POST", "measures/", MEASURE),
    ("", "PATCH", "measures/ONE-M3/", {"steps": [{"on": "2026-12-31", "value": "80"}]}),
    ("a measure re-planned", "PATCH", "measures/ONE-M3/", {
        "steps": [{"on": "2026-12-30", "value": "80"}], "cadence": "weekly", "owner": LUIS,
    }),
    ("", "POST", "measurements/", {"measure": "ONE-M2", "value": "3", "measured_on": "2026-11-20"}),
    ("", "PATCH", "outcomes/ONE-O1/", {"phase": "PH4"}),
    ("", "POST", "phases/", {"program": "ONE", "name": "More", "owner": LUIS}),
    ("", "PATCH", "phases/ONE-PH3/", {"forecast_end_on": "2027-03-01", "reason": "Late", "owner": LUIS}),
    ("", "PATCH", "programs/ONE/", {"name": "Another"}),
    ("a program's days off", "PATCH", "programs/ONE/", {"holidays": ["2027-05-03"], "time_zone": "Europe/Paris"}),
    ("", "POST", "programs/ONE/decisions/", {"title": "So", "detail": "Why"}),
    ("", "POST", "action-items/", {**ITEM, "performer": LUIS, "external_source": "jira", "external_id": "9"}),
    ("a gate held", "POST", "gate-reviews/ONE-G3/hold/", {"rating": "amber"}),
]  # fmt: skip


@pytest.fixture
def stated() -> dict[str, int]:
    """What the document states, by the name of the write."""
    text = (ROOT / "docs/measurements.md").read_text(encoding="utf-8").partition("## Statements of a write")[2]
    text = text.partition("\n## ")[0]
    return {name: int(most) for name, most in re.findall(r"^\| ([^|]+?) \| (\d+) \|", text, re.MULTILINE)}


@pytest.fixture(autouse=True)
def sample(clock: Clock) -> None:
    """The sample program on its day."""
    clock.move_to(NOW)
    text = SAMPLE.read_text(encoding="utf-8")
    programfile.load_program_file(text=text, source_name=SAMPLE.name, as_of=None, by=None, at=NOW)


def _client(api_of: ApiOf, name: str) -> Api:
    return api_of(User.objects.get(email=f"{name}@harbourvale.example"))


def _decision(conditions: int) -> dict[str, Any]:
    asked = {"performer": LUIS, "workstream": "W1", "requested_for": "2026-12-31"}
    return {
        "decision": "proceed_with_conditions", "rationale": "It cannot wait", "open_milestones": "PH4",
        "conditions": [{"text": f"Condition {number}", **asked} for number in range(conditions)],
    }  # fmt: skip


def _costs(api: Api) -> Iterator[tuple[str, str, int]]:
    for name, method, path, body in WRITES:
        headers = {"If_Match": api.get(path)["ETag"]} if method == "PATCH" else {}
        answer = api.send(method, path, body, **headers)
        assert answer.status_code in (200, 201), (path, answer.content)
        yield name, f"{method} {path}", len(api.queries)
        # The token's last use is noted once a minute, which a slow machine needs for all of these.
        ApiToken.objects.update(last_used_at=clock.now())


def test_writes_keep_to_what_is_stated(api_of: ApiOf, stated: dict[str, int]) -> None:
    over = [
        (name, address, cost)
        for name, address, cost in _costs(_client(api_of, "joan.ellery"))
        if (cost != stated[name] if name else cost > MOST)
    ]
    assert over == []


def test_a_word_on_confidence_reckons_the_figures_once(api_of: ApiOf, stated: dict[str, int]) -> None:
    sponsor = _client(api_of, "marta.osei")
    assert sponsor.post("programs/ONE/confidence/", {"rating": "amber"}).status_code == 200
    assert len(sponsor.queries) == stated["a word on delivery confidence"]


@pytest.mark.parametrize("conditions", [1, 20])
def test_a_decision_costs_the_same_with_many_conditions(conditions: int, api_of: ApiOf, stated: dict[str, int]) -> None:
    assert _client(api_of, "joan.ellery").post("gate-reviews/ONE-G3/hold/", {"rating": "amber"}).status_code == 200
    sponsor = _client(api_of, "marta.osei")
    decided = sponsor.post("gate-reviews/ONE-G3/decision/", _decision(conditions))
    assert (decided.status_code, len(decided.json()["conditions"])) == (200, conditions)
    assert len(sponsor.queries) == stated["a gate decided"]
    items = [one["action_item"]["code"] for one in decided.json()["conditions"]]
    assert items == [f"ONE-A{number}" for number in range(8, 8 + conditions)]


def test_a_condition_of_elsewhere_is_named(api_of: ApiOf) -> None:
    _client(api_of, "joan.ellery").post("gate-reviews/ONE-G3/hold/", {"rating": "amber"})
    body = _decision(2)
    body["conditions"][1]["performer"] = "nobody@example.org"
    refused = _client(api_of, "marta.osei").post("gate-reviews/ONE-G3/decision/", body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (409, "conditions.1.performer")
