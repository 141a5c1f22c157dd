"""Templates of programs: those that the product brings as files, and those that the organisation saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from programs.models import ProgramTemplate

FOLDER = Path(__file__).resolve().parents[1] / "data" / "templates"


@dataclass(frozen=True)
class Template:
    """A structure to begin with: `ref` names it, `body` is the structure that is built."""

    ref: str
    name: str
    description: str
    body: Mapping[str, Any]
    is_built_in: bool
    saved_by_id: int | None = None
    # Of its ETag: nothing changes a template, so that it has one.
    version: int = 1

    @property
    def phases(self) -> list[str]:
        """The names of its phases, in order."""
        return [phase["name"] for phase in self.body["phases"]]

    @property
    def milestone_count(self) -> int:
        """How many milestones it brings."""
        return sum(len(phase.get("milestones", ())) for phase in self.body["phases"])

    @property
    def outcome_count(self) -> int:
        """How many outcomes it brings."""
        return sum(len(phase.get("outcomes", ())) for phase in self.body["phases"])

    @property
    def days(self) -> int:
        """How long it takes from the first day to the last that it names."""
        return max((day for phase in self.body["phases"] for day in _days(phase)), default=0)


def _days(phase: Mapping[str, Any]) -> list[int]:
    named = [phase.get("end"), phase.get("gate"), *(one["day"] for one in phase.get("milestones", ()))]
    return [day for day in named if day is not None]


def templates() -> list[Template]:
    """Return every template, those of the product first, in one query."""
    saved = ProgramTemplate.objects.order_by("name").values_list("pk", "name", "description", "body", "saved_by_id")
    return [
        *(_translated(one) for one in built_in()),
        *(Template(str(pk), name, words, body, False, by) for pk, name, words, body, by in saved),
    ]


def template(ref: str) -> Template | None:
    """Return the template that is named, None where there is none."""
    return next((one for one in templates() if one.ref == ref), None)


@lru_cache(maxsize=1)
def built_in() -> tuple[Template, ...]:
    """Return the templates that the product brings, as their files have them."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        body = yaml.safe_load(path.read_text(encoding="utf-8"))
        name, words = body.pop("name"), body.pop("description")
        found.append(Template(body.pop("slug"), name, words, body, is_built_in=True))
    return tuple(found)


def _translated(one: Template) -> Template:
    return Template(one.ref, _(one.name), _(one.description), one.body, one.is_built_in)
