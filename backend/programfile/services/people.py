"""The people of a file: found by their address, made where they are new, and given their place in the program."""

import datetime as dt

from django.contrib.auth.hashers import make_password

from backend.programfile.format.document import Document, Row
from backend.programfile.services.plan import Plan
from core.accounts.models import User
from programs.choices import Role
from programs.models import Membership, Program


def find_people(document: Document, existing: Document | None) -> dict[str, int]:
    """Return the keys of everybody known whom the file or the program names, by address."""
    addresses = {row.values["email"] for row in document.of("person")}
    addresses |= {row.values["email"] for row in existing.of("person")} if existing is not None else set()
    return dict(User.objects.filter(email__in=addresses).values_list("email", "pk"))


def add_people(document: Document, known: dict[str, int], *, at: dt.datetime) -> int:
    """Make those who are new, and add their keys; who is known keeps name, time zone and language. Returns how many."""
    zone = document.program.values["time_zone"]
    fresh = [row.values for row in document.of("person") if row.values["email"] not in known]
    users = User.objects.bulk_create(
        User(
            email=values["email"],
            name=values["name"],
            time_zone=values["time_zone"] or zone,
            language=values["language"],
            password=make_password(None),
            date_joined=at,
        )
        for values in fresh
    )
    known |= {user.email: user.pk for user in users}
    return len(users)


def seat_people(program: Program, plan: Plan, people: dict[str, int]) -> None:
    """Write the memberships that are new or differ; the place of sponsor is left before it is taken."""
    updates = [update.row for update in plan.updates.get("person", [])]
    sponsors = (update.row for update in plan.updates.get("person", []) if update.old.values["role"] == Role.SPONSOR)
    leaving = [row.pk for row in sponsors if row.pk is not None]
    Membership.objects.filter(pk__in=leaving).update(role=Role.MEMBER)
    seats = [Membership(pk=row.pk, role=row.values["role"], title=row.values["title"]) for row in updates]
    Membership.objects.bulk_update(seats, ["role", "title"], batch_size=250)
    Membership.objects.bulk_create(_seat(program, row, people) for row in plan.creates.get("person", []))


def _seat(program: Program, row: Row, people: dict[str, int]) -> Membership:
    return Membership(
        program=program, person_id=people[row.values["email"]], role=row.values["role"], title=row.values["title"]
    )
