"""What the people of an assessment are told, and what of it they are led to."""

import pytest

from assessments import notices, services
from assessments.models import Assessment, Assessor
from core.accounts.models import User
from notifications import registry
from notifications.models import Reminder
from programs.choices import Role
from tests.assessments.conftest import CLOSES_ON
from tests.cast import MONDAY

Roles = dict[Role, User]


def test_members_are_led_to_its_page_assessors_from_outside_to_their_form(
    opened: Assessment, roles: Roles, olivia: User
) -> None:
    shown = {who: notices.present_assessments([opened.pk], who)[opened.pk] for who in (roles[Role.VIEWER], olivia)}
    assert [each.url for each in shown.values()] == ["/assessments/ONE-T1/", "/assessments/ONE-T1/answer/"]
    assert {(each.code, each.title) for each in shown.values()} == {("ONE-T1", opened.template.title)}


def test_strangers_leavers_and_people_asked_by_a_draft_are_led_nowhere(
    assessment: Assessment, assessors: dict[str, Assessor], olivia: User, charlie: User, alice: User
) -> None:
    assert notices.present_assessments([assessment.pk], olivia) == {}
    services.open_assessment(assessment=assessment, by=alice, at=MONDAY)
    assert notices.present_assessments([assessment.pk], charlie) == {}
    services.remove_assessor(assessor=assessors["outside"], by=alice, at=MONDAY)
    assert notices.present_assessments([assessment.pk], olivia) == {}


@pytest.mark.parametrize("kind", [notices.ASKED, notices.ASKED_BY_NAME, notices.REOPENED, notices.SUBMITTED])
def test_every_sentence_is_completed_by_what_is_told(opened: Assessment, bob: User, alice: User, kind: str) -> None:
    notices.tell(kind, opened, to=[bob.pk], by=alice, at=MONDAY, note="Misread")
    told = Reminder.objects.get(kind=kind, recipient=bob, params__note="Misread")
    assert told.params == {"by": "Alice Archer", "due_on": CLOSES_ON.isoformat(), "note": "Misread"}
    assert "Alice Archer" in registry.notices()[kind].sentence % told.params
