"""Handing in a file: what would change is shown first, with every fault; and a program handed out as a file."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from backend.programfile.models import Upload
from core.accounts.models import User
from programs.choices import Role
from programs.models import Membership, Program
from tests.backend.programfile.conftest import Load
from tests.backend.programfile.test_format import with_eight_faults
from tests.support import pages

UPLOAD = "/programs/load/"


@pytest.fixture
def her(client: Client, alice: User) -> Client:
    """Alice's browser."""
    client.force_login(alice)
    return client


def hand_in(client: Client, text: str, **more: str) -> str:
    """Hand a file in and return the address of what it would change."""
    file = SimpleUploadedFile("plan.yaml", text.encode())
    response = client.post(UPLOAD, {"file": file, **more})
    assert response.status_code == 302, response.content.decode()
    return str(response.headers["Location"])


def test_a_file_is_shown_first_and_loaded_when_confirmed(her: Client, sample: str, alice: User) -> None:
    assert her.get(UPLOAD).status_code == 200
    page = hand_in(her, sample)
    shown = her.get(page)
    assert "would be made" in shown.content.decode()
    assert not Program.objects.exists()
    response = her.post(page)
    assert response.headers["Location"] == "/programs/ONE/"
    assert Membership.objects.get(person=alice).role == Role.MANAGER
    assert not Upload.objects.exists()
    assert her.get(page).status_code == 404


def test_pasted_text_and_another_day(her: Client, sample: str) -> None:
    response = her.post(UPLOAD, {"text": sample, "as_of": "2026-10-21"})
    her.post(response.headers["Location"])
    assert str(Program.objects.get().start_on) == "2025-12-06"


def test_every_fault_is_shown_and_nothing_loaded(her: Client, sample: str) -> None:
    page = hand_in(her, with_eight_faults(sample))
    shown = pages.text(her.get(page))
    assert "phases[4].outcomes[0].measures[0].target" in shown
    assert len(re.findall(r"<td class=\"number\">\d+</td>", shown)) >= 8
    assert her.post(page).status_code == 422
    assert not Program.objects.exists()


def test_a_second_loading_shows_what_differs(her: Client, sample: str, load: Load, alice: User) -> None:
    load(sample, by=alice)
    shown = her.get(hand_in(her, sample.replace("budget: 6400000", "budget: 6500000"))).content.decode()
    assert "6500000" in shown
    assert "6400000" in shown
    assert "nothing differs" in her.get(hand_in(her, sample)).content.decode()


@pytest.mark.parametrize(
    "data", [{}, {"text": "a", "file": "b"}, {"file": b"\xff\xfe"}, {"text": "x", "as_of": "2026-02-30"}]
)
def test_what_cannot_be_taken_in_is_said(her: Client, data: dict[str, str | bytes]) -> None:
    if "file" in data:
        content = data["file"] if isinstance(data["file"], bytes) else data["file"].encode()
        response = her.post(UPLOAD, {**data, "file": SimpleUploadedFile("x.yaml", content)})
    else:
        response = her.post(UPLOAD, data)
    assert response.status_code == 422
    assert not Upload.objects.exists()


def test_a_long_file_is_read_by_a_fragment_that_shows_progress(her: Client, sample: str) -> None:
    page = hand_in(her, sample + "# long\n" * 40_000)
    shown = her.get(page).content.decode()
    assert "is being read" in shown
    assert f"{page}?now=1" in shown
    progress = reverse("programfile:progress", args=[page.split("/")[-2]])
    assert "Reading the file" in her.get(progress).content.decode()
    fragment = pages.text(her.get(f"{page}?now=1", headers={"HX-Request": "true"}))
    assert fragment.startswith('<div id="preview"')
    assert "would be made" in fragment
    assert "hx-get" not in her.get(progress).content.decode()
    assert "<html" in her.get(f"{page}?now=1").content.decode()


def test_a_file_that_never_was_has_no_progress(her: Client, client: Client, sample: str, bob: User) -> None:
    assert her.get(reverse("programfile:progress", args=[uuid.uuid4()])).status_code == 404
    mine = reverse("programfile:progress", args=[hand_in(her, sample).split("/")[-2]])
    assert her.get(mine).status_code == 200
    client.force_login(bob)
    assert client.get(mine).status_code == 404


def test_the_progress_of_what_is_loaded_is_told_to_the_end(her: Client, sample: str) -> None:
    page = hand_in(her, sample)
    her.post(page)
    over = her.get(reverse("programfile:progress", args=[page.split("/")[-2]]))
    assert over.status_code == 200 and "hx-get" not in over.content.decode()


def test_who_may_hand_in(client: Client, sample: str, load: Load, alice: User, bob: User, charlie: User) -> None:
    assert client.get(UPLOAD).status_code == 302
    client.force_login(bob)
    assert client.get(UPLOAD).status_code == 403
    load(sample, by=alice)
    Membership.objects.create(program=Program.objects.get(), person=bob, role=Role.MANAGER)
    assert client.get(UPLOAD).status_code == 200
    page = hand_in(client, sample)
    assert client.get(page).status_code == 200
    other = hand_in(client, sample.replace("key: ONE", "key: TWO"))
    assert client.get(other).status_code == 403
    assert client.post(other).status_code == 403
    client.force_login(charlie)
    assert client.get(page).status_code == 404


def test_members_read_the_file_and_strangers_know_of_nothing(
    client: Client, sample: str, load: Load, alice: User, bob: User, charlie: User
) -> None:
    load(sample, by=alice)
    Membership.objects.create(program=Program.objects.get(), person=bob, role=Role.VIEWER)
    client.force_login(bob)
    response = client.get("/programs/ONE/export/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="one.yaml"'
    assert not load(response.content.decode()).has_changes
    client.force_login(charlie)
    assert client.get("/programs/ONE/export/").status_code == 404
    assert client.get("/programs/NIL/export/").status_code == 404
