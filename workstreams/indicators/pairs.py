"""Whether the two disciplines go together in each phase, from values alone."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A milestone as pairing sees it: in which phase, of which discipline, when."""

    id: int
    phase_id: int
    is_change: bool
    goes_live: bool
    on: dt.date


def unprepared(milestones: Collection[Placed]) -> list[int]:
    """Return the project milestones that go live for people with no change milestone before them in their phase."""
    first: dict[int, dt.date] = {}
    for each in milestones:
        if each.is_change:
            first[each.phase_id] = min(each.on, first.get(each.phase_id, each.on))
    return [
        each.id
        for each in milestones
        if each.goes_live and not each.is_change and first.get(each.phase_id, dt.date.max) > each.on
    ]


def one_sided(phase_ids: Collection[int], milestones: Collection[Placed]) -> list[tuple[int, bool]]:
    """Return the phases in which one discipline has no milestone, with whether it is change that is missing.

    A phase without any milestone is not planned yet: nothing of it is missing.
    """
    sides = {(each.phase_id, each.is_change) for each in milestones}
    return [
        (phase, is_change)
        for phase in phase_ids
        for is_change in (False, True)
        if (phase, is_change) not in sides and (phase, not is_change) in sides
    ]
