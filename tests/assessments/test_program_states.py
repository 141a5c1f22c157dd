"""What the state of its program lets an assessment do: through services, pages and the API in the same words."""

from typing import Any

import pytest
from django.test import Client

from assessments import services
from assessments.models import Assessment, Assessor, Criterion, Prompt
from assessments.queries import open_prompt, pending_requests, programs_to_ask
from assessments.services import AssessmentDetails, JudgementInput
from core.accounts.models import User
from programs.choices import ProgramStatus, Role
from programs.exceptions import ProgramIsOver
from programs.models import Program
from tests.assessments.conftest import AnswerAll
from tests.cast import MONDAY
from tests.support.api import ApiOf

pytestmark = pytest.mark.usefixtures("monday")

ENDED = (ProgramStatus.CLOSED, ProgramStatus.STOPPED)
ONE = "/assessments/ONE-T1/"


def put_into(program: Program, status: str, alice: User) -> Program:
    """Give a program a state, with the people that it needs for it."""
    facts: dict[str, Any] = {"sponsor": alice, "manager": alice, "case_for_change": "They leave."}
    Program.objects.filter(pk=program.pk).update(status=status, **facts)
    return Program.objects.get(pk=program.pk)


def text(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


@pytest.mark.parametrize("status", ENDED)
def test_nobody_is_asked_anything_in_a_program_that_is_over(
    program: Program, assessment: Assessment, assessors: dict[str, Assessor], details: AssessmentDetails,
    alice: User, api_of: ApiOf, client: Client, status: str,
) -> None:  # fmt: skip
    over = put_into(program, status, alice)
    Prompt.objects.create(program=over, due_on=MONDAY.date(), created_at=MONDAY, updated_at=MONDAY)
    words = f"The program is {status}. The sponsor or the deputy reopens it on the page of the program first."
    with pytest.raises(ProgramIsOver, match=words):
        services.prepare_assessment(program=over, details=details, by=alice, at=MONDAY)
    with pytest.raises(ProgramIsOver, match=words):
        services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    opened = api_of(alice).post("assessments/ONE-T1/open/")
    assert (opened.status_code, opened.json()["code"], opened.json()["detail"]) == (409, "program_is_over", words)
    client.force_login(alice)
    refused = client.post(f"{ONE}moves/open/")
    assert (refused.status_code, words in refused.content.decode()) == (422, True)
    page = text(client, ONE)
    assert f"A draft that nobody will be asked: the program is {status}." in page
    assert f"{ONE}moves/open/" not in page
    listed = text(client, "/programs/ONE/assessments/")
    assert "/programs/ONE/assessments/new/" not in listed
    assert "Time to assess again" not in listed
    again = text(client, "/programs/ONE/assess-again/")
    assert f"The program is {status}: nothing asks you to assess it again." in again
    assert (open_prompt(over.pk), programs_to_ask(MONDAY)) == (None, [])


@pytest.mark.parametrize("status", [*ENDED, ProgramStatus.PAUSED])
def test_what_is_under_way_goes_on_to_its_end_and_reminds_nobody(
    program: Program, opened: Assessment, assessors: dict[str, Assessor], criteria: dict[str, Criterion],
    answer_all: AnswerAll, roles: dict[Role, User], alice: User, client: Client, status: str,
) -> None:  # fmt: skip
    put_into(program, status, alice)
    client.force_login(alice)
    assert f"The program is {status}: nobody is reminded." in text(client, ONE)
    assert pending_requests.asked(roles[Role.LEAD]) == []
    for place in assessors.values():
        answer_all(place, {"P1": JudgementInput(percent=50)})
    services.open_consensus(assessment=opened, by=alice, at=MONDAY)
    services.set_consensus(
        assessment=opened, criterion=criteria["P1"], judgement=JudgementInput(percent=40), by=alice, at=MONDAY
    )
    done = services.complete_assessment(assessment=opened, by=alice, at=MONDAY)
    assert done.state == "completed"


def test_opening_one_in_a_paused_program_says_that_nobody_is_reminded(
    program: Program, assessment: Assessment, assessors: dict[str, Assessor], alice: User, client: Client
) -> None:
    client.force_login(alice)
    words = "The program is paused: nobody is reminded until it goes on."
    assert words not in text(client, f"{ONE}moves/open/")
    put_into(program, ProgramStatus.PAUSED, alice)
    assert words in text(client, f"{ONE}moves/open/")
    assert client.post(f"{ONE}moves/open/").status_code == 302
