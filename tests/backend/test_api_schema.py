"""The OpenAPI document is true: schemathesis, with a token and the sample program at hand, finds nothing.

SCHEMA_EXAMPLES=200 makes the run longer and deeper than the few examples an operation that every run takes.
"""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core import signals
from django.core.cache import cache
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from pytest_django import Settings
from schemathesis.core.failures import Failure
from schemathesis.core.result import Ok

from assessments import services as assessments
from assessments.choices import ASSESSMENT_MOVES, DEBRIEF_MOVES, RECOMMENDATION_MOVES
from assessments.models import Assessment, Assessor, Debrief, DebriefPart, Prompt
from assessments.services import AssessmentDetails
from backend.programfile.services import load_program_file
from backend.wsgi import application
from core import clock
from core.accounts.models import User
from programs.choices import OUTCOME_MOVES, PROGRAM_MOVES
from programs.models import Measurement, Membership, Program
from tests.support.api import Api, ApiOf
from workstreams.choices import ACTION_MOVES, GATE_MOVES, MILESTONE_MOVES, PHASE_MOVES
from workstreams.models import Dependency

SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES", "5"))
# Names of things that are there, so that not every address ends in 404.
KNOWN = {
    "programs": "ONE", "phases": "ONE-PH3", "outcomes": "ONE-O1", "measures": "ONE-M2", "people": "me",
    "gate-reviews": "ONE-G2", "workstreams": "ONE-W1", "milestones": "ONE-S4", "action-items": "ONE-A5",
    "raid-entries": "ONE-R1", "assessments": "ONE-T3",
}  # fmt: skip
# An example is of what is there and well formed; who asks, the day or a state may refuse it.
EXAMPLE_STATUSES = {200, 201, 204, 403, 409}
MACHINES = {
    "programs": PROGRAM_MOVES, "phases": PHASE_MOVES, "outcomes": OUTCOME_MOVES, "milestones": MILESTONE_MOVES,
    "action-items": ACTION_MOVES, "assessments": ASSESSMENT_MOVES, "recommendations": RECOMMENDATION_MOVES,
    "debriefs": DEBRIEF_MOVES, "gate-reviews": GATE_MOVES,
}  # fmt: skip
# A decision is a thing of its own, and another day for a gate a change of it.
ELSEWHERE = {("gate-reviews", "decide"): "decision", ("gate-reviews", "reschedule"): "hold"}
# A change that names a version which is gone is refused for that, well formed or not.
TAKEN = ["2xx", "304", "401", "403", "404", "409", "412", "422"]
REFUSED = ["400", "401", "403", "404", "405", "406", "409", "412", "415", "422", "428"]
CONFIG = schemathesis.config.SchemathesisConfig.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {"expected-statuses": TAKEN},
            "negative_data_rejection": {"expected-statuses": REFUSED},
        }
    }
)


@pytest.fixture
def manager(db: None, settings: Settings) -> Iterator[User]:
    """The manager of the sample program, whom no throttle stops."""
    settings.API_RATES = dict.fromkeys(django_settings.API_RATES, 10**9)
    cache.clear()
    at = clock.now()
    text = SAMPLE.read_text(encoding="utf-8")
    load_program_file(text=text, source_name=SAMPLE.name, as_of=at.date(), by=None, at=at)
    joan = User.objects.get(email="joan.ellery@harbourvale.example")
    _ask(joan, at)
    yield joan
    cache.clear()


def _ask(person: User, at: dt.datetime) -> None:
    """Open an assessment, ONE-T3, that a manager leads and answers."""
    last = Assessment.objects.select_related("program").get(code="T2")
    details = AssessmentDetails(purpose="calibration", closes_on=at.date() + dt.timedelta(days=14))
    found = assessments.prepare_assessment(program=last.program, details=details, previous=last, by=person, at=at)
    if not found.assessors.filter(person=person).exists():
        assessments.add_assessor(assessment=found, person=person, by=person, at=at)
    assessments.open_assessment(assessment=found, by=person, at=at)
    assert found.code == "T3"


@pytest.fixture
def api(manager: User, api_of: ApiOf) -> Api:
    """Her client."""
    return api_of(manager)


@pytest.fixture
def _kept_connection() -> Iterator[None]:
    """Keep the test's connection, which the end of a request would close, as Django's own test client does."""
    ends = (signals.request_started, signals.request_finished)
    for each in ends:
        each.disconnect(close_old_connections)
    yield
    for each in ends:
        each.connect(close_old_connections)


@pytest.fixture
def operations(manager: User, _kept_connection: None) -> list[Any]:
    """Everything the document describes, to be asked of the application itself."""
    document = schemathesis.openapi.from_wsgi("/api/schema/", application, config=CONFIG)
    return [found.ok() for found in document.get_all_operations() if isinstance(found, Ok)]


def _try(operation: Any, mode: schemathesis.GenerationMode, api: Api, **fixed: Any) -> Iterator[str]:
    """Yield what schemathesis finds wrong with an operation."""
    token = {"Authorization": f"Bearer {api.token}"}

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize="SCHEMA_EXAMPLES" not in os.environ,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode, **fixed))
    def ask(case: Any) -> None:
        case.call_and_validate(headers=token)

    try:
        ask()
    except* Failure as found:
        yield from (f"{operation.label}: {each}" for each in found.exceptions)
    except* Unsatisfiable:  # nothing about it can be wrong
        assert mode.is_negative


def _known(operation: Any) -> dict[str, Any]:
    """Return the values that let an operation find something that is there."""
    resource = operation.path.removeprefix("/api/v1/").partition("/")[0]
    fixed: dict[str, Any] = {}
    if "{ref}" in operation.path and resource in KNOWN:
        named = {"ref": KNOWN[resource], "criterion": "P1", "assessor": Assessor.objects.latest("pk").pk}
        fixed["path_parameters"] = {name: value for name, value in named.items() if f"{{{name}}}" in operation.path}
    if operation.method.upper() in ("PATCH", "PUT"):
        fixed["headers"] = {"If-Match": "*"}
    return fixed


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
def test_answers_about_what_is_there_are_as_described(operations: list[Any], mode: Any, api: Api) -> None:
    found = [wrong for operation in operations for wrong in _try(operation, mode, api, **_known(operation))]
    assert found == [], "\n\n".join(found)


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
def test_answers_about_anything_are_as_described(operations: list[Any], mode: Any, api: Api) -> None:
    named = [operation for operation in operations if "{ref}" in operation.path]
    found = [wrong for operation in named for wrong in _try(operation, mode, api)]
    assert found == [], "\n\n".join(found)


def test_every_address_is_described(client: Client, db: None) -> None:
    described_paths = set(orjson.loads(client.get("/api/schema/").content)["paths"])
    index = client.get("/api/v1/").json()
    lists = {address.removeprefix("http://testserver") for address in index.values()}
    assert len(lists) >= 12
    assert lists <= described_paths
    assert "/api/v1/action-items/{ref}/keep/" in described_paths


def _bodies(api: Api) -> Iterator[tuple[str, str, dict[str, Any], list[Any]]]:
    """Yield every operation that reads a body: its method, path, the schema of the body and its examples."""
    document = api.get("/api/schema/").json()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if content := operation.get("requestBody", {}).get("content", {}).get("application/json"):
                name = content["schema"].get("$ref", "").rpartition("/")[2]
                examples = [one["value"] for one in content.get("examples", {}).values()]
                yield method.upper(), path, document["components"]["schemas"].get(name, {}), examples


def test_every_body_that_says_something_has_an_example(api: Api) -> None:
    silent = [
        f"{method} {path}" for method, path, schema, found in _bodies(api) if schema.get("properties") and not found
    ]
    assert silent == []


def test_the_examples_are_taken(api: Api, manager: User) -> None:
    """What the document gives as the body of a request is one, of things that the sample has; a rule may refuse it."""
    found = {**KNOWN, **_more_names()}
    refused: dict[str, Any] = {}
    for method, path, _schema, examples in _bodies(api):
        resource = path.removeprefix("/api/v1/").partition("/")[0]
        place = path.format(ref=found.get(resource, "-"), criterion="P1", assessor=Assessor.objects.latest("pk").pk)
        for body in examples:
            with transaction.atomic():
                answer = api.send(method, place, body, If_Match="*")
                transaction.set_rollback(True)
            if answer.status_code not in EXAMPLE_STATUSES:
                refused[f"{method} {place}"] = answer.json()["detail"]
    assert refused == {}


def _more_names() -> dict[str, str]:
    """Return what is there besides, by resource: a first row of each, and a prompt and a part of a debrief."""
    one = Program.objects.get(key="ONE")
    at = clock.now()
    prompt = Prompt.objects.create(program=one, due_on=at.date(), created_at=at, updated_at=at)
    part = DebriefPart.objects.create(debrief=Debrief.objects.latest("pk"), kind="own", title="Budget", position=9)
    return {
        "assessment-prompts": str(prompt.pk),
        "debrief-parts": str(part.pk),
        "debriefs": "ONE-T2",
        "findings": "ONE-T2-F1",
        "recommendations": "ONE-T2-N1",
        "dependencies": str(Dependency.objects.latest("pk").pk),
        "measurements": str(Measurement.objects.latest("pk").pk),
        "memberships": str(Membership.objects.get(program=one, person__email__startswith="luis").pk),
    }


def test_every_legal_move_has_the_address_of_its_name(api: Api) -> None:
    paths = api.get("/api/schema/").json()["paths"]
    missing = [
        f"{resource}/{move}"
        for resource, machine in MACHINES.items()
        for move in machine.moves
        if f"/api/v1/{resource}/{{ref}}/{ELSEWHERE.get((resource, move), move).replace('_', '-')}/" not in paths
    ]
    assert missing == []
