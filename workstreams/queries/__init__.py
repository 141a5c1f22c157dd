"""What the work of a program tells its readers: one file a noun."""

from workstreams.queries.programs import activation_gaps

__all__ = ["activation_gaps"]
