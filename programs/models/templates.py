"""Templates of programs that an organisation saved for itself; those that the product brings are files in data/."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Stamped


class ProgramTemplate(Stamped):
    """The structure of a program without its history, people and dates: days are counted from the start."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    description = models.TextField(_("what it is for"), blank=True)
    body = models.JSONField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="program_template_has_a_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name
