"""A word on delivery confidence is a fact of its program, which keeps it from here on; those said before move along."""

from typing import Any, ClassVar

from django.db import migrations

COLUMNS = ("program_id", "at", "by_id", "computed", "rating", "reason")


def _move(apps: Any, source: str, target: str) -> None:
    """Copy the words from one app to the other in their order, once."""
    before, after = (apps.get_model(app, "ConfidenceStatement").objects for app in (source, target))
    if not after.exists():
        after.bulk_create((after.model(**row) for row in before.order_by("pk").values(*COLUMNS)), batch_size=500)


def to_programs(apps: Any, schema_editor: Any) -> None:
    """Take the words to their programs."""
    _move(apps, "overview", "programs")


def to_overview(apps: Any, schema_editor: Any) -> None:
    """Take them back."""
    _move(apps, "programs", "overview")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("overview", "0002_append_only"), ("programs", "0003_words_on_confidence")]
    operations: ClassVar = [
        migrations.RunPython(to_programs, to_overview),
        migrations.DeleteModel(name="ConfidenceStatement"),
    ]
