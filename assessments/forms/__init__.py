"""The shape of what is typed about assessments."""

from assessments.forms.templates import TemplateForm

__all__ = ["TemplateForm"]
