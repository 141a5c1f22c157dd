"""Recording a decision in the RAID register: final once it is there."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from core.accounts.models import User
from core.audit import services as audit
from programs import access as program_access
from programs import services as programs
from programs.choices import Code
from programs.models import Program
from programs.services.guards import require_words
from workstreams import access
from workstreams.choices import RaidKind, RaidState
from workstreams.models import RaidEntry, Workstream
from workstreams.services.guards import require_places


@dataclass(frozen=True, kw_only=True)
class DecisionDetails:
    """What was decided and why, by whom, and in which workstream, if not for the whole program."""

    title: str
    detail: str
    owner: User | None = None
    workstream: Workstream | None = None


@transaction.atomic
def record_decision(*, program: Program, details: DecisionDetails, by: User, at: dt.datetime) -> RaidEntry:
    """Record a decision, one's own by default. It is final: what is decided otherwise later is another entry.

    Raises:
        core.exceptions.NotAllowed: to who neither manages nor sponsors the program nor leads the workstream.
        ReasonMissing: without its words, or without why.
        NotInThisProgram: when the workstream or who decided is of elsewhere.
    """
    member = program_access.membership(by, program.pk)
    require_places(program, vars(details))
    workstream = details.workstream and Workstream.objects.get(pk=details.workstream.pk)
    entry = RaidEntry(
        program=program, kind=RaidKind.DECISION, state=RaidState.CLOSED, workstream=workstream,
        title=require_words(details.title, field="title"), detail=require_words(details.detail, field="detail"),
        owner=details.owner or by, created_at=at, updated_at=at,
    )  # fmt: skip
    access.require(member, entry, "decide")
    entry.code = programs.next_code(program_id=program.pk, kind=Code.RAID)
    entry.save()
    audit.record(
        by=by,
        at=at,
        verb="record_decision",
        scope=f"program:{program.pk}",
        subject=f"raid:{entry.pk}",
        label=f"{program.key}-{entry.code} {entry.title}",
        reason=entry.detail,
    )
    return entry
