"""The places of people in programs over the API: listed, given, changed, left."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from core import clock
from core.api import renderers
from core.api.filters import KeyFilter, OneOfFilter, PersonFilter, StrictFilterSet
from core.api.pagination import Row
from core.api.serializers import EmptyInput
from core.api.views import ItemEndpoint, ListEndpoint, MoveEndpoint, ResourceEndpoint
from programs import queries, services
from programs.api.serializers import memberships as serializers
from programs.choices import Role
from programs.models import Membership
from programs.services import Invitation


class MembershipFilter(StrictFilterSet):
    program = KeyFilter("program", example="ONE")
    role = OneOfFilter("role", Role.values)
    person = PersonFilter("person")


class Memberships(ResourceEndpoint):
    access_rule = "member"
    model = Membership
    ref_example = "1"
    serializer_class: Any = serializers.MembershipShown

    def rows(self) -> QuerySet[Any, Row]:
        return serializers.MembershipShown.select(self.subjects())

    def subjects(self) -> QuerySet[Membership]:
        mine = Membership.objects.filter(person_id=self.reader.pk).values("program_id")
        return Membership.objects.filter(program_id__in=mine)

    def link(self, secret: str) -> str:
        """Return the address that a secret of a sign-in link stands in."""
        return self.request.build_absolute_uri(reverse("signin_link", args=[secret])) if secret else ""


class MembershipList(Memberships, ListEndpoint):
    """Who belongs to the reader's programs, and as what."""

    filterset_class = MembershipFilter
    keeps_answers = False
    orderings = ("id", "role", "title")

    @extend_schema(request=serializers.MembershipInput, responses={201: serializers.MembershipInvited})
    def post(self, request: Request) -> HttpResponse:
        """Invite somebody; the address that signs in who has no account yet is shown this one time."""
        data = self.read(serializers.MembershipInput)
        program = queries.program_named(self.reader, data.pop("program"))
        invited = services.invite_member(program=program, invitation=Invitation(**data), by=self.reader, at=clock.now())
        values = self.rows().get(pk=invited.membership.pk)
        row = serializers.MembershipInvited.row(values, signin_link=self.link(invited.secret))
        address = request.build_absolute_uri(row["url"])
        return renderers.answer(renderers.to_bytes(row), status=201, headers={"Location": address})


class MembershipItem(Memberships, ItemEndpoint):
    """One place in a program."""

    @extend_schema(request=serializers.MembershipChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Give somebody another role or title."""
        with self.changing(serializers.MembershipChange) as (membership, _row, data):
            services.change_member(membership=membership, changes=data, by=self.reader, at=clock.now())
        return self.changed(membership.pk)


class MembershipRemove(Memberships, MoveEndpoint):
    """Take somebody out of a program; who takes over gets all that they have in hand."""

    input_class = serializers.Removal

    @extend_schema(responses={204: None})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take somebody out of a program."""
        membership, data = self.subject(), self.read(serializers.Removal)
        named = {"hand_over_to": data.get("hand_over_to")}
        heir = queries.find_places(self.reader, membership.program_id, named)["hand_over_to"]
        services.remove_member(membership=membership, hand_over_to=heir, by=self.reader, at=clock.now())
        return HttpResponse(status=204)


class MembershipLink(Memberships, MoveEndpoint):
    """Another sign-in link for somebody who never came."""

    keeps_answers = False

    @extend_schema(responses={200: serializers.Link})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make another address that signs in, once, who never came; it is shown this one time."""
        membership = self.subject()
        self.read(EmptyInput)
        secret = services.give_link(membership=membership, by=self.reader, at=clock.now())
        return renderers.answer(renderers.to_bytes({"signin_link": self.link(secret)}))
