"""The Celery application, and the wake-up that the engine calls after a commit."""

import os
from typing import Any

import structlog
from celery import Celery, signals
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from backend.settings.celery import PROMPTS, SWEEP

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")

log = structlog.get_logger(__name__)

app = Celery("tracker")
app.config_from_object("backend.settings.celery")
app.autodiscover_tasks()


def wake(task: str = SWEEP) -> None:
    """Have a worker look for work now. Where that fails the work is not lost: the next sweep finds it."""
    if not app.conf.broker_url:
        return
    try:
        app.send_task(task, expires=15)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("wake_up_lost", reason=f"{type(error).__name__}: {error}")


@signals.worker_ready.connect
@signals.beat_init.connect
def sweep_at_start(**_facts: Any) -> None:
    """Raise prompts and sweep when a worker or beat starts: nobody waits for the first tick after an outage."""
    wake(PROMPTS)
    wake()
