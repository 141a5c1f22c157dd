"""Readings are never edited, a decided gate is locked with its conditions."""

from typing import ClassVar

from django.db import migrations

from core.triggers import append_only, refuse


class Migration(migrations.Migration):
    dependencies: ClassVar = [("programs", "0001_initial")]
    operations: ClassVar = [
        *append_only("programs_measurement"),
        refuse(
            name="programs_gatereview_locked",
            table="programs_gatereview",
            event="UPDATE",
            when="OLD.state = 'decided'",
            words="a decided gate review is locked",
        ),
        refuse(
            name="programs_gatereview_kept",
            table="programs_gatereview",
            event="DELETE",
            when="OLD.state = 'decided'",
            words="a decided gate review is locked",
        ),
        *append_only("programs_gatecondition"),
        *append_only("programs_gatecheck"),
    ]
