"""The RAID register: risks, assumptions, issues, dependencies on others, and decisions."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import triggers
from core.fields import DayField
from core.models import Stamped
from programs.models import Program
from programs.models.programs import validate_code
from programs.querysets import InProgramQuerySet
from workstreams.choices import RaidKind, RaidState
from workstreams.models.milestones import Workstream


def _one_to_five(field: str, *, required_of: list[str]) -> Q:
    """Return the condition that a scale runs from 1 to 5 and is there for the kinds that need it."""
    # A comparison with NULL is neither true nor false, and a CHECK lets that pass: say first that it is there.
    is_there = Q(**{f"{field}__isnull": False}) & Q(**{f"{field}__range": (1, 5)})
    return is_there | (Q(**{f"{field}__isnull": True}) & ~Q(kind__in=required_of))


_FINAL = "a decision is append-only"


class RaidEntry(Stamped):
    """One entry of the register. Probability and impact run from 1, low, to 5, high; a decision is final."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="raid_entries")
    workstream = models.ForeignKey(
        Workstream, null=True, blank=True, on_delete=models.PROTECT, related_name="raid_entries"
    )
    code = models.CharField(max_length=20, validators=[validate_code])
    kind = models.CharField(_("kind"), max_length=10, choices=RaidKind.choices)
    title = models.CharField(_("title"), max_length=300)
    detail = models.TextField(_("detail"), blank=True)
    probability = models.PositiveSmallIntegerField(_("probability"), null=True, blank=True)
    impact = models.PositiveSmallIntegerField(_("impact"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    response = models.TextField(_("response"), blank=True)
    due_on = DayField(_("due"), null=True, blank=True)
    review_on = DayField(_("review"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=RaidState.choices, default=RaidState.OPEN)
    # The risk that came true as this issue.
    came_from = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="became")

    objects = InProgramQuerySet.as_manager()

    final: ClassVar = (
        triggers.Refuse(name="decision_final", event="UPDATE", when="OLD.kind = 'decision'", words=_FINAL),
        triggers.Refuse(name="decision_kept", event="DELETE", when="OLD.kind = 'decision'", words=_FINAL),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "code"], name="raid_code_once"),
            models.CheckConstraint(
                name="raid_probability_of_risks", condition=_one_to_five("probability", required_of=[RaidKind.RISK])
            ),
            models.CheckConstraint(
                name="raid_impact_of_risks_and_issues",
                condition=_one_to_five("impact", required_of=[RaidKind.RISK, RaidKind.ISSUE]),
            ),
            models.CheckConstraint(
                name="raid_open_is_reviewed",
                condition=Q(review_on__isnull=False) | Q(state=RaidState.CLOSED) | Q(kind=RaidKind.DECISION),
            ),
            models.CheckConstraint(name="raid_kind_known", condition=Q(kind__in=RaidKind.values)),
            models.CheckConstraint(name="raid_state_known", condition=Q(state__in=RaidState.values)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
