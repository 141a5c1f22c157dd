"""Programs, places, phases, outcomes, measures and readings."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.accounts.models
import core.fields
import core.operations


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Program",
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
                            "key",
                            models.CharField(
                                max_length=10,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z][A-Z0-9]{1,9}\\Z",
                                        "Write 2 to 10 capital letters and digits, a letter first.",
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("organisation", models.CharField(blank=True, max_length=200, verbose_name="organisation")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("active", "Active"),
                                    ("paused", "Paused"),
                                    ("closed", "Closed"),
                                    ("stopped", "Stopped"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("vision", models.TextField(blank=True, verbose_name="vision")),
                        ("case_for_change", models.TextField(blank=True, verbose_name="case for change")),
                        ("cost_of_inaction", models.TextField(blank=True, verbose_name="cost of inaction")),
                        (
                            "sponsor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "deputy_sponsor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "manager",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("start_on", core.fields.DayField(blank=True, null=True, verbose_name="start")),
                        ("end_on", core.fields.DayField(blank=True, null=True, verbose_name="end")),
                        (
                            "time_zone",
                            models.CharField(
                                default="UTC",
                                max_length=64,
                                validators=[core.accounts.models.validate_time_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(
                                blank=True,
                                max_length=3,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z]{3}\\Z", "Write the three capital letters of ISO 4217, as in GBP."
                                    )
                                ],
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "budget",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=15, null=True, verbose_name="budget"
                            ),
                        ),
                        (
                            "spent",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=15, null=True, verbose_name="spent"
                            ),
                        ),
                        (
                            "staffing_planned",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=8,
                                null=True,
                                verbose_name="planned staffing, full-time equivalents",
                            ),
                        ),
                        (
                            "staffing_actual",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=8,
                                null=True,
                                verbose_name="actual staffing, full-time equivalents",
                            ),
                        ),
                        (
                            "reassess_every_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="months between assessments"
                            ),
                        ),
                        (
                            "reassess_at_gates",
                            models.BooleanField(default=False, verbose_name="assess after each gate"),
                        ),
                        ("manager_note", models.TextField(blank=True, verbose_name="manager's note")),
                        ("manager_note_on", core.fields.DayField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "draft"),
                                    models.Q(
                                        ("sponsor__isnull", False),
                                        ("manager__isnull", False),
                                        models.Q(("case_for_change", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="program_active_is_complete",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("start_on__isnull", True),
                                    ("end_on__isnull", True),
                                    ("end_on__gte", models.F("start_on")),
                                    _connector="OR",
                                ),
                                name="program_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("budget__isnull", True), ("budget__gte", 0), _connector="OR"),
                                    models.Q(("spent__isnull", True), ("spent__gte", 0), _connector="OR"),
                                ),
                                name="program_money_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("deputy_sponsor__isnull", True),
                                    ("sponsor__isnull", True),
                                    models.Q(("deputy_sponsor", models.F("sponsor")), _negated=True),
                                    _connector="OR",
                                ),
                                name="program_deputy_is_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("manager_note", ""), ("manager_note_on__isnull", False), _connector="OR"
                                ),
                                name="program_note_is_dated",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["draft", "active", "paused", "closed", "stopped"])),
                                name="program_status_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Holiday",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="holidays",
                                to="programs.program",
                            ),
                        ),
                        ("on", core.fields.DayField()),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("program", "on"), name="holiday_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="programs.program",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("sponsor", "Sponsor"),
                                    ("manager", "Manager"),
                                    ("lead", "Lead"),
                                    ("member", "Member"),
                                    ("viewer", "Viewer"),
                                ],
                                default="member",
                                max_length=10,
                                verbose_name="role",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("program", "person"), name="membership_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("role", "sponsor")),
                                fields=("program",),
                                name="membership_one_sponsor",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["sponsor", "manager", "lead", "member", "viewer"])),
                                name="membership_role_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CodeCounter",
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
                        ("prefix", models.CharField(max_length=4)),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("program", "prefix"), name="code_counter_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConfidenceStatement",
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
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "computed",
                            models.CharField(
                                blank=True,
                                choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
                                max_length=5,
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
                    ],
                    options={
                        "indexes": [models.Index(fields=["program", "-at", "-id"], name="confidence_newest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("rating__in", ["red", "amber", "green"])),
                                name="confidence_rating_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("computed", ""), ("computed__in", ["red", "amber", "green"]), _connector="OR"
                                ),
                                name="confidence_computed_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rating", models.F("computed")),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="confidence_override_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Phase",
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
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="phases",
                                to="programs.program",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                max_length=20,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z][A-Za-z0-9_.]{0,19}\\Z",
                                        "Write 1 to 20 letters, digits, dots or underscores, a letter first.",
                                    )
                                ],
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("active", "Active"),
                                    ("in_review", "In review"),
                                    ("closed", "Closed"),
                                    ("stopped", "Stopped"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        (
                            "baseline_start_on",
                            core.fields.DayField(blank=True, null=True, verbose_name="baseline start"),
                        ),
                        ("baseline_end_on", core.fields.DayField(blank=True, null=True, verbose_name="baseline end")),
                        (
                            "forecast_start_on",
                            core.fields.DayField(blank=True, null=True, verbose_name="forecast start"),
                        ),
                        ("forecast_end_on", core.fields.DayField(blank=True, null=True, verbose_name="forecast end")),
                        ("actual_start_on", core.fields.DayField(blank=True, null=True, verbose_name="actual start")),
                        ("actual_end_on", core.fields.DayField(blank=True, null=True, verbose_name="actual end")),
                        ("override_reason", models.TextField(blank=True, verbose_name="reason for the override")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("program", "code"), name="phase_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("baseline_start_on__isnull", True),
                                    ("baseline_end_on__isnull", True),
                                    ("baseline_end_on__gte", models.F("baseline_start_on")),
                                    _connector="OR",
                                ),
                                name="phase_baseline_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("forecast_start_on__isnull", True),
                                    ("forecast_end_on__isnull", True),
                                    ("forecast_end_on__gte", models.F("forecast_start_on")),
                                    _connector="OR",
                                ),
                                name="phase_forecast_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("actual_start_on__isnull", True),
                                    ("actual_end_on__isnull", True),
                                    ("actual_end_on__gte", models.F("actual_start_on")),
                                    _connector="OR",
                                ),
                                name="phase_actual_ends_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["active", "in_review", "closed"]), _negated=True),
                                    ("actual_start_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="phase_running_has_started",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "closed"), _negated=True),
                                    ("actual_end_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="phase_closed_has_ended",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["planned", "active", "in_review", "closed", "stopped"])
                                ),
                                name="phase_status_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Outcome",
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
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="outcomes",
                                to="programs.program",
                            ),
                        ),
                        (
                            "phase",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="outcomes",
                                to="programs.phase",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                max_length=20,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z][A-Za-z0-9_.]{0,19}\\Z",
                                        "Write 1 to 20 letters, digits, dots or underscores, a letter first.",
                                    )
                                ],
                            ),
                        ),
                        ("statement", models.CharField(max_length=500, verbose_name="statement")),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "area",
                            models.CharField(
                                choices=[
                                    ("financial", "Financial"),
                                    ("customer", "Customer"),
                                    ("employee", "Employee"),
                                    ("partner", "Partner"),
                                ],
                                max_length=10,
                                verbose_name="area",
                            ),
                        ),
                        ("is_dis_benefit", models.BooleanField(default=False, verbose_name="dis-benefit")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("agreed", "Agreed"),
                                    ("realising", "Realising"),
                                    ("realised", "Realised"),
                                    ("missed", "Missed"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="proposed",
                                max_length=10,
                            ),
                        ),
                        ("closing_note", models.TextField(blank=True, verbose_name="closing note")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("program", "code"), name="outcome_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(("area__in", ["financial", "customer", "employee", "partner"])),
                                name="outcome_area_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        ["proposed", "agreed", "realising", "realised", "missed", "withdrawn"],
                                    )
                                ),
                                name="outcome_status_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Measure",
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
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="measures",
                                to="programs.program",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="measures",
                                to="programs.outcome",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                max_length=20,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z][A-Za-z0-9_.]{0,19}\\Z",
                                        "Write 1 to 20 letters, digits, dots or underscores, a letter first.",
                                    )
                                ],
                            ),
                        ),
                        ("name", models.CharField(max_length=300, verbose_name="name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("customer_behaviour", "Customer behaviour"),
                                    ("customer_perception", "Customer perception"),
                                    ("financial", "Financial"),
                                    ("employee", "Employee"),
                                    ("partner", "Partner"),
                                    ("internal", "Internal"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                        (
                            "direction",
                            models.CharField(
                                choices=[("up", "Up"), ("down", "Down"), ("maintain", "Maintain")],
                                max_length=8,
                                verbose_name="direction",
                            ),
                        ),
                        (
                            "baseline",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=15, null=True, verbose_name="baseline"
                            ),
                        ),
                        ("baseline_on", core.fields.DayField(blank=True, null=True, verbose_name="baseline date")),
                        (
                            "target",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=15, null=True, verbose_name="target"
                            ),
                        ),
                        ("target_on", core.fields.DayField(blank=True, null=True, verbose_name="target date")),
                        (
                            "low",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=15, null=True, verbose_name="low limit"
                            ),
                        ),
                        (
                            "high",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=15, null=True, verbose_name="high limit"
                            ),
                        ),
                        (
                            "cadence",
                            models.CharField(
                                choices=[
                                    ("weekly", "Weekly"),
                                    ("monthly", "Monthly"),
                                    ("quarterly", "Quarterly"),
                                    ("phase", "At the end of the phase"),
                                ],
                                default="monthly",
                                max_length=9,
                                verbose_name="cadence",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        (
                            "reporting_lag_days",
                            models.PositiveSmallIntegerField(default=0, verbose_name="reporting lag, days"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("program", "code"), name="measure_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("baseline__isnull", True),
                                    ("target__isnull", True),
                                    ("direction", "maintain"),
                                    models.Q(("direction", "up"), ("target__gt", models.F("baseline"))),
                                    models.Q(("direction", "down"), ("target__lt", models.F("baseline"))),
                                    _connector="OR",
                                ),
                                name="measure_target_beyond_baseline",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("baseline_on__isnull", True),
                                    ("target_on__isnull", True),
                                    ("target_on__gt", models.F("baseline_on")),
                                    _connector="OR",
                                ),
                                name="measure_target_after_baseline",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("low__isnull", True),
                                    ("high__isnull", True),
                                    ("high__gte", models.F("low")),
                                    _connector="OR",
                                ),
                                name="measure_limits_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "customer_behaviour",
                                            "customer_perception",
                                            "financial",
                                            "employee",
                                            "partner",
                                            "internal",
                                        ],
                                    )
                                ),
                                name="measure_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("direction__in", ["up", "down", "maintain"])),
                                name="measure_direction_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("cadence__in", ["weekly", "monthly", "quarterly", "phase"])),
                                name="measure_cadence_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlannedStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="programs.measure"
                            ),
                        ),
                        ("on", core.fields.DayField()),
                        ("value", models.DecimalField(decimal_places=4, max_digits=15)),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("measure", "on"), name="planned_step_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Measurement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measurements",
                                to="programs.measure",
                            ),
                        ),
                        ("value", models.DecimalField(decimal_places=4, max_digits=15, verbose_name="value")),
                        ("measured_on", core.fields.DayField(verbose_name="measured on")),
                        ("recorded_on", core.fields.DayField(verbose_name="recorded on")),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "evidence_url",
                            models.URLField(
                                blank=True,
                                max_length=500,
                                validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                                verbose_name="evidence",
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="programs.measurement",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["measure", "-measured_on"], name="measurement_latest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("measured_on__lte", models.F("recorded_on"))),
                                name="measurement_not_in_the_future",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("evidence_url", ""),
                                    ("evidence_url__istartswith", "http://"),
                                    ("evidence_url__istartswith", "https://"),
                                    _connector="OR",
                                ),
                                name="measurement_evidence_of_the_web",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgramTemplate",
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
                        ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                        ("description", models.TextField(blank=True, verbose_name="what it is for")),
                        ("body", models.JSONField()),
                        (
                            "saved_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="program_template_has_a_name"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
