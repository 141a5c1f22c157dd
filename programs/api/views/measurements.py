"""Readings: read, recorded and corrected; never changed, never deleted."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from core import clock
from core.api.pagination import Row
from core.api.views import ItemEndpoint, ListEndpoint, ResourceEndpoint
from programs import models, queries, services
from programs.api import filters, inputs, rows
from programs.api.serializers import programs as serializers
from programs.services import Reading


class Measurements(ResourceEndpoint):
    access_rule = "member"
    model = models.Measurement
    ref_example = "1"
    serializer_class: Any = serializers.Measurement

    def rows(self) -> QuerySet[Any, Row]:
        return queries.measurement_rows(self.reader)

    def subjects(self) -> QuerySet[models.Measurement]:
        readings = models.Measurement.objects.filter(measure__program__memberships__person_id=self.reader.pk)
        return readings.select_related("measure__program")

    def row(self, values: Row) -> Row:
        return rows.measurement(values)


class MeasurementList(Measurements, ListEndpoint):
    """The readings of the reader's programs, corrected ones too."""

    filterset_class = filters.MeasurementFilter
    orderings = ("id", "measured_on")

    @extend_schema(request=inputs.ReadingRequest, responses={201: serializers.Measurement})
    def post(self, request: Request) -> HttpResponse:
        """Record a reading; it is final."""
        data = self.read(inputs.ReadingRequest)
        measures = models.Measure.objects.visible_to(self.reader).select_related("program")
        measure = queries.one_of(measures, data.pop("measure"), field="measure")
        made = services.record_measurement(measure=measure, reading=Reading(**data), by=self.reader, at=clock.now())
        return self.created(made.pk)


class MeasurementItem(Measurements, ItemEndpoint):
    """One reading."""

    @extend_schema(request=inputs.ReadingChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Refuse: a reading is final. Correct it instead."""
        with self.changing(inputs.ReadingChange) as (measurement, _row, _data):
            services.edit_measurement(measurement=measurement, by=self.reader)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, ref: str) -> HttpResponse:
        """Refuse: a reading is final. Correct it instead."""
        with self.removing() as measurement:
            services.edit_measurement(measurement=measurement, by=self.reader)


class MeasurementCorrect(Measurements, ItemEndpoint):
    """A reading that takes the place of another."""

    http_method_names = ("post",)

    @extend_schema(request=inputs.Correction, responses={201: serializers.Measurement})
    def post(self, request: Request, ref: str) -> HttpResponse:
        """Correct a reading: a new one takes its place, and both stay on record. Answers the new one."""
        data = self.read(inputs.Correction)
        made = services.correct_measurement(
            measurement=self.subject(), reading=Reading(**data), by=self.reader, at=clock.now()
        )
        return self.created(made.pk)
