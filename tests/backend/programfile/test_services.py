"""Loading: all or nothing, again without change, history only appended, by whom it may be."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import services as assessments
from backend.overview.queries import confidence_statements
from backend.programfile import queries
from backend.programfile.exceptions import FileRefused
from core import exceptions
from core.accounts.models import User
from core.audit.models import Entry
from notifications.models import ReminderRule, Scope
from programs.choices import ProgramStatus, Role
from programs.models import CodeCounter, ConfidenceStatement, Measurement, Membership, Phase, Program
from tests.backend.programfile.conftest import AT, Load
from tests.backend.programfile.test_format import with_eight_faults
from workstreams.models import (
    ActionEvent,
    ActionItem,
    GateCondition,
    Milestone,
    MilestoneForecast,
    MilestoneRebaselining,
)


def test_the_sample_loads_as_it_is_written(load: Load, sample: str) -> None:
    result = load(sample)
    program = Program.objects.select_related("sponsor", "manager").get(key="ONE")
    assert (result.is_new, result.status, result.gaps) == (True, "active", [])
    assert result.notes == []
    assert (program.status, str(program.sponsor), str(program.manager)) == ("active", "Marta Osei", "Joan Ellery")
    assert ActionItem.objects.get(code="A6").renewal_of == ActionItem.objects.get(code="A2")
    assert ActionItem.objects.get(code="A1").gate_condition == GateCondition.objects.get(gate_review__code="G1")
    late = Milestone.objects.get(code="S4")
    assert (late.due_on, late.baseline_frozen_at) == (dt.date(2026, 12, 18), AT)
    assert Milestone.objects.get(code="S5").baseline_frozen_at is None
    assert CodeCounter.objects.get(program=program, prefix="A").last == 7
    scope = Scope.objects.get(pk=program.pk)
    assert (scope.started_at, scope.counts_from, len(scope.holidays)) == (AT, AT.date(), 3)
    assert set(ReminderRule.objects.values_list("kind", flat=True)) == {
        "milestone", "action", "measurement", "gate", "assessment", "reassessment",
    }  # fmt: skip
    sana = User.objects.get(email__startswith="sana")
    assert (sana.time_zone, sana.language, sana.has_usable_password()) == ("Asia/Shanghai", "zh-hans", False)
    assert User.objects.get(email__startswith="marta").time_zone == "Europe/London"


def test_a_file_with_faults_loads_nothing(load: Load, sample: str) -> None:
    with pytest.raises(FileRefused) as refused:
        load(with_eight_faults(sample))
    assert len(refused.value.problems) >= 8
    assert not Program.objects.exists()
    assert not User.objects.exists()


def test_loading_twice_changes_nothing(load: Load, sample: str) -> None:
    load(sample)
    entries = Entry.objects.count()
    again = load(sample)
    assert not again.has_changes
    assert again.changes == []
    assert Entry.objects.count() == entries
    assert set(Program.objects.values_list("version", flat=True)) == {1}


def test_a_dry_run_writes_nothing_and_tells_what_loading_then_does(load: Load, sample: str) -> None:
    would = load(sample, is_dry_run=True)
    assert not Program.objects.exists()
    assert would.created == load(sample).created
    text = sample.replace("budget: 6400000", "budget: 6500000")
    would = load(text, is_dry_run=True)
    assert [str(change) for change in would.changes] == ["program ONE: budget: 6400000 → 6500000"]
    assert Program.objects.get().budget == 6400000


def test_what_differs_is_updated_and_on_record(load: Load, sample: str, alice: User) -> None:
    load(sample)
    Membership.objects.create(program=Program.objects.get(), person=alice, role=Role.MANAGER)
    text = sample.replace("promised_for: 2026-12-11, state: committed", "promised_for: 2026-12-14, state: committed")
    text = text.replace("title: Branch network", "title: Branches")
    result = load(text, by=alice)
    assert result.changed == {"person": 1, "action": 1}
    item = ActionItem.objects.get(code="A5")
    assert (item.due_on, item.version) == (dt.date(2026, 12, 14), 2)
    event = ActionEvent.objects.get(item=item)
    assert (event.move, event.due_before, event.due_after, event.by) == (
        "load",
        dt.date(2026, 12, 11),
        dt.date(2026, 12, 14),
        alice,
    )
    entry = Entry.objects.get(subject=f"action:{item.pk}")
    assert entry.changes == {"promised_for": ["2026-12-11", "2026-12-14"]}
    assert not load(text).has_changes


def test_rows_that_the_file_leaves_out_stay(load: Load, sample: str) -> None:
    load(sample)
    text = re.sub(r"  - \{code: (A7|R3|C5), .*\n", "", sample).replace("after: [S4, C5]", "after: [S4]")
    text = text.replace("milestone: C5, ", "")
    load(text)
    assert ActionItem.objects.filter(code="A7").exists()
    assert Milestone.objects.get(code="S5").predecessor_links.count() == 2


def test_history_is_only_appended(load: Load, sample: str) -> None:
    load(sample)
    text = sample.replace(
        "readings: [{date: 2026-11-06, value: 52}, {date: 2026-11-13, value: 58}]",
        "readings: [{date: 2026-11-13, value: 58}, {date: 2026-11-14, value: 60, supersedes: 1, note: Recounted}]",
    ).replace(
        "forecasts: [{date: 2027-03-26, said: 2026-11-16, reason: Follows write-back}]",
        "forecasts: [{date: 2027-04-02, said: 2026-11-19, reason: Rota}]",
    )
    result = load(text)
    assert result.created == {"reading": 1, "forecast": 1}
    readings = Measurement.objects.filter(measure__code="M6").order_by("pk")
    assert [reading.value for reading in readings] == [52, 58, 60]
    assert readings[2].supersedes == readings[1]
    assert MilestoneForecast.objects.filter(milestone__code="S5").count() == 2
    assert Milestone.objects.get(code="S5").due_on == dt.date(2027, 4, 2)
    assert not load(text).has_changes
    assert not load(sample).has_changes


SAID = """confidence:
  - {at: 2026-11-02T09:00:00Z, by: marta.osei@harbourvale.example, computed: amber, rating: amber}
"""


def test_what_the_sponsor_said_of_confidence_is_only_appended(load: Load, sample: str) -> None:
    load(sample + SAID)
    said = ConfidenceStatement.objects.get()
    assert (said.by.email, said.computed, said.rating, said.reason) == (
        "marta.osei@harbourvale.example", "amber", "amber", "",
    )  # fmt: skip
    earlier = SAID.replace("11-02", "10-01").replace("rating: amber", "rating: red, reason: No vendor").splitlines()[1]
    assert load(f"{sample}{SAID}{earlier}\n").created == {"confidence": 1}
    assert not load(sample + SAID).has_changes
    assert not load(sample).has_changes
    assert confidence_statements.latest([said.program_id])[said.program_id].rating == "amber"
    assert [word.rating for word in confidence_statements.history(said.program_id)] == ["amber", "red"]


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("rating: amber", "rating: green", "confidence[0].reason"),
        ("rating: amber", "rating: blue", "confidence[0].rating"),
        ("by: marta.osei@", "by: nobody@", "confidence[0].by"),
    ],
)
def test_a_wrong_word_on_confidence_is_told_with_its_line(
    load: Load, sample: str, old: str, new: str, path: str
) -> None:
    text = sample + SAID.replace(old, new)
    with pytest.raises(FileRefused) as refused:
        load(text)
    assert [(one.path, one.line) for one in refused.value.problems] == [(path, text.count("\n"))]


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("rationale: A pilot will teach more", "rationale: Pilots teach more", "phases[1].gate.rationale"),
        ("text: Publish the do-not-ask-twice rule, action", "text: Publish it, action", "phases[0].gate.conditions[0]"),
        (
            "baseline: 2026-11-13, forecasts: [{date: 2026-12-04",
            "baseline: 2026-11-20, forecasts: [{date: 2026-12-04",
            "milestones[3].baseline",
        ),
        ("case_for_change: Dual", "manager_note: {text: N, date: 2026-11-20}\n  vision_: Dual", "program.vision_"),
    ],
)
def test_what_is_final_is_not_changed_by_a_file(load: Load, sample: str, old: str, new: str, path: str) -> None:
    load(sample)
    assert old in sample
    with pytest.raises(FileRefused) as refused:
        load(sample.replace(old, new, 1))
    assert path in {problem.path for problem in refused.value.problems}
    assert all(problem.line for problem in refused.value.problems)
    assert not load(sample).has_changes


def test_a_reading_on_record_is_corrected_once(load: Load, sample: str) -> None:
    old = "readings: [{date: 2026-11-06, value: 52}, {date: 2026-11-13, value: 58}"
    assert old in sample
    corrected = sample.replace(old, f"{old}, {{date: 2026-11-13, value: 59, supersedes: 2}}")
    load(corrected)
    assert not load(corrected).has_changes
    for more in ("{date: 2026-11-13, value: 60, supersedes: 2}", "{date: 2026-11-13, value: 59, supersedes: 1}"):
        with pytest.raises(FileRefused) as refused:
            load(sample.replace(old, f"{old}, {more}"))
        assert refused.value.problems[0].path == "phases[2].outcomes[0].measures[0].readings[2].supersedes"


def test_a_frozen_baseline_moves_with_the_decision_to_move_it(load: Load, sample: str) -> None:
    load(sample)
    text = sample.replace(
        "baseline: 2026-11-13, forecasts: [{date: 2026-12-04",
        "baseline: 2026-12-18, rebaselined: [{from: 2026-11-13, to: 2026-12-18, decided: 2026-11-19, "
        "by: marta.osei@harbourvale.example, reason: Vendor}], forecasts: [{date: 2026-12-04",
    )
    load(text)
    milestone = Milestone.objects.get(code="S4")
    assert milestone.baseline_on == dt.date(2026, 12, 18)
    assert milestone.rebaselining == MilestoneRebaselining.objects.get()
    assert not load(text).has_changes


def test_a_program_that_may_not_be_active_loads_as_a_draft_with_its_gaps(load: Load, sample: str) -> None:
    text = re.sub(r"  case_for_change: .*\n", "", sample).replace("role: sponsor", "role: member")
    result = load(text)
    assert (result.status, len(result.gaps)) == ("draft", 2)
    assert Program.objects.get().status == ProgramStatus.DRAFT
    assert Scope.objects.get().started_at is None
    assert not load(text).has_changes
    assert load(sample).status == "active"
    with pytest.raises(FileRefused):
        load(text)


def test_known_people_keep_what_they_chose(load: Load, sample: str) -> None:
    User.objects.create_user("dana.whit@harbourvale.example", None, name="D. W.", time_zone="Asia/Tokyo")
    load(sample)
    dana = User.objects.get(email="dana.whit@harbourvale.example")
    assert (dana.name, dana.time_zone) == ("D. W.", "Asia/Tokyo")


def test_who_may_load(load: Load, sample: str, alice: User, bob: User, charlie: User) -> None:
    with pytest.raises(exceptions.NotAllowed):
        load(sample, by=bob)
    load(sample, by=alice)
    assert Membership.objects.get(person=alice).role == Role.MANAGER
    assert Program.objects.get().manager != alice
    with pytest.raises(exceptions.NotFound):
        load(sample, by=charlie)
    Membership.objects.create(program=Program.objects.get(), person=bob, role=Role.LEAD)
    with pytest.raises(exceptions.NotAllowed):
        load(sample, by=bob)
    assert not load(sample, by=alice).has_changes


_REBASELINED = (
    "baseline: 2026-12-18, rebaselined: [{from: 2026-11-13, to: 2026-12-18, decided: 2026-11-19, "
    "by: marta.osei@harbourvale.example, reason: Vendor}], forecasts: [{date: 2026-12-04"
)


@pytest.mark.parametrize(
    ("old", "new", "paths"),
    [
        (
            "gate: {code: G3, planned: 2027-01-14}",
            "gate: {code: G3, planned: 2027-01-14, held: 2026-11-19, rating: green, decision: proceed, "
            "decided_by: marta.osei@harbourvale.example, rationale: It works}",
            ["phases[2].gate.state"],
        ),
        ("baseline: 2026-11-13, forecasts: [{date: 2026-12-04", _REBASELINED, ["milestones[3].rebaselined[0].to"]),
        ("  status: active\n", "  status: stopped\n", ["program.status"]),
        (
            "urgency: essential, state: accepted, action: A4}\n",
            "urgency: essential, state: accepted, action: A4}\n          - {code: N2, text: Close the portal, "
            "rationale: Nobody uses it, urgency: critical, state: rejected, reason: The law}\n",
            ["assessments[1].findings[0].recommendations[1].state"],
        ),
    ],
)
def test_what_the_sponsor_decides_is_loaded_by_the_sponsors_word_alone(
    load: Load, sample: str, old: str, new: str, paths: list[str]
) -> None:
    load(sample)
    program = Program.objects.get()
    manager = User.objects.get(email="joan.ellery@harbourvale.example")
    assert old in sample
    text = sample.replace(old, new, 1)
    with pytest.raises(FileRefused) as refused:
        load(text, by=manager)
    assert [problem.path for problem in refused.value.problems] == paths
    assert all("the sponsor or the deputy decides this" in problem.message for problem in refused.value.problems)
    Program.objects.filter(pk=program.pk).update(deputy_sponsor=manager)
    assert load(text, by=manager).has_changes


def test_the_sponsor_may_change_places(load: Load, sample: str) -> None:
    load(sample)
    text = sample.replace("role: sponsor", "role: viewer").replace("role: manager", "role: sponsor", 1)
    text = text.replace("  status: active", "  manager: tomasz.reid@harbourvale.example\n  status: active", 1)
    load(text)
    program = Program.objects.select_related("sponsor", "manager").get()
    assert (str(program.sponsor), str(program.manager)) == ("Joan Ellery", "Tomasz Reid")
    without = re.sub(r"  - \{email: joan.*\n", "", sample).replace("joan.ellery", "marta.osei")
    with pytest.raises(FileRefused) as refused:
        load(without)
    assert any("is the sponsor" in problem.message for problem in refused.value.problems)


def test_a_phase_that_is_added_takes_its_place(load: Load, sample: str) -> None:
    load(sample)
    text = sample.replace("  - code: PH3\n", "  - {code: PH2B, name: Between}\n  - code: PH3\n")
    load(text)
    assert list(Phase.objects.order_by("position").values_list("code", flat=True)) == [
        "PH1",
        "PH2",
        "PH2B",
        "PH3",
        "PH4",
        "PH5",
    ]
    assert not load(text).has_changes


def test_the_queries_do_not_grow_with_the_program(load: Load, sample: str) -> None:
    """Of each kind a statement a batch; nothing a row."""
    assessments.install_built_in(at=AT)
    counts = []
    for key, many in (("ONE", 5), ("TWO", 30)):
        row = sample[sample.index("  - {code: A5") :].split("\n", 1)[0]
        more = "\n".join(row.replace("A5", f"B{number}") for number in range(many))
        text = sample.replace("key: ONE", f"key: {key}").replace("actions:\n", f"actions:\n{more}\n")
        with CaptureQueriesContext(connection) as captured:
            load(text)
        with CaptureQueriesContext(connection) as again:
            load(text.replace("2026-12-11", "2026-12-18"))
        counts.append((len(captured), len(again)))
    first, second = counts
    assert abs(first[0] - second[0]) <= 12
    assert abs(first[1] - second[1]) <= 2


def test_ten_thousand_items_load_and_come_back(load: Load, sample: str) -> None:
    row = sample[sample.index("  - {code: A5") :].split("\n", 1)[0]
    more = "\n".join(row.replace("A5", f"B{number}") for number in range(10_000))
    text = sample.replace("actions:\n", f"actions:\n{more}\n")
    assert load(text).created["action"] == 10_007
    exported = queries.export_program("ONE", at=AT)
    assert not load(exported).has_changes
