"""Figures as printed: between what bounds a rounded one lies, and whether a p-value fits."""

from decimal import Decimal

from mscgraph.check.judges.verdict import Row, half_unit

__all__ = ["bounds", "decimals", "figure", "fits_p", "shown", "with_sign"]


def figure(row: Row, name: str) -> float | None:
    """Return the figure in the column ``name``, or None where there is none."""
    return float(row[name]) if row.get(name) else None


def bounds(printed: str) -> tuple[float, float]:
    """Return between what values a figure that is printed so lies.

    >>> bounds("0.41")
    (0.405, 0.415)
    """
    value, off = Decimal(printed), half_unit(printed)
    return float(value - off), float(value + off)


def decimals(*printed: str) -> int:
    """Return how many decimals the most exact of several figures of one column has.

    A store drops final zeros, and so do some papers; a column is rounded to one place.
    """
    return max(max(0, -int(Decimal(each).as_tuple().exponent)) for each in printed)


def shown(value: float, places: int) -> str:
    """Return ``value`` with so many decimals, without a minus before zero."""
    text = f"{value:.{places}f}"
    return text.removeprefix("-") if float(text) == 0 else text


def with_sign(printed: str) -> str:
    """Return a printed figure with its sign changed."""
    return printed.removeprefix("-") if printed.startswith("-") else f"-{printed}"


def fits_p(printed: str, comparator: str, low: float, high: float) -> bool:
    """Return whether a printed p-value allows for a true one from ``low`` to ``high``.

    A value may be rounded or cut off after its last digit. A comparator that the text has lost
    allows for anything.
    """
    value, half = float(printed), float(half_unit(printed))
    if comparator == "=":
        return low <= value + 2 * half and high >= value - half
    if comparator in ("<", "≤"):
        return low <= value
    if comparator in (">", "≥"):
        return high >= value
    return True
