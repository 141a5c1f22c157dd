"""A database kept from the day its migrations landed: every row of a used installation, to be migrated forward.

`python -m tests.core.kept_database > tests/core/NAME.jsonl` keeps that of the installation which the environment names.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model

KEPT = Path(__file__).with_name("kept_database.jsonl")
# What `migrate` writes by itself, and what lasts a day.
LEFT_OUT = {"contenttypes.contenttype", "auth.permission", "sessions.session", "core.keptanswer"}


def kept_models(registry: Apps) -> list[type[Model]]:
    """Return the models whose rows are kept, those of many-to-many fields among them."""
    models = registry.get_models(include_auto_created=True)
    return [model for model in models if model._meta.label_lower not in LEFT_OUT]


def columns_of(model: type[Model]) -> list[str]:
    """Return the names of what is stored of a model."""
    return [field.attname for field in model._meta.concrete_fields]


def dump() -> Iterator[str]:
    """Yield a line a table that has rows: its model, its columns and the rows."""
    for model in kept_models(apps):
        columns = columns_of(model)
        rows = list(model._base_manager.order_by("pk").values_list(*columns))
        if rows:
            table = {"model": model._meta.label_lower, "columns": columns, "rows": rows}
            yield json.dumps(table, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")) + "\n"


def tables() -> dict[str, list[dict[str, Any]]]:
    """Return the kept rows by model, each by the names of its columns."""
    lines = map(json.loads, KEPT.read_text().splitlines())
    return {each["model"]: [dict(zip(each["columns"], row, strict=True)) for row in each["rows"]] for each in lines}


def restore(registry: Apps, kept: dict[str, list[dict[str, Any]]]) -> None:
    """Write kept rows into a database that was migrated to where it was when they were kept."""
    with transaction.atomic():
        for label, rows in kept.items():
            model: Any = registry.get_model(label)
            model._base_manager.bulk_create([model(**row) for row in rows], batch_size=200)
    _count_on(registry.get_model(label) for label in kept)


def _count_on(models: Iterable[type[Model]]) -> None:
    """Have the next row of each table numbered behind those that are there."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(models))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    django.setup()
    sys.stdout.writelines(dump())
