"""A subject of our own for the engine: a thing with an owner, a helper and a day, in a table of its own."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar

from django.db import connection, models

from core.accounts.models import User
from notifications import registry
from notifications.registry import DeadlineSource, Move, NoticeType, Presented, Role


class Thing(models.Model):
    """Something that falls due."""

    scope_id = models.BigIntegerField()
    title = models.CharField(max_length=100)
    owner_id = models.BigIntegerField()
    helper_id = models.BigIntegerField(null=True)
    due_on = models.DateField(db_index=True)
    is_open = models.BooleanField(default=True)
    is_secret = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Thing"]] = models.Manager()

    class Meta:
        app_label = "things"

    def __str__(self) -> str:
        return self.title


def owners() -> models.QuerySet[Thing, dict[str, object]]:
    """Return who owns what is open."""
    found = Thing.objects.filter(is_open=True)
    return found.values("scope_id", "due_on", subject_id=models.F("pk"), recipient_id=models.F("owner_id"))


def helpers() -> models.QuerySet[Thing, dict[str, object]]:
    """Return who helps with what is open."""
    found = Thing.objects.filter(is_open=True, helper_id__isnull=False)
    return found.values("scope_id", "due_on", subject_id=models.F("pk"), recipient_id=models.F("helper_id"))


def present(subject_ids: Collection[int], reader: User) -> Mapping[int, Presented]:
    """Show the things that are no secret."""
    return {
        thing.pk: Presented(title=thing.title, url=f"/things/{thing.pk}/", code=f"T{thing.pk}", line="so that it works")
        for thing in Thing.objects.filter(pk__in=subject_ids, is_secret=False)
    }


def finish(thing_id: int, by: User, at: dt.datetime) -> None:
    """Do a thing, as a service of an app would."""
    Thing.objects.filter(pk=thing_id).update(is_open=False)


def moves(subject_id: int, reader: User) -> Sequence[Move]:
    """Offer its owner to finish an open thing."""
    if not Thing.objects.filter(pk=subject_id, owner_id=reader.pk, is_open=True).exists():
        return ()
    return (Move("finish", "Finish it", lambda *, by, at: finish(subject_id, by, at)),)


SOURCE = DeadlineSource(
    kind="thing",
    label="Thing",
    roles={"owner": Role("its owner", owners), "helper": Role("its helper", helpers)},
    present=present,
    moves=moves,
)
NOTICE = NoticeType(
    kind="thing_asked", label="Asked", subject_kind="thing", sentence="%(who)s asks for “%(title)s” by %(asked_on)s"
)


def register() -> None:
    """Hand the engine the things."""
    registry.register_source(SOURCE)
    registry.register_notice(NOTICE)


def make_table() -> None:
    """Create the table of things, once a database."""
    if Thing._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(Thing)
