"""Workstreams come and go, but both disciplines always run."""

import pytest

from core import exceptions as core_exceptions
from core.accounts.models import User
from programs.choices import Role
from programs.models import Program
from tests.cast import MONDAY
from workstreams import exceptions, services
from workstreams.choices import Discipline
from workstreams.models import Milestone, Workstream
from workstreams.services import WorkstreamDetails

People = dict[Role, User]
Streams = dict[Discipline, Workstream]


def test_a_manager_adds_edits_and_removes_one(program: Program, workstreams: Streams, alice: User, bob: User) -> None:
    program_has = program.workstreams.count()
    details = WorkstreamDetails(discipline=Discipline.CHANGE, name=" Training ", lead=bob)
    Workstream.objects.filter(pk=workstreams[Discipline.CHANGE].pk).update(code="X1")
    Workstream.objects.filter(pk=workstreams[Discipline.PROJECT].pk).update(code="X2")
    added = services.add_workstream(program=program, details=details, by=alice, at=MONDAY)
    assert (added.name, added.lead) == ("Training", bob)
    edited = services.edit_workstream(workstream=added, changes={"name": "Learning"}, by=alice, at=MONDAY)
    assert (edited.name, edited.version) == ("Learning", 2)
    services.remove_workstream(workstream=edited, by=alice, at=MONDAY)
    assert program.workstreams.count() == program_has


@pytest.mark.parametrize("discipline", list(Discipline))
def test_the_last_of_a_discipline_stays(workstreams: Streams, alice: User, discipline: Discipline) -> None:
    last, other = workstreams[discipline], next(each for each in Discipline if each != discipline)
    with pytest.raises(exceptions.LastOfItsDiscipline, match=f"{last.name} is the last workstream of"):
        services.remove_workstream(workstream=last, by=alice, at=MONDAY)
    with pytest.raises(exceptions.LastOfItsDiscipline, match="add another one first"):
        services.edit_workstream(workstream=last, changes={"discipline": other}, by=alice, at=MONDAY)


def test_one_that_holds_work_stays(milestone: Milestone, program: Program, alice: User) -> None:
    Workstream.objects.filter(program=program).update(discipline=Discipline.PROJECT)
    with pytest.raises(exceptions.WorkstreamInUse, match="1 milestone"):
        services.remove_workstream(workstream=milestone.workstream, by=alice, at=MONDAY)


def test_who_may(workstreams: Streams, roles: People, charlie: User) -> None:
    stream = workstreams[Discipline.CHANGE]
    for role in (Role.LEAD, Role.MEMBER, Role.VIEWER, Role.SPONSOR):
        with pytest.raises(core_exceptions.NotAllowed, match="manager"):
            services.edit_workstream(workstream=stream, changes={"name": "New"}, by=roles[role], at=MONDAY)
    with pytest.raises(core_exceptions.NotFound):
        services.remove_workstream(workstream=stream, by=charlie, at=MONDAY)
