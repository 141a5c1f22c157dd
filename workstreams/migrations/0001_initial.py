"""Workstreams, milestones, gates, action items and the RAID register."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
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
                    name="GateReview",
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
                                related_name="gate_reviews",
                                to="programs.program",
                            ),
                        ),
                        (
                            "phase",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="gate_reviews",
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
                        (
                            "state",
                            models.CharField(
                                choices=[("scheduled", "Scheduled"), ("held", "Held"), ("decided", "Decided")],
                                default="scheduled",
                                max_length=10,
                            ),
                        ),
                        ("planned_on", core.fields.DayField(verbose_name="planned")),
                        ("held_on", core.fields.DayField(blank=True, null=True, verbose_name="held")),
                        (
                            "rating",
                            models.CharField(
                                blank=True,
                                choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
                                max_length=5,
                                verbose_name="rating",
                            ),
                        ),
                        ("findings", models.TextField(blank=True, verbose_name="findings")),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("proceed", "Proceed"),
                                    ("proceed_with_conditions", "Proceed with conditions"),
                                    ("rework", "Rework"),
                                    ("hold", "Hold"),
                                    ("stop", "Stop"),
                                ],
                                max_length=24,
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_on", core.fields.DayField(blank=True, null=True)),
                        ("rationale", models.TextField(blank=True, verbose_name="rationale")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("program", "code"), name="gate_code_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "decided"), _negated=True),
                                fields=("phase",),
                                name="gate_one_open_a_phase",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "scheduled"), ("held_on__isnull", False), _connector="OR"),
                                name="gate_held_has_a_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "decided"), _negated=True),
                                    models.Q(
                                        (
                                            "decision__in",
                                            ["proceed", "proceed_with_conditions", "rework", "hold", "stop"],
                                        ),
                                        ("decided_by__isnull", False),
                                        models.Q(("rationale", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="gate_decided_is_complete",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "decided"), ("decision", ""), _connector="OR"),
                                name="gate_decision_when_decided",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rating", ""), ("rating__in", ["red", "amber", "green"]), _connector="OR"
                                ),
                                name="gate_rating_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["scheduled", "held", "decided"])),
                                name="gate_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GateCondition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "gate_review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conditions",
                                to="workstreams.gatereview",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("text", models.TextField(verbose_name="condition")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("gate_review", "position"), name="gate_condition_position_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="gate_condition_says_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GateCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "gate_review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checks",
                                to="workstreams.gatereview",
                            ),
                        ),
                        (
                            "check_of",
                            models.CharField(
                                choices=[
                                    ("measured", "Outcomes measured"),
                                    ("fresh", "Readings fresh"),
                                    ("on_track", "Outcomes on track"),
                                    ("project", "Project milestones"),
                                    ("change", "Change milestones"),
                                    ("promises", "Action items"),
                                    ("risks", "Issues and risks"),
                                    ("money", "Money"),
                                ],
                                max_length=10,
                                verbose_name="what was checked",
                            ),
                        ),
                        ("is_well", models.BooleanField(null=True)),
                        ("done", models.PositiveIntegerField(null=True)),
                        ("total", models.PositiveIntegerField(null=True)),
                        ("names", models.TextField(blank=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("gate_review", "check_of"), name="gate_check_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "check_of__in",
                                        [
                                            "measured",
                                            "fresh",
                                            "on_track",
                                            "project",
                                            "change",
                                            "promises",
                                            "risks",
                                            "money",
                                        ],
                                    )
                                ),
                                name="gate_check_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Workstream",
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
                                related_name="workstreams",
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
                        (
                            "discipline",
                            models.CharField(
                                choices=[("project", "Project management"), ("change", "Change management")],
                                max_length=7,
                                verbose_name="discipline",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "lead",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("program", "code"), name="workstream_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(("discipline__in", ["project", "change"])),
                                name="workstream_discipline_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RaidEntry",
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
                                related_name="raid_entries",
                                to="programs.program",
                            ),
                        ),
                        (
                            "workstream",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="raid_entries",
                                to="workstreams.workstream",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("risk", "Risk"),
                                    ("assumption", "Assumption"),
                                    ("issue", "Issue"),
                                    ("dependency", "Dependency"),
                                    ("decision", "Decision"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        ("detail", models.TextField(blank=True, verbose_name="detail")),
                        (
                            "probability",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="probability"),
                        ),
                        ("impact", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="impact")),
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
                        ("response", models.TextField(blank=True, verbose_name="response")),
                        ("due_on", core.fields.DayField(blank=True, null=True, verbose_name="due")),
                        ("review_on", core.fields.DayField(blank=True, null=True, verbose_name="review")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("mitigating", "Mitigating"), ("closed", "Closed")],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        (
                            "came_from",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="became",
                                to="workstreams.raidentry",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("program", "code"), name="raid_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("probability__isnull", False), ("probability__range", (1, 5))),
                                    models.Q(
                                        ("probability__isnull", True), models.Q(("kind__in", ["risk"]), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="raid_probability_of_risks",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("impact__isnull", False), ("impact__range", (1, 5))),
                                    models.Q(
                                        ("impact__isnull", True),
                                        models.Q(("kind__in", ["risk", "issue"]), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="raid_impact_of_risks_and_issues",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("review_on__isnull", False),
                                    ("state", "closed"),
                                    ("kind", "decision"),
                                    _connector="OR",
                                ),
                                name="raid_open_is_reviewed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["risk", "assumption", "issue", "dependency", "decision"])
                                ),
                                name="raid_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "mitigating", "closed"])),
                                name="raid_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
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
                                related_name="milestones",
                                to="programs.program",
                            ),
                        ),
                        (
                            "workstream",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="milestones",
                                to="workstreams.workstream",
                            ),
                        ),
                        (
                            "phase",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="milestones",
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
                        ("name", models.CharField(max_length=300, verbose_name="name")),
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
                        ("goes_live", models.BooleanField(default=False, verbose_name="changes somebody's work")),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "Planned"), ("achieved", "Achieved"), ("cancelled", "Cancelled")],
                                default="planned",
                                max_length=9,
                            ),
                        ),
                        ("baseline_on", core.fields.DayField(verbose_name="baseline")),
                        ("due_on", core.fields.DayField(verbose_name="due")),
                        ("actual_on", core.fields.DayField(blank=True, null=True, verbose_name="achieved on")),
                        ("baseline_frozen_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "planned")), fields=["due_on"], name="milestone_due"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("program", "code"), name="milestone_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "achieved"), ("actual_on__isnull", False)),
                                    models.Q(
                                        models.Q(("state", "achieved"), _negated=True), ("actual_on__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="milestone_achieved_has_a_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["planned", "achieved", "cancelled"])),
                                name="milestone_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MilestoneForecast",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "milestone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="forecasts",
                                to="workstreams.milestone",
                            ),
                        ),
                        ("forecast_on", core.fields.DayField(verbose_name="forecast")),
                        ("said_on", core.fields.DayField(verbose_name="said on")),
                        (
                            "said_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="forecast_has_a_reason"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MilestoneRebaselining",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "milestone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rebaselinings",
                                to="workstreams.milestone",
                            ),
                        ),
                        ("old_on", core.fields.DayField()),
                        ("new_on", core.fields.DayField()),
                        ("decided_on", core.fields.DayField()),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="rebaselining_has_a_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("old_on", models.F("new_on")), _negated=True),
                                name="rebaselining_moves_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dependency",
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
                                related_name="dependencies",
                                to="programs.program",
                            ),
                        ),
                        (
                            "predecessor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="successor_links",
                                to="workstreams.milestone",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="predecessor_links",
                                to="workstreams.milestone",
                            ),
                        ),
                        ("lag_days", models.PositiveSmallIntegerField(default=0, verbose_name="lag, working days")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("predecessor", "successor"), name="dependency_once"),
                            models.CheckConstraint(
                                condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                                name="dependency_not_on_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActionItem",
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
                                related_name="action_items",
                                to="programs.program",
                            ),
                        ),
                        (
                            "workstream",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="action_items",
                                to="workstreams.workstream",
                            ),
                        ),
                        (
                            "phase",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="action_items",
                                to="programs.phase",
                            ),
                        ),
                        (
                            "milestone",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="action_items",
                                to="workstreams.milestone",
                            ),
                        ),
                        (
                            "outcome",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="action_items",
                                to="programs.outcome",
                            ),
                        ),
                        (
                            "gate_condition",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="action_item",
                                to="workstreams.gatecondition",
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
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        ("detail", models.TextField(blank=True, verbose_name="detail")),
                        (
                            "requester",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "performer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("requested_for", core.fields.DayField(verbose_name="asked for")),
                        ("promised_for", core.fields.DayField(blank=True, null=True, verbose_name="promised for")),
                        ("done_on", core.fields.DayField(blank=True, null=True, verbose_name="done on")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("requested", "Requested"),
                                    ("committed", "Committed"),
                                    ("declined", "Declined"),
                                    ("kept", "Kept"),
                                    ("missed", "Missed"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="requested",
                                max_length=9,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("manual", "Asked for"),
                                    ("gate", "Gate review"),
                                    ("assessment", "Assessment"),
                                    ("raid", "RAID entry"),
                                    ("renewal", "Renewal of a missed promise"),
                                ],
                                default="manual",
                                max_length=10,
                            ),
                        ),
                        (
                            "miss_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("prerequisite_missing", "Something it needed was missing"),
                                    ("waiting_for_approval", "Waiting for approval"),
                                    ("competing_priority", "Something else came first"),
                                    ("unclear_request", "The request was unclear"),
                                    ("not_enough_time", "Not enough time"),
                                    ("people_unavailable", "People were unavailable"),
                                    ("technical_problem", "Technical problem"),
                                    ("changed_plan", "The plan changed"),
                                    ("partner_delay", "A partner was late"),
                                    ("other", "Another reason"),
                                ],
                                max_length=24,
                                verbose_name="reason",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "needs_acceptance",
                            models.BooleanField(default=False, verbose_name="the requester accepts it"),
                        ),
                        ("accepted_on", core.fields.DayField(blank=True, null=True)),
                        (
                            "renewal_of",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renewed_as",
                                to="workstreams.actionitem",
                            ),
                        ),
                        ("external_source", models.CharField(blank=True, max_length=100)),
                        ("external_id", models.CharField(blank=True, max_length=200)),
                        (
                            "due_on",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.comparison.Coalesce(
                                    "promised_for", "requested_for"
                                ),
                                output_field=models.DateField(),
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["program", "state", "due_on"], name="action_list"),
                            models.Index(
                                condition=models.Q(("state__in", ("requested", "committed"))),
                                fields=["performer", "due_on"],
                                name="action_of_performer",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ("requested", "committed"))),
                                fields=["due_on"],
                                name="action_due",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("program", "code"), name="action_code_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("external_id", ""), _negated=True),
                                fields=("program", "external_source", "external_id"),
                                name="action_external_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("committed", "kept", "missed")), _negated=True),
                                    ("promised_for__isnull", False),
                                    _connector="OR",
                                ),
                                name="action_promise_has_a_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["requested", "declined"]), _negated=True),
                                    ("promised_for__isnull", True),
                                    _connector="OR",
                                ),
                                name="action_unanswered_has_no_promise",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "kept"), _negated=True),
                                    models.Q(("done_on__isnull", False), ("done_on__lte", models.F("promised_for"))),
                                    _connector="OR",
                                ),
                                name="action_kept_by_its_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "kept"), _negated=True),
                                    ("needs_acceptance", False),
                                    ("accepted_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="action_kept_where_accepted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "missed"), _negated=True),
                                    (
                                        "miss_reason__in",
                                        [
                                            "prerequisite_missing",
                                            "waiting_for_approval",
                                            "competing_priority",
                                            "unclear_request",
                                            "not_enough_time",
                                            "people_unavailable",
                                            "technical_problem",
                                            "changed_plan",
                                            "partner_delay",
                                            "other",
                                        ],
                                    ),
                                    _connector="OR",
                                ),
                                name="action_missed_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("miss_reason", "other"), _negated=True),
                                    models.Q(("note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="action_other_reason_is_noted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "declined"), _negated=True),
                                    models.Q(("note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="action_declined_has_a_note",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("external_id", ""),
                                    models.Q(("external_source", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="action_external_pair",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["requested", "committed", "declined", "kept", "missed", "withdrawn"])
                                ),
                                name="action_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source__in", ["manual", "gate", "assessment", "raid", "renewal"])),
                                name="action_source_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActionEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="workstreams.actionitem",
                            ),
                        ),
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
                        ("move", models.CharField(max_length=12)),
                        ("state_before", models.CharField(blank=True, max_length=9)),
                        ("state_after", models.CharField(max_length=9)),
                        ("due_before", core.fields.DayField(null=True)),
                        ("due_after", core.fields.DayField(null=True)),
                        ("note", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["item", "-at"], name="action_event_history")],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="milestone",
            name="rebaselining",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workstreams.milestonerebaselining",
            ),
        ),
    ]
