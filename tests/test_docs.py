"""The documents tell the truth: links lead somewhere, what is to be typed exists, tables say what the code says."""

import datetime as dt
import json
import pkgutil
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from backend.cli import parser
from backend.cli.sample import FILE
from backend.programfile import services as programfile
from backend.settings.environment import CATALOGUE
from core import clock
from core.accounts import services as accounts
from core.accounts.models import User
from tests.architecture.tree import FLOORS, ROOT
from tests.backend.test_overview_api import OVERVIEW_QUERIES
from tests.backend.test_overview_program_sizes import PAGE_QUERIES
from tests.support import generated_docs

DOCUMENTS = {str(path.relative_to(ROOT)): path for path in generated_docs.documents()}
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```\w*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
DOTTED = re.compile(rf"(?:{'|'.join(FLOORS)})(?:\.\w+)+")
MAKE = re.compile(r"\bmake ([a-z]+(?:-[a-z]+)*)")
TRACKER = re.compile(r"(?:^|[\s(/])tracker ([a-z][a-z-]*)")
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
each_document = pytest.mark.parametrize("name", DOCUMENTS)


def _text(name: str) -> str:
    return DOCUMENTS[name].read_text()


def _said(name: str) -> Iterator[str]:
    """Yield what a document sets as code, blocks and words."""
    for block, words in CODE.findall(_text(name)):
        yield block or words


def _anchors(path: Path) -> set[str]:
    """Return the anchors of a document's headings, as they are made from their words."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@each_document
def test_its_links_lead_somewhere(name: str) -> None:
    astray = []
    for target in LINK.findall(_text(name)):
        parts = urlsplit(target)
        path = (DOCUMENTS[name].parent / parts.path).resolve() if parts.path else DOCUMENTS[name]
        is_there = path.exists() and (not parts.fragment or parts.fragment in _anchors(path))
        if not parts.scheme and not is_there:
            astray.append(target)
    assert astray == []


@each_document
def test_the_paths_it_names_exist(name: str) -> None:
    tops = {path.name for path in ROOT.iterdir()}
    words = [word for said in _said(name) for word in said.split() if "/" in word]
    named = [word.strip("'\"(),;:") for word in words if word.split("/")[0] in tops]
    assert [word for word in named if not word.startswith("var/") and not (ROOT / word).exists()] == []


@each_document
def test_the_names_of_code_it_says_exist(name: str) -> None:
    lost = []
    for said in _said(name):
        if DOTTED.fullmatch(said) and not said.endswith(".py"):
            try:
                pkgutil.resolve_name(said)
            except (ImportError, AttributeError):
                lost.append(said)
    assert lost == []


@each_document
def test_what_is_to_be_typed_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    (commands,) = (action.choices for action in parser.build()._actions if isinstance(action.choices, dict))
    typed = "\n".join(_said(name))
    assert set(MAKE.findall(typed)) <= targets
    assert set(TRACKER.findall(typed)) <= set(commands)


@each_document
def test_its_tables_are_those_of_the_code(name: str) -> None:
    assert generated_docs.remade(_text(name)) == _text(name), "python -m tests.support.generated_docs writes them anew"


def test_every_key_of_the_program_file_has_a_meaning() -> None:
    rows = [generated_docs.cells(line) for line in _text("docs/program-file.md").splitlines() if line.startswith("| `")]
    assert [row[0] for row in rows if not row[-1]] == []


def test_every_document_is_in_the_index() -> None:
    index = _text("docs/README.md")
    unlisted = [name for name in DOCUMENTS if name.startswith("docs/") and name != "docs/README.md"]
    assert [name for name in unlisted if f"({name.removeprefix('docs/')})" not in index] == []


def _seconds(cell: str) -> list[float]:
    """Return the times of a cell in seconds, bare numbers as they are."""
    found = [re.fullmatch(r"([\d.]+)(?: ([smhd]))?", part.strip()) for part in cell.split(",")]
    return [float(one[1]) * UNITS.get(one[2] or "", 1) for one in found if one]


def test_the_times_of_delivery_are_those_of_the_code() -> None:
    rows = [generated_docs.cells(line) for line in _text("docs/delivery.md").splitlines()]
    timed = [row for row in rows if len(row) == 3 and DOTTED.fullmatch(row[2].strip("`"))]
    assert timed
    for _what, shown, place in timed:
        value: Any = pkgutil.resolve_name(place.strip("`"))
        values = value if isinstance(value, tuple) else (value,)
        known = [each.total_seconds() if isinstance(each, dt.timedelta) else float(each) for each in values]
        assert (place, _seconds(shown)) == (place, known)


def test_the_statements_of_a_page_are_those_that_tests_hold() -> None:
    said = (ROOT / "docs/measurements.md").read_text()
    assert f"| Program page, lanes drawn | {PAGE_QUERIES} |" in said
    assert f"overview/`, token and all | {OVERVIEW_QUERIES} |" in said


def test_the_configuration_is_that_of_the_catalogue() -> None:
    rows = [generated_docs.cells(line) for line in _text("docs/operating.md").splitlines() if line.startswith("| `")]
    told = {word for row in rows for word in re.findall(r"`([A-Z][A-Z_]+)`", row[0])}
    assert told == {variable.name for variable in CATALOGUE}


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    assert [name for name in wanted if not re.search(rf'^  "{re.escape(name)}",\s*# \S', text, re.MULTILINE)] == []


@pytest.mark.django_db
def test_the_promise_of_the_readme_is_kept(client: Client) -> None:
    typed = next(said for said in _said("README.md") if "curl " in said)
    token_line, curl_line = typed.strip().splitlines()
    text = (ROOT / "programs/data" / FILE).read_text()
    at = clock.now()
    programfile.load_program_file(text=text, source_name=FILE, as_of=at.date(), by=None, at=at)
    command = shlex.split(token_line.partition("$(")[2].partition("|")[0])[1:]
    asked = parser.build().parse_args(command)
    person = User.objects.get(email=asked.email)
    _row, token = accounts.create_token(
        person=person, name=asked.name, scope=asked.scope, days=asked.days, by=None, at=at
    )
    _curl, _x, method, _h, header, address = shlex.split(curl_line.replace("$TOKEN", token))
    field, _, value = header.partition(": ")
    answer = client.generic(method, urlsplit(address).path, headers={field: value})
    assert (answer.status_code, json.loads(answer.content)["state"]) == (200, "kept")
