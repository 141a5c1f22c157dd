"""A day lies between 1990 and 2199: columns, forms, the API and the program file refuse any other."""

import datetime as dt
import itertools

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from rest_framework import serializers

from backend.programfile.format.values import WrongValue, read_date
from core.api.serializers import StrictSerializer
from core.exceptions import DayOutOfRange
from core.fields import FIRST_DAY, LAST_DAY, DayField, validate_day
from core.forms import DayField as DayFormField
from core.forms import StyleguideForm
from programs.models import Holiday, Program

DAY = dt.timedelta(days=1)
OUTSIDE = [FIRST_DAY - DAY, LAST_DAY + DAY, dt.date(206, 1, 1)]
WORDS = "Enter a day between 1 January 1990 and 31 December 2199."
each_outside = pytest.mark.parametrize("day", OUTSIDE, ids=str)


class Body(StrictSerializer):
    """A body with days."""

    on = serializers.DateField(required=False)
    days = serializers.ListField(child=serializers.DateField(), required=False)


def test_every_column_for_a_day_has_the_bounds() -> None:
    columns = itertools.chain.from_iterable(
        model._meta.local_fields for model in apps.get_models() if model.__module__.partition(".")[0] != "tests"
    )
    unbounded = [
        str(field)
        for field in columns
        if field.get_internal_type() == "DateField" and not field.generated and type(field) is not DayField
    ]
    assert unbounded == []


@each_outside
@pytest.mark.django_db
def test_the_database_refuses_it(day: dt.date, program: Program) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Holiday.objects.create(program=program, on=day)
    with pytest.raises(ValidationError, match=WORDS):
        Holiday(program=program, on=day).full_clean()


@pytest.mark.django_db
def test_the_first_and_the_last_day_are_kept(program: Program) -> None:
    Holiday.objects.bulk_create(Holiday(program=program, on=day) for day in (FIRST_DAY, LAST_DAY))
    assert set(Holiday.objects.values_list("on", flat=True)) == {FIRST_DAY, LAST_DAY}


@pytest.mark.django_db
def test_the_bounds_stand_with_the_column() -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Holiday._meta.db_table)
    assert any(each["check"] and each["columns"] == ["on"] for each in found.values())


@each_outside
def test_pages_refuse_it(day: dt.date) -> None:
    form = StyleguideForm({"day": day.isoformat()})
    assert form.errors["day"] == [WORDS]


@each_outside
def test_the_api_refuses_it(day: dt.date) -> None:
    for body, name in (({"on": day.isoformat()}, "on"), ({"days": ["2026-11-30", day.isoformat()]}, "days")):
        with pytest.raises(DayOutOfRange) as refused:
            Body(data=body).is_valid()
        assert (refused.value.fields, refused.value.status) == ({name: [WORDS]}, 409)


@each_outside
def test_the_program_file_refuses_it(day: dt.date) -> None:
    with pytest.raises(WrongValue, match=WORDS):
        read_date(day.isoformat(), dt.timedelta())


def test_the_program_file_refuses_a_day_that_is_moved_too_far() -> None:
    for day, shift in ((FIRST_DAY, -DAY), (LAST_DAY, DAY)):
        with pytest.raises(WrongValue, match="moved out of the calendar"):
            read_date(day.isoformat(), shift)


def test_the_bounds_themselves_pass() -> None:
    for day in (FIRST_DAY, LAST_DAY):
        validate_day(day)
        assert DayFormField().clean(day.isoformat()) == day
        assert Body(data={"on": day.isoformat()}).is_valid()
        assert read_date(day.isoformat(), dt.timedelta()) == day
