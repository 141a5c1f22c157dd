"""What every list and every item of the API has in common: pages, ETags, and that what was read can be sent back."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from backend.programfile import services as programfile
from core.accounts.models import User
from programs import services as programs
from programs.models import Program
from tests.support.api import Api, ApiOf

SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
AT = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
# A reading, and a step that was decided on, are final: their PATCH says so, whatever it holds.
FINAL = {"measurements": "reading_is_final", "recommendations": "recommendation_decided"}
# Whole on one page, or bounded by the questions of a template.
UNPAGED = {"program-templates"}
# One answer about the reader, bounded by itself: no list of rows.
DOCUMENTS = {"people/me/asks"}


@pytest.fixture
def api(db: None, api_of: ApiOf) -> Api:
    """The client of the sample's manager, in whose program there is something of everything."""
    text = SAMPLE.read_text(encoding="utf-8")
    programfile.load_program_file(text=text, source_name=SAMPLE.name, as_of=None, by=None, at=AT)
    joan = User.objects.get(email="joan.ellery@harbourvale.example")
    programs.save_template(program=Program.objects.get(key="ONE"), name="Ours", by=joan, at=AT)
    return api_of(joan)


def _lists(api: Api) -> dict[str, dict[str, Any]]:
    """Return the operations of every list that the document describes, by the name of its resource."""
    paths = api.get("/api/schema/").json()["paths"]
    plain = {path.removeprefix("/api/v1/").strip("/"): found for path, found in paths.items() if "{" not in path}
    return {name: found for name, found in plain.items() if name and name not in DOCUMENTS and "get" in found}


def test_every_list_has_pages_and_an_etag(api: Api) -> None:
    wrong: dict[str, str] = {}
    for name in _lists(api):
        answer = api.get(f"{name}/")
        page = answer.json()
        if list(page) != ["results", "next", "previous"]:
            wrong[name] = f"answers {list(page)}"
        elif api.get(f"{name}/", If_None_Match=answer["ETag"]).status_code != 304:
            wrong[name] = "is sent again although it is known"
        elif name not in UNPAGED and not _is_cut(api, name, len(page["results"])):
            wrong[name] = "is not cut into pages"
    assert wrong == {}


def _is_cut(api: Api, name: str, count: int) -> bool:
    too_many, first = api.get(f"{name}/?limit=201"), api.get(f"{name}/?limit=1").json()
    is_bounded = too_many.status_code == 400 and len(first["results"]) == min(count, 1)
    return is_bounded and (first["next"] is not None) == (count > 1)


def test_what_was_read_of_anything_can_be_sent_back(api: Api) -> None:
    paths = api.get("/api/schema/").json()["paths"]
    wrong: dict[str, Any] = {}
    tried = 0
    for name in _lists(api):
        if "patch" not in paths.get(f"/api/v1/{name}/{{ref}}/", {}):
            continue
        for row in api.get(f"{name}/").json()["results"]:
            place = f"{name}/{row['id']}/"
            read = api.get(place)
            answer = api.patch(place, read.json(), If_Match=read["ETag"])
            tried += 1
            if answer.status_code != 200 and answer.json()["code"] != FINAL.get(name):
                wrong[place] = answer.json()["detail"]
    assert tried >= 80
    assert wrong == {}
