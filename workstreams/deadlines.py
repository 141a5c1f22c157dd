"""What falls due in the work of a program: milestones and action items, and for whom."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, cast

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.accounts.models import User
from notifications import registry
from notifications.notices import day
from notifications.registry import Presented, Role, RuleInput
from programs.choices import ProgramStatus
from programs.choices import Role as ProgramRole
from workstreams.choices import ACTION, GATE, MILESTONE, OPEN_ACTIONS, GateState, MilestoneState
from workstreams.models import ActionItem, Dependency, GateReview, Milestone
from workstreams.queries import dates
from workstreams.queries import network as networks

Rows = QuerySet[Any, dict[str, Any]]
# A paused, closed or stopped program reminds nobody.
_REMINDING = (ProgramStatus.DRAFT, ProgramStatus.ACTIVE)
_OPEN: dict[type[Model], Any] = {
    Milestone: {"state": MilestoneState.PLANNED},
    ActionItem: {"state__in": OPEN_ACTIONS},
}


def _rows(model: type[Milestone] | type[ActionItem], recipient: str, **narrowed: Any) -> Callable[[], Rows]:
    """Return the query of a role: the open subjects, each with the person at the end of a path."""

    def rows() -> Rows:
        subjects = model.objects.filter(
            program__status__in=_REMINDING, **_OPEN[model], **narrowed, **{f"{recipient}__isnull": False}
        )
        columns = {"subject_id": F("pk"), "scope_id": F("program_id"), "recipient_id": F(recipient)}
        return cast(Rows, subjects.order_by().values("due_on", **columns))

    return rows


def _with_role(model: type[Milestone] | type[ActionItem], role: ProgramRole) -> Callable[[], Rows]:
    return _rows(model, "program__memberships__person_id", program__memberships__role=role)


def _roles(model: type[Milestone] | type[ActionItem], own: Mapping[str, Role]) -> dict[str, Role]:
    """Return the audiences of a source: its own, then those that every program has."""
    return {
        **own,
        "workstream_lead": Role(gettext_lazy("Lead of the workstream"), _rows(model, "workstream__lead_id")),
        "manager": Role(gettext_lazy("Manager"), _with_role(model, ProgramRole.MANAGER)),
        "sponsor": Role(gettext_lazy("Sponsor"), _with_role(model, ProgramRole.SPONSOR)),
    }


def _open_gates(membership: Q) -> Callable[[], Rows]:
    """Return the query of the reviews that are not decided, each with the members that a condition keeps."""

    def rows() -> Rows:
        gates = GateReview.objects.filter(membership, program__status__in=_REMINDING).exclude(state=GateState.DECIDED)
        columns = {
            "subject_id": F("pk"), "scope_id": F("program_id"), "due_on": F("planned_on"),
            "recipient_id": F("program__memberships__person_id"),
        }  # fmt: skip
        return cast(Rows, gates.order_by().values(**columns))

    return rows


_IS_MANAGER = Q(program__memberships__role=ProgramRole.MANAGER)
_DECIDES = Q(program__memberships__role=ProgramRole.SPONSOR) | Q(
    program__memberships__person_id=F("program__deputy_sponsor_id")
)


def _full_code(row: Mapping[str, Any]) -> str:
    return f"{row['program__key']}-{row['code']}"


def present_milestones(subject_ids: Collection[int], reader: User) -> Mapping[int, Presented]:
    """Show milestones to a reader; those of programs that the reader does not belong to are left out.

    One that others push says for when it is expected, as the day it is due is what its owner said.
    """
    visible = Milestone.objects.visible_to(reader).filter(pk__in=subject_ids)
    columns = ("pk", "code", "name", "program_id", "program__key", "program__name", "phase__name", *dates.COLUMNS)
    waits = Exists(Dependency.objects.filter(successor=OuterRef("pk")))
    rows = list(visible.values(*columns, "program__time_zone", waits=waits))
    # Nothing pushes what waits for nothing, so that most of what is reminded of costs no second query.
    days = {row["program_id"]: clock.today(row["program__time_zone"]) for row in rows if row["waits"]}
    found = networks.networks(days) if days else {}
    return {
        row["pk"]: Presented(
            title=row["name"],
            code=_full_code(row),
            url=reverse("workstreams:milestone", args=[_full_code(row)]),
            line=_milestone_line(row, dates.dated(row, found[row["program_id"]]) if row["waits"] else None),
        )
        for row in rows
    }


def _milestone_line(row: Mapping[str, Any], days: Mapping[str, Any] | None) -> str:
    place = {"program": row["program__name"], "phase": row["phase__name"]}
    if days is None or not days["is_pushed"]:
        return _("%(program)s, %(phase)s") % place
    return _("%(program)s, %(phase)s, expected on %(day)s") % {**place, "day": day(days["on"])}


def present_actions(subject_ids: Collection[int], reader: User) -> Mapping[int, Presented]:
    """Show action items to a reader, each with what it is for; those of foreign programs are left out."""
    rows = ActionItem.objects.visible_to(reader).filter(pk__in=subject_ids)
    return {
        row["pk"]: Presented(
            title=row["title"],
            code=_full_code(row),
            url=reverse("workstreams:action", args=[_full_code(row)]),
            line=_("For %(requester)s, so that: %(outcome)s")
            % {"requester": row["requester__name"], "outcome": row["outcome__statement"]}
            if row["outcome__statement"]
            else _("For %(requester)s") % {"requester": row["requester__name"]},
        )
        for row in rows.values("pk", "code", "title", "program__key", "requester__name", "outcome__statement")
    }


def present_gates(subject_ids: Collection[int], reader: User) -> Mapping[int, Presented]:
    """Show gate reviews to a reader; those of foreign programs are left out."""
    rows = GateReview.objects.visible_to(reader).filter(pk__in=subject_ids)
    return {
        row["pk"]: Presented(
            title=_("Gate review of “%(phase)s”") % {"phase": row["phase__name"]},
            code=_full_code(row),
            url=reverse("workstreams:gate", args=[_full_code(row)]),
            line=row["program__name"],
        )
        for row in rows.values("pk", "code", "program__key", "program__name", "phase__name")
    }


registry.register_source(
    registry.DeadlineSource(
        kind=MILESTONE,
        label=gettext_lazy("Milestone"),
        roles=_roles(Milestone, {"owner": Role(gettext_lazy("Owner"), _rows(Milestone, "owner_id"))}),
        present=present_milestones,
        default=RuleInput(kind=MILESTONE, offsets=(-14, -7, -1, 0), overdue_every=3, audience=("owner",)),
    )
)
registry.register_source(
    registry.DeadlineSource(
        kind=ACTION,
        label=gettext_lazy("Action item"),
        roles=_roles(
            ActionItem,
            {
                "performer": Role(gettext_lazy("Performer"), _rows(ActionItem, "performer_id")),
                "requester": Role(gettext_lazy("Requester"), _rows(ActionItem, "requester_id")),
            },
        ),
        present=present_actions,
        default=RuleInput(kind=ACTION, offsets=(-3, 0), overdue_every=2, audience=("performer",)),
    )
)
registry.register_source(
    registry.DeadlineSource(
        kind=GATE,
        label=gettext_lazy("Gate review"),
        roles={
            "manager": Role(gettext_lazy("Manager"), _open_gates(_IS_MANAGER)),
            "sponsor": Role(gettext_lazy("Sponsor or deputy"), _open_gates(_DECIDES)),
        },
        present=present_gates,
    )
)
