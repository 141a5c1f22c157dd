"""The tables of assessments. Single answers and private notes have no key here, so no file ever holds one."""

from assessments.choices import FindingKind
from assessments.models import (
    Assessment,
    Assessor,
    Consensus,
    Debrief,
    DebriefCommitment,
    DebriefPart,
    Finding,
    Recommendation,
    SectionPoints,
)
from backend.programfile.format.document import Row
from backend.programfile.format.shapes import Child, Shape, column, columns

POINTS = Shape(
    kind="section points",
    model=SectionPoints,
    parent="assessment",
    parent_kind="assessment",
    short="points",
    identity=("section", "assessment"),
    fields=(
        column(SectionPoints, ">section"),
        column(SectionPoints, "points"),
        column(SectionPoints, "answered", is_required=False),
        column(SectionPoints, "applicable", is_required=False),
        column(SectionPoints, "evidenced"),
    ),
)

ASKED = Shape(
    kind="asked section",
    model=Assessor.sections.through,
    parent="assessor",
    parent_kind="assessor",
    short="section",
    identity=("section", "assessor"),
    fields=(column(Assessor.sections.through, "code>section"),),
)

ASSESSOR = Shape(
    kind="assessor",
    model=Assessor,
    parent="assessment",
    parent_kind="assessment",
    short="person",
    identity=("person", "assessment"),
    named_by=("assessment", "person"),
    fields=tuple(columns(Assessor, "person", "leader>is_leader", "submitted>submitted_at", "left>left_at")),
    children=(Child("sections", ASKED),),
)

CONSENSUS = Shape(
    kind="consensus",
    model=Consensus,
    parent="assessment",
    parent_kind="assessment",
    identity=("criterion", "assessment"),
    fields=(
        column(Consensus, ">criterion"),
        *columns(Consensus, "percent", "flag", "owner>has_owner", "owner_name", "consistent>is_consistent"),
        *columns(Consensus, "documents", "links", ">is_not_applicable", "not_applicable>not_applicable_reason"),
        *columns(Consensus, "note", "set_by"),
    ),
)

AFFECTED = Shape(
    kind="affected criterion",
    model=Finding.affects.through,
    parent="finding",
    parent_kind="finding",
    short="criterion",
    identity=("criterion", "finding"),
    fields=(column(Finding.affects.through, "code>criterion"),),
)

RECOMMENDATION = Shape(
    kind="recommendation",
    model=Recommendation,
    parent="finding",
    parent_kind="finding",
    identity=("code", "assessment"),
    fields=(
        *columns(Recommendation, "code", "text", "rationale", "urgency", "state", "action>action_item"),
        *columns(Recommendation, "decided_by", "decided>decided_on", "reason"),
        column(Recommendation, ">assessment", is_required=False),
    ),
)

FINDING = Shape(
    kind="finding",
    model=Finding,
    parent="assessment",
    parent_kind="assessment",
    short="text",
    identity=("code", "assessment"),
    named_by=("assessment", "code"),
    fields=(
        column(Finding, "code", is_required=False),
        column(Finding, ">kind", default=FindingKind.GAP.value, is_required=False),
        *columns(Finding, "criterion", "text", "root_cause", "systemic>is_systemic"),
    ),
    children=(Child("affects", AFFECTED), Child("recommendations", RECOMMENDATION)),
)

PART = Shape(
    kind="part",
    model=DebriefPart,
    parent="debrief",
    parent_kind="debrief",
    identity=("kind", "title", "debrief"),
    fields=(
        column(DebriefPart, ">position", is_required=False),
        *columns(DebriefPart, "kind", "title", "text", "left_out>is_left_out"),
    ),
)

COMMITMENT = Shape(
    kind="commitment",
    model=DebriefCommitment,
    parent="debrief",
    parent_kind="debrief",
    short="action_item",
    identity=("action_item", "debrief"),
    fields=(column(DebriefCommitment, "action>action_item"),),
)

DEBRIEF = Shape(
    kind="debrief",
    model=Debrief,
    parent="assessment",
    parent_kind="assessment",
    identity=("assessment",),
    named_by=("assessment",),
    fields=(
        column(Debrief, "state", default=""),
        *columns(Debrief, "planned>planned_on", "sponsor_briefed>sponsor_briefed_on", "held>held_on"),
        *columns(Debrief, "committed>committed_on", "no_commitment>no_commitment_reason"),
    ),
    children=(Child("parts", PART), Child("commitments", COMMITMENT)),
)

ASSESSMENT = Shape(
    kind="assessment",
    model=Assessment,
    fields=(
        *columns(Assessment, "code", "template", "purpose"),
        column(Assessment, "state", default=""),
        *columns(Assessment, "facilitator", "opened>opened_at", "closes>closes_on", "consensus_opened>consensus_at"),
        *columns(Assessment, "date>completed_on", "with_names>is_named", "in_words>is_in_words"),
        *columns(Assessment, "target", "target_next"),
    ),
    children=(
        Child("assessors", ASSESSOR),
        Child("section_points", POINTS, keyed="section"),
        Child("consensus", CONSENSUS, keyed="criterion"),
        Child("strengths", FINDING, fixed={"kind": FindingKind.STRENGTH.value}),
        Child("findings", FINDING, fixed={"kind": FindingKind.GAP.value}),
        Child("debrief", DEBRIEF, is_one=True),
    ),
)

SHAPES = (
    ASSESSMENT, ASSESSOR, ASKED, POINTS, CONSENSUS, FINDING, AFFECTED, RECOMMENDATION, DEBRIEF, PART, COMMITMENT,
)  # fmt: skip


def assessment_of(row: Row) -> str:
    """Return the code of the assessment that a row stands in."""
    around = row.values[row.shape.parent]
    return str(around[0] if isinstance(around, tuple) else around)
