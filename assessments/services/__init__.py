"""Every write to assessments."""

from assessments.services.templates import built_in, delete_template, install_built_in, save_template

__all__ = ["built_in", "delete_template", "install_built_in", "save_template"]
