"""Writing a program as a file: nothing lost, always the same, and read back as it was."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from backend.programfile import queries
from backend.programfile.format import assessments, files
from backend.programfile.format.writer import number, write
from core import exceptions
from core.documents.problems import Problems
from programs.models import Membership, Program
from tests.backend.programfile.conftest import AT, Load
from workstreams.models import ActionItem, Milestone

FULL = (Path(__file__).parent / "data" / "everything.yaml").read_text(encoding="utf-8")


def test_export_and_load_lose_nothing(load: Load) -> None:
    load(FULL)
    exported = queries.export_program("ALL", at=AT)
    assert not load(exported).has_changes
    assert not load(FULL).has_changes
    assert queries.export_program("ALL", at=AT) == exported
    load(exported.replace("key: ALL", "key: TWO"))
    assert queries.export_program("TWO", at=AT) == exported.replace("key: ALL", "key: TWO")
    problems = Problems()
    given_file, got = files.read_file(FULL, None, problems), files.read_file(exported, None, problems)
    assert given_file is not None
    assert got is not None
    assert not problems
    for kind, rows in given_file.document.rows.items():
        assert [row.values for row in got.document.of(kind)] == [row.values for row in rows] or kind == "reading", kind


def test_the_sample_comes_back_and_says_what_it_said(load: Load, sample: str) -> None:
    load(sample)
    exported = queries.export_program("ONE", at=AT)
    assert exported.startswith("format: crm-program/1\nstatus_date: 2026-11-20\nprogram:\n  key: ONE\n")
    assert "baseline: 88.4\n" in exported
    problems = Problems()
    original, back = files.read_file(sample, None, problems), files.read_file(exported, None, problems)
    assert original is not None
    assert back is not None
    assert not problems
    of_assessments = {shape.kind for shape in assessments.SHAPES}
    for kind, rows in original.document.rows.items():
        assert kind in of_assessments or [row.values for row in back.document.of(kind)] == [row.values for row in rows]


def test_what_happened_in_the_product_is_exported(load: Load, sample: str) -> None:
    load(sample)
    ActionItem.objects.filter(code="A5").update(state="kept", done_on=dt.date(2026, 11, 20))
    Milestone.objects.filter(code="C5").update(state="cancelled")
    Membership.objects.filter(person__email__startswith="luis").delete()
    exported = queries.export_program("ONE", at=AT)
    assert not load(exported).has_changes
    assert "state: cancelled" in exported


def test_there_is_no_file_of_no_program(db: None) -> None:
    with pytest.raises(exceptions.NotFound):
        queries.export_program("NONE", at=AT)


def test_an_export_takes_a_fixed_number_of_queries(load: Load, sample: str) -> None:
    load(sample)
    with CaptureQueriesContext(connection) as captured:
        queries.export_program("ONE", at=AT)
    assert len(captured) <= 38


@pytest.mark.parametrize(
    ("value", "text"), [("88.4000", "88.4"), ("6400000.00", "6400000"), ("0.0000", "0"), ("-0.5000", "-0.5")]
)
def test_numbers_are_written_as_people_write_them(value: str, text: str) -> None:
    assert number(Decimal(value)) == text


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)


@settings(max_examples=300)
@given(vision=words, names=st.lists(words.filter(str.strip), max_size=3), value=st.decimals(-(10**9), 10**9, places=4))
def test_every_text_and_number_comes_back(vision: str, names: list[str], value: Decimal) -> None:
    problems = Problems()
    file = files.read_file(
        "format: crm-program/1\nstatus_date: 2026-11-20\nprogram: {key: ONE, name: X}\n", None, problems
    )
    assert file is not None
    document = file.document
    document.program.values |= {"vision": vision, "case_for_change": "\n".join(names), "budget": round(value, 2)}
    back = files.read_file(write(document, status_date=dt.date(2026, 11, 20)), None, problems)
    assert back is not None
    assert not problems
    values: dict[str, Any] = back.document.program.values
    assert values["vision"] == vision
    assert values["case_for_change"] == "\n".join(names)
    assert values["budget"] == round(value, 2)


def test_the_program_is_named_by_its_key(load: Load, sample: str) -> None:
    load(sample)
    load(sample.replace("key: ONE", "key: TWO"))
    assert set(Program.objects.values_list("key", flat=True)) == {"ONE", "TWO"}


@settings(max_examples=100)
@given(vision=words)
def test_another_reader_of_yaml_reads_the_same(vision: str) -> None:
    file = files.read_file("format: crm-program/1\nstatus_date: 2026-11-20\nprogram: {}\n", None, Problems())
    assert file is not None
    file.document.program.values |= {"key": "ONE", "name": "NO", "vision": vision}
    text = write(file.document, status_date=dt.date(2026, 11, 20))
    read = YAML(typ="safe", pure=True).load(text)["program"]
    assert (read["name"], read.get("vision", "")) == ("NO", vision)
