"""What workstreams keep in a program: both disciplines and phases, who answers for the work, how all is laid out."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programs import registry
from programs.choices import PhaseStatus
from programs.models import Phase, Program
from programs.registry import Assignment, Contents, Gap, Structure
from workstreams import queries, services
from workstreams.choices import OPEN_ACTIONS, Discipline, MilestoneState, RaidKind, RaidState
from workstreams.models import ActionItem, Milestone, RaidEntry, Workstream


def _gaps(program: Program) -> Sequence[Gap]:
    disciplines = set(Workstream.objects.filter(program=program).values_list("discipline", flat=True))
    streams = "workstreams:workstreams"
    checks = (
        (Discipline.PROJECT in disciplines, Gap(_("a project-management workstream"), streams)),
        (Discipline.CHANGE in disciplines, Gap(_("a change-management workstream"), streams)),
        (program.phases.exists(), Gap(_("a phase"), "workstreams:phases")),
    )
    return [gap for is_there, gap in checks if not is_there]


_ASSIGNMENTS = (
    Assignment(
        kind="workstreams",
        rows=Workstream.objects.all,
        column="lead",
        words=lambda n: ngettext("leads %(n)d workstream", "leads %(n)d workstreams", n) % {"n": n},
        order=10,
    ),
    Assignment(
        kind="phases",
        rows=Phase.objects.all,
        column="owner",
        words=lambda n: ngettext("%(n)d phase", "%(n)d phases", n) % {"n": n},
        still_open=~Q(status__in=(PhaseStatus.CLOSED, PhaseStatus.STOPPED)),
        order=20,
    ),
    Assignment(
        kind="milestones",
        rows=Milestone.objects.all,
        column="owner",
        words=lambda n: ngettext("%(n)d milestone", "%(n)d milestones", n) % {"n": n},
        still_open=Q(state=MilestoneState.PLANNED),
        order=50,
    ),
    # An answered promise is its performer's for ever.
    Assignment(
        kind="promises",
        rows=lambda: ActionItem.objects.filter(state__in=OPEN_ACTIONS),
        column="performer",
        words=lambda n: ngettext("%(n)d action item", "%(n)d action items", n) % {"n": n},
        order=60,
        hand_over=services.hand_over_promises,
    ),
    Assignment(
        kind="requests",
        rows=lambda: ActionItem.objects.filter(state__in=OPEN_ACTIONS),
        column="requester",
        words=lambda n: ngettext("asked for %(n)d action item", "asked for %(n)d action items", n) % {"n": n},
        order=70,
    ),
    # A decision on record keeps who made it.
    Assignment(
        kind="raid",
        rows=lambda: RaidEntry.objects.exclude(kind=RaidKind.DECISION),
        column="owner",
        words=lambda n: ngettext("%(n)d RAID entry", "%(n)d RAID entries", n) % {"n": n},
        still_open=~Q(state=RaidState.CLOSED),
        order=80,
    ),
)
registry.register(
    Contents(
        gaps=_gaps,
        review_day=queries.review_day,
        assignments=_ASSIGNMENTS,
        structure=Structure(blank=queries.blank, draw=queries.blueprint, build=services.build),
    )
)
