"""A resource is declared once: its columns, its rows and its bodies follow, and a slip is named when it is loaded."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework import serializers

from core.accounts.models import User
from core.api.fields import AddressField, CodeReferenceField, PersonField, StrictCharField
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer
from tests.core.notes import Note, NoteChange, NoteRequest, NoteSerializer


def declared(base: type[Any], fields: dict[str, Any], meta: dict[str, Any]) -> type[Any]:
    """Return a resource or a body that differs from its base by fields and by what its Meta says."""
    return type("Slip", (base,), {**fields, "Meta": type("Meta", (base.Meta,), meta)})


def with_fields(*names: str) -> tuple[str, ...]:
    return (*NoteSerializer.Meta.fields, *names)


WITH_BY = {"fields": with_fields("by")}


@dataclass
class NoteDetails:
    """What a new note is made of; nobody writes when it is due."""

    code: str
    text: str = ""


class Owned(ResourceSerializer):
    """A note with its owner; a rule needs the owner's address."""

    url = AddressField("notes", lookup_field="id")
    owner = PersonField(read_only=True)
    day = serializers.DateField(source="due_on", read_only=True)
    mood = serializers.CharField(read_only=True)

    class Meta:
        model = Note
        fields = ("id", "url", "owner", "day", "mood")
        computed = ("mood",)
        extra_columns = ("owner__email",)


def test_its_columns_are_what_its_fields_need() -> None:
    assert NoteSerializer.columns == ("id", "version", "code", "text", "due_on", "state", "owner_name")
    assert Owned.columns == ("id", "version", "owner_id", "due_on", "owner__email")
    assert list(Owned.annotations) == ["owner_name"]


def test_a_row_is_shown_from_one_query(notes_table: None, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(name="")
    note = Note._default_manager.create(code="N1", text="Call", owner=alice)
    with CaptureQueriesContext(connection) as captured:
        (values,) = Owned.select(Note._default_manager.all())
        shown = Owned.row(values, mood="calm")
    assert len(captured) == 1
    who = {"id": alice.pk, "name": alice.email}
    assert shown == {"id": note.pk, "url": f"/api/v1/notes/{note.pk}/", "owner": who, "day": None, "mood": "calm"}


@pytest.mark.parametrize("computed", [{}, {"mood": "calm", "colour": "red"}])
def test_what_is_computed_is_neither_forgotten_nor_made_up(computed: dict[str, str]) -> None:
    values = dict.fromkeys((*Owned.columns, *Owned.annotations))
    with pytest.raises(TypeError, match=r"mood|colour"):
        Owned.row(values, **computed)


def test_its_bodies_take_what_is_not_read_only() -> None:
    assert list(NoteChange().fields) == ["code", "text", "due_on"]
    assert list(NoteRequest().fields) == ["code", "text", "due_on", "state"]
    assert NoteChange.shown is NoteSerializer
    assert all(field.read_only for field in NoteSerializer().fields.values())


def test_a_body_leaves_out_what_it_excludes_and_adds_what_it_declares() -> None:
    body = declared(NoteRequest, {"stream": CodeReferenceField()}, {"exclude": ("due_on", "text")})
    assert list(body().fields) == ["code", "state", "stream"]


@pytest.mark.parametrize(
    ("fields", "meta", "words"),
    [
        ({"extra": StrictCharField()}, {}, "Slip.extra is not among its Meta.fields"),
        ({}, {"fields": with_fields("colour")}, "Slip.colour: Note has no field named 'colour'"),
        ({"by": StrictCharField(source="owner.nick")}, WITH_BY, "Slip.by: User has no field named 'nick'"),
        ({"by": StrictCharField(source="text.nick")}, WITH_BY, "Slip.by: Note has no column “text__nick”"),
        ({"by": PersonField(source="text")}, WITH_BY, "Slip.by: Note.text points to nothing"),
        ({}, {"extra_columns": ("owner__nick",)}, "Slip.owner__nick: User has no field named 'nick'"),
        ({}, {"computed": ("mood",)}, "Slip.mood is not among its Meta.fields"),
        ({"mood": StrictCharField()}, {"fields": with_fields("mood"), "computed": ("mood",)}, "Slip.mood is computed"),
        ({"url": AddressField("notes", lookup_field="slug")}, {}, "Slip.url: there is no field “slug”"),
    ],
)  # fmt: skip
def test_a_slip_is_named_when_it_is_loaded(fields: dict[str, Any], meta: dict[str, Any], words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words):
        declared(NoteSerializer, fields, meta)


@pytest.mark.parametrize("body", [CreateBody, ChangeBody])
def test_a_body_whose_writer_does_not_know_a_field_is_refused(body: type[Any]) -> None:
    meta = type("Meta", (), {"resource": NoteSerializer, "writer": NoteDetails})
    with pytest.raises(ImproperlyConfigured, match=r"Slip.due_on: its writer does not know it"):
        type("Slip", (body,), {"Meta": meta})
    meta.exclude = ("due_on",)  # type: ignore[attr-defined]
    assert list(type("Slip", (body,), {"Meta": meta})().fields) == ["code", "text"]


def test_a_body_excludes_only_what_it_would_take() -> None:
    meta = type("Meta", (), {"resource": NoteSerializer, "writer": NoteDetails, "exclude": ("state",)})
    with pytest.raises(ImproperlyConfigured, match="Slip excludes state, which no body takes"):
        type("Slip", (CreateBody,), {"Meta": meta})
