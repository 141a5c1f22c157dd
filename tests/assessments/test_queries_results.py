"""What assessments came to: the sample's figures, what is compared with what, and what stands out."""

import datetime as dt
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import services
from assessments.choices import Flag
from assessments.models import Assessment, AssessmentTemplate, Criterion, Finding, Recommendation
from assessments.queries.history import score_history
from assessments.queries.results import previous_of, results
from assessments.queries.rises import rises
from core.accounts.models import User
from programs.models import Program
from tests.assessments import past
from tests.assessments.past import STAMPS, agree, agree_on_all, completed, in_consensus, of_sample
from tests.cast import MONDAY
from workstreams.models import ActionItem

FIRST, SECOND = dt.date(2026, 2, 20), dt.date(2026, 8, 24)
QUERIES = 5


def test_the_first_of_the_sample_has_390_points_and_nothing_to_compare_with(
    program: Program, template: AssessmentTemplate
) -> None:
    found = results(of_sample(program, template, "T1"))
    assert (found.whole.points, found.whole.now.of) == (390, 1000)
    assert found.previous is None
    assert found.whole.change is None
    assert found.target is None
    assert found.has_scores
    assert found.is_final
    assert not found.has_criteria


def test_the_second_of_the_sample_rose_by_102_to_492_with_620_to_reach(
    program: Program, template: AssessmentTemplate
) -> None:
    of_sample(program, template, "T1")
    found = results(of_sample(program, template, "T2"))
    assert (found.whole.points, found.whole.rose, found.target, found.missing) == (492, 102, 620, 128)
    assert {each.code: (each.points, each.rose, each.now.of) for each in found.sections} == {
        "P": (34, 6, 50), "E": (52, 6, 100), "C": (55, 11, 100), "R": (18, 2, 50), "S": (49, 11, 100),
        "O": (101, 17, 300), "L": (66, 14, 100), "M": (67, 19, 100), "H": (50, 16, 100),
    }  # fmt: skip
    parts = next(each.parts for each in found.sections if each.code == "O")
    assert [(each.code, each.points, each.rose, each.now.of) for each in parts] == [
        ("OF", 33, 3, 90), ("OC", 42, 10, 120), ("OE", 17, 3, 50), ("OP", 9, 1, 40),
    ]  # fmt: skip
    third = found.sections[2].bar
    assert third is not None
    assert (third.reached, third.then, third.target, third.unanswered) == (55, 44, 62, 0)


def test_implementation_is_shown_together_and_is_not_the_whole(
    program: Program, templates: dict[str, AssessmentTemplate]
) -> None:
    of_sample(program, templates["crm-best-practice"], "T1")
    three = results(of_sample(program, templates["crm-best-practice"], "T2")).implementation
    assert three is not None
    assert [each.name for each in three.parts] == ["Leadership", "Program management", "Change management"]
    assert (three.points, three.now.of, three.rose) == (183, 300, 49)
    other = in_consensus(program, templates["leadership-and-commitment"])
    assert results(other).implementation is None


def test_trends_stay_within_one_version_of_a_template(program: Program, template: AssessmentTemplate) -> None:
    of_sample(program, template, "T1")
    text = (past.SAMPLE.parents[2] / "assessments/data/crm-best-practice.yaml").read_text(encoding="utf-8")
    program.manager = User.objects.get(email="alice@example.org")
    own = services.save_template(
        text=text.replace("slug: crm-best-practice", "slug: our-model"),
        by=program.manager,
        at=MONDAY,
        copied_from=template,
    )
    first = completed(program, own, "T2", SECOND, past.sample()["T2"]["section_points"])
    assert previous_of(first) is None
    assert results(first).whole.change is None
    assert [each.rose for each in score_history([program.pk])[program.pk]] == [None, None]
    completed(program, own, "T3", dt.date(2026, 11, 2), past.sample()["T1"]["section_points"])
    assert [each.rose for each in score_history([program.pk])[program.pk]] == [None, None, -102]


def test_the_last_one_is_the_one_completed_before(program: Program, template: AssessmentTemplate) -> None:
    first, second = (of_sample(program, template, code) for code in ("T1", "T2"))
    words = completed(program, template, "T3", SECOND, is_in_words=True)
    reopened = in_consensus(program, template, "T4", opened_at=MONDAY - dt.timedelta(days=120))
    under_way = in_consensus(program, template, "T5")
    assert previous_of(first) is None
    assert previous_of(second) == first
    assert previous_of(words) == second
    assert previous_of(reopened) == first
    assert previous_of(under_way) == second


def test_one_in_consensus_is_scored_by_what_was_agreed_on_so_far(
    program: Program, template: AssessmentTemplate
) -> None:
    of_sample(program, template, "T2")
    found = results(under_way := in_consensus(program, template, target=600, target_next=700))
    assert not found.has_scores
    assert (found.whole.now.answered, found.whole.change, found.target) == (0, None, 600)
    agree(under_way, "P1", 80)
    agree(under_way, "P4", 0)
    agree(under_way, "P2", is_not_applicable=True, not_applicable_reason="There is no board.")
    found = results(under_way)
    policies = found.sections[0]
    assert found.has_scores
    assert not found.is_final
    score = policies.now
    assert (score.answered, score.applicable, policies.not_applicable) == (20, 40, 10)
    assert score.points == 12
    assert policies.now.rescaled is None
    # 12 of 20 answered then, 34 of 50 last time: a fall of 4 of 50 points, which what is unanswered does not deepen.
    assert policies.change == Fraction(12, 20) * 50 - 34
    assert found.sections[1].change is None
    assert [each.code for each in found.not_applicable] == ["P2"]
    assert len(found.unanswered) == 62
    bar = policies.bar
    assert bar is not None
    assert (bar.reached, bar.unanswered) == (30, 50)


def test_a_high_answer_that_fails_a_test_is_pointed_out_and_keeps_its_points(
    program: Program, template: AssessmentTemplate
) -> None:
    under_way = in_consensus(program, template)
    agree(under_way, "P1", 70, has_owner=True, is_consistent=True, documents="none")
    agree(under_way, "P2", 65, has_owner=False, is_consistent=True, documents="done")
    agree(under_way, "P3", 100, has_owner=True, is_consistent=True, documents="planned")
    found = results(under_way)
    assert [each.code for each in found.doubtful] == ["P1"]
    assert found.sections[0].now.points == Fraction(70 * 15 + 65 * 10 + 100 * 10, 100)
    assert found.sections[0].coverage == 29


def test_warning_signs_are_flags_the_gravest_first(program: Program, templates: dict[str, AssessmentTemplate]) -> None:
    under_way = in_consensus(program, templates["organisational-readiness"])
    for code, flag in (("CW1", Flag.ABSENT), ("CW2", Flag.PARTLY), ("CW3", Flag.PRESENT)):
        agree(under_way, code, flag=flag)
    found = results(under_way)
    assert [each.code for each in found.signs][:4] == ["CW3", "CW2", "CW1", "CW4"]
    assert found.signs_present == 2
    assert "CW" not in {each.code for each in found.scored}
    assert not found.has_scores


def test_an_assessment_in_words_has_no_score(program: Program, template: AssessmentTemplate) -> None:
    words = in_consensus(program, template, is_in_words=True)
    agree(words, "P1", note="The board says it every month.")
    found = results(words)
    assert not found.has_scores
    assert found.has_criteria
    assert score_history([program.pk]) == {program.pk: []}


def test_a_history_tells_points_target_and_change_of_many_programs_in_one_query(
    program: Program, template: AssessmentTemplate
) -> None:
    of_sample(program, template, "T1")
    of_sample(program, template, "T2")
    in_consensus(program, template)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = score_history([program.pk, program.pk + 1])
    assert len(queries) == 1
    assert found[program.pk + 1] == []
    assert [(each.code, each.points, each.of, each.on, each.rose, each.target) for each in found[program.pk]] == [
        ("T1", 390, 1000, FIRST, None, None), ("T2", 492, 1000, SECOND, 102, 620),
    ]  # fmt: skip


@pytest.fixture
def action(item: ActionItem) -> ActionItem:
    """What became of a recommendation."""
    return item


def _recommended(assessment: Assessment, criterion: str | None, action: ActionItem) -> Recommendation:
    about = Criterion.objects.filter(template=assessment.template, code=criterion).first()
    finding = Finding.objects.create(
        assessment=assessment, code="F1", kind="gap", criterion=about, text="Staff ask for the same papers.", **STAMPS
    )
    return Recommendation.objects.create(
        finding=finding,
        assessment=assessment,
        code="N1",
        text="Withdraw the letter",
        urgency="essential",
        state="accepted",
        action_item=action,
        **STAMPS,
    )


def test_the_next_assessment_shows_whether_the_criterion_rose(
    program: Program, template: AssessmentTemplate, action: ActionItem
) -> None:
    last = of_sample(program, template, "T2")
    _recommended(last, "C2", action)
    agree(last, "C2", 40)
    under_way = in_consensus(program, template)
    agree(under_way, "C2", 65)
    [rise] = rises(results(under_way))
    assert (rise.code, rise.criterion, rise.then, rise.now, rise.change) == ("N1", "C2", 40, 65, 25)
    assert (rise.action_code, rise.action_state) == (action.code, "Requested")


def test_where_only_sections_are_known_the_section_tells_whether_it_rose(
    program: Program, template: AssessmentTemplate, action: ActionItem
) -> None:
    _recommended(of_sample(program, template, "T2"), "OC2", action)
    under_way = in_consensus(program, template)
    agree_on_all(under_way, 50)
    [rise] = rises(results(under_way))
    assert (rise.then, rise.now, rise.change) == (None, 50, None)
    assert rise.section is not None
    assert (rise.section.code, rise.section.points, rise.section.rose) == ("OC", 60, 18)


def test_nothing_is_told_of_findings_without_a_criterion_or_without_a_last_time(
    program: Program, template: AssessmentTemplate, action: ActionItem
) -> None:
    first = of_sample(program, template, "T2")
    assert rises(results(first)) == []
    _recommended(first, None, action)
    assert rises(results(in_consensus(program, template))) == []


def test_results_cost_the_same_few_queries_whatever_was_agreed_on(
    program: Program, template: AssessmentTemplate
) -> None:
    of_sample(program, template, "T2")
    under_way = in_consensus(program, template)
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            found = results(under_way)
            assert found.whole.now.of == 1000
        assert len(queries) == QUERIES
        if not found.has_criteria:
            agree_on_all(under_way, 55)
