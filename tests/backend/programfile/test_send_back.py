"""What a program hands out is handed in again as it is: its lists, pasted into its plan, and its file."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from backend.programfile.models import Upload
from core import exports
from core.accounts.models import User
from programs.models import Membership
from tests.backend.programfile.conftest import AT, Load
from tests.conftest import Clock
from tests.support import pages, send_back
from workstreams.forms import paste
from workstreams.models import Milestone

# The page that hands out a list, by the kind of its rows.
LISTS = {
    "phases": "workstreams:phases",
    "milestones": "workstreams:milestones",
    "actions": "workstreams:actions",
    "people": "programs:people",
}


@pytest.fixture
def manager(load: Load, sample: str, clock: Clock) -> User:
    """The manager of the sample program, on its day."""
    clock.move_to(AT)
    load(sample)
    return Membership.objects.get(program__key="ONE", role="manager").person


def _pasted(client: Client, kind: str, text: str) -> Any:
    """Paste rows and confirm them; return the page that refuses them, having changed nothing."""
    before = send_back.rows()
    answer = client.post(reverse("workstreams:paste", args=["ONE"]), {"kind": kind, "text": text, "confirm": "1"})
    assert answer.status_code == 422
    assert send_back.changed(before) == {}
    return answer


def test_every_kind_of_rows_has_its_list() -> None:
    assert LISTS.keys() == paste.KINDS.keys()


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_pasted_as_it_was_handed_out_is_refused_by_line(kind: str, manager: User) -> None:
    client = pages.signed_in(manager)
    handed_out = client.get(reverse(LISTS[kind], args=["ONE"]) + exports.QUERY)
    refused = _pasted(client, kind, handed_out.content.decode("utf-8-sig"))
    assert all(line.problem for line in refused.context["lines"])


def test_milestones_pasted_by_their_codes_are_refused_as_they_stand_in_the_plan(manager: User) -> None:
    names = ("name", "workstream__code", "phase__code", "baseline_on", "owner__email", "code")
    rows = [[str(cell or "") for cell in row] for row in Milestone.objects.values_list(*names)]
    text = "\n".join("\t".join([*row[:-1], "", "", row[-1]]) for row in rows)
    refused = _pasted(pages.signed_in(manager), "milestones", text)
    assert [line.problem for line in refused.context["lines"]] == [f"The code {row[-1]} is taken." for row in rows]


def test_people_pasted_again_are_refused_as_they_are_members(manager: User) -> None:
    rows = list(Membership.objects.values_list("person__email", "person__name", "role", "title"))
    refused = _pasted(pages.signed_in(manager), "people", "\n".join("\t".join(row) for row in rows))
    assert [line.problem for line in refused.context["lines"]] == [
        f"{name} belongs to the program already. Change the role there instead." for _email, name, _role, _title in rows
    ]


def test_a_program_file_loaded_as_it_was_handed_out_changes_nothing(manager: User) -> None:
    client = pages.signed_in(manager)
    text = client.get(reverse("programfile:export", args=["ONE"])).content.decode()
    before = send_back.rows()
    taken = client.post(reverse("programfile:upload"), {"text": text})
    preview = reverse("programfile:preview", args=[Upload.objects.get().pk])
    assert taken["Location"] == preview
    shown = client.get(preview, {"now": ""})
    assert not shown.context["result"].has_changes
    assert client.post(preview).status_code == 302
    assert send_back.changed(before) == {}
