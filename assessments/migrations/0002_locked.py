"""A template's version never changes; what assessors were promised stands from the opening on."""

from typing import ClassVar

from django.db import migrations

from core.triggers import refuse


def _never_changes(table: str) -> migrations.RunPython:
    return refuse(name=f"{table}_no_update", table=table, event="UPDATE", words="a version of a template never changes")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("assessments", "0001_initial")]
    operations: ClassVar = [
        _never_changes("assessments_assessmenttemplate"),
        _never_changes("assessments_section"),
        _never_changes("assessments_criterion"),
        refuse(
            name="assessments_assessment_kept",
            table="assessments_assessment",
            event="UPDATE",
            when="OLD.state <> 'draft' AND NEW.state <> 'draft' AND "
            "(OLD.template_id <> NEW.template_id OR OLD.is_named <> NEW.is_named)",
            words="template and names of an assessment stand from its opening on",
        ),
    ]
