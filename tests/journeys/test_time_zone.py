"""Who signs in for the first time gets the time zone of their browser."""

import pytest

from tests.journeys.conftest import Cast, Enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("script", "zone"), [(True, "Asia/Tokyo"), (False, "Europe/London")])
def test_a_browser_tells_its_zone_and_without_script_that_of_the_program_stays(
    script: bool, zone: str, people: Cast, enter: Enter
) -> None:
    joan = people["Joan"]
    enter(joan, script=script, timezone_id="Asia/Tokyo")
    joan.refresh_from_db()
    assert joan.time_zone == zone
