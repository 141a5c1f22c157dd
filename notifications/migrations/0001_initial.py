import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("worker", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="ReminderRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False)),
                ("updated_at", models.DateTimeField(editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("kind", models.CharField(max_length=40)),
                ("offsets", models.JSONField(default=list)),
                ("overdue_every", models.PositiveSmallIntegerField(null=True)),
                ("audience", models.JSONField(default=list)),
                ("ladder", models.JSONField(default=list)),
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
            name="Delivery",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("channel", models.CharField(max_length=20)),
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
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="notifications.delivery",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Instant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("zone", models.CharField(max_length=64)),
                ("hour", models.PositiveSmallIntegerField()),
                ("day", models.DateField()),
                ("starts_at", models.DateTimeField()),
                ("leaves_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("zone", "hour", "day"), name="instant_once")],
            },
        ),
        migrations.CreateModel(
            name="KeptMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("weekdays", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="working days")),
                ("paused_until", models.DateField(blank=True, null=True, verbose_name="pause until")),
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
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("scope_id", models.BigIntegerField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("step", models.IntegerField(null=True)),
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
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeliveryReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=20)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="notifications.delivery"
                    ),
                ),
                (
                    "reminder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="notifications.reminder"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Scope",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=60)),
                ("label", models.CharField(max_length=300)),
                ("time_zone", models.CharField(default="UTC", max_length=64)),
                ("holidays", models.JSONField(default=list)),
                ("started_at", models.DateTimeField(null=True)),
                ("counts_from", models.DateField(null=True)),
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
            name="RuleStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("role", models.CharField(max_length=40)),
                ("offset", models.SmallIntegerField(null=True)),
                ("every", models.PositiveSmallIntegerField(null=True)),
                ("since_on", models.DateField()),
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
            ],
        ),
        migrations.AddField(
            model_name="reminderrule",
            name="scope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rules", to="notifications.scope"
            ),
        ),
        migrations.CreateModel(
            name="SendDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekdays", models.PositiveSmallIntegerField()),
                ("day", models.DateField()),
                ("before_on", models.DateField()),
                ("after_on", models.DateField()),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="notifications.scope"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ("pending", "retry", "leased", "unknown"))),
                fields=["claimable_at"],
                name="delivery_claimable",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "handoff")), fields=["claimable_at"], name="delivery_handed_over"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ("dead", "unknown"))), fields=["-created_at"], name="delivery_stuck"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["-created_at"], name="delivery_newest"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("leased", "handoff")), _negated=True),
                    models.Q(("claimable_at__isnull", False), ("token__isnull", False)),
                    _connector="OR",
                ),
                name="delivery_borrowed_has_a_lease",
            ),
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["delivery", "id"], name="attempt_by_delivery"),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(condition=models.Q(("state", "pending")), fields=["send_at"], name="reminder_waiting"),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(fields=["recipient", "-shows_at", "-id"], name="reminder_inbox"),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)), fields=["recipient"], name="reminder_unread"
            ),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(fields=["subject_kind", "subject_id", "recipient"], name="reminder_by_subject"),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("superseded", "cancelled")), _negated=True),
                fields=("kind", "subject_id", "due_on", "step", "recipient"),
                name="reminder_once_while_it_stands",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["pending", "collected", "collapsed", "expired", "superseded", "cancelled"])
                ),
                name="reminder_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryreminder",
            constraint=models.UniqueConstraint(fields=("reminder", "channel"), name="delivery_reminder_once_a_channel"),
        ),
        migrations.AddConstraint(
            model_name="rulestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("every__gte", 1), ("offset__isnull", True)),
                    models.Q(("every__isnull", True), ("offset__isnull", False)),
                    _connector="OR",
                ),
                name="rule_step_is_an_offset_or_a_repeat",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulestep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("every__isnull", True)),
                fields=("scope", "kind", "role", "offset"),
                name="rule_step_offset_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulestep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("offset__isnull", True)),
                fields=("scope", "kind", "role"),
                name="rule_step_repeat_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderrule",
            constraint=models.UniqueConstraint(fields=("scope", "kind"), name="rule_one_a_scope_and_kind"),
        ),
        migrations.AddConstraint(
            model_name="reminderrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("overdue_every__isnull", True), ("overdue_every__gte", 1), _connector="OR"),
                name="rule_overdue_every_is_a_day_or_more",
            ),
        ),
        migrations.AddConstraint(
            model_name="sendday",
            constraint=models.UniqueConstraint(fields=("scope", "weekdays", "day"), name="send_day_once"),
        ),
    ]
