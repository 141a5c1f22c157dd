"""What a program lacks to be active."""

from django.utils.translation import gettext_lazy as _

from programs.models import Program
from workstreams.choices import Discipline
from workstreams.models import Workstream


def activation_gaps(program: Program) -> list[str]:
    """Return what a program lacks to be active, as sentences; an empty list when nothing.

    A sponsor, a manager, a case for change, a workstream of each discipline and at least one phase.
    """
    disciplines = set(Workstream.objects.filter(program=program).values_list("discipline", flat=True))
    checks = (
        (program.sponsor_id is not None, _("a sponsor")),
        (program.manager_id is not None, _("a manager")),
        (bool(program.case_for_change.strip()), _("a case for change")),
        (Discipline.PROJECT in disciplines, _("a project-management workstream")),
        (Discipline.CHANGE in disciplines, _("a change-management workstream")),
        (program.phases.exists(), _("a phase")),
    )
    return [str(sentence) for is_there, sentence in checks if not is_there]
