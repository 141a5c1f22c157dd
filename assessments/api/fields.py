"""How the API names assessments, what is numbered within them, and versions of templates."""

from typing import Any

from rest_framework import serializers

from core.api.columns import Reading, Table, Values
from core.api.fields import CodeField, CompiledField, ReferenceField


class AssessmentCodeField(CodeField):
    """The full code of an assessment that something belongs to, as in ONE-T2; only shown."""

    def reading(self, path: str, table: Table) -> Reading:
        key, code = table.column(f"{path}__program__key"), table.column(f"{path}__code")
        return Reading((key, code), lambda values: f"{values[key]}-{values[code]}")


class NumberedCodeField(CodeField):
    """The full code of what is numbered within an assessment, as in ONE-T2-F1; only shown."""

    def reading(self, path: str, table: Table) -> Reading:
        assessment, code = AssessmentCodeField().reading("assessment", table), table.column(path)
        return Reading((*assessment.columns, code), lambda values: f"{assessment.of(values)}-{values[code]}")


class VersionField(CompiledField, serializers.CharField):
    """A version of a template by short name and number, as in crm-best-practice.1; only shown. `*` is the row's own."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def reading(self, path: str, table: Table) -> Reading:
        prefix = "" if path == "*" else f"{path}__"
        slug, number = table.column(f"{prefix}slug"), table.column(f"{prefix}number")

        def show(values: Values) -> Any:
            return None if values[slug] is None else f"{values[slug]}.{values[number]}"

        return Reading((slug, number), show)


class TemplateNamed(serializers.Serializer[Any]):
    """A version of a template, by number, code and title."""

    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(read_only=True, help_text="As in crm-best-practice.1.")
    name = serializers.CharField(read_only=True)


class TemplateField(ReferenceField):
    """A version of a template: 3, "crm-best-practice" (its newest) or "crm-best-practice.1"."""

    pattern, example, members = r"[a-z][a-z0-9-]{0,59}(\.[0-9]{1,4})?", "crm-best-practice", ("id", "code", "name")
    shown = TemplateNamed

    def reading(self, path: str, table: Table) -> Reading:
        number, name = table.id_column(path), table.column(f"{path}__title")
        code = VersionField().reading(path, table)

        def show(values: Values) -> Any:
            return {"id": values[number], "code": code.of(values), "name": values[name]}

        return Reading((number, name, *code.columns), show)
