"""Each rule refuses a breach: a copy of the product is seeded with one, and the rule must find it there."""

import contextlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from tests.architecture import comforts, landed, refusals, rooms, rules, translatable, upward
from tests.architecture.rules import Rule
from tests.architecture.tree import FLOORS, ROOT
from tests.support.templates import unformatted

STATIC_BREACHES: list[tuple[Rule, str, str]] = [
    (rooms.stray_rooms, "programs/workflows.py", '"""A room nobody decided."""\n'),
    (rooms.stray_rooms, "workstreams/engine/__init__.py", '"""A room nobody decided."""\n'),
    (rooms.stray_rooms, "assessments/registry.py", '"""A room of another app."""\n'),
    (rooms.drawers, "programs/services/utils.py", '"""A drawer."""\n'),
    (rooms.stray_floors, "reporting/__init__.py", '"""A seventh floor."""\n'),
    (rules.imports_in_functions, "programs/forms.py", '"""F."""\n\n\ndef f():\n    import json\n    return json\n'),
    (rules.wildcard_imports, "programs/forms.py", '"""F."""\n\nfrom django.forms import *\n'),
    (rules.signals, "programs/notices.py", '"""N."""\n\nfrom django.db.models.signals import post_save\n'),
    (rules.signals, "programs/notices.py", '"""N."""\n\nfrom django.db.models import signals\n'),
    (rules.signals, "programs/notices.py", '"""N."""\n\nfrom django.dispatch import receiver\n'),
    (
        rules.save_overrides,
        "programs/models/extra.py",
        '"""M."""\n\n\nclass Extra(Stamped):\n    def save(self, *args, **kwargs):\n        raise ValueError\n',
    ),
    (
        rules.queries_in_properties,
        "programs/models/extra.py",
        '"""M."""\n\n\nclass Extra(Stamped):\n    @property\n    def late(self):\n        return self.rows.all()\n',
    ),
    (
        rules.queries_in_templates,
        "programs/templates/programs/x.html",
        "{% for p in program.phase_set.all %}{% endfor %}",
    ),
    (
        comforts.unlisted_promises,
        "programs/templates/programs/x.html",
        '{% load i18n %}{% translate "Nothing can go wrong." %}',
    ),
    (translatable.bare_words, "programs/templates/programs/x.html", "<p>Somebody wrote this.</p>"),
    (translatable.bare_words, "programs/templates/programs/x.html", '<input aria-label="Name">'),
    (translatable.bare_words, "programs/templates/programs/x.txt", "Dear {{ name }},"),
    (upward.names_of_floors_above, "programs/templates/programs/x.html", "{% url 'workstreams:plan' program.key %}"),
    (upward.names_of_floors_above, "programs/templates/programs/x.html", '{% include "workstreams/pushes.html" %}'),
    (upward.names_of_floors_above, "core/templates/core/x.html", "{% static 'programs/program.css' %}"),
    (upward.names_of_floors_above, "programs/notices.py", '"""N."""\n\nPAGE = "workstreams:plan"\n'),
    (upward.names_of_floors_above, "core/views.py", '"""V."""\n\nTEMPLATE = "overview/program.html#asks"\n'),
    (upward.names_of_floors_above, "core/views.py", '"""V."""\n\nTEMPLATE = f"overview/{__name__}.html"\n'),
    (
        refusals.caught_in_views,
        "programs/views/x.py",
        '"""V."""\n\nfrom core.exceptions import Refusal\n\ntry:\n    pass\nexcept Refusal:\n    raise\n',
    ),
    (
        refusals.caught_in_views,
        "programs/forms/x.py",
        '"""F."""\n\nfrom programs import exceptions as no\n\ntry:\n    pass\nexcept (OSError, no.Way):\n    raise\n',
    ),
    (
        refusals.caught_in_views,
        "programs/views/x.py",
        '"""V."""\n\nfrom contextlib import suppress\n\nfrom core.exceptions import Refusal\n\nsuppress(Refusal)\n',
    ),
    (rules.bare_text_areas, "programs/forms/x.py", '"""F."""\n\nfrom django import forms\n\nAREA = forms.Textarea()\n'),
    (rules.bare_text_areas, "programs/forms/x.py", '"""F."""\n\nfrom django.forms import Textarea\n'),
    (rules.long_files, "programs/queries.py", '"""Q."""\n' + "VALUE = 1\n" * 400),
    (rules.long_files, "programs/templates/programs/x.html", "<p></p>\n" * 151),
    (rules.wide_templates, "assessments/templates/assessments/x.html", f"<p>{'{{ name }} ' * 12}</p>\n"),
    (rules.long_functions, "programs/queries.py", '"""Q."""\n\n\ndef f():\n' + "    print()\n" * 50),
    (rules.silent_modules, "programs/queries.py", "VALUE = 1\n"),
    (rules.gerund_modules, "programs/services/rearming.py", '"""Reminders."""\n'),
    (
        rules.auto_named_migrations,
        "programs/migrations/0099_auto_20260101_0000.py",
        "from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    operations = []\n",
    ),
    (
        rules.auto_named_migrations,
        "programs/migrations/0099_alter_phase_name.py",
        "from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    operations = [\n"
        '        migrations.AlterField("phase", "name", models.CharField(max_length=9)),\n    ]\n',
    ),
]

# Each names the contract that must break, the file and a line that goes to its end.
IMPORT_BREACHES = [
    ("Six floors", "core/clock.py", "import programs.models"),
    ("Six floors", "programs/choices.py", "import workstreams.choices"),
    ("The rooms of an app", "programs/choices.py", "import programs.models"),
    ("The rooms of an app", "programs/engine.py", '"""A stray room."""'),
    ("The rooms of an app", "notifications/registry.py", "import notifications.models"),
    ("The rooms of the ground floor", "core/exceptions.py", "import core.models"),
    ("The rooms of the ground floor", "core/engine.py", '"""A stray room."""'),
    ("The roof", "backend/settings/values.py", "import backend.urls"),
    ("The roof", "backend/engine.py", '"""A stray room."""'),
    ("Views, api, forms, tasks", "workstreams/access.py", "import programs.forms"),
    ("Services import no tasks", "programs/services/reach.py", "import programs.tasks"),
    ("Services, queries, models", "programs/models/reach.py", "import celery"),
    ("The product never imports tests", "core/clock.py", "import tests.cast"),
]


class Seed(Protocol):
    """Puts text at the end of a file of the copy until the test is over."""

    def __call__(self, place: str, text: str) -> None: ...


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the product that a test may spoil."""
    copy = tmp_path_factory.mktemp("house")
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, copy / floor, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copytree(ROOT / "tests/architecture", copy / "tests/architecture")
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


@pytest.fixture
def seed(house: Path) -> Iterator[Seed]:
    """Spoil the copy; it is as it was at the end."""
    with contextlib.ExitStack() as undone:

        def spoil(place: str, text: str) -> None:
            path = house / place
            missing = [folder for folder in path.parents if not folder.exists()]
            if missing:
                undone.callback(shutil.rmtree, missing[-1])
            elif path.exists():
                undone.callback(path.write_bytes, path.read_bytes())
            else:
                undone.callback(path.unlink)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a") as file:
                file.write(text)

        yield spoil


@pytest.mark.parametrize(
    ("rule", "place", "text"), STATIC_BREACHES, ids=lambda part: part.__name__ if callable(part) else ""
)
def test_a_seeded_breach_is_found(house: Path, seed: Seed, rule: Rule, place: str, text: str) -> None:
    before = set(rule(house))
    seed(place, text)
    found = set(rule(house)) - before
    assert found
    assert all(breach.startswith(place.removesuffix("/__init__.py")) for breach in found)


def test_a_leak_that_is_no_more_is_taken_off_the_list(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = "programs/notices.py workstreams:nowhere"
    monkeypatch.setattr(upward, "KNOWN_LEAKS", upward.KNOWN_LEAKS | {gone})
    (breach,) = upward.names_of_floors_above(house)
    assert breach.startswith("programs/notices.py:1: no longer names “workstreams:nowhere”")


def test_a_refusal_that_no_view_catches_is_taken_off_the_list(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(refusals.caught_in_views(house)) == []
    monkeypatch.setitem(refusals.CAUGHT, "programs/views/people.py NoAddress", "there was one")
    (breach,) = refusals.caught_in_views(house)
    assert breach.startswith("programs/views/people.py:1: no longer catches “NoAddress”")


@pytest.mark.parametrize(
    ("place", "text", "told"),
    [
        ("programs/migrations/0001_initial.py", "# As it should have been.\n", "change nothing in it, write another"),
        ("programs/migrations/0099_phase_has_a_colour.py", '"""New."""\n', "a new migration"),
    ],
)
def test_a_migration_that_landed_stays_and_a_new_one_is_listed(
    house: Path, seed: Seed, place: str, text: str, told: str
) -> None:
    assert list(landed.changed_migrations(house)) == []
    seed(place, text)
    (breach,) = landed.changed_migrations(house)
    assert breach.startswith(place)
    assert told in breach


def test_a_landed_migration_that_is_gone_is_missed(house: Path, seed: Seed) -> None:
    seed(landed.LIST, f"{'0' * 64}  programs/migrations/0002_gone.py\n")
    assert list(landed.changed_migrations(house)) == [
        "programs/migrations/0002_gone.py: this migration has landed, and is gone"
    ]


def test_a_seeded_template_out_of_form_is_refused(house: Path, seed: Seed) -> None:
    place = "assessments/templates/assessments/x.html"
    seed(place, "{%if  name%}{{name}}{%endif%}\n")
    assert (place, "{% if name %}{{ name }}{% endif %}\n") in list(unformatted(house))


def _lint(house: Path) -> str:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-logo", "--no-cache"], cwd=house, capture_output=True, text=True)
    assert done.returncode == 1, done.stdout + done.stderr
    return " ".join(done.stdout.split())


@pytest.mark.parametrize(("contract", "place", "line"), IMPORT_BREACHES)
def test_a_seeded_import_is_refused(house: Path, seed: Seed, contract: str, place: str, line: str) -> None:
    for door in ("forms", "tasks"):
        if not (house / "programs" / door).is_dir():
            seed(f"programs/{door}.py", '"""A door."""\n')
    seed(place, f"\n{line}\n")
    verdicts = re.findall(r"(.+?) (KEPT|BROKEN) ", _lint(house).partition("Contracts: ")[0])
    assert any(contract in name and verdict == "BROKEN" for name, verdict in verdicts)


def test_a_seeded_tangle_is_refused(house: Path, seed: Seed) -> None:
    branches = "".join(f"    if value == {number}:\n        return {number}\n" for number in range(9))
    seed("programs/queries.py", f'"""Q."""\n\n\ndef f(value: int) -> int:\n{branches}    return 9\n')
    linter = Path(sys.executable).with_name("ruff")
    done = subprocess.run([linter, "check", "--select", "C901", "programs"], cwd=house, capture_output=True, text=True)
    assert done.returncode == 1
    assert "C901" in done.stdout
