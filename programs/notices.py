"""What is said at once to people about their place in a program."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from notifications import registry
from notifications import services as notifications
from notifications.registry import Presented
from programs.models import Program

PROGRAM = "program"
INVITED = "program_invited"
PLACE_CHANGED = "program_place_changed"
HANDED_OVER = "program_handed_over"

_TYPES = (
    (INVITED, _("Invited"), _("%(by)s invites you to this program as %(role)s.")),
    (PLACE_CHANGED, _("Another role"), _("%(by)s made you %(role)s of this program.")),
    (HANDED_OVER, _("Handed over"), _("%(by)s handed over to you what %(leaver)s had in hand: %(things)s.")),
)


def present_programs(subject_ids: Collection[int], reader: User) -> Mapping[int, Presented]:
    """Show programs to a reader; those that the reader does not belong to are left out."""
    rows = Program.objects.visible_to(reader).filter(pk__in=subject_ids)
    return {
        row["pk"]: Presented(
            title=row["name"],
            code=row["key"],
            url=reverse("overview:program", args=[row["key"]]),
            line=row["organisation"],
        )
        for row in rows.values("pk", "key", "name", "organisation")
    }


for _kind, _label, _sentence in _TYPES:
    registry.register_notice(
        registry.NoticeType(
            kind=_kind, label=_label, subject_kind=PROGRAM, sentence=_sentence, present=present_programs
        )
    )


def tell(kind: str, program: Program, *, to: User, by: User, at: dt.datetime, **words: str) -> None:
    """Tell somebody about their place in a program; who did it is left out."""
    notifications.notify(
        kind=kind,
        recipient_ids=[to.pk],
        subject_id=program.pk,
        scope_id=program.pk,
        by=by,
        at=at,
        params={"by": str(by), **words},
    )
