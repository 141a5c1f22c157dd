"""The product keeps every rule of the house that can be read off its source."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.rules import RULES, Rule
from tests.architecture.tree import ROOT


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_product_keeps(rule: Rule) -> None:
    assert list(rule(ROOT)) == []


def test_floors_and_rooms_are_layered() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
