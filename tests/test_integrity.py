"""The rules that the database holds are those that the documents tell, on each database."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection

from core.exceptions import Refusal
from tests.architecture.tree import ROOT
from tests.support import generated_docs

RULED = ("programs", "workstreams", "assessments")
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def _held_by_database() -> set[str]:
    """Return the constraints and triggers that hold a rule; enumerations and unique codes go without saying.

    The database itself is asked for its triggers: SQLite loses them where a migration makes their table anew.
    """
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        named = {name for (name,) in cursor.fetchall() if name.startswith(RULED)}
    for label in RULED:
        for model in apps.get_app_config(label).get_models():
            named |= {constraint.name for constraint in model._meta.constraints}
    return {name for name in named if not name.endswith(("_known", "_once"))}


def _refusals(kind: type[Refusal] = Refusal) -> Iterator[str]:
    for each in kind.__subclasses__():
        yield each.__name__
        yield from _refusals(each)


@pytest.mark.django_db
def test_every_rule_that_the_database_holds_is_told_and_no_other() -> None:
    holding = (ROOT / "docs/words.md").read_text().partition("## What must hold")[2]
    rows = [generated_docs.cells(line) for line in holding.splitlines() if line.startswith("| ")]
    named = {word for row in rows for word in re.findall(r"`(\w+)`", row[-1])}
    assert {word for word in named if word.islower()} == _held_by_database()
    assert {word for word in named if not word.islower()} <= set(_refusals())
