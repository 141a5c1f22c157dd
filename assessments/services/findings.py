"""What an assessment found: strengths, and gaps with their cause and what else they touch."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from assessments import access, exceptions
from assessments.choices import FindingKind
from assessments.models import Assessment, Criterion, Finding
from assessments.services import trail
from core.accounts.models import User
from programs.services.guards import require_current, require_words

PREFIX = "F"
# How many other criteria a finding can touch.
MOST_CRITERIA = 100


@dataclass(frozen=True, kw_only=True)
class FindingDetails:
    """What is said of a finding; `affects` are the other criteria that it touches."""

    kind: str
    text: str
    criterion: Criterion | None = None
    root_cause: str = ""
    is_systemic: bool = False
    affects: Collection[Criterion] = ()


@transaction.atomic
def add_finding(*, assessment: Assessment, details: FindingDetails, by: User, at: dt.datetime) -> Finding:
    """Write down what was found, from the consensus on.

    Raises:
        core.exceptions.NotFound: to a stranger; NotAllowed: to others than the facilitator and managers.
        NothingFoundYet: before the consensus.
        CriterionElsewhere: when a criterion is of another template; StrengthHasNoCause: when a strength has one.
    """
    assessment, member = trail.locked_assessment(assessment, by)
    access.require_facilitate(member, assessment)
    _require_open(assessment)
    values = _checked(assessment, details)
    code = trail.next_code(list(assessment.findings.values_list("code", flat=True)), PREFIX)
    finding = Finding.objects.create(assessment=assessment, code=code, created_at=at, updated_at=at, **values)
    finding.affects.set(_others(details))
    trail.record(finding, "add", by=by, at=at)
    return finding


@transaction.atomic
def edit_finding(
    *, finding: Finding, details: FindingDetails, by: User, at: dt.datetime, expected_version: int | None = None
) -> Finding:
    """Word a finding anew.

    Raises:
        core.exceptions.Stale: when it is no longer at the expected version; and as for a new one.
    """
    finding, member = trail.locked(finding, by)
    access.require_facilitate(member, finding.assessment)
    require_current(finding, expected_version)
    _require_open(finding.assessment)
    values = _checked(finding.assessment, details)
    before = _codes(finding.affects.all())
    finding.affects.set(_others(details))
    return trail.write(
        finding, "edit", by=by, at=at, also={"affects": [before, _codes(_others(details))]}, **values
    )  # fmt: skip


@transaction.atomic
def delete_finding(*, finding: Finding, by: User, at: dt.datetime, expected_version: int | None = None) -> None:
    """Take back a finding that nothing was recommended for.

    Raises:
        FindingInUse: when something was; core.exceptions.Stale: when it is no longer at the expected version.
    """
    finding, member = trail.locked(finding, by)
    access.require_facilitate(member, finding.assessment)
    require_current(finding, expected_version)
    if finding.recommendations.exists():
        raise exceptions.FindingInUse
    trail.record(finding, "delete", by=by, at=at, changes={"text": [finding.text, None]})
    finding.delete()


def _require_open(assessment: Assessment) -> None:
    if not access.may_see_spread(assessment):
        raise exceptions.NothingFoundYet


def _checked(assessment: Assessment, details: FindingDetails) -> dict[str, Any]:
    """Return the fields of a finding, or refuse what does not go together."""
    kind, cause = FindingKind(details.kind), details.root_cause.strip()
    if kind == FindingKind.STRENGTH and (cause or details.is_systemic):
        field = "root_cause" if cause else "is_systemic"
        raise exceptions.StrengthHasNoCause(fields={field: [exceptions.StrengthHasNoCause.sentence]})
    named = {"criterion": [details.criterion] if details.criterion else [], "affects": details.affects}
    for field, criteria in named.items():
        if any(each.template_id != assessment.template_id for each in criteria):
            raise exceptions.CriterionElsewhere(fields={field: [exceptions.CriterionElsewhere.sentence]})
    return {
        "kind": kind.value,
        "criterion": details.criterion,
        "text": require_words(details.text, field="text"),
        "root_cause": cause,
        "is_systemic": details.is_systemic,
    }


def _others(details: FindingDetails) -> list[Criterion]:
    """Return the criteria that a finding touches besides its own."""
    return [each for each in details.affects if each != details.criterion]


def _codes(criteria: Any) -> list[str]:
    return sorted(each.code for each in criteria)
