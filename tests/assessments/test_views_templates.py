"""The pages of templates: the list, a version, its text, a copy with faults told, a deletion that asks."""

import pytest
from django.test import Client

from assessments import format, services
from assessments.models import AssessmentTemplate
from core.accounts.models import User
from core.documents.problems import Problems
from programs.models import Program
from tests.assessments.test_format import SMALL
from tests.cast import MONDAY

ONE = "/assessment-templates/crm-best-practice/1/"


@pytest.fixture
def alices(program: Program, alice: User, client: Client) -> Client:
    services.install_built_in(at=MONDAY)
    client.force_login(alice)
    return client


def test_the_list_names_every_version(alices: Client) -> None:
    page = alices.get("/assessment-templates/").content.decode()

    assert "There are 4 templates" in page and "1000 points, 65 criteria" in page


def test_a_version_is_shown_whole_and_given_as_a_file(alices: Client) -> None:
    assert "P5" in alices.get(ONE).content.decode()
    given = alices.get(f"{ONE}?format=yaml")

    assert "crm-best-practice-1.yaml" in given["Content-Disposition"]
    assert format.read_template(given.content.decode(), Problems()) is not None


def test_a_copy_is_kept_or_its_faults_are_told(alices: Client) -> None:
    offered = alices.get(f"{ONE}copy/").content.decode()
    refused = alices.post(f"{ONE}copy/", {"document": SMALL.replace("code: A2", "code: A1")})
    kept = alices.post(f"{ONE}copy/", {"document": SMALL})

    assert "slug: our-crm-best-practice" in offered
    assert refused.status_code == 422 and "line 17" in refused.content.decode()
    assert kept["Location"] == "/assessment-templates/our-check/1/"
    assert AssessmentTemplate.objects.get(slug="our-check").copied_from == AssessmentTemplate.objects.get(
        slug="crm-best-practice", number=1
    )
    assert "version: 2" in alices.get("/assessment-templates/our-check/1/copy/").content.decode()


def test_deleting_asks_first(alices: Client, alice: User, charlie: User) -> None:
    services.save_template(text=SMALL, by=alice, at=MONDAY)
    mine = "/assessment-templates/our-check/1/delete/"

    assert "Delete" in alices.get(mine).content.decode()
    assert alices.post(f"{ONE}delete/").status_code == 422
    alices.force_login(charlie)
    assert alices.post(mine).status_code == 403
    alices.force_login(alice)
    assert alices.post(mine)["Location"] == "/assessment-templates/"
    assert alices.get("/assessment-templates/our-check/1/").status_code == 404
