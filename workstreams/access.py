"""Who may act on the work: its owner or performer, who leads its workstream, a manager, and whoever is reminded."""

from django.utils.translation import gettext as _

from core import exceptions
from notifications import queries as notifications
from programs import access
from programs.access import Right, Standing
from workstreams.models import ActionItem, Milestone

MILESTONE = "milestone"
ACTION = "action"


def require_request(who: Standing) -> None:
    """Let those pass who may ask for an action item."""
    access.require(who, Right.REQUEST)


def leads(who: Standing, item: Milestone | ActionItem) -> bool:
    """Tell whether a person may edit what stands in the workstream: they lead it, or manage the program."""
    return item.workstream.lead_id == who.person_id or who.may(Right.MANAGE)


def require_lead(who: Standing, item: Milestone | ActionItem) -> None:
    """Let the workstream's lead and managers pass."""
    access.require_any(
        who, Right.MANAGE, person_ids=[item.workstream.lead_id], roles=_("the lead of the workstream or a manager")
    )


def may_act_on_milestone(who: Standing, milestone: Milestone) -> bool:
    """Tell whether a person may achieve and re-forecast a milestone."""
    if milestone.owner_id == who.person_id or leads(who, milestone):
        return True
    return notifications.was_reminded(person_id=who.person_id, kind=MILESTONE, subject_id=milestone.pk)


def require_milestone(who: Standing, milestone: Milestone) -> None:
    """Let those pass who may achieve and re-forecast a milestone."""
    if not may_act_on_milestone(who, milestone):
        raise exceptions.NotAllowed(roles=_("the owner, the lead of the workstream or a manager"))


def require_performer(who: Standing, item: ActionItem) -> None:
    """Let the performer pass, nobody else: a promise is made by who keeps it."""
    access.require_any(who, None, person_ids=[item.performer_id], roles=_("the performer"))


def require_requester(who: Standing, item: ActionItem) -> None:
    """Let the requester pass, nobody else."""
    access.require_any(who, None, person_ids=[item.requester_id], roles=_("the requester"))


def require_performer_or_lead(who: Standing, item: ActionItem) -> None:
    """Let those pass who may say whether a promise was kept."""
    access.require_any(
        who,
        Right.MANAGE,
        person_ids=[item.performer_id, item.workstream.lead_id],
        roles=_("the performer, the lead of the workstream or a manager"),
    )


def require_requester_or_lead(who: Standing, item: ActionItem) -> None:
    """Let those pass who may change or take back a request."""
    access.require_any(
        who,
        Right.MANAGE,
        person_ids=[item.requester_id, item.workstream.lead_id],
        roles=_("the requester, the lead of the workstream or a manager"),
    )


def require_party_or_lead(who: Standing, item: ActionItem) -> None:
    """Let performer, requester, the workstream's lead and managers pass."""
    access.require_any(
        who,
        Right.MANAGE,
        person_ids=[item.performer_id, item.requester_id, item.workstream.lead_id],
        roles=_("the performer, the requester, the lead of the workstream or a manager"),
    )
