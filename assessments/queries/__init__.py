"""What assessments tell their readers: one file a noun."""

from assessments.queries.templates import (
    newest_version,
    sections_of,
    template_named,
    template_rows,
    text_of,
    whole_template,
)

__all__ = ["newest_version", "sections_of", "template_named", "template_rows", "text_of", "whole_template"]
