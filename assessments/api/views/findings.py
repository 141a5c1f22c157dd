"""Findings and recommendations: read, written, worded anew, taken back; recommendations decided on."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from assessments import access, exceptions, models, queries, services
from assessments.api import filters
from assessments.api.serializers import findings, recommendations
from assessments.choices import RECOMMENDATION_MOVES
from assessments.queries.pages import assessment_for
from assessments.services import FindingDetails, RecommendationDetails
from core import clock
from core.api.inputs import Reason
from core.api.pagination import Row
from core.api.serializers import StrictSerializer
from core.api.views import ItemEndpoint, ListEndpoint, MoveEndpoint, ResourceEndpoint
from programs import access as program_access
from workstreams.exceptions import NotInThisProgram
from workstreams.queries import find_places

_IN_ASSESSMENT = ("assessment__program__key", "assessment__code", "code")
_PLACES = ("performer", "workstream", "phase", "outcome")


class Findings(ResourceEndpoint):
    access_rule = "member"
    model = models.Finding
    ref_example = "ONE-T2-F1"
    serializer_class: Any = findings.Finding
    code_fields = _IN_ASSESSMENT

    def rows(self) -> QuerySet[Any, Row]:
        return findings.Finding.select(queries.readable_findings(self.reader))

    def row(self, values: Row) -> Row:
        return self._with_affected([values])[0]

    def _with_affected(self, found: Sequence[Row]) -> list[Row]:
        touched = queries.affected([values["id"] for values in found])
        return [
            findings.Finding.row(values, affects=[each["code"] for each in touched[values["id"]]]) for values in found
        ]


class FindingList(Findings, ListEndpoint):
    """The findings of the reader's programs, once their assessments are completed."""

    filterset_class = filters.FindingFilter
    orderings = ("id", "created_at", "updated_at")

    def dress(self, rows: Sequence[Row]) -> list[Row]:
        return self._with_affected(rows)

    @extend_schema(request=findings.FindingRequest, responses={201: findings.Finding})
    def post(self, request: Request) -> HttpResponse:
        """Write down what was found."""
        data = self.read(findings.FindingRequest)
        assessment = assessment_for(self.reader, data.pop("assessment"))
        details = FindingDetails(**_with_criteria(assessment, data))
        made = services.add_finding(assessment=assessment, details=details, by=self.reader, at=clock.now())
        return self.created(made.pk)


class FindingItem(Findings, ItemEndpoint):
    """One finding."""

    @extend_schema(request=findings.FindingChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Word it anew."""
        with self.changing(findings.FindingChange) as (finding, row, data):
            names = ("kind", "text", "criterion", "root_cause", "is_systemic", "affects")
            said = {name: row[name] for name in names} | data
            details = FindingDetails(**_with_criteria(finding.assessment, said))
            services.edit_finding(finding=finding, details=details, by=self.reader, at=clock.now())
        return self.changed(finding.pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, ref: str) -> HttpResponse:
        """Take back a finding that nothing was recommended for."""
        with self.removing() as finding:
            services.delete_finding(finding=finding, by=self.reader, at=clock.now())
        return HttpResponse(status=204)


def _with_criteria(assessment: models.Assessment, data: dict[str, Any]) -> dict[str, Any]:
    """Return what was said with the criteria in the place of their codes.

    Raises:
        CriterionElsewhere: naming the field whose code the template does not have.
    """
    wanted = {name: _codes(data.get(name)) for name in ("criterion", "affects")}
    codes_wanted = {code for codes in wanted.values() for code in codes}
    found = {row.code: row for row in queries.choosable_criteria(assessment).filter(code__in=codes_wanted)}
    if missing := [name for name, codes in wanted.items() if not found.keys() >= set(codes)]:
        raise exceptions.CriterionElsewhere(fields={name: [exceptions.CriterionElsewhere.sentence] for name in missing})
    single = [found[code] for code in wanted["criterion"]]
    return {
        **data,
        "criterion": single[0] if single else None,
        "affects": [found[code] for code in dict.fromkeys(wanted["affects"])],
    }


def _codes(said: Any) -> list[str]:
    return [] if said is None else [said] if isinstance(said, str) else list(said)


class Recommendations(ResourceEndpoint):
    access_rule = "member"
    model = models.Recommendation
    ref_example = "ONE-T2-N1"
    serializer_class: Any = recommendations.RecommendationDetail
    code_fields = _IN_ASSESSMENT

    def rows(self) -> QuerySet[Any, Row]:
        return recommendations.Recommendation.select(queries.readable_recommendations(self.reader))

    def whole(self, values: Row) -> Row:
        member = program_access.membership(self.reader, values["assessment__program_id"])
        may_decide = access.may_decide_urgency(member, values["urgency"])
        moves = RECOMMENDATION_MOVES.legal(values["state"]) if may_decide else []
        return recommendations.RecommendationDetail.row(values, legal_moves=moves)


class RecommendationList(Recommendations, ListEndpoint):
    """The recommendations of the reader's programs, once their assessments are completed."""

    serializer_class = recommendations.Recommendation
    filterset_class = filters.RecommendationFilter
    orderings = ("id", "decided_on", "created_at", "updated_at")

    @extend_schema(request=recommendations.RecommendationRequest, responses={201: recommendations.RecommendationDetail})
    def post(self, request: Request) -> HttpResponse:
        """Recommend a step for a finding."""
        data = self.read(recommendations.RecommendationRequest)
        finding = queries.finding_for(self.reader, data.pop("finding"))
        details = RecommendationDetails(**data)
        made = services.add_recommendation(finding=finding, details=details, by=self.reader, at=clock.now())
        return self.created(made.pk)


class RecommendationItem(Recommendations, ItemEndpoint):
    """One recommendation, with the moves that the reader can make."""

    @extend_schema(request=recommendations.RecommendationChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Word it anew while nobody decided on it."""
        with self.changing(recommendations.RecommendationChange) as (found, row, data):
            said = {name: row[name] for name in ("text", "rationale", "urgency")} | data
            services.edit_recommendation(
                recommendation=found, details=RecommendationDetails(**said), by=self.reader, at=clock.now()
            )
        return self.changed(found.pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, ref: str) -> HttpResponse:
        """Take back a step that nobody decided on."""
        with self.removing() as found:
            services.delete_recommendation(recommendation=found, by=self.reader, at=clock.now())
        return HttpResponse(status=204)


class RecommendationMove(Recommendations, MoveEndpoint):
    """A move of a recommendation."""

    input_class: ClassVar[type[StrictSerializer]] = Reason
    service: ClassVar[Callable[..., models.Recommendation]]

    def move(self, subject: models.Recommendation, data: dict[str, Any]) -> None:
        type(self).service(recommendation=subject, **data, by=self.reader, at=clock.now())


class RecommendationAccept(RecommendationMove):
    """Accept a step: it becomes an action item, asked of its performer."""

    input_class = recommendations.Accept
    service = services.accept_recommendation

    def move(self, subject: models.Recommendation, data: dict[str, Any]) -> None:
        member = program_access.membership(self.reader, subject.assessment.program_id)
        access.require_decide(member, subject)
        RECOMMENDATION_MOVES.target(subject.state, "accept")
        program_id = subject.assessment.program_id
        super().move(subject, {**data, **placed(self.reader, program_id, data)})


class RecommendationReject(RecommendationMove):
    """Turn a step down, and say why."""

    service = services.reject_recommendation


class RecommendationReopen(RecommendationMove):
    """Let a rejected step, or one whose action item was given up, be decided on again."""

    service = services.reopen_recommendation


def placed(reader: Any, program_id: int, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the people and places of a program that a body names.

    Raises:
        NotInThisProgram: naming every field that points to nothing there.
    """
    named = {name: data[name] for name in _PLACES if data.get(name) is not None}
    found = find_places(reader, program_id, named)
    if missing := [name for name in named if name not in found]:
        raise NotInThisProgram(fields={name: [NotInThisProgram.sentence] for name in missing})
    return {name: found[name] for name in named}
