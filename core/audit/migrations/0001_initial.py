"""The audit trail."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("verb", models.CharField(max_length=60)),
                ("scope", models.CharField(blank=True, max_length=60)),
                ("subject", models.CharField(max_length=60)),
                ("label", models.CharField(blank=True, max_length=300)),
                ("reason", models.TextField(blank=True)),
                ("changes", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["scope", "-at"], name="audit_by_scope"),
                    models.Index(fields=["subject", "-at"], name="audit_by_subject"),
                ],
            },
        ),
    ]
