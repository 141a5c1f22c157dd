"""What somebody names when they ask for something: the program, and what of the work and whom in it, in one query."""

from collections.abc import Mapping

from django.db.models import Model

from core.accounts.models import User
from programs import queries
from programs.queries.places import PLACES, Kinds
from programs.queries.places import Named as Named
from workstreams.models import Milestone, Workstream

_MILESTONES = dict.fromkeys(("milestone", "predecessor", "successor"), Milestone)
KINDS: Kinds = {**PLACES, "workstream": Workstream, **_MILESTONES}


def find_places(reader: User, program: Named, named: Mapping[str, Named]) -> dict[str, Model]:
    """Return what the reader named in one of their programs, and the program; what is not there is left out.

    `named` maps workstream, phase, milestone or outcome to a number or code, and anything else to a member of the
    program. The models carry their number, program and code, which is all that pointing to them takes.
    """
    return queries.find_places(reader, program, named, kinds=KINDS)
