"""What a wake-up, a tick of the clock and the command line ask for: one sweep, then deliver."""

import datetime as dt
from dataclasses import dataclass

from notifications.services.delivering import deliver
from notifications.services.sweeping import sweep


@dataclass(frozen=True)
class Done:
    """How many messages a round made, and how many it sent."""

    made: int
    sent: int


def work(*, at: dt.datetime, worker: str = "") -> Done:
    """Decide and collect what is due, then send what waits."""
    made = sweep(at=at, worker=worker)
    return Done(made=made, sent=deliver(at=at, worker=worker))
