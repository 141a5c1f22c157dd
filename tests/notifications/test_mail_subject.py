"""The subject of a mail that tells of several things reads as one sentence."""

import uuid

import pytest

from core.accounts.models import User
from notifications.channels.base import Item, Message
from notifications.channels.email.sender import compose
from tests.notifications.conftest import MONDAY, at


def _item(headline: str) -> Item:
    return Item(
        headline=headline, title="Brief the branches", code="ONE-A1", line="", why="", url="/", act_url="/",
        thread="a-1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("headlines", "subject"),
    [
        (["Bob says this promise is kept."], "Brief the branches: Bob says this promise is kept."),
        (
            ["Bob says this promise is kept.", "Due today"],
            "Brief the branches: Bob says this promise is kept, and 1 more",
        ),
        (["Due today", "Due today", "Due today"], "Brief the branches: Due today, and 2 more"),
    ],
)
def test_the_first_thing_is_named_and_the_others_are_counted(alice: User, headlines: list[str], subject: str) -> None:
    items = [_item(headline) for headline in headlines]
    message = Message(id=uuid.uuid4(), reader=alice, items=items, is_delayed=False, at=at(MONDAY))
    assert compose(message).subject == subject
