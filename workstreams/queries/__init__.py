"""What the work of a program tells its readers: one file a noun."""

from workstreams.queries.programs import activation_gaps
from workstreams.queries.sight import effects, line_of_sight

__all__ = ["activation_gaps", "effects", "line_of_sight"]
