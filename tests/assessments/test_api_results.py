"""Results over the API: what they hold, who gets none, what they cost."""

from assessments.models import AssessmentTemplate, Assessor
from core.accounts.models import User
from programs.models import Program
from tests.assessments import past
from tests.assessments.past import STAMPS, agree, of_sample
from tests.support.api import ApiOf

QUERIES = 16


def test_the_results_of_the_sample(api_of: ApiOf, alice: User, program: Program, template: AssessmentTemplate) -> None:
    of_sample(program, template, "T1")
    second = of_sample(program, template, "T2")
    api = api_of(alice)
    answer = api.get("assessments/ONE-T2/results/")
    assert answer.status_code == 200
    assert len(api.queries) <= QUERIES
    found = answer.json()
    assert (found["code"], found["template"], found["is_final"]) == ("ONE-T2", "crm-best-practice.1", True)
    assert (found["target"], found["target_next"]) == (None, 620)
    assert (found["previous"]["code"], found["previous"]["completed_on"]) == ("ONE-T1", "2026-02-20")
    figures = {"of": 1000, "points": 492, "rescaled": 492, "gap": 508, "previous_points": 390, "change": 102}
    assert found["whole"].items() >= figures.items()
    assert (found["implementation"]["points"], found["implementation"]["of"]) == (183, 300)
    parts = next(each["parts"] for each in found["sections"] if each["code"] == "O")
    assert [(part["code"], part["points"]) for part in parts] == [("OF", 33), ("OC", 42), ("OE", 17), ("OP", 9)]
    assert (found["rises"], found["vision_reality_gap"], found["sponsor_engagement"]) == ([], [], None)
    assert api.get("assessments/ONE-T2/results/", If_None_Match=answer.headers["ETag"]).status_code == 304
    assert api.get(f"assessments/{second.pk}/results/").json() == found


def test_what_is_unanswered_is_null_and_never_zero(
    api_of: ApiOf, alice: User, program: Program, template: AssessmentTemplate
) -> None:
    third = past.in_consensus(program, template)
    agree(third, "P1", 0)
    agree(third, "P3", 100, has_owner=False)
    found = api_of(alice).get("assessments/ONE-T3/results/").json()
    policies, employee = found["sections"][:2]
    assert (policies["points"], policies["answered"], policies["gap"]) == (10, 25, 15)
    assert (employee["points"], employee["rescaled"], employee["gap"], employee["change"]) == (None, None, None, None)
    assert [each["criterion"] for each in found["doubtful"]] == ["P3"]
    assert not found["is_final"]


def test_strangers_and_assessors_from_outside_get_no_results(
    api_of: ApiOf, charlie: User, program: Program, template: AssessmentTemplate
) -> None:
    second = of_sample(program, template, "T2")
    Assessor.objects.create(assessment=second, person=charlie, **STAMPS)
    assert api_of(charlie).get("assessments/ONE-T2/results/").status_code == 404
