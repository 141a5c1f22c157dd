"""Numbers as people read them: without empty decimals, in percent."""

from decimal import Decimal
from fractions import Fraction


def plain(number: Decimal | None) -> Decimal | None:
    """Return a number without empty decimals."""
    if number is None:
        return None
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize()


def percent(fraction: Fraction | None) -> Decimal | None:
    """Return a fraction in percent, with one decimal."""
    return None if fraction is None else (Decimal(round(fraction * 1000)) / 10).quantize(Decimal("0.1"))
