"""What one program's rows may not do: stop what is reckoned of the others.

A constraint keeps days that nothing can be reckoned from out of the tables; a row that came in all the same, by hand or
from before the constraint, costs its own program alone.
"""

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

from django.apps import apps
from django.db import DataError
from django.db.models import DateField, Model

from core.fields import FIRST_DAY, LAST_DAY

Key = TypeVar("Key")
Value = TypeVar("Value")
# A day beyond the calendar, reckoned here or read from the database; and what a graph of days says of a ring.
FAULTS = (OverflowError, ValueError, DataError)

logger = logging.getLogger(__name__)


def each_apart(keys: Collection[Key], reckon: Callable[[Collection[Key]], Mapping[Key, Value]]) -> dict[Key, Value]:
    """Return what is reckoned of all keys together; where one stops it, of each alone, without those that stop it.

    Those are told to whoever runs the installation, in the log.
    """
    try:
        return dict(reckon(keys))
    except FAULTS:
        found: dict[Key, Value] = {}
        for key in keys:
            try:
                found.update(reckon([key]))
            except FAULTS:
                logger.exception("Program %s cannot be reckoned.", key)
        return found


def columns_of_days() -> Iterator[tuple[type[Model], str]]:
    """Yield every column of the product that holds a day, as its model and its name."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, DateField) and field.get_internal_type() == "DateField" and not field.generated:
                yield model, field.name


def days_out_of_range() -> list[str]:
    """Return where a day stands that no column takes: "workstreams.Milestone 12: due_on"; a query for each table."""
    found = []
    for model, name in columns_of_days():
        rows = model._default_manager.exclude(**{f"{name}__isnull": True}).exclude(
            **{f"{name}__range": (FIRST_DAY, LAST_DAY)}
        )
        found += [f"{model._meta.label} {pk}: {name}" for pk in rows.order_by("pk").values_list("pk", flat=True)[:10]]
    return found
