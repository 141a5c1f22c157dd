"""A sponsor's word on delivery confidence: the computed rating confirmed, or overridden with a reason."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from backend.overview.exceptions import OverrideHasNoReason
from backend.overview.models import ConfidenceStatement
from backend.overview.queries.figures import program_figures
from core import clock
from core.accounts.models import User
from core.audit import services as audit
from programs import access
from programs.access import Right
from programs.choices import Rating
from programs.models import Program


@transaction.atomic
def state_confidence(
    *, program: Program, rating: str, reason: str = "", by: User, at: dt.datetime
) -> ConfidenceStatement:
    """Say what a program's delivery confidence is; any other rating than the computed one says why.

    Raises:
        core.exceptions.NotAllowed: to whoever is not the sponsor or the deputy.
        OverrideHasNoReason: when the figures say otherwise, and no reason is given.
    """
    access.require(access.standing(by, program.pk), Right.DECIDE)
    computed = program_figures(program.pk, clock.today(program.time_zone, at)).rating
    reason = reason.strip()
    if rating != computed and not reason:
        said = _("no rating") if computed is None else Rating(computed.value).label
        refusal = OverrideHasNoReason(computed=said)
        raise OverrideHasNoReason(computed=said, fields={"reason": [refusal.message]})
    statement = ConfidenceStatement.objects.create(
        program=program, computed=computed or "", rating=rating, reason=reason, by=by, at=at
    )
    audit.record(
        by=by,
        at=at,
        verb="confirm_confidence" if rating == computed else "override_confidence",
        subject=f"program:{program.pk}",
        scope=f"program:{program.pk}",
        label=str(program),
        reason=reason,
        changes={"rating": rating, "computed": computed or ""},
    )
    return statement
