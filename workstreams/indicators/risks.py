"""How grave an entry of the RAID register is, from values alone."""


def risk_score(*, kind: str, probability: int | None, impact: int | None) -> int | None:
    """Return probability x impact of a risk, 3 x impact of an issue, 1 to 25; None of anything else."""
    if impact is None:
        return None
    if kind == "issue":
        return 3 * impact
    return probability * impact if kind == "risk" and probability is not None else None
