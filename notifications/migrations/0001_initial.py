"""Reminders, deliveries, and what they are made of."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.fields
import core.operations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
    ]

    operations = [
        core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Scope",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("subject", models.CharField(max_length=60)),
                        ("label", models.CharField(max_length=300)),
                        ("time_zone", models.CharField(default="UTC", max_length=64)),
                        ("holidays", models.JSONField(default=list)),
                        ("started_at", models.DateTimeField(null=True)),
                        ("counts_from", core.fields.DayField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("started_at__isnull", True), ("counts_from__isnull", False), _connector="OR"
                                ),
                                name="scope_started_counts_from_a_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(editable=False)),
                        ("updated_at", models.DateTimeField(editable=False)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "scope",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rules",
                                to="notifications.scope",
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("offsets", models.JSONField(default=list)),
                        ("overdue_every", models.PositiveSmallIntegerField(null=True)),
                        ("audience", models.JSONField(default=list)),
                        ("ladder", models.JSONField(default=list)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("scope", "kind"), name="rule_one_a_scope_and_kind"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("overdue_every__isnull", True), ("overdue_every__gte", 1), _connector="OR"
                                ),
                                name="rule_overdue_every_is_a_day_or_more",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RuleStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="notifications.reminderrule",
                            ),
                        ),
                        (
                            "scope",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="notifications.scope"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("role", models.CharField(max_length=40)),
                        ("offset", models.SmallIntegerField(null=True)),
                        ("every", models.PositiveSmallIntegerField(null=True)),
                        ("since_on", core.fields.DayField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("every__gte", 1), ("offset__isnull", True)),
                                    models.Q(("every__isnull", True), ("offset__isnull", False)),
                                    _connector="OR",
                                ),
                                name="rule_step_is_an_offset_or_a_repeat",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("every__isnull", True)),
                                fields=("scope", "kind", "role", "offset"),
                                name="rule_step_offset_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("offset__isnull", True)),
                                fields=("scope", "kind", "role"),
                                name="rule_step_repeat_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SendDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "scope",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="notifications.scope"
                            ),
                        ),
                        ("weekdays", models.PositiveSmallIntegerField()),
                        ("day", core.fields.DayField()),
                        ("before_on", core.fields.DayField()),
                        ("after_on", core.fields.DayField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("scope", "weekdays", "day"), name="send_day_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Instant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("zone", models.CharField(max_length=64)),
                        ("hour", models.PositiveSmallIntegerField()),
                        ("day", core.fields.DayField()),
                        ("starts_at", models.DateTimeField()),
                        ("leaves_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("zone", "hour", "day"), name="instant_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("subject_kind", models.CharField(max_length=40)),
                        ("subject_id", models.BigIntegerField()),
                        ("scope_id", models.BigIntegerField(null=True)),
                        ("due_on", core.fields.DayField(null=True)),
                        ("step", models.IntegerField(null=True)),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("role", models.CharField(blank=True, max_length=40)),
                        ("params", models.JSONField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "waiting for its time"),
                                    ("collected", "put into a message"),
                                    ("collapsed", "a newer one of the same subject took its place"),
                                    ("expired", "too late to be of use"),
                                    ("superseded", "its date was moved"),
                                    ("cancelled", "no longer needed"),
                                ],
                                default="pending",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("shows_at", models.DateTimeField()),
                        ("send_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField()),
                        ("collected_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("read_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "pending")), fields=["send_at"], name="reminder_waiting"
                            ),
                            models.Index(fields=["recipient", "-shows_at", "-id"], name="reminder_inbox"),
                            models.Index(
                                condition=models.Q(("read_at__isnull", True)),
                                fields=["recipient"],
                                name="reminder_unread",
                            ),
                            models.Index(
                                fields=["subject_kind", "subject_id", "recipient"], name="reminder_by_subject"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("superseded", "cancelled")), _negated=True),
                                fields=("kind", "subject_id", "due_on", "step", "recipient"),
                                name="reminder_once_while_it_stands",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["pending", "collected", "collapsed", "expired", "superseded", "cancelled"],
                                    )
                                ),
                                name="reminder_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        ("id", models.UUIDField(primary_key=True, serialize=False)),
                        ("channel", models.CharField(max_length=20)),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "waiting"),
                                    ("leased", "taken by a worker"),
                                    ("handoff", "being handed over"),
                                    ("sent", "sent"),
                                    ("retry", "to be tried again"),
                                    ("unknown", "fate unknown"),
                                    ("dead", "given up"),
                                    ("superseded", "its dates were moved"),
                                    ("cancelled", "no longer needed"),
                                    ("expired", "too late to be of use"),
                                ],
                                default="pending",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("created_at", models.DateTimeField()),
                        ("claimable_at", models.DateTimeField(null=True)),
                        ("token", models.UUIDField(null=True)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("unknowns", models.PositiveSmallIntegerField(default=0)),
                        ("is_delayed", models.BooleanField(default=False)),
                        ("finished_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("pending", "retry", "leased", "unknown"))),
                                fields=["claimable_at"],
                                name="delivery_claimable",
                            ),
                            models.Index(
                                condition=models.Q(("state", "handoff")),
                                fields=["claimable_at"],
                                name="delivery_handed_over",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ("dead", "unknown"))),
                                fields=["-created_at"],
                                name="delivery_stuck",
                            ),
                            models.Index(fields=["-created_at"], name="delivery_newest"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "pending",
                                            "leased",
                                            "handoff",
                                            "sent",
                                            "retry",
                                            "unknown",
                                            "dead",
                                            "superseded",
                                            "cancelled",
                                            "expired",
                                        ],
                                    )
                                ),
                                name="delivery_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("leased", "handoff")), _negated=True),
                                    models.Q(("claimable_at__isnull", False), ("token__isnull", False)),
                                    _connector="OR",
                                ),
                                name="delivery_borrowed_has_a_lease",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeliveryReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="notifications.delivery",
                            ),
                        ),
                        (
                            "reminder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="notifications.reminder",
                            ),
                        ),
                        ("channel", models.CharField(max_length=20)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("reminder", "channel"), name="delivery_reminder_once_a_channel"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attempts",
                                to="notifications.delivery",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "waiting"),
                                    ("leased", "taken by a worker"),
                                    ("handoff", "being handed over"),
                                    ("sent", "sent"),
                                    ("retry", "to be tried again"),
                                    ("unknown", "fate unknown"),
                                    ("dead", "given up"),
                                    ("superseded", "its dates were moved"),
                                    ("cancelled", "no longer needed"),
                                    ("expired", "too late to be of use"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("detail", models.CharField(blank=True, max_length=500)),
                        ("worker", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["delivery", "id"], name="attempt_by_delivery")],
                    },
                ),
                migrations.CreateModel(
                    name="Heartbeat",
                    fields=[
                        ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("worker", models.CharField(blank=True, max_length=200)),
                    ],
                ),
                migrations.CreateModel(
                    name="Watermark",
                    fields=[
                        ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("calendar", models.CharField(blank=True, max_length=64)),
                        ("reach", models.PositiveSmallIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="Preference",
                    fields=[
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="reminder_preference",
                                serialize=False,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("hour", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hour")),
                        (
                            "weekdays",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="working days"),
                        ),
                        ("paused_until", core.fields.DayField(blank=True, null=True, verbose_name="pause until")),
                        ("muted", models.JSONField(default=list)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("hour__isnull", True), ("hour__lte", 23), _connector="OR"),
                                name="preference_hour_of_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("weekdays__isnull", True),
                                    models.Q(("weekdays__gte", 1), ("weekdays__lte", 127)),
                                    _connector="OR",
                                ),
                                name="preference_some_working_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptMail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("to", models.CharField(max_length=500)),
                        ("subject", models.CharField(max_length=500)),
                        ("text", models.TextField()),
                        ("html", models.TextField(blank=True)),
                        ("headers", models.JSONField(default=dict)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["-at", "-id"], name="kept_mail_newest")],
                    },
                ),
            ],
        ),
    ]
