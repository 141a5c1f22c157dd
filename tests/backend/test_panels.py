"""Every section that an upper app adds to a lower page is drawn with what its query gives it."""

import pytest
from django.template.loader import render_to_string

from assessments import services as assessments
from assessments.choices import Purpose
from assessments.models import AssessmentTemplate
from assessments.services import AssessmentDetails
from core import panels
from core.accounts.models import User
from core.panels import Shown
from programs.models import Membership, Outcome, Phase, Program
from programs.queries import heads
from tests.cast import MONDAY
from tests.work import TODAY
from workstreams.models import Milestone

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def drawn(program: Program, measured: Phase, milestone: Milestone, alice: User) -> dict[str, str]:
    """The panels of each kind of page, drawn as its page does."""
    assessments.install_built_in(at=MONDAY)
    template = AssessmentTemplate.objects.get(slug="leadership-and-commitment")
    details = AssessmentDetails(template=template, purpose=Purpose.READINESS)
    assessments.prepare_assessment(program=program, details=details, by=alice, at=MONDAY)
    shown = {
        "outcome": panels.shown("outcome", Outcome.objects.get(), today=TODAY),
        "leave": panels.shown("leave", Membership.objects.get(person=alice)),
        "outbox": [Shown("overview/unreckonable.html", ["ONE: Its milestones wait for one another in a ring."])],
    }
    head = heads.head(alice, "ONE", MONDAY)
    return {
        page: "".join(render_to_string(panel.template, {"panel": panel, "head": head}) for panel in found)
        for page, found in shown.items()
    }


def test_every_registered_panel_is_drawn(drawn: dict[str, str]) -> None:
    assert set(drawn) == set(panels.registered())
    assert "Rules approved" in drawn["outcome"]
    assert "1 assessment is theirs to facilitate." in drawn["leave"]
    assert "ONE: Its milestones wait for one another in a ring." in drawn["outbox"]
