"""What is said at once to people about their place in a program, and to those who answer for it."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from core import addresses
from core.accounts.models import User
from core.audit import registry as audit
from notifications import registry
from notifications import services as notifications
from notifications.registry import Presented
from programs.choices import Rating
from programs.models import ConfidenceStatement, Program

PROGRAM = "program"
INVITED = "program_invited"
PLACE_CHANGED = "program_place_changed"
HANDED_OVER = "program_handed_over"
# A kind for each rating, so that each is told in its reader's language.
CONFIRMED = {rating: f"confidence_confirmed_{rating.value}" for rating in Rating}
OVERRIDDEN = {rating: f"confidence_overridden_{rating.value}" for rating in Rating}

_TYPES = (
    (INVITED, _("Invited"), _("%(by)s invites you to this program as %(role)s.")),
    (PLACE_CHANGED, _("Another role"), _("%(by)s made you %(role)s of this program.")),
    (HANDED_OVER, _("Handed over"), _("%(by)s handed over to you what %(leaver)s had in hand: %(things)s.")),
    (CONFIRMED[Rating.RED], _("Delivery confidence"), _("%(by)s confirms that delivery confidence is red.")),
    (CONFIRMED[Rating.AMBER], _("Delivery confidence"), _("%(by)s confirms that delivery confidence is amber.")),
    (CONFIRMED[Rating.GREEN], _("Delivery confidence"), _("%(by)s confirms that delivery confidence is green.")),
    (OVERRIDDEN[Rating.RED], _("Delivery confidence"), _("%(by)s calls delivery confidence red: %(note)s")),
    (OVERRIDDEN[Rating.AMBER], _("Delivery confidence"), _("%(by)s calls delivery confidence amber: %(note)s")),
    (OVERRIDDEN[Rating.GREEN], _("Delivery confidence"), _("%(by)s calls delivery confidence green: %(note)s")),
)


def present_programs(subject_ids: Collection[int], reader: User) -> Mapping[int, Presented]:
    """Show programs to a reader; those that the reader does not belong to are left out."""
    rows = Program.objects.visible_to(reader).filter(pk__in=subject_ids)
    return {
        row["pk"]: Presented(
            title=row["name"],
            code=row["key"],
            url=addresses.of("program", row["key"]),
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


def tell_confidence(said: ConfidenceStatement, *, is_override: bool) -> None:
    """Tell the manager and the sponsor what was said of delivery confidence; who said it is left out."""
    kinds, program = OVERRIDDEN if is_override else CONFIRMED, said.program
    notifications.notify(
        kind=kinds[Rating(said.rating)],
        recipient_ids=[program.manager_id, program.sponsor_id],
        subject_id=program.pk,
        scope_id=program.pk,
        by=said.by,
        at=said.at,
        params={"by": str(said.by), "note": said.reason},
    )


# What is on record, in words.
audit.register_verbs(
    {
        **dict.fromkeys(
            [f"{verb}_part_of_debrief" for verb in ("edit", "rewrite", "add", "delete")],
            _("%(by)s edited the debrief of %(what)s"),
        ),
        "add_outcome": _("%(by)s added %(what)s"),
        "edit_outcome": _("%(by)s edited %(what)s"),
        "delete_outcome": _("%(by)s deleted %(what)s"),
        "agree_outcome": _("%(by)s agreed %(what)s"),
        "begin_outcome": _("%(by)s says this begins to show: %(what)s"),
        "realise_outcome": _("%(by)s says this is realised: %(what)s"),
        "miss_outcome": _("%(by)s says this was missed: %(what)s"),
        "withdraw_outcome": _("%(by)s withdrew %(what)s"),
        "reopen_outcome": _("%(by)s reopened %(what)s"),
        "add_measure": _("%(by)s added %(what)s"),
        "edit_measure": _("%(by)s edited %(what)s"),
        "delete_measure": _("%(by)s deleted %(what)s"),
        "record_measurement": _("%(by)s recorded a reading of %(what)s"),
        "correct_measurement": _("%(by)s corrected a reading of %(what)s"),
        "create_program": _("%(by)s made %(what)s"),
        "confirm_confidence": _("%(by)s confirmed the delivery confidence of %(what)s"),
        "override_confidence": _("%(by)s overrode the delivery confidence of %(what)s"),
        "activate_program": _("%(by)s made %(what)s active"),
        "deactivate_program": _("%(by)s made %(what)s a draft again"),
        "edit_program": _("%(by)s changed %(what)s"),
        "pause_program": _("%(by)s paused %(what)s"),
        "resume_program": _("%(by)s resumed %(what)s"),
        "close_program": _("%(by)s closed %(what)s"),
        "stop_program": _("%(by)s stopped %(what)s"),
        "reopen_program": _("%(by)s reopened %(what)s"),
        "change_sponsor": _("%(by)s changed the sponsor of %(what)s"),
        "name_deputy": _("%(by)s changed the deputy of %(what)s"),
        "name_manager": _("%(by)s changed the manager of %(what)s"),
        "delete_template": _("%(by)s deleted a template: %(what)s"),
        "invite_member": _("%(by)s invited somebody: %(what)s"),
        "change_member": _("%(by)s gave another role: %(what)s"),
        "remove_member": _("%(by)s took somebody out: %(what)s"),
        "replan_program": _("%(by)s moved all dates of %(what)s"),
        "plan_program": _("%(by)s planned %(what)s from a template or another program"),
        "save_template": _("%(by)s saved a template: %(what)s"),
    }
)
