"""What is wrong with a file: each fault with its path and its line."""

from dataclasses import dataclass, field

# So that a file of another kind does not answer with a million lines.
MOST_PROBLEMS = 500


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: the line it stands on (from 1), its path as in `phases[2].name`, and what is wrong."""

    line: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line else "file"
        return f"{place}: {self.path}: {self.message}" if self.path else f"{place}: {self.message}"


@dataclass
class Problems:
    """Collects faults, in the order of their lines, up to a bound."""

    found: list[Problem] = field(default_factory=list)

    def add(self, path: str, line: int, message: str) -> None:
        """Note a fault; beyond the bound it is left out."""
        if len(self.found) < MOST_PROBLEMS:
            self.found.append(Problem(line=line, path=path, message=message))

    def in_order(self) -> list[Problem]:
        """Return the faults by line, each once."""
        return sorted(set(self.found))

    def __bool__(self) -> bool:
        return bool(self.found)
