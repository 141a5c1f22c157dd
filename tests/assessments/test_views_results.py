"""The page of results, and the answers as files: what they say, to whom, and at which cost."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments import services
from assessments.choices import AssessmentState, DebriefPartKind
from assessments.exceptions import KnownByItsPoints
from assessments.models import Answer, Assessment, AssessmentTemplate, Assessor, Criterion
from assessments.queries.drafts import draft
from core.accounts.models import User
from programs.choices import Role
from programs.models import Program
from tests.assessments import past
from tests.assessments.past import STAMPS, agree, agree_on_all, completed, of_sample
from tests.cast import MONDAY
from tests.support import pages

PAGE_QUERIES = 16


@pytest.fixture
def second(program: Program, template: AssessmentTemplate) -> Assessment:
    """The second assessment of the sample, after its first."""
    of_sample(program, template, "T1")
    return of_sample(program, template, "T2")


def _page(client: Client, person: User, code: str = "ONE-T2") -> str:
    client.force_login(person)
    response = client.get(f"/assessments/{code}/results/")
    assert response.status_code == 200
    return pages.text(response)


def test_the_page_says_the_score_the_trend_and_what_is_missing(client: Client, alice: User, second: Assessment) -> None:
    page = _page(client, alice)
    assert "<strong>492 of 1000 points</strong>, 102 more than on Fri 20 Feb. 128 are missing to 620." in page
    assert 'aria-label="Leadership: 66 of 100 points"' in page
    assert "<strong>183 of 300</strong> (+49): Leadership 66, Program management 67, Change management 50." in page
    assert "never the whole" in page
    assert "low first score" not in page
    assert "Known by the points of its sections alone" in page


def test_a_first_one_says_that_a_low_score_is_normal(client: Client, alice: User, second: Assessment) -> None:
    page = _page(client, alice, "ONE-T1")
    assert "<strong>390 of 1000 points</strong>." in page
    assert "A low first score is normal" in page
    assert "bar__then" not in page


def test_what_does_not_apply_is_rescaled_and_what_is_unanswered_is_said(
    client: Client, alice: User, program: Program, second: Assessment, template: AssessmentTemplate
) -> None:
    third = past.in_consensus(program, template, target=620)
    agree_on_all(third, 50)
    third.consensus.filter(criterion__code__in=["P1", "P2"]).delete()
    agree(third, "P1", is_not_applicable=True, not_applicable_reason="No board.")
    agree(third, "P2", note="Later.")
    page = _page(client, alice, "ONE-T3")
    assert "So far, and not final: <strong>488 of 975 points</strong>" in page
    assert "rescaled" not in page.partition("</main>")[0].partition("488 of 975")[2].partition("</p>")[0]
    assert "10 points are unanswered. 15 points do not apply" in page
    assert "changes compare the shares of what was answered" in page
    assert "No board." in page
    assert "bar__open" in page
    written = draft(DebriefPartKind.RESULTS, third, alice, MONDAY.date())
    assert "488 of 975 points were reached. 15 points do not apply. 10 points are not answered." in written
    assert "of 1000" not in written
    third.consensus.filter(criterion__code="P2").delete()
    agree(third, "P2", 50)
    assert "<strong>493 of 985 points</strong> (rescaled 500 of 1000)" in _page(client, alice, "ONE-T3")
    written = draft(DebriefPartKind.RESULTS, third, alice, MONDAY.date())
    assert "493 of 985 points were reached. 15 points do not apply; as if all did, it is 500 of 1000." in written


def test_one_in_words_shows_what_was_said_and_no_number(
    client: Client, alice: User, program: Program, second: Assessment, template: AssessmentTemplate
) -> None:
    words = past.in_consensus(program, template, is_in_words=True)
    agree(words, "P1", note="The board says it every month.", has_owner=True, owner_name="Marta")
    page = _page(client, alice, "ONE-T3")
    assert "Held in words" in page
    assert "The board says it every month." in page
    assert "Marta is responsible" in page
    assert 'id="profile"' not in page


@pytest.mark.parametrize(
    ("state", "says"),
    [(AssessmentState.OPEN, "Results come with consensus."), (AssessmentState.CONSENSUS, "Nothing is agreed on yet.")],
)
def test_before_anything_is_agreed_on_the_page_says_what_comes(
    client: Client, alice: User, program: Program, template: AssessmentTemplate, state: str, says: str
) -> None:
    past.in_consensus(program, template, state=state)
    page = _page(client, alice, "ONE-T3")
    assert says in page
    assert 'id="profile"' not in page


def test_strangers_and_assessors_from_outside_see_neither_results_nor_files(
    client: Client, charlie: User, second: Assessment
) -> None:
    Assessor.objects.create(assessment=second, person=charlie, **STAMPS)
    client.force_login(charlie)
    for name in ("results/", "answers.csv", "answers.xlsx"):
        assert client.get(f"/assessments/ONE-T2/{name}").status_code == 404


def test_the_page_costs_the_same_however_many_answered(
    client: Client, alice: User, program: Program, second: Assessment, template: AssessmentTemplate
) -> None:
    third = past.in_consensus(program, template)
    agree_on_all(third, 50)
    _answers(third, [User.objects.create_user(f"p{number}@example.org") for number in range(20)])
    client.force_login(alice)
    client.get("/assessments/ONE-T3/results/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/assessments/ONE-T3/results/").status_code == 200
    assert len(queries) <= PAGE_QUERIES


def _answers(assessment: Assessment, people: list[User]) -> None:
    """Have people answer every criterion."""
    criteria = list(Criterion.objects.filter(template=assessment.template))
    for number, person in enumerate(people):
        assessor = Assessor.objects.create(assessment=assessment, person=person, is_leader=number < 5, **STAMPS)
        Answer.objects.bulk_create(
            Answer(assessor=assessor, criterion=each, percent=5 * number, note=f"of {person}", **STAMPS)
            for each in criteria
        )


def _rows(client: Client, person: User) -> list[dict[str, str]]:
    client.force_login(person)
    response = client.get("/assessments/ONE-T3/answers.csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="ONE-T3-answers.csv"'
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.fixture
def people(program: Program, roles: dict[Role, User], bob: User) -> list[User]:
    """Who answered: Bob first."""
    return [bob, roles[Role.LEAD], roles[Role.SPONSOR], roles[Role.VIEWER]]


@pytest.mark.parametrize("state", [AssessmentState.OPEN, AssessmentState.CONSENSUS, AssessmentState.COMPLETED])
@pytest.mark.parametrize("is_named", [False, True])
def test_a_file_holds_ones_own_answers_and_others_only_with_names_from_consensus_on(
    client: Client, alice: User, program: Program, template: AssessmentTemplate, people: list[User],
    state: AssessmentState, is_named: bool,
) -> None:  # fmt: skip
    facts: dict[str, Any] = {"state": state, "is_named": is_named}
    if state == AssessmentState.COMPLETED:
        facts |= {"completed_on": STAMPS["created_at"].date()}
    third = past.in_consensus(program, template, **facts)
    _answers(third, people)
    is_seen = state != AssessmentState.OPEN
    agreed = {"Agreed"} if is_seen else set()
    everybody = {str(person) for person in people}
    for person in (*people, alice):
        found = {row["Who"] for row in _rows(client, person)}
        own = {str(person)} & everybody
        assert found == agreed | (everybody if is_seen and is_named else own)


def test_a_file_tells_what_was_agreed_with_the_tests_and_notes(
    client: Client, alice: User, program: Program, template: AssessmentTemplate
) -> None:
    third = past.in_consensus(program, template)
    agree(
        third, "P1", 70, has_owner=True, owner_name="Marta", is_consistent=False, documents="planned",
        links=["https://example.org/plan"], note="=cmd|' /C calc'!A0",
    )  # fmt: skip
    agree(third, "P2", is_not_applicable=True, not_applicable_reason="+1")
    first, second, *rest = _rows(client, alice)
    assert first == {
        "Who": "Agreed", "Criterion": "P1", "Points": "15", "Percent": "70", "Warning sign": "",
        "Does not apply because": "", "Somebody is responsible": "yes", "Who is responsible": "Marta",
        "Consistent": "no", "Documents": "Planned", "Links": "https://example.org/plan",
        "Note": "'=cmd|' /C calc'!A0", "Statement": first["Statement"],
    }  # fmt: skip
    assert (second["Percent"], second["Does not apply because"]) == ("", "'+1")
    assert len(rest) == 63
    assert {row["Percent"] for row in rest} == {""}


def test_a_workbook_holds_the_same_and_no_formula(
    client: Client, alice: User, program: Program, template: AssessmentTemplate
) -> None:
    third = past.in_consensus(program, template)
    agree(third, "P1", 70, note="=1+1")
    client.force_login(alice)
    response = client.get("/assessments/ONE-T3/answers.xlsx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="ONE-T3-answers.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows())
    assert len(rows) == 66
    assert (rows[1][4].value, rows[1][4].data_type) == (70, "n")
    assert (rows[1][-1].value, rows[1][-1].data_type) == ("=1+1", "s")


def test_the_file_costs_the_same_however_many_answered(
    client: Client, alice: User, program: Program, template: AssessmentTemplate, people: list[User]
) -> None:
    third = past.in_consensus(program, template, is_named=True)
    _answers(third, people[:1])
    client.force_login(alice)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/assessments/ONE-T3/answers.csv")
        counts.append(len(queries))
        _answers(third, people[len(counts) * 2 :])
    assert counts[0] == counts[1] <= 8


def test_a_completed_one_without_any_points_says_so(
    client: Client, alice: User, program: Program, template: AssessmentTemplate
) -> None:
    completed(program, template, "T3", STAMPS["created_at"].date())
    assert "Completed with nothing agreed on" in _page(client, alice, "ONE-T3")


def test_one_known_by_points_alone_is_not_taken_up_again(client: Client, alice: User, second: Assessment) -> None:
    client.force_login(alice)
    assert "/moves/reopen/" not in client.get("/assessments/ONE-T2/").content.decode()
    with pytest.raises(KnownByItsPoints):
        services.reopen_assessment(assessment=second, reason="A mistake.", by=alice, at=MONDAY)
    assert second.section_points.count() == 12


@pytest.mark.parametrize(
    ("state", "sentence"),
    [(AssessmentState.CONSENSUS, "No score yet"), (AssessmentState.COMPLETED, "Completed without a score")],
)
def test_one_of_which_no_points_apply_does_not_say_that_nothing_was_agreed(
    client: Client, alice: User, program: Program, template: AssessmentTemplate, state: str, sentence: str
) -> None:
    day = MONDAY.date() if state == AssessmentState.COMPLETED else None
    third = past.in_consensus(program, template, state=state, completed_on=day)
    agree(third, "P1", is_not_applicable=True, not_applicable_reason="No board.")
    assert f"{sentence}: nothing that has points was given a percent." in _page(client, alice, "ONE-T3")


def test_the_page_of_a_completed_assessment_begins_with_its_results(
    client: Client, alice: User, second: Assessment
) -> None:
    client.force_login(alice)
    page = pages.text(client.get("/assessments/ONE-T2/"))
    assert "Completed on Mon 24 Aug. <strong>492 of 1000 points</strong>, 102 more" in page
    assert 'id="profile"' in page
    assert 'href="/assessments/ONE-T2/results/"' in page


def test_one_known_by_points_alone_counts_nothing_that_was_agreed_on(
    client: Client, alice: User, second: Assessment
) -> None:
    agree(second, "P1", note="Ask the branches next time.")
    client.force_login(alice)
    page = client.get("/assessments/ONE-T2/").content.decode()
    assert "agreed on" not in page
    assert 'href="/assessments/ONE-T2/results/"' in page
