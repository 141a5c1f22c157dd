"""The decision log: every place that keeps a decision, the newest first; and recording one."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from core.accounts.models import User
from core.exceptions import NotAllowed
from programs.choices import PhaseStatus, Rating, Role
from programs.models import ConfidenceStatement, Phase, Program
from tests.cast import MONDAY
from tests.support.api import ApiOf
from tests.support.pages import signed_in
from tests.work import FRIDAY, STAMPS, TODAY
from workstreams import exceptions, services
from workstreams.choices import Discipline, GateDecision, GateState
from workstreams.models import GateReview, Milestone, MilestoneRebaselining, RaidEntry, Workstream
from workstreams.queries import decisions as queries
from workstreams.queries.decisions import Edge, Scope
from workstreams.services import DecisionDetails

Roles = dict[Role, User]


@pytest.fixture
def decided(phase: Phase, milestone: Milestone, roles: Roles) -> Program:
    """A program in which one thing of each kind was decided, a day apart."""
    program, sponsor = phase.program, roles[Role.SPONSOR]
    days = [TODAY - dt.timedelta(days=number) for number in range(6)]
    GateReview.objects.create(
        program=program, phase=phase, code="G1", planned_on=days[1], held_on=days[1], state=GateState.DECIDED,
        decision=GateDecision.REWORK, decided_by=sponsor, decided_on=days[1], rationale="Not yet", **STAMPS,
    )  # fmt: skip
    MilestoneRebaselining.objects.create(
        milestone=milestone, old_on=FRIDAY, new_on=FRIDAY + dt.timedelta(days=7), decided_on=days[2],
        decided_by=sponsor, reason="New scope",
    )  # fmt: skip
    Phase.objects.filter(pk=phase.pk).update(
        override_reason="The board wants it", actual_start_on=days[3], status=PhaseStatus.ACTIVE
    )
    at = MONDAY - dt.timedelta(days=4)
    ConfidenceStatement.objects.create(
        program=program, computed=Rating.RED, rating=Rating.AMBER, reason="A day is given", by=sponsor, at=at
    )
    services.cancel_milestone(milestone=milestone, reason="=Not needed", by=roles[Role.LEAD], at=MONDAY)
    details = DecisionDetails(title="One vendor", detail="Two were too many")
    services.record_decision(program=program, details=details, by=sponsor, at=MONDAY - dt.timedelta(days=5))
    return program


def scope(program: Program) -> Scope:
    return Scope(program.pk, program.time_zone)


def log(program: Program, **narrowed: Any) -> list[dict[str, Any]]:
    return [queries.shown(row) for row in queries.decisions(scope(program), **narrowed)]


def test_the_newest_decision_comes_first_wherever_it_is_kept(decided: Program) -> None:
    kinds = [row["kind"] for row in log(decided)]
    assert kinds == ["turn", "gate", "baseline", "override", "confidence", "recorded"]
    turn, gate, baseline, override, confidence, recorded = log(decided)
    assert (turn["title"], turn["verdict_label"]) == ("ONE-S1 Rules approved", "Cancelled")
    assert (gate["code"], gate["verdict_label"], gate["by_name"]) == ("G1", "Rework", "Sue Sponsor")
    assert (baseline["code"], baseline["from_on"]) == ("S1", FRIDAY)
    assert (override["code"], override["reason"]) == ("PH1", "The board wants it")
    assert (confidence["verdict_label"], confidence["on"]) == ("Amber", TODAY - dt.timedelta(days=4))
    assert (recorded["code"], recorded["title"], recorded["reason"]) == ("R1", "One vendor", "Two were too many")


def test_one_statement_reads_it(decided: Program, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(1):
        assert len(log(decided)) == 6


def test_it_is_narrowed_by_kind(decided: Program) -> None:
    assert [row["kind"] for row in log(decided, kind="gate")] == ["gate"]


def test_it_goes_on_behind_any_row_and_before_it(decided: Program) -> None:
    rows = log(decided)
    for place, row in enumerate(rows):
        edge = Edge(row["on"], row["kind"], row["row"])
        assert log(decided, edge=edge) == rows[place + 1 :]
        assert log(decided, edge=replace(edge, is_backward=True)) == rows[:place][::-1]


def test_members_read_it_strangers_do_not(decided: Program, roles: Roles, charlie: User) -> None:
    page = signed_in(roles[Role.VIEWER]).get("/programs/ONE/decisions/").content.decode()
    assert "Last decided: ONE-S1 Rules approved" in page
    assert "/gates/ONE-G1/" in page and "Record a decision" not in page
    assert signed_in(charlie).get("/programs/ONE/decisions/").status_code == 404


def test_the_file_holds_no_formula(decided: Program, alice: User) -> None:
    told = signed_in(alice).get("/programs/ONE/decisions/?format=csv").content.decode("utf-8-sig")
    assert "'=Not needed" in told and ",=Not" not in told
    assert len(told.strip().splitlines()) == 7


def test_a_decision_is_recorded_from_the_log(
    decided: Program, roles: Roles, workstreams: dict[Discipline, Workstream]
) -> None:
    client = signed_in(roles[Role.SPONSOR])
    assert client.get("/programs/ONE/decisions/new/").status_code == 200
    said = {"title": "Two waves", "detail": "The branches cannot take three"}
    sent = client.post("/programs/ONE/decisions/new/", said)
    assert (sent.status_code, sent.headers["Location"]) == (302, "/programs/ONE/decisions/")
    entry = RaidEntry.objects.get(code="R2")
    assert (entry.title, entry.owner, entry.state) == ("Two waves", roles[Role.SPONSOR], "closed")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        RaidEntry.objects.filter(pk=entry.pk).update(title="One wave")


def test_a_lead_decides_in_the_own_workstream_alone(
    program: Program, roles: Roles, workstreams: dict[Discipline, Workstream]
) -> None:
    said: dict[str, Any] = {"title": "Two waves", "detail": "Why", "workstream": workstreams[Discipline.CHANGE]}
    entry = services.record_decision(program=program, details=DecisionDetails(**said), by=roles[Role.LEAD], at=MONDAY)
    assert entry.workstream == workstreams[Discipline.CHANGE]
    for by, details in ((Role.LEAD, {**said, "workstream": None}), (Role.MEMBER, said)):
        with pytest.raises(NotAllowed, match="the sponsor"):
            services.record_decision(program=program, details=DecisionDetails(**details), by=roles[by], at=MONDAY)


def test_a_decision_says_why_and_stays_in_its_program(program: Program, alice: User, charlie: User) -> None:
    with pytest.raises(exceptions.ReasonMissing):
        services.record_decision(program=program, details=DecisionDetails(title="So", detail=" "), by=alice, at=MONDAY)
    foreign = DecisionDetails(title="So", detail="Why", owner=charlie)
    with pytest.raises(exceptions.NotInThisProgram):
        services.record_decision(program=program, details=foreign, by=alice, at=MONDAY)


def test_the_api_reads_it_in_pages_and_records(decided: Program, roles: Roles, charlie: User, api_of: ApiOf) -> None:
    api = api_of(roles[Role.SPONSOR])
    first = api.get("programs/ONE/decisions/?limit=4").json()
    assert [row["kind"] for row in first["results"]] == ["turn", "gate", "baseline", "override"]
    second = api.get(first["next"].removeprefix("http://testserver")).json()
    assert [row["kind"] for row in second["results"]] == ["confidence", "recorded"]
    assert (second["next"], first["previous"]) == (None, None)
    again = api.get(second["previous"].removeprefix("http://testserver")).json()
    assert (again["results"], again["previous"]) == (first["results"], None)
    everything, page = [], api.get("programs/ONE/decisions/?limit=1").json()
    while page["next"]:
        everything.append(page)
        page = api.get(page["next"].removeprefix("http://testserver")).json()
    for before in reversed(everything):
        page = api.get(page["previous"].removeprefix("http://testserver")).json()
        assert page["results"] == before["results"]
    assert page["previous"] is None
    assert [row["code"] for row in api.get("programs/ONE/decisions/?kind=gate").json()["results"]] == ["ONE-G1"]
    assert api.get("programs/ONE/decisions/?kind=nothing").status_code == 400
    assert api.get("programs/ONE/decisions/?cursor=nothing").status_code == 404
    made = api.post("programs/ONE/decisions/", {"title": "Two waves", "detail": "Why"})
    assert (made.status_code, made.json()["code"]) == (201, "ONE-R2")
    assert api_of(charlie).get("programs/ONE/decisions/").status_code == 404
