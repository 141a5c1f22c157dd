"""Every write to assessments."""

from assessments.services.templates import delete_template, install_built_in, save_template

__all__ = ["delete_template", "install_built_in", "save_template"]
