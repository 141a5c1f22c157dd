"""What all agree on, beside how the answers are spread; nothing of it before consensus opens."""

from dataclasses import replace
from functools import cached_property

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from assessments import exceptions, models, queries, services
from assessments.api.serializers import consensus
from assessments.api.views.judgements import Judgements, judgement_of
from assessments.choices import SPREAD_STATES
from assessments.queries import Point
from core import clock
from core.api.pagination import Row
from core.exceptions import NotFound


class Agreement(Judgements):
    """What the addresses of a consensus share."""

    access_rule = "member"

    @cached_property
    def assessment(self) -> models.Assessment:
        """The assessment that the path names, of a program of the reader's."""
        return queries.assessment_for(self.reader, str(self.kwargs["ref"]))

    def values_of_one(self, point: Point) -> Row:
        """Return a criterion with its spread and consensus, and the version of this."""
        return {**consensus.point(point, self.assessment), "version": point.version}


class ConsensusList(Agreement):
    """The criteria of an assessment, the widest spread first, with what was agreed; none before consensus opens."""

    http_method_names = ("get", "head")
    serializer_class = consensus.ConsensusList

    def get(self, request: Request, ref: str) -> HttpResponse:
        """Show where the answers are apart, and what was agreed."""
        points = queries.points_to_agree(self.assessment)
        return self.show_document({"results": self.listed([self.values_of_one(each) for each in points])})


class ConsensusItem(Agreement):
    """One criterion, with its spread and what was agreed."""

    http_method_names = ("get", "head", "put")
    serializer_class = consensus.Consensus

    def point(self) -> Point:
        """Return the criterion that the path names."""
        code = str(self.kwargs["criterion"])
        found = next((each for each in queries.points_to_agree(self.assessment) if each.criterion.code == code), None)
        if found is None:
            raise NotFound
        return found

    def get(self, request: Request, ref: str, criterion: str) -> HttpResponse:
        """Show one criterion."""
        return self.show(self.values_of_one(self.point()))

    @extend_schema(request=consensus.ConsensusChange)
    def put(self, request: Request, ref: str, criterion: str) -> HttpResponse:
        """Say what all agree on for a criterion; of two who do at once, one is told so."""
        if self.assessment.state not in SPREAD_STATES:
            raise exceptions.ConsensusClosed
        point = self.point()
        values = self.values_of_one(point)
        _row, data = self.read_change(consensus.ConsensusChange, values)
        agreed = services.set_consensus(
            assessment=self.assessment,
            criterion=point.criterion,
            judgement=judgement_of(data),
            by=self.reader,
            at=clock.now(),
            expected_version=values["version"],
        )
        return self.show(self.values_of_one(replace(point, agreed=agreed)))
