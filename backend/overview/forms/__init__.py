"""The shape of what people type on the pages that join all apps."""

from backend.overview.forms.confidence import ConfidenceForm

__all__ = ["ConfidenceForm"]
