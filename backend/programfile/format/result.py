"""What became of loading a file, and both outcomes as lines of text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from core.documents.problems import Problem

# What each kind of row is called when it is counted.
KIND_WORDS: dict[str, Any] = {
    "program": _lazy("program"),
    "holiday": _lazy("holidays"),
    "person": _lazy("people"),
    "workstream": _lazy("workstreams"),
    "phase": _lazy("phases"),
    "gate": _lazy("gate reviews"),
    "condition": _lazy("gate conditions"),
    "check": _lazy("lines of gate checklists"),
    "outcome": _lazy("outcomes"),
    "measure": _lazy("measures"),
    "step": _lazy("planned steps"),
    "reading": _lazy("readings"),
    "milestone": _lazy("milestones"),
    "forecast": _lazy("forecasts"),
    "rebaselining": _lazy("re-baselinings"),
    "dependency": _lazy("dependencies"),
    "action": _lazy("action items"),
    "event": _lazy("events of action items"),
    "raid": _lazy("RAID entries"),
    "confidence": _lazy("words on delivery confidence"),
    "assessment": _lazy("assessments"),
    "assessor": _lazy("assessors"),
    "asked section": _lazy("sections asked of assessors"),
    "section points": _lazy("points of sections"),
    "consensus": _lazy("criteria agreed on"),
    "finding": _lazy("findings"),
    "affected criterion": _lazy("criteria that findings affect"),
    "recommendation": _lazy("recommendations"),
    "debrief": _lazy("debriefs"),
    "part": _lazy("parts of debriefs"),
    "commitment": _lazy("commitments"),
    "rule": _lazy("reminder rules"),
}


@dataclass(frozen=True)
class Change:
    """One value that differs, as text; a row that is new has no field, and its words in `new`."""

    kind: str
    code: str
    field: str
    old: str
    new: str

    def __str__(self) -> str:
        name = f"{self.kind} {self.code}"
        if not self.field:
            return _("%(name)s: new") % {"name": name}
        return f"{name}: {self.field}: {self.old or '—'} → {self.new or '—'}"


@dataclass(kw_only=True)
class LoadResult:
    """What loading did, or would do: rows counted by kind, changes one by one, and what the reader should know."""

    key: str
    name: str
    status: str
    is_new: bool
    is_dry_run: bool
    created: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        """Tell whether anything was, or would be, written."""
        return bool(self.created or self.changed)

    @property
    def sentence(self) -> str:
        """What happened, or would happen, in one sentence."""
        names = {"key": self.key, "name": self.name, "status": self.status}
        if not self.has_changes:
            return _("%(key)s %(name)s: nothing differs, nothing changed.") % names
        if self.is_dry_run:
            made = _("%(key)s %(name)s would be made, %(status)s.")
            changed = _("%(key)s %(name)s would change, and be %(status)s.")
        else:
            made = _("%(key)s %(name)s is loaded, %(status)s.")
            changed = _("%(key)s %(name)s is changed, and %(status)s.")
        return (made if self.is_new else changed) % names

    def counts(self) -> Iterator[tuple[str, int, int, int]]:
        """Yield for each kind its words, and how many rows are new, changed and as they were."""
        for kind, words in KIND_WORDS.items():
            numbers = (self.created.get(kind, 0), self.changed.get(kind, 0), self.unchanged.get(kind, 0))
            if any(numbers):
                yield str(words), *numbers


def result_lines(result: LoadResult) -> list[str]:
    """Return a result as lines for a terminal."""
    lines = [result.sentence]
    for words, created, changed, unchanged in result.counts():
        numbers = {"words": words, "created": created, "changed": changed, "unchanged": unchanged}
        lines.append(_("  %(words)s: %(created)s new, %(changed)s changed, %(unchanged)s as they were") % numbers)
    lines += [f"  {change}" for change in result.changes]
    if result.gaps:
        lines.append(_("It is a draft. What keeps it from being active:"))
        lines += [f"  - {gap}" for gap in result.gaps]
    return lines + result.notes


def problem_lines(problems: Sequence[Problem]) -> list[str]:
    """Return faults as lines for a terminal, by line of the file."""
    return [str(problem) for problem in problems]
