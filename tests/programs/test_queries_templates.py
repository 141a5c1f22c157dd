"""The templates that the product brings: complete, in order, and each discipline in every phase."""

import pytest

from programs import queries
from programs.queries.templates import Template, built_in


@pytest.fixture(params=built_in(), ids=lambda one: one.ref)
def template(request: pytest.FixtureRequest) -> Template:
    """Each template of the product."""
    found: Template = request.param
    return found


def test_the_crm_template_has_its_five_phases(db: None) -> None:
    found = queries.template("crm")
    assert found is not None
    assert found.phases == ["Mobilise", "Foundation", "Pilot", "Roll-out", "Embed"]
    assert found.is_built_in
    assert (found.milestone_count, found.outcome_count, found.days) == (29, 0, 823)


def test_both_disciplines_stand_in_every_phase(template: Template) -> None:
    disciplines = {one["ref"]: one["discipline"] for one in template.body["workstreams"]}
    for phase in template.body["phases"]:
        assert {disciplines[one["workstream"]] for one in phase["milestones"]} == {"project", "change"}, phase["name"]


def test_every_day_is_a_working_day_within_its_phase(template: Template) -> None:
    for phase in template.body["phases"]:
        days = [one["day"] for one in phase["milestones"]]
        assert all(phase["start"] <= day <= phase["end"] for day in days), phase["name"]
        assert all(day % 7 < 5 for day in [*days, phase["start"], phase["end"], phase["gate"]]), phase["name"]


def test_what_is_waited_for_comes_before(template: Template) -> None:
    milestones = {one["ref"]: one for phase in template.body["phases"] for one in phase["milestones"]}
    for one in milestones.values():
        for link in one.get("after", ()):
            assert milestones[link["ref"]]["day"] < one["day"], one["name"]


def test_what_goes_live_is_prepared_by_the_change(template: Template) -> None:
    for phase in template.body["phases"]:
        live = [one["day"] for one in phase["milestones"] if one.get("goes_live")]
        change = [one["day"] for one in phase["milestones"] if one["workstream"] == "change"]
        assert not live or min(change) < min(live), phase["name"]
