"""Readings are never edited, a decided gate is locked with its conditions."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("programs", "0001_initial")]
    operations: ClassVar = []
