"""Visits and snapshots."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.fields
import core.operations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("programs", "0001_initial"),
    ]

    operations = [
        core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Visit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programs.program"
                            ),
                        ),
                        ("began_at", models.DateTimeField()),
                        ("previous_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("person", "program"), name="visit_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Snapshot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programs.program"
                            ),
                        ),
                        ("on", core.fields.DayField()),
                        ("taken_at", models.DateTimeField()),
                        (
                            "rating",
                            models.CharField(
                                blank=True,
                                choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
                                max_length=5,
                            ),
                        ),
                        ("on_track", models.PositiveIntegerField()),
                        ("unfinished", models.PositiveIntegerField()),
                        ("behaviour", models.PositiveIntegerField()),
                        ("measures", models.PositiveIntegerField()),
                        ("variance_days", models.IntegerField(null=True)),
                        ("change_reached", models.PositiveIntegerField()),
                        ("change_due", models.PositiveIntegerField()),
                        ("project_reached", models.PositiveIntegerField()),
                        ("project_due", models.PositiveIntegerField()),
                        ("change_slip_days", models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                        ("project_slip_days", models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                        ("kept", models.PositiveIntegerField()),
                        ("promises_due", models.PositiveIntegerField()),
                        ("committed", models.PositiveIntegerField()),
                        ("answered", models.PositiveIntegerField()),
                        ("risk_score", models.PositiveSmallIntegerField(null=True)),
                        ("spent", models.DecimalField(decimal_places=2, max_digits=15, null=True)),
                        ("budget", models.DecimalField(decimal_places=2, max_digits=15, null=True)),
                        ("staffing_actual", models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                        ("staffing_planned", models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("program", "on"), name="snapshot_once_a_day"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("on_track__lte", models.F("unfinished")),
                                    ("behaviour__lte", models.F("measures")),
                                    ("change_reached__lte", models.F("change_due")),
                                    ("project_reached__lte", models.F("project_due")),
                                    ("kept__lte", models.F("promises_due")),
                                    ("committed__lte", models.F("answered")),
                                ),
                                name="snapshot_parts_within_their_wholes",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
