"""Acting on one subject from a link in a mail: the page has asked, the source's own service does it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.accounts.models import User
from notifications import registry
from notifications.exceptions import LinkNotValid, UnknownMove
from notifications.queries.links import OneClick
from notifications.registry import Move, Presented


@dataclass(frozen=True)
class Asked:
    """What a link's page shows: the reader, the subject, and the moves open to them now."""

    reader: User
    subject: Presented
    moves: Sequence[Move]


def asked(one_click: OneClick) -> Asked:
    """Return what a link's page shows; raises LinkNotValid where there is nothing to show to its person any more."""
    reader = User.objects.filter(pk=one_click.person_id, is_active=True).first()
    source = registry.sources().get(one_click.kind)
    if reader is None or source is None:
        raise LinkNotValid
    subject = source.present([one_click.subject_id], reader).get(one_click.subject_id)
    if subject is None:
        raise LinkNotValid
    return Asked(reader=reader, subject=subject, moves=source.moves(one_click.subject_id, reader))


def act(*, one_click: OneClick, move: str, at: dt.datetime) -> Asked:
    """Make a move as the person whom the mail went to; raises UnknownMove where it is not open to them now."""
    found = asked(one_click)
    chosen = next((one for one in found.moves if one.name == move), None)
    if chosen is None:
        raise UnknownMove
    chosen.do(by=found.reader, at=at)
    return found
