"""What a program lacks to be active."""

from django.utils.translation import gettext_lazy as _

from programs.models import Program
from workstreams.choices import Discipline
from workstreams.models import Workstream


def activation_gaps(program: Program) -> list[str]:
    """Return what a program lacks to be active, in words; an empty list when nothing.

    A sponsor, a manager, a case for change, a workstream of each discipline and at least one phase.
    """
    return list(lacking(program).values())


def lacking(program: Program) -> dict[str, str]:
    """Return the same by kind, so that a page can lead to where each is added."""
    disciplines = set(Workstream.objects.filter(program=program).values_list("discipline", flat=True))
    checks = (
        ("sponsor", program.sponsor_id is not None, _("a sponsor")),
        ("manager", program.manager_id is not None, _("a manager")),
        ("case_for_change", bool(program.case_for_change.strip()), _("a case for change")),
        ("project", Discipline.PROJECT in disciplines, _("a project-management workstream")),
        ("change", Discipline.CHANGE in disciplines, _("a change-management workstream")),
        ("phase", program.phases.exists(), _("a phase")),
    )
    return {kind: str(words) for kind, is_there, words in checks if not is_there}
