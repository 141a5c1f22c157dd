"""Making programs."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from core import exceptions
from core.accounts.models import User
from core.audit import services as audit
from programs import access
from programs.choices import Role
from programs.exceptions import ProgramKeyTaken
from programs.models import Membership, Program


@dataclass(frozen=True, kw_only=True)
class ProgramDetails:
    """What a new program is made of."""

    key: str
    name: str
    organisation: str = ""
    vision: str = ""
    case_for_change: str = ""
    time_zone: str = "UTC"
    currency: str = ""
    start_on: dt.date | None = None
    end_on: dt.date | None = None


@transaction.atomic
def create_program(*, details: ProgramDetails, by: User, at: dt.datetime) -> Program:
    """Make a draft program whose manager is who made it.

    Raises:
        core.exceptions.NotAllowed: to who may not create programs.
        ProgramKeyTaken: when another program has the key.
        core.exceptions.InvalidInput: when it would end before it starts.
    """
    access.require_create(by)
    if details.start_on and details.end_on and details.end_on < details.start_on:
        raise exceptions.InvalidInput(fields={"end_on": [_("A program ends on or after the day it starts.")]})
    if Program.objects.filter(key=details.key).exists():
        taken = ProgramKeyTaken(key=details.key)
        raise ProgramKeyTaken(key=details.key, fields={"key": [taken.message]})
    program = Program.objects.create(**vars(details), manager=by, created_at=at, updated_at=at)
    Membership.objects.create(program=program, person=by, role=Role.MANAGER)
    subject = f"program:{program.pk}"
    audit.record(by=by, at=at, verb="create_program", scope=subject, subject=subject, label=str(program))
    return program
