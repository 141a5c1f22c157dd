"""The moves a page offers: buttons that act at once, and links that first ask what they need to know."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from core.forms import ReasonForm
from core.transitions import Transition
from workstreams import forms, services
from workstreams.choices import ActionState

ACTION_TRANSITIONS: Mapping[str, Transition] = {
    "promise": Transition(_("Promise"), forms.PromiseForm, services.promise_action, _("Promised.")),
    "keep": Transition(_("Keep"), forms.KeepForm, services.keep_action, _("Kept."), is_undoable=True),
    "accept": Transition(_("Accept"), forms.NoteForm, services.accept_action, _("Accepted."), is_undoable=True),
    "renegotiate": Transition(
        _("Another date"), forms.PromiseForm, services.renegotiate_action, _("The other date is on record.")
    ),
    "miss": Transition(
        _("Missed"), forms.MissForm, services.miss_action, _("The miss is on record."), is_undoable=True
    ),
    "decline": Transition(_("Decline"), forms.DeclineForm, services.decline_action, _("Declined."), is_undoable=True),
    "withdraw": Transition(_("Withdraw"), forms.NoteForm, services.withdraw_action, _("Taken back."), is_undoable=True),
    "renew": Transition(_("Renew"), forms.RenewForm, services.renew_action, _("Renewed.")),
    "reopen": Transition(_("Reopen"), ReasonForm, services.reopen_action, _("Open again.")),
}
MILESTONE_TRANSITIONS: Mapping[str, Transition] = {
    "achieve": Transition(_("Reached"), forms.AchieveForm, services.achieve_milestone, _("Reached."), is_undoable=True),
    "forecast": Transition(
        _("Another date"), forms.ForecastForm, services.forecast_milestone, _("The other date is on record.")
    ),
    "rebaseline": Transition(
        _("Re-baseline"), forms.RebaselineForm, services.rebaseline_milestone, _("The new baseline is on record.")
    ),
    "cancel": Transition(_("Cancel it"), ReasonForm, services.cancel_milestone, _("Cancelled."), is_undoable=True),
    "reopen": Transition(_("Reopen"), ReasonForm, services.reopen_milestone, _("Open again.")),
}


@dataclass(frozen=True)
class Offer:
    """One move on a page: `hidden` is what its button sends at once; without it a form is asked for at `ask_url`."""

    name: str
    label: Any
    url: str
    ask_url: str
    is_primary: bool = False
    is_alternative: bool = False
    hidden: dict[str, str] | None = None


@dataclass(frozen=True)
class Place:
    """Where a move is offered: the page to come back to, and the part of it that is alive."""

    back: str
    region: str
    reference: str
    route: str = "action"
    transitions: Mapping[str, Transition] = field(default_factory=lambda: ACTION_TRANSITIONS)

    @property
    def block(self) -> str:
        """Return the id of the element that holds the buttons."""
        return f"moves-{self.reference}"

    def page(self) -> str:
        """Return the address of the thing's own page."""
        return reverse(f"workstreams:{self.route}", args=[self.reference])

    def offer(
        self,
        name: str,
        *,
        is_primary: bool = False,
        is_alternative: bool = False,
        hidden: dict[str, str] | None = None,
    ) -> Offer:
        """Return a move as this place offers it; an alternative asks for what the button before it takes as given."""
        asked = {"move": name, "next": self.back, "region": self.region}
        return Offer(
            name=name,
            label=self.transitions[name].label,
            url=reverse(f"workstreams:{self.route}_move", args=[self.reference, name]),
            ask_url=f"{self.page()}?{urlencode(asked)}",
            is_primary=is_primary,
            is_alternative=is_alternative,
            hidden=hidden,
        )


# The order in which the moves of a state stand, the one to make first in front.
_ORDER = ("promise", "keep", "accept", "achieve", "miss", "renegotiate", "forecast", "decline", "renew")


def action_offers(place: Place, names: Collection[str], *, row: Mapping[str, Any], today: dt.date) -> list[Offer]:
    """Return the offers of an action item that `row` tells of, among the moves that its reader can make."""
    at_once: dict[str, dict[str, str]] = {"accept": {}}
    if row["state"] == ActionState.REQUESTED and row["requested_for"] >= today:
        at_once["promise"] = {"promised_for": row["requested_for"].isoformat()}
    is_due = row["promised_for"] is not None and row["promised_for"] < today
    if not is_due:
        at_once["keep"] = {}
    closed = {"miss"} if row["promised_for"] is None or row["promised_for"] > today else set()
    ranked = sorted((name for name in names if name not in closed), key=_rank)
    if is_due and "miss" in ranked:
        ranked.remove("miss")
        ranked.insert(0, "miss")
    return _offers(place, ranked, at_once)


def milestone_offers(place: Place, names: Collection[str]) -> list[Offer]:
    """Return the offers of a milestone, among the moves that its reader can make."""
    return _offers(place, sorted(names, key=_rank), {"achieve": {}})


def _rank(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _offers(place: Place, ranked: list[str], at_once: Mapping[str, dict[str, str]]) -> list[Offer]:
    found = []
    for position, name in enumerate(ranked):
        is_primary = position == 0 and name in _ORDER
        found.append(place.offer(name, is_primary=is_primary, hidden=at_once.get(name)))
        if name == "promise" and name in at_once:
            found.append(place.offer(name, is_alternative=True))
    return found
