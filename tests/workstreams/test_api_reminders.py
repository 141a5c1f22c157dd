"""The reader's inbox over the API: their own alone, with what each line is about."""

import pytest

from core.accounts.models import User
from notifications.models import Reminder
from programs.choices import Role
from tests.cast import MONDAY
from tests.support.api import ApiOf
from tests.work import FRIDAY
from workstreams.models import ActionItem, Milestone

pytestmark = pytest.mark.usefixtures("monday")


def _remind(person: User, kind: str, subject_id: int, step: int) -> Reminder:
    return Reminder.objects.create(
        kind=kind, subject_kind=kind, subject_id=subject_id, due_on=FRIDAY, step=step, recipient=person,
        role="performer", shows_at=MONDAY, send_at=MONDAY, decided_at=MONDAY,
    )  # fmt: skip


def test_a_person_reads_what_they_were_told(
    promise: ActionItem, bob: User, roles: dict[Role, User], api_of: ApiOf
) -> None:
    (told,) = api_of(bob).get("reminders/").json()["results"]
    assert (told["kind"], told["due_on"], told["is_read"]) == ("action_requested", None, False)
    assert told["headline"] == "Sue Sponsor asks you for this by Fri 27 Nov 2026."
    assert (told["subject"]["code"], told["subject"]["title"]) == ("ONE-A1", "Brief the branches")
    (news,) = api_of(roles[Role.SPONSOR]).get("reminders/").json()["results"]
    assert news["kind"] == "action_promised"


def test_nobody_reads_anothers(promise: ActionItem, bob: User, alice: User, charlie: User, api_of: ApiOf) -> None:
    told = Reminder.objects.get(recipient=bob)
    assert api_of(bob).get(f"reminders/{told.pk}/").status_code == 200
    for person in (alice, charlie):
        api = api_of(person)
        assert api.get("reminders/").json()["results"] == []
        assert api.get(f"reminders/{told.pk}/").status_code == 404


def test_filters(promise: ActionItem, milestone: Milestone, bob: User, api_of: ApiOf) -> None:
    due = _remind(bob, "milestone", milestone.pk, -3)
    api = api_of(bob)
    assert api.codes("reminders/?subject_kind=milestone") == [due.pk]
    assert api.codes("reminders/?due_before=2026-11-28&is_read=false") == [due.pk]
    Reminder.objects.filter(pk=due.pk).update(read_at=MONDAY)
    assert api.codes("reminders/?is_read=true") == [due.pk]


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_costs_one_query_more_a_kind_of_subject(
    count: int, promise: ActionItem, milestone: Milestone, bob: User, api_of: ApiOf
) -> None:
    for step in range(count):
        _remind(bob, "action", promise.pk, step)
    api = api_of(bob)
    assert len(api.codes("reminders/?limit=200")) == count + 1
    assert len(api.queries) == 3
    _remind(bob, "milestone", milestone.pk, 0)
    api.get("reminders/?limit=200")
    assert len(api.queries) == 4
