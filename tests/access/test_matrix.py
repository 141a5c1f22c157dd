"""For every address and everybody who may come, in their own program and in a foreign one: the expected status."""

import io
import json
import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse, SimpleCookie
from django.test import Client
from pytest_django import DjangoDbBlocker

from core.accounts.models import User
from tests.access import addresses, stage
from tests.access.addresses import Address
from tests.access.arguments import Place, places
from tests.access.expected import REFUSED, SIGN_IN, Answer, expected, may_read, write_of
from tests.access.rules import CREATOR, EVERYBODY, MEMBERS, STAFF, STRANGER
from tests.access.stage import House, undone

# It stands in the name of everything in the foreign program, and nowhere else.
FOREIGN = "Nightjar"


class Stage:
    """Everybody who comes, and the two programs."""

    def __init__(self) -> None:
        self.own, self.foreign = stage.build("ONE", "Harbour"), stage.build("TWO", FOREIGN)
        self.people: dict[str, User] = {
            STRANGER: stage.person("stranger", "Stranger"),
            CREATOR: stage.person("creator", "Creator", may_create_programs=True),
            STAFF: stage.person("staff", "Staff", is_staff=True),
            **self.own.people,
        }
        self.places = list(places(addresses.table()))

    @cached_property
    def methods(self) -> dict[str, set[str]]:
        """The methods that each address answers to, as told to the staff, who pass every rule of an address."""
        found: dict[str, set[str]] = {}
        staff = self.people[STAFF]
        browser = Browser(staff)
        for place in self.places:
            if place.address.is_ours:
                found[place.label] = addresses.methods_of_view(place.address, staff)
                continue
            with undone():
                found[place.label] = addresses.methods_of_page(browser.afresh(), place.path(self.own, staff))
        return found

    def path(self, place: Place, who: str, *, is_own: bool) -> str:
        """Return the path of a place in the own or the foreign program."""
        house = self.own if is_own else self.foreign
        reader = self.people.get(who, self.people[STRANGER]) if is_own else house.people["manager"]
        return place.path(house, reader)


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """The stage, made once; what is done on it is undone request by request, and it itself at the end."""
    with django_db_blocker.unblock(), undone():
        yield Stage()


@pytest.fixture
def scene(built: Stage) -> Iterator[Stage]:
    """The stage as it was made; what was counted before is forgotten."""
    cache.clear()
    with undone():
        yield built
    cache.clear()


class Browser:
    """A person's browser, signed in once: each request starts from the cookies that signing in left."""

    def __init__(self, person: User | None) -> None:
        # One client: each would build the middleware again.
        self._client = Client()
        if person is not None:
            self._client.force_login(person)
        self._cookies = {name: cookie.value for name, cookie in self._client.cookies.items()}

    def afresh(self) -> Client:
        """Return the client as it was after signing in; whatever was counted is forgotten."""
        cache.clear()
        self._client.cookies = SimpleCookie(self._cookies)
        return self._client


def ask(client: Client, place: Place, method: str, path: str, house: House, **headers: str) -> Any:
    """Send a request that says the least it has to."""
    body: Any = None
    if method != "GET":
        write = write_of(place, method)
        assert write is not None
        body = write.body(house)
    sent: dict[str, Any] = {} if body is None else {"data": body}
    if place.address.is_api and body is not None:
        sent = {"data": json.dumps(body), "content_type": "application/json"}
        headers = {"If-Match": "*", **headers}
    return getattr(client, method.lower())(path, headers=headers, **sent)


def told(answer: HttpResponse) -> int | str:
    """Return the status, and "sign in" for being led there."""
    is_led = answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")
    return "sign in" if is_led else answer.status_code


def is_right(place: Place, answer: HttpResponse, due: Answer) -> bool:
    """Tell whether an answer is as due; of the library's own pages, whether it lets in at all."""
    if place.address.is_ours or due == SIGN_IN:
        return told(answer) in due
    # A step of signing in leads back to its beginning.
    is_shut = told(answer) == "sign in" and place.address.rule != "public"
    return answer.status_code < 500 and answer.status_code not in REFUSED and not is_shut


def differences(scene: Stage, who: str, *, is_own: bool) -> Iterator[str]:
    """Yield where an address answers somebody differently than it should, or says what it should not."""
    browser = Browser(scene.people.get(who))
    house = scene.own if is_own else scene.foreign
    for place in scene.places:
        if not is_own and not (place.is_bound or place.is_personal):
            continue  # it names nothing of either
        known = {method for method in scene.methods[place.label] if method == "GET" or place.address.is_ours}
        for method in sorted({"GET", *known}):
            with undone():
                answer = ask(browser.afresh(), place, method, scene.path(place, who, is_own=is_own), house)
            due = expected(place, method, who, is_own=is_own, answers_to=scene.methods[place.label])
            if not is_right(place, answer, due):
                yield f"{method} {place.label}: {told(answer)} instead of {sorted(map(str, due))}"
            elif answer.status_code == 403 and place.address.rule == "member" and not _names_who_may(answer):
                yield f"{method} {place.label}: does not say who may"
            elif FOREIGN in text_of(answer.content) and place.address.rule not in ("secret_link", "staff"):
                yield f"{method} {place.label}: tells of a foreign program"


def _names_who_may(answer: HttpResponse) -> bool:
    return "may do this" in answer.content.decode()


def text_of(content: bytes) -> str:
    """Return what an answer tells; a workbook is a packed folder of texts."""
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


@pytest.mark.parametrize("is_own", [True, False], ids=["own", "foreign"])
@pytest.mark.parametrize("who", EVERYBODY)
def test_every_address_answers_everybody_as_its_rule_says(scene: Stage, who: str, is_own: bool) -> None:
    if not is_own and who not in MEMBERS:
        return  # the stranger of one program is the stranger of the other
    assert "\n".join(differences(scene, who, is_own=is_own)) == ""


def test_every_write_of_ours_has_a_rule_of_who_may(scene: Stage) -> None:
    unruled = [
        f"{method} {place.label}: say who may, in WRITES of tests/access/expected.py"
        for place in scene.places
        if place.address.is_ours
        for method in scene.methods[place.label] - {"GET"}
        if write_of(place, method) is None
    ]
    assert unruled == []


def test_an_address_with_an_unknown_parameter_is_found(scene: Stage) -> None:
    strange = Place(Address("new", "/new/<str:what>/", ("what",), "member", HttpResponse), "new", "")
    with pytest.raises(AssertionError, match="knows no value for <what>"):
        strange.path(scene.own, scene.people[STRANGER])


def test_a_token_that_may_only_read_writes_nothing(scene: Stage) -> None:
    manager = scene.people["manager"]
    headers = {"Authorization": f"Bearer {stage.token_of(manager, 'read')[1]}"}
    browser, found = Browser(None), dict[str, int]()
    for place in (one for one in scene.places if one.address.is_api and one.address.rule not in ("public",)):
        for method in scene.methods[place.label]:
            with undone():
                path = scene.path(place, "manager", is_own=True)
                answer = ask(browser.afresh(), place, method, path, scene.own, **headers)
            if answer.status_code != (200 if method == "GET" and may_read(place, "manager") else 403):
                found[f"{method} {place.label}"] = answer.status_code
            if method != "GET" and answer.json()["code"] != "scope_missing":
                found[f"{method} {place.label}"] = answer.json()
    assert found == {}


def test_a_token_is_its_person_and_nobody_else(scene: Stage) -> None:
    headers = {"Authorization": f"Bearer {stage.token_of(scene.people['member'])[1]}"}
    browser = Browser(None)
    bound = (one for one in scene.places if one.address.is_api and one.is_bound)
    for place in (one for one in bound if may_read(one, "member")):
        for method in scene.methods[place.label] & {"GET"}:
            with undone():
                own, foreign = (scene.path(place, "member", is_own=is_own) for is_own in (True, False))
                answer = ask(browser.afresh(), place, method, own, scene.own, **headers)
                assert answer.status_code == 200, own
                answer = ask(browser.afresh(), place, method, foreign, scene.foreign, **headers)
                assert answer.status_code == 404, foreign
