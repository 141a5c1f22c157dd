"""The roof's one task: the figures of the day are kept. It carries no state, and once too often does nothing."""

from celery import shared_task

from backend.overview import services
from core import clock


@shared_task
def take_snapshots() -> None:
    """Keep the figures of every program for its day."""
    services.take_snapshots(at=clock.now())
