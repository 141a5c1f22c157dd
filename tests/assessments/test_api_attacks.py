"""Bodies that no client of good will sends, and what belongs to others: told so in words, and nothing is written."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from assessments import services
from assessments.models import Assessment, Assessor, Debrief, Finding, Prompt, Recommendation
from assessments.services import AssessmentDetails, FindingDetails, RecommendationDetails
from core.accounts.models import User
from core.audit.models import Entry
from programs import services as programs
from programs.choices import Role
from programs.models import Membership, Phase, Program
from programs.services import ProgramDetails
from tests.cast import MONDAY
from tests.conftest import Clock
from tests.support.api import ApiOf
from tests.work import STAMPS
from workstreams.choices import Discipline
from workstreams.models import Workstream

pytest_plugins = ["tests.assessments.found"]
PATHS = (
    "assessments/", "assessments/ONE-T1/", "assessments/ONE-T1/open/", "assessments/ONE-T1/withdraw/",
    "assessments/ONE-T1/open-consensus/", "assessments/ONE-T1/complete/", "assessments/ONE-T1/reopen/",
    "assessments/ONE-T1/review/", "assessments/ONE-T1/submit/", "assessments/ONE-T1/answers/",
    "assessments/ONE-T1/answers/P1/", "assessments/ONE-T1/assessors/", "assessments/ONE-T1/assessors/{place}/",
    "assessments/ONE-T1/consensus/", "assessments/ONE-T1/consensus/P1/", "assessments/ONE-T1/results/", "findings/",
    "findings/ONE-T1-F1/", "recommendations/", "recommendations/ONE-T1-N1/", "recommendations/ONE-T1-N1/accept/",
    "recommendations/ONE-T1-N1/reject/", "recommendations/ONE-T1-N1/reopen/", "debriefs/", "debriefs/ONE-T1/",
    "debriefs/ONE-T1/private-notes/", "debriefs/ONE-T1/hold/", "debriefs/ONE-T1/commit/",
    "debriefs/ONE-T1/brief-sponsor/", "debriefs/ONE-T1/undo-briefing/", "debriefs/ONE-T1/undo-holding/",
    "debriefs/ONE-T1/reopen/", "debrief-parts/", "debrief-parts/{part}/", "assessment-templates/",
    "assessment-templates/crm-best-practice/", "assessment-prompts/", "assessment-prompts/{prompt}/",
    "assessment-prompts/{prompt}/dismiss/",
)  # fmt: skip
_NUL = b"".join(b'"%s": "a\\u0000b", ' % name for name in (
    b"text", b"reason", b"title", b"note", b"document", b"name", b"email", b"person", b"program", b"assessment",
    b"finding", b"criterion", b"debrief", b"performer", b"purpose", b"template", b"previous", b"workstream", b"phase",
    b"owner_name", b"not_applicable_reason", b"none_reason", b"kind", b"rationale", b"urgency",
))  # fmt: skip
BODIES = {
    "a list": b"[]", "a list of objects": b'[{"reason": "x"}]', "a text": b'"x"', "a number": b"1", "null": b"null",
    "cut in half": b'{"reason": "x', "half a character": b'{"\\ud800": 1}',
    "NUL": b"{" + _NUL + b'"links": ["\\u0000"]}',
    "no number": b'{"percent": NaN}', "a huge number": b'{"percent": ' + b"9" * 400 + b"}", "no end": b"[" * 50_000,
    "no UTF-8": b'{"reason": "\xff"}',
}  # fmt: skip


@pytest.fixture(autouse=True)
def monday(clock: Clock) -> None:
    """The story's Monday."""
    clock.move_to(MONDAY)


@pytest.mark.parametrize("state", ["completed", "consensus", "open"])
def test_no_body_breaks_an_address_or_changes_anything(
    completed: Assessment, debrief: Debrief, essential: Recommendation, alice: User, charlie: User, api_of: ApiOf,
    state: str,
) -> None:  # fmt: skip
    place = Assessor.objects.create(assessment=completed, person=alice, **STAMPS)
    prompt = Prompt.objects.create(program=completed.program, due_on=MONDAY.date(), **STAMPS)
    if state != "completed":
        Assessment.objects.update(state=state, completed_on=None, closes_on=MONDAY.date())
    named = {"place": place.pk, "part": debrief.parts.order_by("pk")[0].pk, "prompt": prompt.pk}
    tokens = {person: api_of(person).token for person in (alice, charlie)}
    before = Entry.objects.count()
    wrong: list[Any] = []
    for person, token in tokens.items():
        client = Client(headers={"Authorization": f"Bearer {token}", "If-Match": "*"})
        for path in PATHS:
            cache.clear()
            address = f"/api/v1/{path.format(**named)}"
            for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
                for name, body in BODIES.items() if method[0] == "P" else [("nothing", b"")]:
                    if (method, person) == ("DELETE", alice):
                        continue
                    answer = client.generic(method, address, body, "application/json")
                    if not 400 <= answer.status_code < 500 or answer.status_code == 429:
                        wrong.append((str(person), method, path, name, answer.status_code, answer.content[:80]))
    assert wrong == []
    assert Entry.objects.count() == before


@pytest.fixture
def theirs(charlie: User, template: Any) -> dict[str, Any]:
    """Charlie's program TWO, of which Alice is no part: with an assessment, what it found, its debrief and its work."""
    details = ProgramDetails(key="TWO", name="Two", organisation="", time_zone="UTC")
    User.objects.filter(pk=charlie.pk).update(may_create_programs=True)
    program = programs.create_program(details=details, by=User.objects.get(pk=charlie.pk), at=MONDAY)
    Membership.objects.filter(program=program, person=charlie).update(role=Role.MANAGER)
    held = AssessmentDetails(template=template, purpose="readiness")
    made = services.prepare_assessment(program=program, details=held, by=charlie, at=MONDAY)
    Assessment.objects.filter(pk=made.pk).update(state="completed", completed_on=MONDAY.date())
    made.refresh_from_db()
    said = FindingDetails(kind="gap", text="Theirs.")
    finding = services.add_finding(assessment=made, details=said, by=charlie, at=MONDAY)
    step = RecommendationDetails(text="Theirs.", urgency="essential")
    debrief = services.prepare_debrief(assessment=made, by=charlie, at=MONDAY)
    return {
        "person": charlie.pk,
        "assessment": made.pk,
        "finding": finding.pk,
        "step": services.add_recommendation(finding=finding, details=step, by=charlie, at=MONDAY).pk,
        "part": debrief.parts.order_by("pk")[0].pk,
        "phase": Phase.objects.create(program=program, code="PH1", position=1, name="Theirs", **STAMPS).pk,
        "workstream": Workstream.objects.create(
            program=program, code="W9", name="Theirs", discipline=Discipline.CHANGE, **STAMPS
        ).pk,
    }


def test_what_belongs_to_another_program_is_as_unknown_as_what_is_not_there(
    completed: Assessment, debrief: Debrief, essential: Recommendation, gap: Finding, workstreams: Any, phase: Phase,
    program: Program, theirs: dict[str, Any], alice: User, api_of: ApiOf,
) -> None:  # fmt: skip
    api = api_of(alice)
    prepare = {"program": "ONE", "purpose": "readiness", "template": "crm-best-practice"}
    accept = {
        "performer": "me", "requested_for": "2026-12-04", "workstream": workstreams[Discipline.CHANGE].pk,
        "phase": phase.pk,
    }  # fmt: skip
    finding = {"kind": "gap", "text": "x"}
    step = {"text": "x", "urgency": "essential"}
    part = {"debrief": "ONE-T1", "title": "x"}
    bodies: list[tuple[str, dict[str, Any]]] = [
        ("assessments/", {**prepare, "program": "TWO"}),
        *(("assessments/", {**prepare, "previous": named}) for named in (theirs["assessment"], "TWO-T1")),
        ("assessments/", {**prepare, "facilitator": theirs["person"]}),
        ("assessments/ONE-T1/assessors/", {"person": theirs["person"]}),
        ("findings/", {**finding, "assessment": "TWO-T1"}),
        ("recommendations/", {**step, "finding": "TWO-T1-F1"}),
        *(
            ("recommendations/ONE-T1-N1/accept/", {**accept, name: theirs[of]})
            for name, of in (("performer", "person"), ("workstream", "workstream"), ("phase", "phase"))
        ),
        ("debriefs/", {"assessment": "TWO-T1"}),
        ("debrief-parts/", {**part, "debrief": "TWO-T1"}),
        ("debrief-parts/", {**part, "after": theirs["part"]}),
        ("debriefs/TWO-T1/brief-sponsor/", {}),
        (f"recommendations/{theirs['step']}/reject/", {"reason": "x"}),
    ]
    before = Entry.objects.count()
    told = [(path, body, api.post(path, body)) for path, body in bodies]
    assert [(path, body) for path, body, answer in told if answer.status_code not in (404, 409)] == []
    assert Entry.objects.count() == before
    for path in (
        f"assessments/{theirs['assessment']}/", f"findings/{theirs['finding']}/", f"recommendations/{theirs['step']}/",
        "debriefs/TWO-T1/", f"debrief-parts/{theirs['part']}/", "assessments/TWO-T1/results/",
        "assessments/TWO-T1/answers/", "assessments/TWO-T1/consensus/", "assessments/TWO-T1/assessors/",
        "debriefs/TWO-T1/private-notes/",
    ):  # fmt: skip
        assert api.get(path).status_code == 404, path


def test_a_stale_change_is_refused_everywhere(
    completed: Assessment, debrief: Debrief, essential: Recommendation, gap: Finding, alice: User, api_of: ApiOf
) -> None:
    api, part = api_of(alice), debrief.parts.order_by("pk")[0].pk
    changes: dict[str, dict[str, Any]] = {
        "assessments/ONE-T1/": {"target_next": 600},
        "findings/ONE-T1-F1/": {"text": "x"},
        "recommendations/ONE-T1-N1/": {"text": "x"},
        "debriefs/ONE-T1/": {"planned_on": "2026-12-01"},
        f"debrief-parts/{part}/": {"text": "x"},
        "debriefs/ONE-T1/private-notes/": {"text": "x"},
    }
    for path, body in changes.items():
        seen = api.get(path)["ETag"]
        assert api.patch(path, body).status_code == 428, path
        assert api.patch(path, body, If_Match=seen).status_code == 200, path
        stale = api.patch(
            path, {name: f"{value}1" if name == "text" else None for name, value in body.items()}, If_Match=seen
        )
        assert stale.status_code == 412, (path, stale.content)
