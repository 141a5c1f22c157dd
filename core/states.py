"""States and legal moves as data: a machine is declared beside its states and checked when it is loaded."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices

from core import exceptions


@dataclass(frozen=True)
class Move:
    """A named change of state: from any of `sources` to `target`."""

    sources: frozenset[str]
    target: str


def move(*sources: str, to: str) -> Move:
    """Declare a move."""
    return Move(frozenset(str(source) for source in sources), str(to))


class Machine:
    """The legal moves of one kind of thing.

    Raises:
        ValueError: when it is declared with a state that is not among the choices, or one nothing leads to.
    """

    def __init__(self, states: type[TextChoices], *, starts: Collection[str], moves: Mapping[str, Move]) -> None:
        self.states = states
        self.moves = dict(moves)
        known = set(states.values)
        named = {state for each in self.moves.values() for state in (*each.sources, each.target)}
        reached = {str(state) for state in starts} | {each.target for each in self.moves.values()}
        if unknown := named - known:
            raise ValueError(f"{states.__name__} has no {sorted(unknown)}")
        if lost := known - reached:
            raise ValueError(f"nothing leads to {sorted(lost)} of {states.__name__}")

    def legal(self, state: str) -> list[str]:
        """Return the names of the moves that a state allows, in the order they are declared."""
        return [name for name, each in self.moves.items() if state in each.sources]

    def target(self, state: str, name: str) -> str:
        """Return the state that a move leads to.

        Raises:
            core.exceptions.IllegalMove: when the state does not allow it; it lists the moves that are.
        """
        if state not in self.moves[name].sources:
            legal = self.legal(state)
            label: Any = self.states(state).label
            text = ", ".join(legal) or "—"
            raise exceptions.IllegalMove(move=name, state=label, state_code=state, legal=legal, legal_text=text)
        return self.moves[name].target
