"""Templates that an organisation saved: taken away again. Saving one reads the work, and stands in workstreams."""

import datetime as dt

from django.db import transaction

from core.accounts.models import User
from core.audit import services as audit
from core.exceptions import NotFound
from programs import access, exceptions, queries
from programs.models import ProgramTemplate


@transaction.atomic
def delete_template(*, ref: str, by: User, at: dt.datetime) -> None:
    """Delete a saved template; programs that began with it stay as they are.

    Raises:
        core.exceptions.NotAllowed: to who manages no program; NotFound: when there is none of this name.
        TemplateIsBuiltIn: of one that the product brings.
    """
    access.require_manages_any(by)
    found = queries.template(ref)
    if found is None:
        raise NotFound
    if found.is_built_in:
        raise exceptions.TemplateIsBuiltIn(name=found.name)
    ProgramTemplate.objects.filter(pk=int(ref)).delete()
    audit.record(by=by, at=at, verb="delete_template", subject=f"program_template:{ref}", label=found.name)
