"""The three tests of evidence: whether they hold, the percents they propose, and where an answer contradicts them."""

from collections.abc import Sequence

from assessments.choices import Documents


def holds(has_owner: bool | None, is_consistent: bool | None, documents: str) -> bool | None:
    """Tell whether the three tests of evidence hold; None where one is not answered and none has failed."""
    results = (has_owner, is_consistent, None if not documents else documents != Documents.NONE)
    if False in results:
        return False
    return None if None in results else True


def proposed_band(
    bands: Sequence[Sequence[int]], has_owner: bool | None, is_consistent: bool | None, documents: str
) -> tuple[int, int] | None:
    """Return the band of percents that the three tests propose, None while one is unanswered.

    An owner and consistency raise it by a band each; documents that show a plan by one, those of what was planned
    and done by three: of six bands the highest takes all of them.
    """
    if has_owner is None or is_consistent is None or not documents or not bands:
        return None
    steps = int(has_owner) + int(is_consistent) + {Documents.PLANNED: 1, Documents.DONE: 3}.get(Documents(documents), 0)
    low, high = bands[min(steps, len(bands) - 1)]
    return low, high


def is_doubtful(percent: int | None, holds_: bool | None, *, high: int) -> bool:
    """Tell whether an answer is high and fails a test: that is pointed out, and its points stay as they are."""
    return percent is not None and percent >= high and holds_ is False
