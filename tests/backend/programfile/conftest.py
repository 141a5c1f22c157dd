"""The sample program, and loading in one word."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.programfile import services
from backend.programfile.format.result import LoadResult
from core.accounts.models import User

SAMPLE = Path(__file__).resolve().parents[3] / "programs" / "data" / "one-customer.yaml"
AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)

Load = Callable[..., LoadResult]


@pytest.fixture
def sample() -> str:
    """The text of the sample program."""
    return SAMPLE.read_text(encoding="utf-8")


@pytest.fixture
def load(db: None) -> Load:
    """Load a text; by the operator on the sample's day unless told otherwise."""

    def load_text(
        text: str,
        *,
        as_of: dt.date | None = None,
        by: User | None = None,
        at: dt.datetime = AT,
        is_dry_run: bool = False,
    ) -> LoadResult:
        return services.load_program_file(
            text=text, source_name="test.yaml", as_of=as_of, by=by, at=at, is_dry_run=is_dry_run
        )

    return load_text
