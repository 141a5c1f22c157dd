"""Programs, phases, outcomes, measures, readings and people over the API: what is shown, to whom, at what cost."""

import datetime as dt
from decimal import Decimal

import pytest

from core.accounts.models import User
from programs import services
from programs.choices import Role
from programs.models import Holiday, Measure, Measurement, Membership, PlannedStep, Program
from programs.services import ProgramDetails
from tests.cast import MONDAY
from tests.programs.conftest import TODAY, Grow
from tests.support.api import ApiOf

LISTS = ("programs", "phases", "outcomes", "measures", "measurements", "people")


@pytest.fixture
def secret(charlie: User) -> Program:
    """Charlie's program, of which nobody else knows."""
    charlie.may_create_programs = True
    return services.create_program(details=ProgramDetails(key="HID", name="Hidden"), by=charlie, at=MONDAY)


@pytest.mark.parametrize("count", [3, 30])
@pytest.mark.parametrize("resource", LISTS)
def test_a_list_costs_at_most_three_queries(resource: str, count: int, grow: Grow, bob: User, api_of: ApiOf) -> None:
    grow(count)
    api = api_of(bob)
    answer = api.get(f"{resource}/?limit=200")
    assert len(answer.json()["results"]) >= (1 if resource == "programs" else count)
    assert len(api.queries) <= 3


@pytest.mark.parametrize("resource", LISTS)
def test_strangers_see_nothing(resource: str, grow: Grow, charlie: User, api_of: ApiOf) -> None:
    grow(1)
    assert api_of(charlie).codes(f"{resource}/") in ([], [charlie.pk])


def test_a_program_says_what_its_reader_is_in_it(program: Program, roles: dict[Role, User], api_of: ApiOf) -> None:
    Holiday.objects.create(program=program, on=dt.date(2026, 12, 25))
    shown = api_of(roles[Role.VIEWER]).get("programs/ONE/").json()
    assert shown["url"] == "/api/v1/programs/ONE/"
    assert shown["role"] == "viewer"
    assert shown["manager"] == {"id": roles[Role.MANAGER].pk, "name": "Alice Archer"}
    assert shown["sponsor"] is None
    assert shown["holidays"] == ["2026-12-25"]


def test_a_program_is_named_by_key_or_number(program: Program, bob: User, roles: object, api_of: ApiOf) -> None:
    api = api_of(bob)
    assert api.get(f"programs/{program.pk}/").content == api.get("programs/ONE/").content


@pytest.mark.parametrize("path", ["programs/ONE/", "phases/ONE-PH1/", "outcomes/ONE-O1/", "measures/ONE-M1/"])
def test_a_stranger_gets_404(path: str, grow: Grow, bob: User, charlie: User, api_of: ApiOf) -> None:
    grow(1)
    assert api_of(bob).get(path).status_code == 200
    refused = api_of(charlie).get(path)
    assert refused.status_code == 404
    assert refused.json()["code"] == "not_found"


def test_what_a_row_points_to_has_a_name(grow: Grow, bob: User, api_of: ApiOf) -> None:
    grow(1)
    (outcome,) = api_of(bob).get("outcomes/?program=ONE&phase=PH1").json()["results"]
    assert outcome["code"] == "ONE-O1"
    assert outcome["phase"]["code"] == "ONE-PH1"
    assert outcome["phase"]["name"] == "Phase 1"
    assert outcome["program"]["key"] == "ONE"
    assert outcome["owner"] == {"id": bob.pk, "name": "Bob Baker"}


def test_a_measure_shows_its_newest_reading_that_no_correction_replaced(grow: Grow, bob: User, api_of: ApiOf) -> None:
    grow(1)
    measure, wrong = Measure.objects.get(), Measurement.objects.get()
    right = {"measure": measure, "measured_on": TODAY, "recorded_on": TODAY, "recorded_at": MONDAY}
    Measurement.objects.create(**right, value=Decimal("81.5"), supersedes=wrong)
    PlannedStep.objects.create(measure=measure, on=TODAY + dt.timedelta(days=9), value=Decimal(85))
    shown = api_of(bob).get("measures/ONE-M1/").json()
    assert shown["latest"] == {"value": "81.5", "measured_on": TODAY.isoformat()}
    assert shown["steps"] == [{"on": "2026-12-02", "value": "85"}]


def test_readings_tell_which_replaced_which(grow: Grow, bob: User, api_of: ApiOf) -> None:
    grow(1)
    first = Measurement.objects.get()
    second = Measurement.objects.create(
        measure=first.measure, value=1, measured_on=TODAY, recorded_on=TODAY, recorded_at=MONDAY, supersedes=first
    )
    api = api_of(bob)
    assert api.codes("measurements/?measure=ONE-M1&is_superseded=false") == [second.pk]
    shown = api.get(f"measurements/{first.pk}/").json()
    assert (shown["superseded_by_id"], shown["supersedes_id"], shown["unit"]) == (second.pk, None, "%")


def test_people_are_those_of_shared_programs(
    program: Program, secret: Program, roles: dict[Role, User], alice: User, charlie: User, api_of: ApiOf
) -> None:
    Membership.objects.create(program=secret, person=roles[Role.SPONSOR])
    api = api_of(alice)
    assert set(api.codes("people/")) == {person.pk for person in roles.values()}
    assert api.get(f"people/{charlie.pk}/").status_code == 404
    sponsor = api.get(f"people/{roles[Role.SPONSOR].pk}/").json()
    assert [(place["program"]["key"], place["role"]) for place in sponsor["memberships"]] == [("ONE", "sponsor")]


def test_filtering_people_tells_nothing_of_foreign_programs(
    secret: Program, roles: dict[Role, User], alice: User, api_of: ApiOf
) -> None:
    Membership.objects.create(program=secret, person=roles[Role.VIEWER], role=Role.LEAD)
    api = api_of(alice)
    assert api.codes("people/?program=HID") == []
    assert api.codes("people/?role=lead") == [roles[Role.LEAD].pk]
    assert len(api.codes("people/?program=ONE")) == len(roles)


def test_me_is_the_reader(charlie: User, api_of: ApiOf) -> None:
    shown = api_of(charlie).get("people/me/").json()
    assert (shown["email"], shown["memberships"]) == (charlie.email, [])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("phases/?status=planned,active", ["ONE-PH1", "ONE-PH2", "ONE-PH3"]),
        ("phases/?status=closed", []),
        ("phases/?ordering=-position&limit=2", ["ONE-PH3", "ONE-PH2"]),
        ("outcomes/?phase=ONE-PH2", ["ONE-O2"]),
        ("outcomes/?phase=TWO-PH2", []),
        ("measures/?phase=PH1&owner=me", ["ONE-M1"]),
        ("measures/?owner=alice@example.org", []),
        ("programs/?role=member&status=draft", ["ONE"]),
    ],
)
def test_filters(query: str, expected: list[str], grow: Grow, bob: User, api_of: ApiOf) -> None:
    grow(3)
    assert api_of(bob).codes(query) == expected


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("phases/?program=", "program"),
        ("phases/?program=ONE&program=TWO", "program"),
        ("phases/?status=gone", "status"),
        ("phases/?owner=nobody", "owner"),
        ("phases/?colour=red", "colour"),
        ("measurements/?measured_after=yesterday", "measured_after"),
        ("measurements/?is_superseded=1", "is_superseded"),
        ("phases/?ordering=name", "ordering"),
        ("phases/?fields=code,colour", "fields"),
    ],
)
def test_a_wrong_parameter_is_named(query: str, field: str, program: Program, alice: User, api_of: ApiOf) -> None:
    refused = api_of(alice).get(query)
    assert refused.status_code == 400
    assert [error["field"] for error in refused.json()["errors"]] == [field]


def test_only_the_wanted_fields(grow: Grow, bob: User, api_of: ApiOf) -> None:
    grow(1)
    assert api_of(bob).get("phases/?fields=code,status").json()["results"] == [{"code": "ONE-PH1", "status": "planned"}]


def test_what_is_known_is_not_sent_again(grow: Grow, bob: User, api_of: ApiOf) -> None:
    grow(1)
    api = api_of(bob)
    for path in ("phases/", "phases/ONE-PH1/"):
        first = api.get(path)
        again = api.get(path, If_None_Match=first["ETag"])
        assert (again.status_code, again.content) == (304, b"")
