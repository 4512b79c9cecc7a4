"""What a judge is given and what it returns, and the rounding that printed figures allow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

__all__ = ["Row", "Verdict", "half_unit", "rounded_as"]

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


def rounded_as(value: Decimal, model: str) -> str:
    """Return ``value`` with as many decimals as ``model`` has."""
    return str(value.quantize(Decimal(1).scaleb(int(Decimal(model).as_tuple().exponent))))
