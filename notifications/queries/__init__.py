"""Every read of the engine."""

from notifications.queries.inbox import reminded_subjects, was_reminded
from notifications.queries.outbox import heartbeat_problem, rules

__all__ = ["heartbeat_problem", "reminded_subjects", "rules", "was_reminded"]
