"""Writing a program as a file: nothing lost, always the same, and read back as it was."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.programfile import queries
from backend.programfile.format import files
from backend.programfile.format.problems import Problems
from backend.programfile.format.writer import number, write
from core import exceptions
from programs.models import Membership, Program
from tests.backend.programfile.conftest import AT, Load
from workstreams.models import ActionItem, Milestone

FULL = """\
format: crm-program/1
status_date: 2026-11-20
program:
  key: ALL
  name: "Alles: 客户计划 #1"
  timezone: Asia/Shanghai
  currency: CNY
  vision: "  spaces, a tab\\t and \\"quotes\\" \\\\ "
  case_for_change: |-
    First line

      indented: yes
    - last
  start: 2026-01-01
  budget: 100.5
  staffing: {planned: 12.5, actual: 9}
  deputy_sponsor: li@example.org
  manager_note: {text: "true", date: 2026-11-19}
  status: active
people:
  - {email: wang@example.org, name: 王小明, title: 总经理, role: sponsor}
  - {email: li@example.org, name: 李雷, role: manager, timezone: Europe/London, language: zh-hant}
  - {email: gone@example.org, name: Gone}
workstreams:
  - {code: W1, discipline: project, name: "null", lead: li@example.org}
  - {code: W2, discipline: change, name: "2026-11-20"}
phases:
  - code: PH1
    name: 第一阶段
    override: 没有等待
    status: active
    actual: {start: 2026-02-01}
    gates:
      - {code: G0, planned: 2026-03-01, held: 2026-03-02, decision: rework, decided_by: wang@example.org, decided: 2026-03-05, rationale: Not yet, rating: red, conditions: [{text: Do it}, {text: And that, action: A1}]}
      - {code: G1, planned: 2026-12-01, held: 2026-12-01}
    outcomes:
      - code: O1
        statement: Fewer calls
        area: customer
        is_dis_benefit: true
        status: agreed
        measures:
          - code: M1
            name: Calls
            kind: customer_perception
            direction: maintain
            limits: {low: -1.5, high: 2}
            cadence: phase
            source: CRM
            reporting_lag_days: 14
            steps: [{date: 2026-06-30, value: 1}, {date: 2026-09-30, value: 1.25}]
            readings:
              - {date: 2026-06-30, value: 1, recorded: 2026-07-02, by: gone@example.org, evidence: "https://example.org/a?b=c#d"}
              - {date: 2026-06-30, value: 1.1, recorded: 2026-07-03, supersedes: 1, note: Wrong}
              - {date: 2026-06-30, value: 1.2, recorded: 2026-07-03, supersedes: 2}
milestones:
  - {code: S1, phase: PH1, workstream: W1, name: One, baseline: 2026-05-01, goes_live: true, rebaselined: [{from: 2026-04-01, to: 2026-05-01, decided: 2026-03-01, by: wang@example.org, reason: Moved}]}
  - {code: C1, phase: PH1, workstream: W2, name: Two, baseline: 2026-05-01, state: cancelled, after: [{code: S1, lag: 3}], forecasts: [{date: 2026-06-01, said: 2026-04-01, by: li@example.org, reason: Late}]}
actions:
  - code: A1
    workstream: W1
    phase: PH1
    milestone: S1
    title: A promise
    detail: |-
      Of two lines,
      and more
    performer: li@example.org
    requester: wang@example.org
    requested_for: 2026-05-01
    promised_for: 2026-05-02
    done: 2026-05-01
    state: kept
    needs_acceptance: true
    accepted: 2026-05-03
    source: gate
    external: {source: jira, id: X-1}
    history:
      - {at: 2026-04-01T09:00:00Z, move: request, after: requested, due_after: 2026-05-01, by: wang@example.org}
      - {at: "2026-04-02T09:00:00.123456+02:00", move: promise, before: requested, after: committed, due_before: 2026-05-01, due_after: 2026-05-02, note: Fine}
raid:
  - {code: R1, kind: risk, title: It rains, probability: 1, impact: 5, state: closed, workstream: W1, detail: Hard}
  - {code: R2, kind: issue, title: It rained, impact: 5, came_from: R1}
  - {code: R3, kind: decision, title: Umbrellas, response: Buy}
reminders:
  milestone: {offsets: [0, -1], to: [owner]}
"""


def test_export_and_load_lose_nothing(load: Load) -> None:
    load(FULL)
    exported = queries.export_program("ALL", at=AT)
    assert not load(exported).has_changes
    assert not load(FULL).has_changes
    assert queries.export_program("ALL", at=AT) == exported
    load(exported.replace("key: ALL", "key: TWO"))
    assert queries.export_program("TWO", at=AT) == exported.replace("key: ALL", "key: TWO")
    problems = Problems()
    given_file, got = files.read_file(FULL, None, problems), files.read_file(exported, None, problems)
    assert given_file is not None
    assert got is not None
    assert not problems
    for kind, rows in given_file.document.rows.items():
        assert [row.values for row in got.document.of(kind)] == [row.values for row in rows] or kind == "reading", kind


def test_the_sample_comes_back_and_says_what_it_said(load: Load, sample: str) -> None:
    load(sample)
    exported = queries.export_program("ONE", at=AT)
    assert exported.startswith("format: crm-program/1\nstatus_date: 2026-11-20\nprogram:\n  key: ONE\n")
    assert "assessments" not in exported
    assert "baseline: 88.4\n" in exported
    problems = Problems()
    original, back = files.read_file(sample, None, problems), files.read_file(exported, None, problems)
    assert original is not None
    assert back is not None
    assert not problems
    for kind, rows in original.document.rows.items():
        assert [row.values for row in back.document.of(kind)] == [row.values for row in rows]


def test_what_happened_in_the_product_is_exported(load: Load, sample: str) -> None:
    load(sample)
    ActionItem.objects.filter(code="A5").update(state="kept", done_on=dt.date(2026, 11, 20))
    Milestone.objects.filter(code="C5").update(state="cancelled")
    Membership.objects.filter(person__email__startswith="luis").delete()
    exported = queries.export_program("ONE", at=AT)
    assert not load(exported).has_changes
    assert "state: cancelled" in exported


def test_there_is_no_file_of_no_program(db: None) -> None:
    with pytest.raises(exceptions.NotFound):
        queries.export_program("NONE", at=AT)


def test_an_export_takes_a_fixed_number_of_queries(load: Load, sample: str) -> None:
    load(sample)
    with CaptureQueriesContext(connection) as captured:
        queries.export_program("ONE", at=AT)
    assert len(captured) <= 24


@pytest.mark.parametrize(
    ("value", "text"), [("88.4000", "88.4"), ("6400000.00", "6400000"), ("0.0000", "0"), ("-0.5000", "-0.5")]
)
def test_numbers_are_written_as_people_write_them(value: str, text: str) -> None:
    assert number(Decimal(value)) == text


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)


@settings(max_examples=300, deadline=None)
@given(vision=words, names=st.lists(words.filter(str.strip), max_size=3), value=st.decimals(-(10**9), 10**9, places=4))
def test_every_text_and_number_comes_back(vision: str, names: list[str], value: Decimal) -> None:
    problems = Problems()
    file = files.read_file(
        "format: crm-program/1\nstatus_date: 2026-11-20\nprogram: {key: ONE, name: X}\n", None, problems
    )
    assert file is not None
    document = file.document
    document.program.values |= {"vision": vision, "case_for_change": "\n".join(names), "budget": round(value, 2)}
    back = files.read_file(write(document, status_date=dt.date(2026, 11, 20)), None, problems)
    assert back is not None
    assert not problems
    values: dict[str, Any] = back.document.program.values
    assert values["vision"] == vision
    assert values["case_for_change"] == "\n".join(names)
    assert values["budget"] == round(value, 2)


def test_the_program_is_named_by_its_key(load: Load, sample: str) -> None:
    load(sample)
    load(sample.replace("key: ONE", "key: TWO"))
    assert set(Program.objects.values_list("key", flat=True)) == {"ONE", "TWO"}
