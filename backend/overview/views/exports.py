"""Lists as files: CSV whose cells no spreadsheet takes for a formula."""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse

# The address of a list as a file, beside the list itself.
QUERY = "?format=csv"
# What makes a spreadsheet read a cell as a formula, or begin a new one.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def is_asked(request: HttpRequest) -> bool:
    """Tell whether a list is asked for as a file."""
    return request.GET.get("format") == "csv"


def cell(value: Any) -> str:
    """Return a value as the text of a cell; a text that could be read as a formula begins with an apostrophe."""
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    if isinstance(value, int | Decimal):
        return text
    return f"'{text}" if text.startswith(DANGEROUS) else text


def as_csv(name: str, columns: Sequence[tuple[str, Any]], rows: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """Return rows as a CSV file; `columns` are the names in a row, each with its heading."""
    # The mark at the beginning tells spreadsheets that it is UTF-8.
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    writer.writerow([cell(heading) for _column, heading in columns])
    writer.writerows([cell(row[column]) for column, _heading in columns] for row in rows)
    return response
