"""What a wake-up, a tick of the clock and the command line ask for: one sweep, then deliver."""

import datetime as dt
from dataclasses import dataclass

from notifications.services.deliveries import deliver
from notifications.services.sweeps import sweep


@dataclass(frozen=True)
class Done:
    """How many messages a round made, and how many it sent."""

    made: int
    sent: int


def run_once(*, at: dt.datetime, worker: str = "") -> Done:
    """Decide and collect what is due, then send what waits."""
    made = sweep(at=at, worker=worker)
    return Done(made=made, sent=deliver(at=at, worker=worker))
