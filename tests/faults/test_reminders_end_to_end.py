"""A real program on real parts: a worker, beat, a broker, a mail server. Every reminder arrives, and each once."""

import json
import re
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from tests.faults.installation import HOLD, Installation, installed, wait_until

PROGRAM = "tests.faults.program"
PUBLIC_URL = "https://tracker.example.org"
# A sweep of beat's, and what the mail may take after it.
SWEEP, SECONDS = 20, 30
# Past the end of every lease.
LATER = {"TRACKER_CLOCK_OFFSET": "125"}


@pytest.fixture
def installation(tmp_path: Path, database_template: None) -> Iterator[Installation]:
    """An installation with a program in it, and with everything running."""
    with installed(tmp_path, engine=PROGRAM) as found:
        found.environment["PUBLIC_URL"] = PUBLIC_URL
        found.start_broker()
        found.start_worker()
        found.start_beat()
        yield found


def mails(installation: Installation, words: str) -> list[Message]:
    """Return the mails that arrived about something."""
    return [mail for mail in installation.sink.mails if words in part(mail, "text/plain")]


def part(mail: Message, kind: str) -> str:
    """Return one of the two forms of a mail."""
    found = next(one for one in mail.walk() if one.get_content_type() == kind)
    return bytes(found.get_payload(decode=True)).decode()


def arrive(installation: Installation, words: str, count: int) -> None:
    """Wait for so many mails about something, no longer than a sweep and 30 seconds; none comes twice."""
    wait_until(lambda: len(mails(installation, words)) >= count, SWEEP + SECONDS, installation)
    installation.run("sweep")
    assert len(mails(installation, words)) == count


def reminders(installation: Installation) -> dict[str, Any]:
    """Return the step and state of every reminder of a milestone, by its code."""
    return dict(json.loads(installation.run("reminders")))


def test_the_life_of_a_reminder(installation: Installation) -> None:
    installation.run("milestone", "S1", "Shared record readable")
    arrive(installation, "Shared record readable", 1)
    looks_right(mails(installation, "Shared record readable")[0])

    installation.run("forecast", "S1", "60")
    installation.run("sweep")
    installation.run("forecast", "S1", "0")
    arrive(installation, "Shared record readable", 2)
    assert [state for _step, state in reminders(installation)["S1"]] == ["superseded", "collected"]

    # The sweeps above have looked at today already: what is made in it now is found all the same.
    installation.run("request", "Brief the branches")
    wait_until(lambda: _is_reminded(installation, "Brief the branches"), SWEEP + SECONDS, installation)

    installation.run("milestone", "S2", "Branches have walked it", "1")
    wait_until(lambda: "S2" in reminders(installation), SWEEP + SECONDS, installation)
    installation.run("achieve", "S2")
    assert [state for step, state in reminders(installation)["S2"] if step == 0] == ["cancelled"]
    installation.run("sweep", TRACKER_CLOCK_OFFSET=str(24 * 3600))
    on_the_day = [mail for mail in mails(installation, "Branches have walked it") if "today" in str(mail["Subject"])]
    assert on_the_day == []


def _is_reminded(installation: Installation, title: str) -> bool:
    told = [part(mail, "text/plain") for mail in mails(installation, title)]
    return any("the rule reminds on the day it is due" in text for text in told)


def looks_right(mail: Message) -> None:
    """Hold a mail to what its reader needs: where it leads, why it came, how to be rid of it."""
    text, html = part(mail, "text/plain"), part(mail, "text/html")
    assert mail["To"] == "bob@example.org"
    assert "Shared record readable: Due today" in str(mail["Subject"])
    for form in (text, html):
        assert "You are told as Owner: the rule reminds on the day it is due." in form
        assert f"{PUBLIC_URL}/milestones/ONE-S1/" in form
        links = re.findall(r"https?://[^\s\"<>]+", form)
        assert links
        assert all(link.startswith(f"{PUBLIC_URL}/") for link in links)
    assert str(mail["List-Unsubscribe"]).strip().startswith(f"<{PUBLIC_URL}/reminders/unsubscribe/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_killed_parts_delay_a_reminder_and_lose_none(installation: Installation) -> None:
    hold = installation.folder / HOLD
    hold.touch()
    installation.run("milestone", "S1", "Shared record readable")
    wait_until(lambda: "leased" in [one for one, _ in installation.states().values()], SWEEP + SECONDS, installation)
    installation.kill("worker")
    hold.unlink()
    assert installation.sink.mails == []
    # A clock past the lease's end stands for waiting two minutes.
    installation.start_worker(**LATER)
    arrive(installation, "Shared record readable", 1)
    assert list(installation.states().values()) == [("sent", 1)]

    installation.lose_broker()
    installation.run("milestone", "S2", "Branches have walked it")
    installation.start_broker()
    wait_until(lambda: bool(mails(installation, "Branches have walked it")), 60, installation)
    installation.run("sweep", **LATER)
    assert len(mails(installation, "Branches have walked it")) == 1
