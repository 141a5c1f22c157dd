"""The sponsor's word on delivery confidence: who may say it, when it says why, and what it leaves behind."""

from typing import Any

import pytest

from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit.models import Entry
from programs import exceptions, services
from programs.choices import Rating, Role
from programs.models import ConfidenceStatement, Program
from tests.cast import MONDAY


def test_the_computed_rating_is_confirmed(program: Program, roles: dict[Role, User]) -> None:
    sue = roles[Role.SPONSOR]
    said = services.state_confidence(program=program, computed=Rating.AMBER, rating="amber", by=sue, at=MONDAY)
    assert (said.computed, said.rating, said.reason, said.by, said.at) == ("amber", "amber", "", sue, MONDAY)
    entry = Entry.objects.get(verb="confirm_confidence")
    assert (entry.scope, entry.changes) == (f"program:{program.pk}", {"rating": "amber", "computed": "amber"})


@pytest.mark.parametrize(("computed", "named"), [(Rating.GREEN, "(Green)"), (None, "(no rating)")])
def test_another_rating_says_why(
    computed: Rating | None, named: str, program: Program, roles: dict[Role, User]
) -> None:
    word: dict[str, Any] = {
        "program": program,
        "computed": computed,
        "rating": "red",
        "by": roles[Role.SPONSOR],
        "at": MONDAY,
    }
    with pytest.raises(exceptions.OverrideHasNoReason) as refused:
        services.state_confidence(**word, reason="  ")
    assert named in refused.value.message and list(refused.value.fields) == ["reason"]
    assert not ConfidenceStatement.objects.exists()
    said = services.state_confidence(**word, reason=" The vendor is gone. ")
    assert (said.computed, said.rating, said.reason) == (computed or "", "red", "The vendor is gone.")
    assert Entry.objects.get(verb="override_confidence").reason == "The vendor is gone."


@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEAD, Role.MEMBER, Role.VIEWER])
def test_nobody_else_says_it(role: Role, program: Program, roles: dict[Role, User]) -> None:
    word: dict[str, Any] = {"program": program, "computed": Rating.RED, "rating": "red", "at": MONDAY}
    with pytest.raises(core_exceptions.NotAllowed):
        services.state_confidence(**word, by=roles[role])
    Program.objects.filter(pk=program.pk).update(deputy_sponsor=roles[role])
    assert services.state_confidence(**word, by=roles[role]).by == roles[role]
