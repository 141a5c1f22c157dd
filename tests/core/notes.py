"""A resource that exists only here, declared as the API's conventions say: what core promises is shown on it."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.urls import include, path
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.request import Request

from core.accounts.models import User
from core.api.fields import AddressField
from core.api.pagination import Row
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer
from core.api.serializers import StrictSerializer
from core.api.urls import under_api
from core.api.views import Endpoint, ItemEndpoint, ListEndpoint, MoveEndpoint, ResourceEndpoint
from core.exceptions import IllegalMove, InvalidInput


class Note(models.Model):
    """A line of text with an owner, open or closed."""

    code = models.CharField(max_length=20)
    text = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=10, default="open")
    # No constraint: the table is not one that a flush empties along with the people.
    owner = models.ForeignKey(User, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        app_label = "tests"
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "code"], name="note_code")]


class NoteSerializer(ResourceSerializer):
    code = serializers.CharField(max_length=20)
    text = serializers.CharField(max_length=200)
    due_on = serializers.DateField(allow_null=True, required=False)
    owner_name = serializers.CharField(read_only=True)
    url = AddressField("notes")

    class Meta:
        model = Note
        fields = ("id", "code", "text", "due_on", "state", "owner_name", "version", "url")
        annotated = ("owner_name",)


class NoteRequest(CreateBody):
    state = serializers.CharField(read_only=True)

    class Meta:
        resource = NoteSerializer
        writer = ("code", "text", "due_on")


class NoteChange(ChangeBody):
    class Meta:
        resource = NoteSerializer
        writer = ("code", "text", "due_on")


class NoteFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    state = filters.ChoiceFilter(choices=[("open", "open"), ("closed", "closed")])
    due = filters.DateFromToRangeFilter(field_name="due_on")


class CloseInput(StrictSerializer):
    reason = serializers.CharField(max_length=100)


def close_note(*, note: Note, reason: str) -> None:
    if reason == "none":
        raise InvalidInput(fields={"reason": ["Give a real one."]})
    if note.state != "open":
        raise IllegalMove(move="close", state=note.state, legal=["reopen"], legal_text="reopen")
    note.state, note.version = "closed", note.version + 1
    note.save()


class Notes(ResourceEndpoint):
    access_rule = "member"
    model = Note
    serializer_class = NoteSerializer
    code_fields = ("code",)

    def rows(self) -> QuerySet[Any, Row]:
        notes = Note._default_manager.filter(owner=self.request.user)
        return NoteSerializer.select(notes.annotate(owner_name=F("owner__name")))


class NoteList(Notes, ListEndpoint):
    filterset_class = NoteFilter
    orderings = ("id", "due_on", "text", "owner_name")

    def post(self, request: Request) -> HttpResponse:
        note = Note._default_manager.create(owner=request.user, **self.read(NoteRequest))
        return self.created(note.pk)


class NoteItem(Notes, ItemEndpoint):
    def patch(self, request: Request, ref: str) -> HttpResponse:
        with self.changing(NoteChange) as (note, _row, data):
            for name, value in data.items():
                setattr(note, name, value)
            note.version += 1
            note.save()
        return self.changed(note.pk)


class NoteClose(Notes, MoveEndpoint):
    input_class = CloseInput

    def move(self, subject: Note, data: dict[str, Any]) -> None:
        close_note(note=subject, **data)


class StaffOnly(Endpoint):
    access_rule = "staff"
    serializer_class = CloseInput

    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(b"{}")


class Broken(Endpoint):
    access_rule = "public"
    serializer_class = CloseInput

    def get(self, request: Request) -> HttpResponse:
        raise ZeroDivisionError("a secret detail")


resources = [
    path("notes/", NoteList.as_view(), name="note-list"),
    path("notes/<str:ref>/", NoteItem.as_view(), name="note-item"),
    path("notes/<str:ref>/close/", NoteClose.as_view(), name="note-close"),
    path("staff-only/", StaffOnly.as_view(), name="staff-only"),
    path("broken/", Broken.as_view(), name="broken"),
]
urlpatterns = [path("api/", include(under_api(resources)))]


def some_notes(owner: User, count: int) -> list[Note]:
    """Return notes N1, N2, ...; every third is without a day, and days repeat."""
    day = dt.date(2026, 12, 1)
    return Note._default_manager.bulk_create(
        Note(code=f"N{n}", text=f"Note {n}", due_on=None if n % 3 == 0 else day + dt.timedelta(days=n % 4), owner=owner)
        for n in range(1, count + 1)
    )
