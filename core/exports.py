"""Lists as files: CSV and workbooks whose cells no spreadsheet takes for a formula."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from xlsxwriter import Workbook

# The address of a list as a file, beside the list itself.
QUERY = "?format=csv"
# A list beyond this is cut.
MOST_ROWS = 20_000
# What makes a spreadsheet read a cell as a formula, or begin a new one; in East Asian ones the wide forms do, too.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell of a workbook holds no longer text, a name of a sheet neither.
LONGEST_CELL, LONGEST_SHEET_NAME = 32_767, 31

Columns = Sequence[tuple[str, Any]]
Rows = Iterable[Mapping[str, Any]]


def is_asked(request: HttpRequest) -> bool:
    """Tell whether a list is asked for as a file."""
    return request.GET.get("format") == "csv"


def text_of(value: Any) -> str:
    """Return a value as a file says it: nothing for None, days in ISO 8601."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def cell(value: Any) -> str:
    """Return a value as the text of a cell; a text that could be read as a formula begins with an apostrophe."""
    text = text_of(value)
    if isinstance(value, int | Decimal):
        return text
    return f"'{text}" if text.startswith(DANGEROUS) else text


def as_csv(name: str, columns: Columns, rows: Rows) -> HttpResponse:
    """Return rows as a CSV file; `columns` are the names in a row, each with its heading."""
    # The mark at the beginning tells spreadsheets that it is UTF-8.
    response = _file("\ufeff", f"{name}.csv", "text/csv; charset=utf-8")
    writer = csv.writer(response)
    writer.writerow([cell(heading) for _column, heading in columns])
    writer.writerows([cell(row[column]) for column, _heading in columns] for row in rows)
    return response


def as_xlsx(name: str, columns: Columns, rows: Rows) -> HttpResponse:
    """Return rows as a workbook of one sheet: whole numbers as numbers, everything else as text, never a formula."""
    body = io.BytesIO()
    with Workbook(body, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(name[:LONGEST_SHEET_NAME])
        sheet.freeze_panes(1, 0)
        heading_format = book.add_format({"bold": True})
        for place, (_column, heading) in enumerate(columns):
            sheet.write_string(0, place, str(heading), heading_format)
        for number, row in enumerate(rows, start=1):
            for place, (column, _heading) in enumerate(columns):
                _write(sheet, number, place, row[column])
    return _file(body.getvalue(), f"{name}.xlsx", XLSX)


def _write(sheet: Any, row: int, place: int, value: Any) -> None:
    if isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(row, place, value)
    elif text := text_of(value):
        sheet.write_string(row, place, text[:LONGEST_CELL])


def _file(content: str | bytes, name: str, media_type: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
