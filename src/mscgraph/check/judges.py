"""Judges: the arithmetic that decides whether figures agree, rounding allowed for.

Each judge takes a row of its kind's query, the columns as text, and returns a Verdict when the
figures do not agree, or None when they do or when too few are known. Figures come with the
digits that are printed, and a figure is held to agree when some value that rounds to each of
them would.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

__all__ = ["JUDGES", "Row", "Verdict", "half_unit"]

# Column → text; a column that is unbound is left out.
Row = Mapping[str, str]


@dataclass(frozen=True)
class Verdict:
    """Why a row is a discrepancy: what was expected and found, and further words for a sentence."""

    expected: str
    found: str
    words: Mapping[str, str] = field(default_factory=dict)


def half_unit(printed: str) -> Decimal:
    """Return half a unit of the last digit of ``printed``: a figure may be off by that much.

    >>> half_unit("17.90")
    Decimal('0.005')
    """
    exponent = Decimal(printed).as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1)


def share(row: Row) -> Verdict | None:
    """Hold a percentage to its count and denominator; one unit of the last digit is allowed."""
    count, whole, percent = (Decimal(row[name]) for name in ("count", "denominator", "percent"))
    if whole == 0:
        return None
    expected = 100 * count / whole
    if abs(expected - percent) <= 2 * half_unit(row["percent"]):
        return None
    return Verdict(_as(expected, row["percent"]), row["percent"])


def total(row: Row) -> Verdict | None:
    """Hold a stated total to the sum of its parts."""
    if Decimal(row["sum"]) == Decimal(row["total"]):
        return None
    return Verdict(row["total"], row["sum"])


def _as(value: Decimal, model: str) -> str:
    """Return ``value`` with as many decimals as ``model`` has."""
    return str(value.quantize(Decimal(1).scaleb(int(Decimal(model).as_tuple().exponent))))


JUDGES: dict[str, Callable[[Row], Verdict | None]] = {
    "share": share,
    "total": total,
}
