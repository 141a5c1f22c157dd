"""Writing what a plan says: each kind in a few statements, parents first, history only ever appended."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import F

from backend.programfile.format import nouns
from backend.programfile.format.assessments import assessment_of
from backend.programfile.format.document import Row
from backend.programfile.format.kinds import TEMPLATED
from backend.programfile.format.shapes import Field, Type
from backend.programfile.services.plan import Plan, Update
from core.models import Stamped
from programs.models import Program
from workstreams.models import Milestone

BATCH = 1000
Progress = Callable[[str, int, int], None]

# References among rows of one kind: written once all of them are there.
_TO_THEIR_OWN = {"action": "renewal_of", "raid": "came_from"}
# What only one row may have: taken from all that change before any is given it.
_EXCLUSIVE: dict[str, dict[str, Any]] = {
    "action": {"renewal_of": None, "gate_condition": None, "external_id": ""},
    "raid": {"came_from": None},
    # Moved out of the way of those that take their places.
    "part": {"position": F("position") + 1000},
}


class Writer:
    """Writes the rows of one program and remembers their keys for the references between them."""

    def __init__(
        self, *, program: Program, people: dict[str, int], keys: dict[str, dict[Any, int]], at: dt.datetime
    ) -> None:
        self._program = program
        self._people = people
        self._keys = keys
        self._at = at

    def apply(self, plan: Plan, milestones: dict[str, Row], on_progress: Progress) -> None:
        """Write every kind but the program and its people."""
        kinds = [kind for kind, shape in nouns.KINDS.items() if shape.model is not None]
        total = sum(len(plan.creates.get(kind, ())) + len(plan.updates.get(kind, ())) for kind in kinds)
        done = 0
        for kind in kinds:
            on_progress(kind, done, total)
            self._take_back(kind, plan.updates.get(kind, []))
            self._create(kind, plan.creates.get(kind, []))
            if kind != "milestone":
                self._update(kind, plan.updates.get(kind, []))
            if kind == "rebaselining":
                self._rebaseline(plan, milestones)
            done += len(plan.creates.get(kind, ())) + len(plan.updates.get(kind, ()))
        self._freeze()

    def _create(self, kind: str, rows: list[Row]) -> None:
        waves = _waves(rows) if kind == "reading" else [rows]
        for wave in waves:
            self._insert(kind, wave)
        column = _TO_THEIR_OWN.get(kind)
        if column is not None:
            self._write([row for row in rows if row.values[column] is not None], [column])

    def _insert(self, kind: str, rows: list[Row]) -> None:
        if not rows:
            return
        model: Any = nouns.KINDS[kind].model
        later = _TO_THEIR_OWN.get(kind)
        columns = [field for field in rows[0].shape.stored if field.column != later]
        objects = model._default_manager.bulk_create(
            [model(**self._facts(row, columns), **self._stamps(model, row)) for row in rows], batch_size=BATCH
        )
        keys = self._keys.setdefault(kind, {})
        for row, made in zip(rows, objects, strict=True):
            row.pk = made.pk
            keys[row.key] = made.pk

    def _stamps(self, model: Any, row: Row) -> dict[str, Any]:
        """Return what a new row has besides the file's facts."""
        stamps: dict[str, Any] = {}
        if issubclass(model, Stamped):
            stamps |= {"created_at": self._at, "updated_at": self._at}
        if row.kind == "reading":
            corrected = row.values.get("corrects")
            stamps |= {"recorded_at": self._at, "supersedes_id": corrected.pk if corrected is not None else None}
        return stamps

    def _facts(self, row: Row, fields: Iterable[Field]) -> dict[str, Any]:
        """Return a row's values as its model wants them: people and references by key."""
        facts = dict(self._fact(field, row) for field in fields)
        if row.shape.parent:
            facts[f"{row.shape.parent}_id"] = self._keys[row.shape.parent_kind][row.values[row.shape.parent]]
        if hasattr(row.shape.model, "program_id"):
            facts["program_id"] = self._program.pk
        return facts

    def _fact(self, field: Field, row: Row) -> tuple[str, Any]:
        value = row.values[field.column]
        if value and field.refers_to in TEMPLATED:
            value = assessment_of(row), value
        if field.type is Type.PERSON:
            return f"{field.column}_id", self._people[value] if value else None
        if field.type is Type.REFERENCE:
            return f"{field.column}_id", self._keys[field.refers_to][value] if value else None
        return field.column, value

    def _update(self, kind: str, updates: list[Update]) -> None:
        if not updates:
            return
        # The version first: what the file decides is locked with its columns.
        if issubclass(nouns.KINDS[kind].model or Program, Stamped):
            pks = [update.row.pk for update in updates]
            self._each_batch(kind, pks, {"version": F("version") + 1, "updated_at": self._at})
        columns = sorted({column for update in updates for column in update.columns})
        self._write([update.row for update in updates], columns)

    def _take_back(self, kind: str, updates: list[Update]) -> None:
        """Take from the rows that change what only one may have, before another is given it."""
        for column, nothing in _EXCLUSIVE.get(kind, {}).items():
            taken = [update.row.pk for update in updates if column in update.columns]
            self._each_batch(kind, taken, {column: nothing})

    def _each_batch(self, kind: str, pks: list[int | None], values: dict[str, Any]) -> None:
        model: Any = nouns.KINDS[kind].model
        for start in range(0, len(pks), BATCH):
            model._default_manager.filter(pk__in=pks[start : start + BATCH]).update(**values)

    def _write(self, rows: list[Row], columns: list[str]) -> None:
        """Write some columns of rows that are there."""
        if not rows:
            return
        shape = rows[0].shape
        model: Any = shape.model
        fields = [shape.by_column[column] for column in columns if column in shape.by_column]
        objects = [model(pk=row.pk, **self._facts(row, fields)) for row in rows]
        model._default_manager.bulk_update(objects, columns, batch_size=BATCH // 4)

    def _rebaseline(self, plan: Plan, milestones: dict[str, Row]) -> None:
        """Move frozen baselines together with the decisions to move them, then write what else differs."""
        decisions = {row.values["milestone"]: row.pk for row in plan.creates.get("rebaselining", [])}
        moved = [
            Milestone(
                pk=self._keys["milestone"][code],
                baseline_on=milestones[code].values["baseline_on"],
                rebaselining_id=decision,
            )
            for code, decision in decisions.items()
        ]
        Milestone.objects.bulk_update(moved, ["baseline_on", "rebaselining"], batch_size=BATCH // 4)
        self._update("milestone", plan.updates.get("milestone", []))

    def _freeze(self) -> None:
        """Freeze the baselines of the milestones whose phase has started."""
        started = Milestone.objects.filter(program=self._program, phase__actual_start_on__isnull=False)
        started.filter(baseline_frozen_at__isnull=True).update(baseline_frozen_at=self._at)


def _waves(rows: list[Row]) -> list[list[Row]]:
    """Return readings so that each stands in a later wave than the one that it corrects: none is written twice."""
    depths: dict[int, int] = {}
    waves: list[list[Row]] = []
    for row in rows:
        chain = [row]
        while (corrected := chain[-1].values["corrects"]) is not None and corrected.pk is None:
            if id(corrected) in depths:
                break
            chain.append(corrected)
        start = depths[id(corrected)] + 1 if corrected is not None and corrected.pk is None else 0
        for depth, each in enumerate(reversed(chain), start=start):
            if id(each) in depths:
                continue
            depths[id(each)] = depth
            while len(waves) <= depth:
                waves.append([])
            waves[depth].append(each)
    return waves
