"""The sponsor's word on delivery confidence: who may say it, when it says why, and what it leaves behind."""

from typing import Any

import pytest

from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit.models import Entry
from notifications import registry
from notifications.models import Reminder
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


def test_the_manager_and_the_sponsor_are_told_but_who_said_it(program: Program, roles: dict[Role, User]) -> None:
    alice, sue, bob = roles[Role.MANAGER], roles[Role.SPONSOR], roles[Role.MEMBER]
    Program.objects.filter(pk=program.pk).update(sponsor=sue, deputy_sponsor=bob)
    program.refresh_from_db()
    word: dict[str, Any] = {"program": program, "computed": Rating.AMBER, "at": MONDAY}
    services.state_confidence(**word, rating="amber", by=sue)
    told = Reminder.objects.get(recipient=alice)
    assert (told.kind, told.subject_id) == ("confidence_confirmed_amber", program.pk)
    assert told.params == {"by": "Sue Sponsor", "note": ""}
    assert not Reminder.objects.filter(recipient=sue).exists()
    services.state_confidence(**word, rating="red", reason="The vendor is gone.", by=bob)
    told = Reminder.objects.get(recipient=sue)
    assert (told.kind, told.params) == (
        "confidence_overridden_red", {"by": "Bob Baker", "note": "The vendor is gone."},
    )  # fmt: skip
    assert "calls delivery confidence red" in str(registry.notices()[told.kind].sentence)
