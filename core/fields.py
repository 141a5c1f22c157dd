"""Columns that several apps have: a day, whose bounds the database holds with the column itself."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from core.exceptions import DayOutOfRange

# What a program may tell of. Both are in migrations that have landed: other bounds are another field.
FIRST_DAY, LAST_DAY = dt.date(1990, 1, 1), dt.date(2199, 12, 31)


def is_in_range(day: dt.date) -> bool:
    """Tell whether a day is one that may be kept."""
    return FIRST_DAY <= day <= LAST_DAY


def validate_day(day: dt.date) -> None:
    """Refuse a day that no column takes."""
    if not is_in_range(day):
        raise ValidationError(DayOutOfRange.sentence, code=DayOutOfRange.code)


if TYPE_CHECKING:
    # To the checker it is Django's, whose types of what is set and read a subclass would lose.
    DayField = models.DateField
else:

    class DayField(models.DateField):
        """A day that somebody could mean; a typing error such as the year 0206 is none."""

        default_validators = (validate_day,)

        def db_check(self, connection: BaseDatabaseWrapper) -> str:
            """Return the bounds as the column's CHECK, which Django makes with it, on both databases."""
            return f"{connection.ops.quote_name(self.column)} BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}'"
