"""Notes a reader's visit. It is no change to a program, so no audit row."""

import datetime as dt

from backend.overview.models import Visit
from core.accounts.models import User

# Looking again within this time is the same visit.
ONE_VISIT = dt.timedelta(hours=1)


def note_visit(*, person: User, program_id: int, at: dt.datetime) -> dt.datetime | None:
    """Note that a person looks at a program, and return when their visit before this one began, None at the first.

    A page that is looked at again within the hour writes nothing.
    """
    visit = Visit.objects.filter(person=person, program_id=program_id).first()
    if visit is None:
        Visit.objects.get_or_create(person=person, program_id=program_id, defaults={"began_at": at})
        return None
    if at - visit.began_at < ONE_VISIT:
        return visit.previous_at
    Visit.objects.filter(pk=visit.pk, began_at=visit.began_at).update(began_at=at, previous_at=visit.began_at)
    return visit.began_at
