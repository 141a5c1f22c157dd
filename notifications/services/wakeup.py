"""The wake-up after a commit that left something to send; without it the next sweep finds the work."""

from django.db import transaction

from notifications import registry


def wake() -> None:
    """Call the registered wake-up once the current transaction has committed."""
    registered = registry.wake()
    if registered is not None:
        transaction.on_commit(registered)
