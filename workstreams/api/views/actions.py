"""Action items: read, asked for, changed, and moved from state to state."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from core import clock
from core.api import references
from core.api.inputs import Reason
from core.api.pagination import Row
from core.api.views import ItemEndpoint, ListEndpoint, MoveEndpoint, ResourceEndpoint
from workstreams import models, queries, services
from workstreams.api import filters, transitions
from workstreams.api.serializers import actions
from workstreams.services import ActionRequest

PLACES = ("workstream", "phase", "milestone", "outcome")


class ActionItems(ResourceEndpoint):
    access_rule = "member"
    model = models.ActionItem
    ref_example = "ONE-A5"
    serializer_class: Any = actions.ActionItemDetail
    code_fields = ("program__key", "code")

    def rows(self) -> QuerySet[Any, Row]:
        return actions.ActionItem.select(queries.readable_actions(self.reader))

    def subjects(self) -> QuerySet[models.ActionItem]:
        return models.ActionItem.objects.visible_to(self.reader)

    def whole(self, values: Row) -> Row:
        said = actions.Event.select(queries.action_history(values["id"]))
        return actions.ActionItemDetail.row(
            values,
            history=[actions.Event.row(event) for event in said],
            legal_moves=transitions.action_moves(values, self.reader, clock.now()),
        )


class ActionItemList(ActionItems, ListEndpoint):
    """The action items of the reader's programs."""

    serializer_class = actions.ActionItem
    filterset_class = filters.ActionItemFilter
    orderings = ("id", "due_on", "requested_for", "created_at", "updated_at")

    @extend_schema(request=actions.ActionItemRequest, responses={201: actions.ActionItemDetail})
    def post(self, request: Request) -> HttpResponse:
        """Ask somebody for an action item."""
        data = self.read(actions.ActionItemRequest)
        named = {name: data.pop(name, None) for name in (*PLACES, "performer")}
        places = queries.find_places(self.reader, data.pop("program"), named)
        program = places.pop("program")
        item = services.request_action(
            program=program, request=ActionRequest(**places, **data), by=self.reader, at=clock.now()
        )
        return self.created(item.pk)


class ActionItemItem(ActionItems, ItemEndpoint):
    """One action item, with its history and the moves that the reader can make."""

    @extend_schema(request=actions.ActionItemChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Change what was asked."""
        with self.changing(actions.ActionItemChange) as (item, row, data):
            data |= queries.find_moved(self.reader, item.program_id, references.elsewhere(data, row, PLACES))
            services.edit_action(item=item, changes=data, by=self.reader, at=clock.now())
        return self.changed(item.pk)


class ActionMove(ActionItems, MoveEndpoint):
    """A move of an action item."""

    service: ClassVar[Callable[..., models.ActionItem]]

    def move(self, subject: models.ActionItem, data: dict[str, Any]) -> None:
        type(self).service(item=subject, **data, by=self.reader, at=clock.now())


class ActionPromise(ActionMove):
    """Commit to a day; another one than asked for is a counter-offer that needs no second consent."""

    input_class = actions.Promise
    service = services.promise_action


class ActionDecline(ActionMove):
    """Say no, and why."""

    input_class = actions.Decline
    service = services.decline_action


class ActionKeep(ActionMove):
    """Say that a promise is done; no body is needed. Where acceptance was asked it waits for its requester."""

    input_class = actions.Keep
    service = services.keep_action


class ActionAccept(ActionMove):
    """Accept what was done; the promise is kept."""

    input_class = actions.Note
    service = services.accept_action


class ActionMiss(ActionMove):
    """Say that a promise was missed, and why."""

    input_class = actions.Miss
    service = services.miss_action


class ActionRenegotiate(ActionMove):
    """Agree on another day, before the promised one has come."""

    input_class = actions.Promise
    service = services.renegotiate_action


class ActionWithdraw(ActionMove):
    """Take a request back."""

    input_class = actions.Note
    service = services.withdraw_action


class ActionReopen(ActionMove):
    """Undo the last answer; what was said stays on record."""

    input_class = Reason
    service = services.reopen_action


class ActionRenew(ActionMove):
    """Make a new item of a missed one; answers the new item."""

    input_class = actions.Renew

    @extend_schema(responses={201: actions.ActionItemDetail})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        data = self.read(actions.Renew)
        renewed = services.renew_action(item=self.subject(), **data, by=self.reader, at=clock.now())
        return self.created(renewed.pk)
