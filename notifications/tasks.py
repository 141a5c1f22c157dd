"""The engine's one task: work, now. It carries no state, and running it once too often does nothing."""

import os
import socket

from celery import shared_task

from core import clock
from notifications import services


@shared_task
def sweep() -> None:
    """Decide what is due and send what waits."""
    services.run_once(at=clock.now(), worker=f"{socket.gethostname()}:{os.getpid()}")
