"""The one write of the pages that join all apps: a reader's visit. It is no change to a program, so no audit row."""

import datetime as dt

from django.db import transaction

from backend.overview.models import Visit
from core.accounts.models import User

# Looking again within this time is the same visit.
ONE_VISIT = dt.timedelta(hours=1)


@transaction.atomic
def note_visit(*, person: User, program_id: int, at: dt.datetime) -> dt.datetime | None:
    """Note that a person looks at a program, and return when their visit before this one began, None at the first."""
    visit, is_first = Visit.objects.get_or_create(person=person, program_id=program_id, defaults={"began_at": at})
    if is_first or at - visit.began_at < ONE_VISIT:
        return visit.previous_at
    Visit.objects.filter(pk=visit.pk).update(began_at=at, previous_at=visit.began_at)
    return visit.began_at
