"""The sponsor's words on delivery confidence: final, another one takes their place."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("programs", "0002_final_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ConfidenceStatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "computed",
                    models.CharField(
                        blank=True, choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")], max_length=5
                    ),
                ),
                (
                    "rating",
                    models.CharField(
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
                        max_length=5,
                        verbose_name="rating",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programs.program"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["program", "-at", "-id"], name="confidence_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rating__in", ["red", "amber", "green"])), name="confidence_rating_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("computed", ""), ("computed__in", ["red", "amber", "green"]), _connector="OR"
                        ),
                        name="confidence_computed_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rating", models.F("computed")), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="confidence_override_has_a_reason",
                    ),
                ],
            },
        ),
    ]
