"""A sponsor's word on delivery confidence: the computed rating confirmed, or overridden with a reason."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from programs import access, exceptions, notices
from programs.access import Right
from programs.choices import Rating
from programs.models import ConfidenceStatement, Program
from programs.services.programs import record


@transaction.atomic
def state_confidence(
    *, program: Program, computed: Rating | None, rating: str, reason: str = "", by: User, at: dt.datetime
) -> ConfidenceStatement:
    """Say what a program's delivery confidence is, beside what the figures say; any other rating says why.

    Whoever manages the program is told.

    Raises:
        core.exceptions.NotAllowed: to whoever is not the sponsor or the deputy.
        OverrideHasNoReason: when the figures say otherwise, and no reason is given.
    """
    access.require(access.membership(by, program.pk), Right.DECIDE)
    is_override, reason = rating != computed, reason.strip()
    if is_override and not reason:
        said = _("no rating") if computed is None else computed.label
        refusal = exceptions.OverrideHasNoReason(computed=said)
        raise exceptions.OverrideHasNoReason(computed=said, fields={"reason": [refusal.message]})
    statement = ConfidenceStatement.objects.create(
        program=program, computed=computed or "", rating=rating, reason=reason, by=by, at=at
    )
    told = {"rating": rating, "computed": computed or ""}
    verb = "override_confidence" if is_override else "confirm_confidence"
    record(program, verb, by=by, at=at, reason=reason, changes=told)
    notices.tell_confidence(statement, is_override=is_override)
    return statement
