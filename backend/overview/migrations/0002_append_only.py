"""A word on delivery confidence is final: another one takes its place."""

from typing import ClassVar

from django.db import migrations

from core.triggers import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("overview", "0001_initial")]
    operations: ClassVar = append_only("overview_confidencestatement")
