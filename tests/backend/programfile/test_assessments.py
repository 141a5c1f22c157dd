"""Assessments in the file: whole, in and out, locked once completed, without single answers and private notes."""

import datetime as dt
from pathlib import Path

import pytest

from assessments.models import (
    Answer,
    Assessment,
    AssessmentTemplate,
    Assessor,
    Consensus,
    Criterion,
    Debrief,
    Finding,
    SectionPoints,
)
from backend.programfile import queries
from backend.programfile.exceptions import FileRefused
from core.accounts.models import User
from programs.choices import Role
from programs.models import CodeCounter, Membership, Program
from tests.backend.programfile.conftest import AT, Load
from tests.backend.programfile.test_format import line_of

WHOLE = (Path(__file__).parent / "data" / "assessments.yaml").read_text(encoding="utf-8")


def refused(load: Load, text: str) -> list[tuple[str, int, str]]:
    """Return the faults for which a text is refused: path, line and words."""
    with pytest.raises(FileRefused) as caught:
        load(text)
    return [(each.path, each.line, each.message) for each in caught.value.problems]


def test_the_sample_brings_two_past_assessments(load: Load, sample: str) -> None:
    load(sample)
    first, second = Assessment.objects.filter(program__key="ONE").order_by("code")
    assert (str(first.template), first.state, first.completed_on) == (
        "CRM best-practice self-assessment (1)", "completed", dt.date(2026, 2, 20),
    )  # fmt: skip
    assert [sum(each.points for each in one.section_points.all()) for one in (first, second)] == [390, 492]
    assert {each.answered for each in second.section_points.filter(section__code="P")} == {50}
    assert (first.target_next, second.target_next) == (None, 620)
    gap = second.findings.get(code="F1")
    assert (gap.kind, gap.criterion and gap.criterion.code, gap.is_systemic) == ("gap", "C2", True)
    assert sorted(each.code for each in gap.affects.all()) == ["E2", "OC3", "S1"]
    step = gap.recommendations.get()
    assert (step.code, step.assessment, step.state, step.action_item and step.action_item.code) == (
        "N1", second, "accepted", "A4",
    )  # fmt: skip
    assert list(second.findings.filter(kind="strength").order_by("code").values_list("code", "text")) == [
        ("F2", "Branch managers can say why"),
        ("F3", "The shared record is trusted by those who use it"),
    ]
    debrief = second.debrief
    assert (debrief.state, debrief.held_on, debrief.committed_on) == (
        "committed", dt.date(2026, 9, 3), dt.date(2026, 9, 3),
    )  # fmt: skip
    assert [each.action_item.code for each in debrief.commitments.all()] == ["A4"]
    assert CodeCounter.objects.get(program=first.program, prefix="T").last == 2
    assert not load(sample).has_changes


def test_whole_assessments_come_back_as_they_were(load: Load) -> None:
    load(WHOLE)
    assert not load(WHOLE).has_changes
    exported = queries.export_program("ALL", at=AT)
    assert not load(exported).has_changes
    load(exported.replace("key: ALL", "key: TWO"))
    again = queries.export_program("TWO", at=AT)
    # What was handed in while the answering goes on stays with the answers.
    assert again == exported.replace("key: ALL", "key: TWO")
    twin = Assessment.objects.get(program__key="TWO", code="T1")
    assert (twin.state, twin.is_named, twin.target, str(twin.facilitator)) == ("reviewed", True, 60, "Wang")
    assert [each.person.email for each in twin.assessors.filter(left_at__isnull=False)] == ["mia@example.org"]
    assert list(twin.assessors.filter(sections__code="LV").values_list("person__email", flat=True)) == [
        "guest@elsewhere.example"
    ]
    assert [part.kind for part in twin.debrief.parts.order_by("position")] == ["reason", "own", "status"]
    assert not Membership.objects.filter(person__email="guest@elsewhere.example").exists()


def test_points_follow_from_what_was_agreed_on(load: Load) -> None:
    load(WHOLE)
    points = SectionPoints.objects.get(assessment__code="T1", section__code="LV")
    assert (int(points.points), points.answered, points.applicable, points.evidenced) == (6, 20, 30, 10)
    alone = SectionPoints.objects.get(assessment__code="T2", section__code="LV")
    assert (float(alone.points), alone.answered, alone.applicable, alone.evidenced) == (3.75, 40, 40, None)
    assert not SectionPoints.objects.filter(assessment__code__in=["T3", "T4", "T5"]).exists()
    told = refused(load, WHOLE.replace("key: ALL", "key: TWO").replace(
        "    strengths:\n      - code: F3", "    section_points: {LV: 7}\n    strengths:\n      - code: F3"
    ))  # fmt: skip
    assert [(path, "6 points" in words) for path, _line, words in told] == [("assessments[0].section_points.LV", True)]


def test_no_file_holds_an_answer_or_a_private_note(load: Load) -> None:
    load(WHOLE)
    criterion = Criterion.objects.get(template__slug="organisational-readiness", code="HF1")
    assessor = Assessor.objects.get(assessment__code="T3", person__email="mia@example.org")
    Answer.objects.create(assessor=assessor, criterion=criterion, percent=35, note="For me", created_at=AT,
                          updated_at=AT)  # fmt: skip
    Assessor.objects.filter(pk=assessor.pk).update(submitted_at=AT)
    Debrief.objects.update(private_notes="She is leaving")
    exported = queries.export_program("ALL", at=AT)
    assert "For me" not in exported
    assert "leaving" not in exported
    assert "submitted: 2026-11" not in exported
    assert not load(exported).has_changes
    assert Answer.objects.get().percent == 35
    assert Assessor.objects.get(pk=assessor.pk).submitted_at == AT
    assert set(Debrief.objects.values_list("private_notes", flat=True)) == {"She is leaving"}


def test_what_is_under_way_is_in_the_files_of_managers_alone(load: Load) -> None:
    load(WHOLE)
    Debrief.objects.filter(assessment__code="T1").update(
        state="sponsor_briefed", held_on=None, committed_on=None, planned_on="2026-12-24"
    )
    program = Program.objects.get(key="ALL")

    def export(email: str) -> str:
        return queries.export_program("ALL", at=AT, reader=User.objects.get(email=email))

    assert export("wang@example.org") == queries.export_program("ALL", at=AT)
    member = export("mia@example.org")
    assert "code: T2" in member
    assert not {"code: T3", "code: T4", "code: T5", "2026-12-24", "A word of thanks"} & {
        line.strip(" -") for line in member.splitlines()
    }
    assert "2026-12-24" not in member
    assert "2026-12-24" in export("li@example.org")
    assert "code: T3" not in export("li@example.org")
    assert not load(member).has_changes
    Membership.objects.filter(program=program, person__email="mia@example.org").update(role=Role.VIEWER)
    assert export("mia@example.org").replace("role: viewer", "role: member") == member


@pytest.mark.parametrize(
    ("old", "new", "path", "line"),
    [
        ("section_points: {P: 34", "section_points: {P: 35", "section_points.P", "{P: 34"),
        ("purpose: calibration", "purpose: readiness", "purpose", "purpose: calibration"),
        ("date: 2026-08-24", "date: 2026-08-25", "date", "date: 2026-08-24"),
        ("target_next: 620", "assessors: [joan.ellery@harbourvale.example]", "assessors[0]", "target_next"),
        ("target_next: 620", "consensus: {P1: {note: Well}}", "consensus.P1", "target_next"),
        ("state: accepted, action: A4", "state: proposed", "findings[0].recommendations[0].state", "{code: N1"),
        ("state: accepted, action: A4", "state: accepted, action: A5", "findings[0].recommendations[0].state",
         "{code: N1"),
    ],
)  # fmt: skip
def test_a_completed_assessment_is_locked(load: Load, sample: str, old: str, new: str, path: str, line: str) -> None:
    load(sample)
    assert old in sample
    found = refused(load, sample.replace(old, new))
    assert (f"assessments[1].{path}", line_of(sample, line)) in [(where, at) for where, at, _words in found], found


def test_a_completed_assessment_is_reviewed_and_sets_the_next_target(load: Load, sample: str) -> None:
    load(sample)
    text = sample.replace("target_next: 620", "target_next: 640").replace(
        "date: 2026-08-24", "date: 2026-08-24\n    state: reviewed"
    )
    assert load(text).changed == {"assessment": 1}
    second = Assessment.objects.get(code="T2")
    assert (second.state, second.target_next) == ("reviewed", 640)
    assert refused(load, sample)[0][0] == "assessments[1].state"


def test_an_assessment_is_never_taken_back(load: Load) -> None:
    load(WHOLE)
    text = WHOLE.replace("state: consensus, facilitator", "state: open, facilitator")
    text = text.replace(", consensus: {P1: {note: In words}}", "")
    found = refused(load, text)
    assert [path for path, _line, _words in found] == ["assessments[3].state"]
    assert refused(load, WHOLE.replace("in_words: true", "in_words: false"))[0][0] == "assessments[3].in_words"


@pytest.mark.parametrize(
    "assessors",
    ["[{person: mia@example.org, leader: true}]", "[{person: mia@example.org, sections: [P]}]",
     "[{person: mia@example.org, left: 2026-11-01T10:00:00Z}]", "[mia@example.org, li@example.org]"],
)  # fmt: skip
def test_who_answered_stands_once_consensus_is_open(load: Load, assessors: str) -> None:
    load(WHOLE)
    said = "in_words: true, assessors: "
    found = refused(load, WHOLE.replace(f"{said}[mia@example.org]", f"{said}{assessors}"))
    assert {words for _path, _line, words in found} == {"who answers stands once consensus is open"}


def test_what_goes_on_is_changed_by_code(load: Load) -> None:
    load(WHOLE)
    text = WHOLE.replace("closes: 2026-12-01, assessors: [mia@example.org, ", "closes: 2026-12-08, assessors: [")
    text = text.replace("- {code: F2, text: Meetings end without a date}", "- {code: F2, text: Meetings end late}")
    text = text.replace("        - {kind: reason, text", "        - {kind: own, title: First, text: Hello}\n"
                        "        - {kind: reason, text").replace(", left_out: true", ", text: Well")  # fmt: skip
    result = load(text)
    assert result.changed == {"assessment": 1, "finding": 1, "part": 3}
    assert result.created == {"part": 1}
    assert Assessment.objects.get(code="T3").assessors.count() == 2
    assert [
        each.title or each.kind for each in Debrief.objects.get(assessment__code="T1").parts.order_by("position")
    ] == ["First", "reason", "A word of thanks", "status"]
    left_out = text.replace('        - {kind: reason, text: "To agree: what next"}\n', "")
    assert not load(left_out).has_changes
    assert Finding.objects.get(assessment__code="T1", code="F2").version == 2


def test_a_strength_in_bare_words_is_found_again(load: Load, sample: str) -> None:
    load(sample)
    text = sample.replace("strengths: [Branch managers can say why, ", "strengths: [Calls are listened to, ")
    assert load(text).created == {"finding": 1}
    words = Finding.objects.filter(assessment__code="T2", kind="strength").order_by("code").values_list("code", "text")
    assert dict(words)["F4"] == "Calls are listened to"
    assert len(words) == 3


def test_a_bare_name_of_a_template_stays_with_its_version(load: Load) -> None:
    load(WHOLE)
    first = Assessment.objects.get(code="T5").template
    newer = AssessmentTemplate.objects.create(
        slug=first.slug, number=3, title=first.title, total_points=10, created_at=AT, updated_at=AT
    )
    assert first.number == 2
    assert not load(WHOLE).has_changes
    assert not load(WHOLE.replace("T5, template: crm-best-practice", "T5, template: crm-best-practice/2")).has_changes
    other = WHOLE.replace("T5, template: crm-best-practice", "T5, template: crm-best-practice/3")
    assert [path for path, _line, _words in refused(load, other)] == ["assessments[4].template"]
    load(WHOLE.replace("key: ALL", "key: TWO").replace(", consensus: {P1: {note: In words}}", ""))
    assert Assessment.objects.get(program__key="TWO", code="T5").template == newer


def test_dates_move_with_the_file(load: Load, sample: str) -> None:
    load(sample, as_of=dt.date(2026, 11, 19))
    second = Assessment.objects.get(code="T2")
    assert (second.completed_on, second.debrief.held_on) == (dt.date(2026, 8, 23), dt.date(2026, 9, 2))


FAULTS = [
    ("template: crm-best-practice/1\n", "template: crm-worst-practice\n", "assessments[1].template"),
    ("template: crm-best-practice/1\n", "template: crm-best-practice/9\n", "assessments[1].template"),
    ("section_points: {P: 34", "section_points: {P: 51", "assessments[1].section_points.P"),
    ("section_points: {P: 34", "section_points: {P: -1", "assessments[1].section_points.P"),
    ("section_points: {P: 34", "section_points: {P: {points: 34, answered: 30}", "assessments[1].section_points.P"),
    ("section_points: {P: 34", "section_points: {LV: 4", "assessments[1].section_points.LV"),
    ("section_points: {P: 34", "section_points: {O: 4, P: 34", "assessments[1].section_points.O"),
    ("section_points: {P: 34, ", "state: open\n    section_points: {P: 34, ", "assessments[1].section_points.P"),
    ("target_next: 620", "target_next: 1001", "assessments[1].target_next"),
    ("target_next: 620", "target: -1", "assessments[1].target"),
    ("criterion: C2", "criterion: C99", "assessments[1].findings[0].criterion"),
    ("affects: [E2", "affects: [E99", "assessments[1].findings[0].affects[0].code"),
    ("urgency: essential", "urgency: soon", "assessments[1].findings[0].recommendations[0].urgency"),
    ("accepted, action: A4", "accepted", "assessments[1].findings[0].recommendations[0].action"),
    ("state: accepted, action: A4", "state: rejected", "assessments[1].findings[0].recommendations[0].reason"),
    ("state: accepted, action: A4", "action: A4", "assessments[1].findings[0].recommendations[0].action"),
    ("{sponsor_briefed: 2026-08-31, held", "{held", "assessments[1].debrief.sponsor_briefed"),
    ("{sponsor_briefed: 2026-08-31, held", "{sponsor_briefed: 2026-09-04, held", "assessments[1].debrief.held"),
    ("strengths: [", "strengths: [{text: Good, root_cause: Luck}, ", "assessments[1].strengths[0].root_cause"),
    ("target_next: 620", "assessors: [nobody@elsewhere.example]", "assessments[1].assessors[0].person"),
    ("target_next: 620", "assessors: [{person: joan.ellery@harbourvale.example, sections: [ZZ]}]",
     "assessments[1].assessors[0].sections[0].code"),
    ("target_next: 620", "assessors: [joan.ellery@harbourvale.example, joan.ellery@harbourvale.example]",
     "assessments[1].assessors[1].person"),
    ("target_next: 620", "consensus: {P1: {percent: 33}}", "assessments[1].consensus.P1.percent"),
    ("target_next: 620", "consensus: {P4: {percent: 50}}", "assessments[1].consensus.P4.percent"),
    ("target_next: 620", "consensus: {P1: {flag: present}}", "assessments[1].consensus.P1.flag"),
    ("target_next: 620", "consensus: {P1: {percent: 50, not_applicable: No}}",
     "assessments[1].consensus.P1.not_applicable"),
    ("target_next: 620", "consensus: {P99: {percent: 50}}", "assessments[1].consensus.P99"),
    ("target_next: 620", "consensus: {P1: {percent: 50, links: 3}}", "assessments[1].consensus.P1.links"),
    ("target_next: 620", "consensus: [P1]", "assessments[1].consensus"),
    ("date: 2026-08-24", "state: open\n    date: 2026-08-24", "assessments[1].date"),
    ("date: 2026-08-24\n", "state: open\n", "assessments[1].closes"),
    ("date: 2026-08-24\n", "state: open\n", "assessments[1].facilitator"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "path"), FAULTS)
def test_a_fault_is_named_with_its_path_and_line(load: Load, sample: str, old: str, new: str, path: str) -> None:
    assert old in sample
    text = sample.replace(old, new, 1)
    found = [line for where, line, _words in refused(load, text) if where == path]
    assert found
    assert abs(found[0] - line_of(sample, old)) <= 1
    assert not Program.objects.exists()


def test_an_action_item_answers_one_recommendation(load: Load) -> None:
    text = WHOLE.replace("state: rejected, reason: Nobody reads print", "state: accepted, action: A1")
    assert [path for path, _line, _words in refused(load, text)] == [
        "assessments[0].findings[0].recommendations[1].action"
    ]


def test_consensus_is_kept_as_it_was_said(load: Load) -> None:
    load(WHOLE)
    said = Consensus.objects.get(assessment__code="T1", criterion__code="LV1")
    assert (said.percent, said.has_owner, said.owner_name, said.documents, said.links, str(said.set_by)) == (
        60, True, "李明: sponsor", "done", ["https://example.org/a?b=c#d", "https://example.org/b"], "Wang",
    )  # fmt: skip
    left_out = Consensus.objects.get(assessment__code="T1", criterion__code="LV3")
    assert (left_out.is_not_applicable, left_out.not_applicable_reason) == (True, "No partners yet")


def test_a_key_may_stand_behind_what_is_nested(load: Load, sample: str) -> None:
    text = WHOLE.replace("  - {code: PH1, name: First}", "  - {outcomes: [{code: O1, statement: S, area: customer}], "
                         "code: PH1, name: First}")  # fmt: skip
    load(text)
    assert Program.objects.get(key="ALL").outcomes.get().phase.code == "PH1"
