"""A program as it is in the product, in the words of the file: what a file is compared with, and written from."""

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Concat

from backend.programfile.format import nouns
from backend.programfile.format.document import Document, Row
from backend.programfile.format.shapes import Field, Shape, Type
from core.accounts.models import User
from notifications import queries as notifications
from notifications.models import Scope
from notifications.registry import RuleInput
from programs.models import Membership, Program

# How the rows of a kind are found from their program, and in which order they are told.
_WAYS = {
    "condition": "gate_review__program",
    "check": "gate_review__program",
    "step": "measure__program",
    "reading": "measure__program",
    "forecast": "milestone__program",
    "rebaselining": "milestone__program",
    "event": "item__program",
    "assessor": "assessment__program",
    "asked section": "assessor__assessment__program",
    "section points": "assessment__program",
    "consensus": "assessment__program",
    "finding": "assessment__program",
    "affected criterion": "finding__assessment__program",
    "recommendation": "assessment__program",
    "debrief": "assessment__program",
    "part": "debrief__assessment__program",
    "commitment": "debrief__assessment__program",
}
# What a row around another is named by, where that is not its code.
_AROUND = {
    "assessor": ("assessor__assessment__code", "assessor__person__email"),
    "finding": ("finding__assessment__code", "finding__code"),
    "debrief": ("debrief__assessment__code",),
}
_ORDERS = {
    "holiday": ("on",),
    "phase": ("position", "pk"),
    "condition": ("gate_review", "position"),
    "check": ("gate_review", "pk"),
    "step": ("measure", "on"),
    "reading": ("measured_on", "recorded_on", "pk"),
    "forecast": ("said_on", "pk"),
    "rebaselining": ("decided_on", "pk"),
    "event": ("at", "pk"),
    "confidence": ("at", "pk"),
    "asked section": ("assessor", "section__position", "pk"),
    "section points": ("assessment", "section__position", "pk"),
    "consensus": ("assessment", "criterion__position", "pk"),
    "affected criterion": ("finding", "criterion__position", "pk"),
    "part": ("debrief", "position", "pk"),
}
# What is read besides the fields of the file.
_MORE = {"reading": {"supersedes": "supersedes_id"}, "milestone": {"baseline_frozen_at": "baseline_frozen_at"}}


def take_snapshot(program: Program) -> Document:
    """Return a program with everything in it; the number of queries does not depend on its size."""
    row = _program_row(program)
    rows = {kind: list(_rows(shape, program)) for kind, shape in nouns.KINDS.items() if shape.model is not None}
    document = Document(program=row, rows=rows)
    for position, phase in enumerate(document.of("phase"), start=1):
        phase.values["position"] = position
    _name_conditions(document)
    _number_corrections(document)
    document.rows["person"] = _people(document, program)
    document.rules = {
        rule.kind: RuleInput(
            kind=rule.kind,
            offsets=tuple(rule.offsets),
            overdue_every=rule.overdue_every,
            audience=tuple(rule.audience),
            ladder=tuple((days, tuple(roles)) for days, roles in rule.ladder),
        )
        for rule in notifications.rules(program.pk)
    }
    return document


def _look_up(field: Field) -> Any:
    """Return what is read for a field: of a person the address, of a reference the code."""
    if field.refers_to == "template":
        return Concat("template__slug", Value("/"), "template__number", output_field=CharField())
    if field.type is Type.PERSON:
        return f"{field.column}__email"
    if field.type is Type.REFERENCE:
        return f"{field.column}_id" if field.refers_to == "condition" else f"{field.column}__code"
    return field.column


def _rows(shape: Shape, program: Program) -> Iterator[Row]:
    looks = {field.column: _look_up(field) for field in shape.stored}
    around = _AROUND.get(shape.parent, (f"{shape.parent}__code",)) if shape.parent else ()
    looks |= _MORE.get(shape.kind, {})
    model: Any = shape.model
    found = model._default_manager.filter(**{_WAYS.get(shape.kind, "program"): program})
    order = _ORDERS.get(shape.kind, ("pk",))
    blank = {field.column: field.default for field in shape.fields if not field.is_stored}
    for pk, *said in found.order_by(*order).values_list("pk", *looks.values(), *around).iterator(chunk_size=2000):
        values = blank | dict(zip(looks, said, strict=False))
        if around:
            names = tuple(said[len(looks) :])
            values[shape.parent] = names if len(names) > 1 else names[0]
        yield Row(shape, values, pk=pk)


def _program_row(program: Program) -> Row:
    people = {"sponsor": program.sponsor, "deputy_sponsor": program.deputy_sponsor, "manager": program.manager}
    values = {field.column: getattr(program, field.column) for field in nouns.PROGRAM.stored}
    values |= {column: person.email if person else None for column, person in people.items()}
    values["reminders_started"] = Scope.objects.filter(pk=program.pk, started_at__isnull=False).exists()
    return Row(nouns.PROGRAM, values, "program", pk=program.pk)


def _name_conditions(document: Document) -> None:
    """Tell actions and conditions of each other by gate and position instead of by key."""
    conditions = {row.pk: row for row in document.of("condition")}
    for action in document.of("action"):
        condition = conditions.get(action.values["gate_condition"])
        if condition is not None:
            action.values["gate_condition"] = (condition.values["gate_review"], condition.values["position"])
            condition.values["action"] = action.values["code"]
    actions = document.by_code("action")
    for action in document.of("action"):
        if action.values["renewal_of"]:
            actions[action.values["renewal_of"]].values["renewed_as"] = action.values["code"]


def _number_corrections(document: Document) -> None:
    """Sort the readings of each measure, corrections after what they correct, and number them for the references."""
    ordered: list[Row] = []
    for readings in document.under("reading").values():
        corrected = {row.pk: row.values["supersedes"] for row in readings}
        depths = {row.pk: _depth(row.pk, corrected) for row in readings}
        readings.sort(key=lambda row: (row.values["measured_on"], row.values["recorded_on"], depths[row.pk], row.pk))
        numbers = {row.pk: number for number, row in enumerate(readings, start=1)}
        by_key = {row.pk: row for row in readings}
        for row in readings:
            row.values["corrects"] = by_key.get(row.values["supersedes"])
            row.values["supersedes"] = numbers.get(row.values["supersedes"])
        ordered += readings
    document.rows["reading"] = ordered


def _depth(pk: int | None, corrected: dict[int | None, int | None]) -> int:
    depth = 0
    while (pk := corrected.get(pk)) is not None:
        depth += 1
    return depth


def _people(document: Document, program: Program) -> list[Row]:
    """Return the members in the order they came, then those who are named somewhere and are no members."""
    columns = ("person__email", "person__name", "title", "role", "person__time_zone", "person__language")
    members = Membership.objects.filter(program=program).order_by("pk").values_list("pk", *columns)
    rows = [_person(program, pk, *values) for pk, *values in members]
    others = User.objects.filter(email__in=people_named(document) - {row.values["email"] for row in rows}).order_by(
        "email"
    )
    rows += [
        _person(program, None, email, name, "", "", zone, language)
        for email, name, zone, language in others.values_list("email", "name", "time_zone", "language")
    ]
    return rows


def people_named(document: Document) -> set[str]:
    """Return the addresses of everybody whom a row names, the list of people aside."""
    return {
        row.values[field.column]
        for row in document.every()
        if row.kind != "person"
        for field in row.shape.stored
        if field.type is Type.PERSON and row.values[field.column]
    }


def _person(program: Program, pk: int | None, *values: str) -> Row:
    columns = ("email", "name", "title", "role", "time_zone", "language")
    row = Row(nouns.PERSON, dict(zip(columns, values, strict=True)), pk=pk)
    if row.values["time_zone"] == program.time_zone:
        row.values["time_zone"] = ""
    return row
