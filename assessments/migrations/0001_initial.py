"""Assessment templates, assessments, findings and debriefs."""

import django.core.validators
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
        ("workstreams", "0001_initial"),
    ]

    operations = [
        core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="AssessmentTemplate",
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
                            "slug",
                            models.CharField(
                                max_length=60,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z0-9]*(-[a-z0-9]+)*\\Z", "Write small letters, digits and hyphens."
                                    )
                                ],
                                verbose_name="short name",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("about", models.TextField(blank=True, verbose_name="about")),
                        ("total_points", models.PositiveIntegerField(verbose_name="points")),
                        ("evidence_tests", models.JSONField(default=list)),
                        ("range_bands", models.JSONField(default=list)),
                        ("is_built_in", models.BooleanField(default=False)),
                        (
                            "copied_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="copies",
                                to="assessments.assessmenttemplate",
                            ),
                        ),
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
                            models.UniqueConstraint(fields=("slug", "number"), name="assessment_template_version_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1),
                                    models.Q(("slug", ""), _negated=True),
                                    models.Q(("title", ""), _negated=True),
                                ),
                                name="assessment_template_is_numbered",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Section",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sections",
                                to="assessments.assessmenttemplate",
                            ),
                        ),
                        (
                            "part_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="assessments.section",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("code", models.CharField(max_length=20)),
                        ("name", models.CharField(max_length=200)),
                        ("group", models.CharField(blank=True, max_length=40)),
                        ("points", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("template", "code"), name="assessment_section_code_once"),
                            models.UniqueConstraint(
                                fields=("template", "position"), name="assessment_section_position_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Criterion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="assessments.assessmenttemplate",
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="assessments.section",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("code", models.CharField(max_length=20)),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("yes_no", "Yes or no"),
                                    ("range", "0 to 100 % in steps of 5"),
                                    ("flag", "Absent, partly or present"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("points", models.PositiveIntegerField()),
                        ("statement", models.TextField()),
                        ("rationale", models.TextField(blank=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("template", "code"), name="assessment_criterion_code_once"),
                            models.UniqueConstraint(
                                fields=("template", "position"), name="assessment_criterion_position_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("answer__in", ["yes_no", "range", "flag"])),
                                name="assessment_criterion_answer_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "flag"), _negated=True), ("points", 0), _connector="OR"
                                ),
                                name="assessment_flag_has_no_points",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
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
                                related_name="assessments",
                                to="programs.program",
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="assessments.assessmenttemplate",
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
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("readiness", "Readiness"),
                                    ("calibration", "Calibration"),
                                    ("course_correction", "Course correction"),
                                ],
                                max_length=17,
                                verbose_name="purpose",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("open", "Open"),
                                    ("consensus", "Consensus"),
                                    ("completed", "Completed"),
                                    ("reviewed", "Reviewed"),
                                ],
                                default="draft",
                                max_length=9,
                            ),
                        ),
                        (
                            "facilitator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("closes_on", core.fields.DayField(blank=True, null=True, verbose_name="closing date")),
                        ("is_named", models.BooleanField(default=False, verbose_name="with names")),
                        (
                            "is_in_words",
                            models.BooleanField(default=False, verbose_name="in words only, without scores"),
                        ),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("consensus_at", models.DateTimeField(blank=True, null=True)),
                        ("completed_on", core.fields.DayField(blank=True, null=True)),
                        ("target", models.PositiveIntegerField(blank=True, null=True, verbose_name="target, points")),
                        (
                            "target_next",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="target of the next, points"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["program", "-completed_on"], name="assessment_latest")],
                        "constraints": [
                            models.UniqueConstraint(fields=("program", "code"), name="assessment_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "open", "consensus", "completed", "reviewed"])
                                ),
                                name="assessment_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("purpose__in", ["readiness", "calibration", "course_correction"])),
                                name="assessment_purpose_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("completed_on__isnull", False), ("state__in", ("completed", "reviewed"))),
                                    models.Q(
                                        models.Q(("state__in", ("completed", "reviewed")), _negated=True),
                                        ("completed_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="assessment_completed_is_dated",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["open", "consensus"]), _negated=True),
                                    models.Q(("closes_on__isnull", False), ("facilitator__isnull", False)),
                                    _connector="OR",
                                ),
                                name="assessment_open_has_a_day_and_a_facilitator",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assessor",
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
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assessors",
                                to="assessments.assessment",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("is_leader", models.BooleanField(default=False, verbose_name="a leader")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        ("sections", models.ManyToManyField(blank=True, related_name="+", to="assessments.section")),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("assessment", "person"), name="assessor_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SectionPoints",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="section_points",
                                to="assessments.assessment",
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assessments.section"
                            ),
                        ),
                        ("points", models.DecimalField(decimal_places=4, max_digits=9)),
                        ("answered", models.PositiveIntegerField()),
                        ("applicable", models.PositiveIntegerField()),
                        ("evidenced", models.PositiveIntegerField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assessment", "section"), name="assessment_section_points_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("points__gte", 0),
                                    ("points__lte", models.F("answered")),
                                    ("answered__lte", models.F("applicable")),
                                ),
                                name="assessment_section_points_in_bounds",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
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
                            "has_owner",
                            models.BooleanField(blank=True, null=True, verbose_name="somebody is responsible"),
                        ),
                        ("owner_name", models.CharField(blank=True, max_length=200, verbose_name="who")),
                        ("is_consistent", models.BooleanField(blank=True, null=True, verbose_name="consistent")),
                        (
                            "documents",
                            models.CharField(
                                blank=True,
                                choices=[("none", "None"), ("planned", "Planned"), ("done", "Planned and done")],
                                max_length=7,
                                verbose_name="documents",
                            ),
                        ),
                        ("links", models.JSONField(blank=True, default=list, verbose_name="links")),
                        ("percent", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="percent")),
                        (
                            "flag",
                            models.CharField(
                                blank=True,
                                choices=[("absent", "Absent"), ("partly", "Partly"), ("present", "Present")],
                                max_length=7,
                                verbose_name="flag",
                            ),
                        ),
                        ("is_not_applicable", models.BooleanField(default=False, verbose_name="not applicable")),
                        ("not_applicable_reason", models.TextField(blank=True, verbose_name="why it does not apply")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "assessor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="assessments.assessor",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assessments.criterion",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("assessor", "criterion"), name="answer_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("percent__isnull", True),
                                    (
                                        "percent__in",
                                        (
                                            0,
                                            5,
                                            10,
                                            15,
                                            20,
                                            25,
                                            30,
                                            35,
                                            40,
                                            45,
                                            50,
                                            55,
                                            60,
                                            65,
                                            70,
                                            75,
                                            80,
                                            85,
                                            90,
                                            95,
                                            100,
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="answer_percent_in_steps",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("flag", ""), ("flag__in", ["absent", "partly", "present"]), _connector="OR"
                                ),
                                name="answer_flag_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("documents", ""), ("documents__in", ["none", "planned", "done"]), _connector="OR"
                                ),
                                name="answer_documents_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_not_applicable", False), ("percent__isnull", True)),
                                    models.Q(("flag", ""), ("is_not_applicable", False)),
                                    models.Q(("flag", ""), ("is_not_applicable", True), ("percent__isnull", True)),
                                    _connector="OR",
                                ),
                                name="answer_says_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_not_applicable", False),
                                    models.Q(("not_applicable_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="answer_not_applicable_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consensus",
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
                            "has_owner",
                            models.BooleanField(blank=True, null=True, verbose_name="somebody is responsible"),
                        ),
                        ("owner_name", models.CharField(blank=True, max_length=200, verbose_name="who")),
                        ("is_consistent", models.BooleanField(blank=True, null=True, verbose_name="consistent")),
                        (
                            "documents",
                            models.CharField(
                                blank=True,
                                choices=[("none", "None"), ("planned", "Planned"), ("done", "Planned and done")],
                                max_length=7,
                                verbose_name="documents",
                            ),
                        ),
                        ("links", models.JSONField(blank=True, default=list, verbose_name="links")),
                        ("percent", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="percent")),
                        (
                            "flag",
                            models.CharField(
                                blank=True,
                                choices=[("absent", "Absent"), ("partly", "Partly"), ("present", "Present")],
                                max_length=7,
                                verbose_name="flag",
                            ),
                        ),
                        ("is_not_applicable", models.BooleanField(default=False, verbose_name="not applicable")),
                        ("not_applicable_reason", models.TextField(blank=True, verbose_name="why it does not apply")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consensus",
                                to="assessments.assessment",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assessments.criterion",
                            ),
                        ),
                        (
                            "set_by",
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
                            models.UniqueConstraint(fields=("assessment", "criterion"), name="consensus_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("percent__isnull", True),
                                    (
                                        "percent__in",
                                        (
                                            0,
                                            5,
                                            10,
                                            15,
                                            20,
                                            25,
                                            30,
                                            35,
                                            40,
                                            45,
                                            50,
                                            55,
                                            60,
                                            65,
                                            70,
                                            75,
                                            80,
                                            85,
                                            90,
                                            95,
                                            100,
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="consensus_percent_in_steps",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("flag", ""), ("flag__in", ["absent", "partly", "present"]), _connector="OR"
                                ),
                                name="consensus_flag_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("documents", ""), ("documents__in", ["none", "planned", "done"]), _connector="OR"
                                ),
                                name="consensus_documents_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_not_applicable", False), ("percent__isnull", True)),
                                    models.Q(("flag", ""), ("is_not_applicable", False)),
                                    models.Q(("flag", ""), ("is_not_applicable", True), ("percent__isnull", True)),
                                    _connector="OR",
                                ),
                                name="consensus_says_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_not_applicable", False),
                                    models.Q(("not_applicable_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="consensus_not_applicable_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Debrief",
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
                            "assessment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="debrief",
                                to="assessments.assessment",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("prepared", "Prepared"),
                                    ("sponsor_briefed", "Sponsor briefed"),
                                    ("held", "Held"),
                                    ("committed", "Committed"),
                                ],
                                default="prepared",
                                max_length=15,
                            ),
                        ),
                        ("planned_on", core.fields.DayField(blank=True, null=True, verbose_name="planned")),
                        (
                            "sponsor_briefed_on",
                            core.fields.DayField(blank=True, null=True, verbose_name="sponsor briefed"),
                        ),
                        ("held_on", core.fields.DayField(blank=True, null=True, verbose_name="held")),
                        ("committed_on", core.fields.DayField(blank=True, null=True)),
                        (
                            "no_commitment_reason",
                            models.TextField(blank=True, verbose_name="why there is no commitment"),
                        ),
                        ("private_notes", models.TextField(blank=True, verbose_name="private notes")),
                        ("notes_version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "notes_sponsor",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "notes_facilitator",
                            models.ForeignKey(
                                editable=False,
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
                                condition=models.Q(("state__in", ["prepared", "sponsor_briefed", "held", "committed"])),
                                name="debrief_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "prepared"), ("sponsor_briefed_on__isnull", False), _connector="OR"
                                ),
                                name="debrief_sponsor_is_briefed_first",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["prepared", "sponsor_briefed"]),
                                    models.Q(
                                        ("held_on__isnull", False), ("held_on__gte", models.F("sponsor_briefed_on"))
                                    ),
                                    _connector="OR",
                                ),
                                name="debrief_held_is_dated",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "committed"), _negated=True),
                                    ("committed_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="debrief_committed_is_dated",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DebriefPart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "debrief",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="assessments.debrief",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("reason", "Reason for the meeting and desired outcome"),
                                    ("status", "Status of the initiative"),
                                    ("stake", "What is at stake"),
                                    ("nature", "Nature of the self-assessment"),
                                    ("results", "Results"),
                                    ("learnings", "Key learnings"),
                                    ("steps", "Recommended steps and their rationale"),
                                    ("commitment", "Commitment to action"),
                                    ("own", "A part of one's own"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="heading")),
                        ("text", models.TextField(blank=True, verbose_name="text")),
                        ("is_left_out", models.BooleanField(default=False, verbose_name="left out")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("debrief", "position"), name="debrief_part_position_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "own"), _negated=True),
                                fields=("debrief", "kind"),
                                name="debrief_part_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "reason",
                                            "status",
                                            "stake",
                                            "nature",
                                            "results",
                                            "learnings",
                                            "steps",
                                            "commitment",
                                            "own",
                                        ],
                                    )
                                ),
                                name="debrief_part_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "own"), _negated=True),
                                    models.Q(("title", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="debrief_own_part_has_a_title",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DebriefCommitment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "debrief",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="commitments",
                                to="assessments.debrief",
                            ),
                        ),
                        (
                            "action_item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="workstreams.actionitem",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("debrief", "action_item"), name="debrief_commitment_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
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
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="assessments.assessment",
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
                                choices=[("strength", "Strength"), ("gap", "Gap")], max_length=8, verbose_name="kind"
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assessments.criterion",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="finding")),
                        ("root_cause", models.TextField(blank=True, verbose_name="root cause")),
                        ("is_systemic", models.BooleanField(default=False, verbose_name="systemic")),
                        ("affects", models.ManyToManyField(blank=True, related_name="+", to="assessments.criterion")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("assessment", "code"), name="finding_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["strength", "gap"])), name="finding_kind_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="finding_says_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "gap"),
                                    models.Q(("is_systemic", False), ("root_cause", "")),
                                    _connector="OR",
                                ),
                                name="finding_strength_has_no_cause",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recommendation",
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
                            "finding",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recommendations",
                                to="assessments.finding",
                            ),
                        ),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recommendations",
                                to="assessments.assessment",
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
                        ("text", models.TextField(verbose_name="recommended step")),
                        ("rationale", models.TextField(blank=True, verbose_name="rationale")),
                        (
                            "urgency",
                            models.CharField(
                                choices=[
                                    ("critical", "Critical"),
                                    ("essential", "Essential"),
                                    ("recommended", "Recommended"),
                                ],
                                max_length=11,
                                verbose_name="urgency",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("proposed", "Proposed"), ("accepted", "Accepted"), ("rejected", "Rejected")],
                                default="proposed",
                                max_length=8,
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
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "action_item",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recommendation",
                                to="workstreams.actionitem",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("assessment", "code"), name="recommendation_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(("urgency__in", ["critical", "essential", "recommended"])),
                                name="recommendation_urgency_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["proposed", "accepted", "rejected"])),
                                name="recommendation_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="recommendation_says_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("action_item__isnull", False), ("state", "accepted")),
                                    models.Q(
                                        models.Q(("state", "accepted"), _negated=True), ("action_item__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="recommendation_accepted_is_an_action",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "rejected"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="recommendation_rejected_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Prompt",
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
                                related_name="assessment_prompts",
                                to="programs.program",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("answered", "Answered"), ("dismissed", "Dismissed")],
                                default="open",
                                max_length=9,
                            ),
                        ),
                        ("due_on", core.fields.DayField()),
                        (
                            "assessment",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="prompt",
                                to="assessments.assessment",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("program",),
                                name="assessment_prompt_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "answered", "dismissed"])),
                                name="assessment_prompt_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "dismissed"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="assessment_prompt_dismissed_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "prompt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="causes",
                                to="assessments.prompt",
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programs.program"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("cadence", "It is time again"),
                                    ("gate", "A gate was decided"),
                                    ("missed_outcome", "An outcome was missed"),
                                    ("sponsor_change", "The sponsor changed"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("subject", models.CharField(max_length=80)),
                        ("on", core.fields.DayField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("program", "kind", "subject", "on"), name="assessment_prompt_cause_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["cadence", "gate", "missed_outcome", "sponsor_change"])
                                ),
                                name="assessment_prompt_cause_known",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
