"""A sponsor's word on delivery confidence, beside what the figures of all apps say at that instant."""

import datetime as dt

from django.db import transaction

from backend.overview.queries.figures import Figures, program_figures
from core import clock
from core.accounts.models import User
from programs import services as programs
from programs.choices import Rating
from programs.models import Program


@transaction.atomic
def state_confidence(*, program: Program, rating: str, reason: str = "", by: User, at: dt.datetime) -> Figures:
    """Say what a program's delivery confidence is; any other rating than the computed one says why.

    Returns the figures that it was said of.

    Raises:
        core.exceptions.NotAllowed: to whoever is not the sponsor or the deputy.
        programs.exceptions.OverrideHasNoReason: when the figures say otherwise, and no reason is given.
    """
    found = program_figures(program.pk, clock.today(program.time_zone, at))
    computed = None if found.rating is None else Rating(found.rating.value)
    programs.state_confidence(program=program, computed=computed, rating=rating, reason=reason, by=by, at=at)
    return found
