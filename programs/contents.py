"""What programs themselves tell of a program: its people, its case for change, its outcomes and measures."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programs import registry
from programs.choices import ENDED_OUTCOMES
from programs.models import Measure, Outcome, Program
from programs.registry import Assignment, Contents, Gap


def _gaps(program: Program) -> Sequence[Gap]:
    checks = (
        (program.sponsor_id is not None, Gap(_("a sponsor"), "programs:people")),
        (program.manager_id is not None, Gap(_("a manager"), "programs:people")),
        (bool(program.case_for_change.strip()), Gap(_("a case for change"), "programs:edit_program")),
    )
    return [gap for is_there, gap in checks if not is_there]


_ASSIGNMENTS = (
    Assignment(
        kind="outcomes",
        rows=Outcome.objects.all,
        column="owner",
        words=lambda n: ngettext("%(n)d outcome", "%(n)d outcomes", n) % {"n": n},
        still_open=~Q(status__in=ENDED_OUTCOMES),
        order=30,
    ),
    Assignment(
        kind="measures",
        rows=Measure.objects.all,
        column="owner",
        words=lambda n: ngettext("%(n)d measure", "%(n)d measures", n) % {"n": n},
        still_open=~Q(outcome__status__in=ENDED_OUTCOMES),
        order=40,
    ),
)
registry.register(Contents(gaps=_gaps, assignments=_ASSIGNMENTS))
