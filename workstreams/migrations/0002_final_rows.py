"""What was said is final: forecasts, re-baselinings, promises' histories, decisions; a frozen baseline stays."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("workstreams", "0001_initial")]
    operations: ClassVar = []
