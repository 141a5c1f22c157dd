"""What loading a file would do: each row compared with what is in the product, nothing written."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from backend.programfile.format import derived, nouns
from backend.programfile.format.document import Document, Row
from backend.programfile.format.result import Change
from backend.programfile.format.writer import number
from core.documents.problems import Problems
from programs.choices import Role
from workstreams.choices import GateState, RaidKind

_OF_MEMBERSHIP = ("title", "role")
# What stays as it was once its gate is decided.
_FINAL = {
    "condition": _lazy("the gate is decided, and its conditions are final"),
    "check": _lazy("the gate is decided, and its checklist is final"),
}


@dataclass
class Update:
    """A row that differs: as the file has it, as it is, and the columns that differ."""

    row: Row
    old: Row
    columns: list[str]


@dataclass
class Plan:
    """What to write, by kind."""

    creates: dict[str, list[Row]] = field(default_factory=dict)
    updates: dict[str, list[Update]] = field(default_factory=dict)
    unchanged: Counter[str] = field(default_factory=Counter)

    def created(self) -> dict[str, int]:
        """Return how many rows of each kind are new."""
        return {kind: len(rows) for kind, rows in self.creates.items() if rows}

    def changed(self) -> dict[str, int]:
        """Return how many rows of each kind differ."""
        return {kind: len(updates) for kind, updates in self.updates.items() if updates}

    def changes(self, *, is_new: bool) -> list[Change]:
        """Return every value that differs, and every row that is new to a program which was there before."""
        found = [
            Change(kind, update.old.name, update.row.shape.words(column), *_texts(update, column))
            for kind, updates in self.updates.items()
            for update in updates
            for column in update.columns
        ]
        if not is_new:
            found += [Change(kind, row.name, "", "", row.path) for kind, rows in self.creates.items() for row in rows]
        return found


def make_plan(document: Document, existing: Document | None, problems: Problems) -> Plan:
    """Return what differs; what may no longer be changed and does is noted as a fault."""
    plan = Plan()
    if existing is None:
        plan.creates = {kind: _wanted(kind, rows) for kind, rows in document.rows.items()}
        plan.creates["program"] = [document.program]
        return plan
    _keep_links(document, existing)
    _merge_positions(document, existing)
    _merge_parts(document, existing)
    for kind, shape in nouns.KINDS.items():
        if shape.is_history:
            _plan_history(plan, document.of(kind), existing.of(kind))
    _date_milestones(plan, document, existing)
    _compare(plan, document.program, existing.program)
    for kind, shape in nouns.KINDS.items():
        if shape.is_history:
            continue
        known = {row.identity(): row for row in existing.of(kind) if kind != "person" or row.pk is not None}
        for row in _wanted(kind, document.of(kind)):
            old = known.get(row.identity())
            if old is None:
                plan.creates.setdefault(kind, []).append(row)
            else:
                _compare(plan, row, old)
    _check_locks(plan, existing, document.of("reading"), problems)
    return plan


def _wanted(kind: str, rows: list[Row]) -> list[Row]:
    """Return the rows to keep: of the people, those with a place in the program."""
    return [row for row in rows if row.values["role"]] if kind == "person" else rows


def _compare(plan: Plan, row: Row, old: Row) -> None:
    row.pk = old.pk
    columns = _OF_MEMBERSHIP if row.kind == "person" else [each.column for each in row.shape.stored]
    if row.shape.parent:
        columns = [*columns, row.shape.parent]
    different = [column for column in columns if row.values[column] != old.values[column]]
    if different:
        plan.updates.setdefault(row.kind, []).append(Update(row, old, different))
    else:
        plan.unchanged[row.kind] += 1


def _plan_history(plan: Plan, rows: list[Row], existing: list[Row]) -> None:
    """Recognise what was said before, as often as it was; the rest is appended."""
    known: dict[tuple[Any, ...], list[Row]] = {}
    for old in existing:
        known.setdefault(old.identity(), []).append(old)
    for row in rows:
        same = known.get(row.identity())
        if same:
            row.pk = same.pop(0).pk
            plan.unchanged[row.kind] += 1
        else:
            plan.creates.setdefault(row.kind, []).append(row)


def _keep_links(document: Document, existing: Document) -> None:
    """Leave alone what the file does not say: what an item answers and renews, when somebody handed in answers."""
    known = existing.by_code("action")
    for action in document.of("action"):
        old = known.get(action.values["code"])
        for column in ("gate_condition", "renewal_of"):
            if old is not None and action.values[column] is None:
                action.values[column] = old.values[column]
    places = {row.key: row for row in existing.of("assessor")}
    for assessor in document.of("assessor"):
        if assessor.values["submitted_at"] is None and assessor.key in places:
            assessor.values["submitted_at"] = places[assessor.key].values["submitted_at"]


def _merge_positions(document: Document, existing: Document) -> None:
    """Number the phases in the file's order; those that it leaves out stay behind the one they followed."""
    order = [row.values["code"] for row in document.of("phase")]
    before: str | None = None
    for old in existing.of("phase"):
        code = old.values["code"]
        if code not in order:
            order.insert(order.index(before) + 1 if before is not None else 0, code)
        before = code
    for row in document.of("phase"):
        row.values["position"] = order.index(row.values["code"]) + 1


def _merge_parts(document: Document, existing: Document) -> None:
    """Number the parts of each debrief likewise: those that the file leaves out are kept behind what they followed."""
    recorded = existing.under("part")
    for debrief, parts in document.under("part").items():
        order = [row.identity() for row in parts]
        before: tuple[Any, ...] | None = None
        for old in recorded.get(debrief, []):
            if old.identity() not in order:
                order.insert(order.index(before) + 1 if before is not None else 0, old.identity())
                staying = Row(old.shape, dict(old.values), old.path)
                parts.append(staying)
                document.of("part").append(staying)
            before = old.identity()
        for row in parts:
            row.values["position"] = order.index(row.identity()) + 1


def _date_milestones(plan: Plan, document: Document, existing: Document) -> None:
    """Keep the due dates that nothing new is said about; the others follow from all that was ever said."""
    known = existing.by_code("milestone")
    spoken_of = {row.values["milestone"] for row in plan.creates.get("forecast", [])}
    everything = existing.under("forecast")
    for code, rows in document.under("forecast").items():
        everything.setdefault(code, []).extend(row for row in rows if row.pk is None)
    moved = []
    for row in document.of("milestone"):
        old = known.get(row.values["code"])
        if old is None:
            continue
        if row.values["code"] in spoken_of or row.values["baseline_on"] != old.values["baseline_on"]:
            moved.append(row)
        else:
            row.values["due_on"] = old.values["due_on"]
    derived.date_milestones(moved, everything)


def _check_locks(plan: Plan, existing: Document, readings: list[Row], problems: Problems) -> None:
    """Note what the file would change and may not: what is decided, frozen, or somebody's place."""
    for update in plan.updates.get("gate", []):
        if update.old.values["state"] == GateState.DECIDED:
            _refuse(update, update.columns, _("the gate is decided, and final"), problems)
        elif "phase" in update.columns:
            _refuse(update, ["code"], _("a gate review stays with its phase"), problems)
    decided = {row.values["code"] for row in existing.of("gate") if row.values["state"] == GateState.DECIDED}
    for row in (*plan.creates.get("condition", []), *plan.creates.get("check", [])):
        if row.values["gate_review"] in decided:
            problems.add(row.path, row.line, str(_FINAL[row.kind]))
    for update in plan.updates.get("raid", []):
        if update.old.values["kind"] == RaidKind.DECISION:
            _refuse(update, update.columns, _("a decision is final; record another one"), problems)
    _check_baselines(plan, problems)
    _check_sponsor(plan, existing, problems)
    _check_conditions(plan, existing, problems)
    _check_corrections(readings, existing, problems)


def _refuse(update: Update, columns: list[str], message: str, problems: Problems) -> None:
    for column in columns:
        problems.add(update.row.path_of(column), update.row.line_of(column), message)


def _check_baselines(plan: Plan, problems: Problems) -> None:
    """Note a frozen baseline that moves without the decision to move it."""
    decisions = {
        (row.values["milestone"], row.values["old_on"], row.values["new_on"])
        for row in plan.creates.get("rebaselining", [])
    }
    for update in plan.updates.get("milestone", []):
        if "baseline_on" not in update.columns or update.old.values["baseline_frozen_at"] is None:
            continue
        values = update.row.values
        if (values["code"], update.old.values["baseline_on"], values["baseline_on"]) not in decisions:
            words = _("the baseline is frozen since its phase started; moving it is a decision, under “rebaselined”")
            _refuse(update, ["baseline_on"], words, problems)


def _check_sponsor(plan: Plan, existing: Document, problems: Problems) -> None:
    """Note a new sponsor beside one of whom the file says nothing."""
    fresh = [*plan.creates.get("person", []), *(update.row for update in plan.updates.get("person", []))]
    named = {row.values["email"] for row in fresh}
    for row in fresh:
        for old in existing.of("person"):
            is_other = old.values["role"] == Role.SPONSOR and old.values["email"] not in named
            if row.values["role"] == Role.SPONSOR and is_other:
                words = _("%(name)s is the sponsor; say among the people what becomes of them")
                problems.add(row.path_of("role"), row.line_of("role"), words % {"name": old.name})


def _check_conditions(plan: Plan, existing: Document, problems: Problems) -> None:
    """Note a condition whose text differs from the one that stands on record."""
    taken = {row.identity()[:2] for row in existing.of("condition")}
    for row in plan.creates.get("condition", []):
        if row.identity()[:2] in taken:
            problems.add(row.path_of("text"), row.line_of("text"), _("a condition stays as it was said"))


def _check_corrections(readings: list[Row], existing: Document, problems: Problems) -> None:
    """Note a reading on record that would now correct another one, and one that is corrected a second time."""
    corrections = {row.pk: row.values["corrects"] for row in existing.of("reading")}
    corrected = {row.pk for row in corrections.values() if row is not None}
    for row in readings:
        other = row.values["corrects"]
        if other is None:
            continue
        recorded = corrections.get(row.pk)
        if row.pk is not None and (recorded is None or recorded.pk != other.pk):
            message = _("this reading is on record, and corrects none or another")
        elif row.pk is None and other.pk is not None and other.pk in corrected:
            message = _("the reading it corrects is corrected on record already")
        else:
            continue
        problems.add(row.path_of("supersedes"), row.line_of("supersedes"), message)


def _texts(update: Update, column: str) -> tuple[str, str]:
    return say(update.old.values[column]), say(update.row.values[column])


def say(value: Any) -> str:
    """Return a value as text for people."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(value)
    return "/".join(str(each) for each in value) if isinstance(value, tuple) else str(value)
