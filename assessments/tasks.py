"""What time starts in assessments. It carries no state, and once too often does nothing."""

from celery import shared_task

from assessments import services
from core import clock


@shared_task
def raise_prompts() -> None:
    """Ask the programs to assess themselves again whose time it is."""
    services.raise_prompts(at=clock.now())
