"""Lists as files: what is in a cell, and that no cell is a formula."""

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponse

from core import exports

COLUMNS = (("what", "What"), ("number", "Number"))
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1+1", "＋1", "－1", "＠SUM(A1)"]


def _cells(response: HttpResponse) -> list[list[Any]]:
    """Return the cells of a workbook as their types and values."""
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    return [[(each.data_type, each.value) for each in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_file_is_a_formula(text: str) -> None:
    assert exports.cell(text) == f"'{text}"
    response = exports.as_csv("list", COLUMNS, [{"what": text, "number": -1}])
    _header, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""))
    assert row == [f"'{text}", "-1"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(A1)", "https://example.org/x"])
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(text: str) -> None:
    response = exports.as_xlsx("list", COLUMNS, [{"what": text, "number": 65}])
    assert response.headers["Content-Disposition"] == 'attachment; filename="list.xlsx"'
    assert response.headers["Content-Type"] == exports.XLSX
    assert _cells(response) == [[("s", "What"), ("s", "Number")], [("s", text), ("n", 65)]]


def test_a_workbook_holds_days_unknown_characters_and_texts_of_any_length() -> None:
    rows: list[dict[str, Any]] = [
        {"what": dt.date(2026, 8, 24), "number": None},
        {"what": "客户\x0b", "number": Decimal("1.5")},
        {"what": "x" * 40_000, "number": 0},
    ]
    _header, day, strange, long = _cells(exports.as_xlsx("list", COLUMNS, rows))
    assert [value for _kind, value in day] == ["2026-08-24", None]
    assert strange[0][1].startswith("客户")
    assert strange[1][1] == "1.5"
    assert len(long[0][1]) == exports.LONGEST_CELL
    assert long[1] == ("n", 0)
