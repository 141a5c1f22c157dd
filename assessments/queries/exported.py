"""What was agreed on and answered, as rows of a file: one's own answers, others' only where names were agreed on."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.choices import SPREAD_STATES, Documents, Flag
from assessments.models import Answer, Assessment, Consensus
from assessments.queries.criteria import JUDGEMENT, criteria_of
from core.accounts.models import User
from programs.queries import name_of

Row = dict[str, Any]
COLUMNS = (
    ("who", gettext_lazy("Who")),
    ("code", gettext_lazy("Criterion")),
    ("statement", gettext_lazy("Statement")),
    ("points", gettext_lazy("Points")),
    ("percent", gettext_lazy("Percent")),
    ("flag", gettext_lazy("Warning sign")),
    ("not_applicable_reason", gettext_lazy("Does not apply because")),
    ("has_owner", gettext_lazy("Somebody is responsible")),
    ("owner_name", gettext_lazy("Who is responsible")),
    ("is_consistent", gettext_lazy("Consistent")),
    ("documents", gettext_lazy("Documents")),
    ("links", gettext_lazy("Links")),
    ("note", gettext_lazy("Note")),
)
_CRITERION = ("code", "statement", "points")


def exported_answers(assessment: Assessment, person: User) -> Iterator[Row]:
    """Yield a row for each criterion that was agreed on, then one for each answer that a person may read.

    Three queries. What was agreed on is told from consensus on; others' answers then too, if the assessment was opened
    with names.
    """
    if assessment.state in SPREAD_STATES:
        for each in criteria_of(assessment):
            yield _row(_("Agreed"), {name: getattr(each, name) for name in (*_CRITERION, *JUDGEMENT)})
    named = {"code": F("criterion__code"), "statement": F("criterion__statement"), "points": F("criterion__points")}
    rows = (
        _readable(assessment, person)
        .order_by("assessor_id", "criterion__position")
        .values(*JUDGEMENT, **named, who=name_of("assessor__person"))
    )
    for row in rows:
        yield _row(row["who"], row)


def has_answers(assessment: Assessment, person: User) -> bool:
    """Tell whether the file holds anything for a person, in two queries at most."""
    is_agreed = assessment.state in SPREAD_STATES and Consensus.objects.filter(assessment=assessment).exists()
    return is_agreed or _readable(assessment, person).exists()


def _readable(assessment: Assessment, person: User) -> QuerySet[Answer]:
    """Return the answers that a person may read: one's own, and all from consensus on where it carries names."""
    answers = Answer.objects.filter(assessor__assessment=assessment)
    if assessment.state in SPREAD_STATES and assessment.is_named:
        return answers
    return answers.filter(assessor__person=person)


def _row(who: str, said: Row) -> Row:
    return {
        **{name: said[name] for name in (*_CRITERION, "percent", "not_applicable_reason", "owner_name", "note")},
        "who": who,
        "flag": str(Flag(said["flag"]).label) if said["flag"] else "",
        "has_owner": _yes_or_no(said["has_owner"]),
        "is_consistent": _yes_or_no(said["is_consistent"]),
        "documents": str(Documents(said["documents"]).label) if said["documents"] else "",
        "links": " ".join(said["links"]),
    }


def _yes_or_no(said: bool | None) -> str:
    if said is None:
        return ""
    return _("yes") if said else _("no")
