"""Sentences that could comfort falsely stand on the lists of `tests/promises.yaml`, each with a test that is there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.architecture.tree import ROOT
from tests.support.messages import said_by_the_product

LISTS = "tests/promises.yaml"
WORDS = re.compile(r"\b(?:mail|mails|mailed|reminder|reminders|nothing|on track|green)\b", re.IGNORECASE)


def unlisted_promises(root: Path) -> Iterator[str]:
    """Yield the sentences that no list names, what lists name that is no longer said, and tests that are not there."""
    lists: dict[str, Any] = yaml.safe_load((ROOT / LISTS).read_text(encoding="utf-8"))
    said = {_first(message.id): message.locations[0] for message in said_by_the_product(root) if message.id}
    shown = {sentence: test for each in lists["shown"].values() for sentence, test in each.items()}
    listed = {*lists["names"], *lists["not_shown"], *shown}
    for sentence, (place, line) in said.items():
        if WORDS.search(sentence) and sentence not in listed:
            yield f"{place}:{line}: “{sentence}” is on no list of {LISTS}: name the test that makes it true"
    for sentence in sorted(listed - said.keys()):
        yield f"{LISTS}:1: “{sentence}” is no longer said: take it off its list"
    for sentence, test in shown.items():
        file, _colons, name = test.partition("::")
        if not (ROOT / file).is_file() or f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8"):
            yield f"{LISTS}:1: “{sentence}” names {test}, which is not there"


def _first(words: str | tuple[str, ...] | list[str]) -> str:
    return words if isinstance(words, str) else words[0]
