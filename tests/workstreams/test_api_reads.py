"""The work over the API: what lists and items show, to whom, at what cost."""

import datetime as dt
from collections.abc import Callable

import pytest

from core.accounts.models import User
from programs.choices import Role
from programs.models import Phase, Program
from tests.cast import MONDAY
from tests.support.api import ApiOf
from tests.work import FRIDAY, STAMPS, TODAY
from workstreams import services
from workstreams.choices import Discipline, GateDecision, GateState, RaidKind
from workstreams.models import ActionItem, Dependency, GateCondition, GateReview, Milestone, RaidEntry, Workstream
from workstreams.services import ActionRequest

pytestmark = pytest.mark.usefixtures("monday")

LISTS = ("workstreams", "milestones", "dependencies", "action-items", "gate-reviews", "raid-entries")
Grow = Callable[[int], None]


@pytest.fixture
def grow(
    program: Program, phase: Phase, workstreams: dict[Discipline, Workstream], request_of_bob: ActionRequest, bob: User
) -> Grow:
    """Fill Alice's program with as many of each thing as asked for; the days they are due lie apart."""
    project = workstreams[Discipline.PROJECT]
    place = {"program": program, "workstream": project, **STAMPS}

    def make(count: int) -> None:
        before = None
        for number in range(1, count + 1):
            day = TODAY + dt.timedelta(days=number)
            milestone = Milestone.objects.create(
                code=f"S{number}", name="A milestone", phase=phase, owner=bob, baseline_on=day, due_on=day, **place
            )
            ActionItem.objects.create(
                code=f"A{number}", title="A thing", phase=phase, milestone=milestone, requester=bob, performer=bob,
                requested_for=day, **place,
            )  # fmt: skip
            RaidEntry.objects.create(
                code=f"R{number}", kind=RaidKind.RISK, title="A risk", probability=1, impact=5, owner=bob,
                review_on=day, **place,
            )  # fmt: skip
            if before is not None:
                Dependency.objects.create(program=program, predecessor=before, successor=milestone, **STAMPS)
            before = milestone
            gated = Phase.objects.create(program=program, code=f"PX{number}", position=number, name="Next", **STAMPS)
            gate = GateReview.objects.create(program=program, phase=gated, code=f"G{number}", planned_on=day, **STAMPS)
            GateCondition.objects.create(gate_review=gate, position=1, text="Go on looking")

    return make


@pytest.mark.parametrize("count", [3, 30])
@pytest.mark.parametrize("resource", LISTS)
def test_a_list_costs_at_most_three_queries(resource: str, count: int, grow: Grow, bob: User, api_of: ApiOf) -> None:
    grow(count)
    api = api_of(bob)
    answer = api.get(f"{resource}/?limit=200&program=ONE")
    assert len(answer.json()["results"]) == {"workstreams": 2, "dependencies": count - 1}.get(resource, count)
    assert len(api.queries) <= 3


@pytest.mark.parametrize("resource", LISTS)
def test_strangers_see_nothing(resource: str, grow: Grow, charlie: User, api_of: ApiOf) -> None:
    grow(2)
    assert api_of(charlie).codes(f"{resource}/") == []


@pytest.mark.parametrize(
    "path",
    [
        "workstreams/ONE-W1/",
        "milestones/ONE-S1/",
        "action-items/ONE-A1/",
        "gate-reviews/ONE-G1/",
        "raid-entries/ONE-R1/",
    ],
)
def test_a_stranger_gets_404(path: str, grow: Grow, bob: User, charlie: User, api_of: ApiOf) -> None:
    grow(1)
    shown = api_of(bob).get(path)
    assert shown.status_code == 200
    assert shown.json()["url"] == f"/api/v1/{path}"
    assert api_of(charlie).get(path).status_code == 404


def test_an_item_is_named_by_code_or_number(item: ActionItem, bob: User, api_of: ApiOf) -> None:
    api = api_of(bob)
    assert api.get(f"action-items/{item.pk}/").content == api.get(f"action-items/ONE-{item.code}/").content


def test_an_action_item_shows_all_that_a_list_needs(
    item: ActionItem, bob: User, roles: dict[Role, User], api_of: ApiOf
) -> None:
    (shown,) = api_of(bob).get("action-items/").json()["results"]
    sponsor = roles[Role.SPONSOR]
    assert shown["code"] == "ONE-A1"
    assert shown["program"] == {"id": item.program_id, "key": "ONE", "name": "One Customer"}
    assert shown["workstream"] == {"id": item.workstream_id, "code": "ONE-W2", "name": "People and habits"}
    assert shown["phase"]["code"] == "ONE-PH1"
    assert (shown["milestone"], shown["outcome"], shown["renewed_as"]) == (None, None, None)
    assert shown["performer"] == {"id": bob.pk, "name": "Bob Baker"}
    assert shown["requester"] == {"id": sponsor.pk, "name": "Sue Sponsor"}
    assert (shown["state"], shown["due_on"], shown["miss_reason"]) == ("requested", FRIDAY.isoformat(), None)
    assert "history" not in shown


def test_an_item_tells_its_history_and_the_readers_moves(
    promise: ActionItem, bob: User, roles: dict[Role, User], api_of: ApiOf
) -> None:
    shown = api_of(bob).get("action-items/ONE-A1/").json()
    assert [(said["move"], said["state_before"], said["by"]["name"]) for said in shown["history"]] == [
        ("request", None, "Sue Sponsor"),
        ("promise", "requested", "Bob Baker"),
    ]
    assert shown["legal_moves"] == ["keep", "miss", "renegotiate"]
    moves_of = {
        role: api_of(person).get("action-items/ONE-A1/").json()["legal_moves"] for role, person in roles.items()
    }
    assert moves_of[Role.SPONSOR] == ["withdraw"]
    assert moves_of[Role.MANAGER] == ["keep", "miss", "withdraw"]
    assert moves_of[Role.VIEWER] == []


def test_a_milestone_tells_every_date_said_of_it(milestone: Milestone, bob: User, api_of: ApiOf) -> None:
    later = FRIDAY + dt.timedelta(days=7)
    services.forecast_milestone(milestone=milestone, forecast_on=later, reason="Wording", by=bob, at=MONDAY)
    shown = api_of(bob).get("milestones/ONE-S1/").json()
    assert (shown["baseline_on"], shown["due_on"], shown["slip_days"]) == (FRIDAY.isoformat(), later.isoformat(), 7)
    assert shown["forecasts"] == [
        {
            "forecast_on": later.isoformat(),
            "said_on": TODAY.isoformat(),
            "reason": "Wording",
            "said_by": {"id": bob.pk, "name": "Bob Baker"},
        }
    ]
    assert shown["legal_moves"] == ["achieve", "forecast"]


def test_a_gate_review_shows_what_became_of_its_conditions(grow: Grow, roles: dict[Role, User], api_of: ApiOf) -> None:
    grow(1)
    gate, item = GateReview.objects.get(), ActionItem.objects.get()
    ActionItem.objects.update(gate_condition=gate.conditions.get())
    GateReview.objects.update(
        state=GateState.DECIDED, held_on=TODAY, decision=GateDecision.HOLD, rationale="Not yet",
        decided_by=roles[Role.SPONSOR], decided_on=TODAY,
    )  # fmt: skip
    shown = api_of(roles[Role.VIEWER]).get("gate-reviews/ONE-G1/").json()
    assert shown["decision"] == "hold"
    assert shown["rating"] is None
    assert shown["conditions"] == [
        {"text": "Go on looking", "action_item": {"id": item.pk, "code": f"ONE-{item.code}", "name": item.title}}
    ]


def test_a_risk_tells_the_issue_it_became(grow: Grow, bob: User, api_of: ApiOf) -> None:
    grow(2)
    risk, issue = RaidEntry.objects.order_by("pk")
    RaidEntry.objects.filter(pk=issue.pk).update(kind=RaidKind.ISSUE, came_from=risk)
    api = api_of(bob)
    assert api.get("raid-entries/ONE-R1/").json()["became"]["code"] == "ONE-R2"
    assert api.get("raid-entries/ONE-R2/").json()["came_from"]["code"] == "ONE-R1"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("action-items/?program=ONE&state=requested,committed&performer=me", ["ONE-A1", "ONE-A2", "ONE-A3"]),
        ("action-items/?due_before=2026-11-25", ["ONE-A1"]),
        ("action-items/?due_after=2026-11-25", ["ONE-A3"]),
        ("action-items/?milestone=ONE-S2&requester=bob@example.org", ["ONE-A2"]),
        ("action-items/?milestone=S2&workstream=W1&phase=PH1", ["ONE-A2"]),
        ("action-items/?ordering=-due_on&limit=2", ["ONE-A3", "ONE-A2"]),
        ("action-items/?state=kept", []),
        ("milestones/?discipline=change", []),
        ("milestones/?discipline=project,change&owner=me&goes_live=false&due_before=2026-11-26", ["ONE-S1", "ONE-S2"]),
        ("workstreams/?discipline=change", ["ONE-W2"]),
        ("raid-entries/?kind=risk&state=open&review_before=2026-11-25", ["ONE-R1"]),
        ("gate-reviews/?phase=PX2", ["ONE-G2"]),
    ],
)
def test_filters(query: str, expected: list[str], grow: Grow, bob: User, api_of: ApiOf) -> None:
    grow(3)
    assert api_of(bob).codes(query) == expected


def test_dependencies_of_a_milestone(grow: Grow, bob: User, api_of: ApiOf) -> None:
    grow(3)
    (link,) = api_of(bob).get("dependencies/?successor=ONE-S3").json()["results"]
    assert (link["predecessor"]["code"], link["successor"]["code"], link["lag_days"]) == ("ONE-S2", "ONE-S3", 0)


def test_pages_stay_true_while_rows_come_and_go(grow: Grow, bob: User, api_of: ApiOf) -> None:
    grow(6)
    api = api_of(bob)
    first = api.get("action-items/?ordering=due_on&limit=2&fields=code").json()
    early = ActionItem.objects.get(code="A6")
    ActionItem.objects.filter(pk=early.pk).update(requested_for=TODAY)
    second = api.get(first["next"].removeprefix("http://testserver")).json()
    assert [row["code"] for row in first["results"] + second["results"]] == ["ONE-A1", "ONE-A2", "ONE-A3", "ONE-A4"]
    back = api.get(second["previous"].removeprefix("http://testserver")).json()
    assert [row["code"] for row in back["results"]] == ["ONE-A1", "ONE-A2"]


def test_what_is_known_is_not_sent_again_until_it_changes(promise: ActionItem, bob: User, api_of: ApiOf) -> None:
    api = api_of(bob)
    known = {path: api.get(path)["ETag"] for path in ("action-items/", "action-items/ONE-A1/")}
    for path, etag in known.items():
        assert api.get(path, If_None_Match=etag).status_code == 304
    services.keep_action(item=promise, by=bob, at=MONDAY)
    for path, etag in known.items():
        assert api.get(path, If_None_Match=etag).status_code == 200
