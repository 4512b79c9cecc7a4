"""Judge of doses: numbers of cells against the range that a paper states."""

from decimal import Decimal

from mscgraph.check.judges.verdict import Row, Verdict

__all__ = ["outside_range"]

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def outside_range(row: Row) -> Verdict | None:
    """Hold a dose, ``from`` and ``to``, to the range ``low`` to ``high``, edges included."""
    low, high, least, most = (Decimal(row[name]) for name in ("low", "high", "from", "to"))
    if least <= high and most >= low:
        return None
    return Verdict(_span(low, high), _span(least, most))


def _span(low: Decimal, high: Decimal) -> str:
    return _cells(low) if low == high else f"{_cells(low)} to {_cells(high)}"


def _cells(number: Decimal) -> str:
    """Return a number of cells as people print it.

    >>> _cells(Decimal(31700000))
    '3.17×10⁷'
    """
    digits, _, power = f"{number.normalize():E}".partition("E+")
    if not power:
        return f"{number:f}"
    return f"{digits}×10{power.translate(_RAISED)}"
