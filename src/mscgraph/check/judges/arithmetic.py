"""Judges of counts, shares, sums, differences and intervals within one paper."""

from decimal import Decimal

from mscgraph.check.judges.verdict import Row, Verdict, half_unit, rounded_as

__all__ = ["share"]


def share(row: Row) -> Verdict | None:
    """Hold a percentage to its count and denominator; one unit of the last digit is allowed."""
    count, whole, percent = (Decimal(row[name]) for name in ("count", "denominator", "percent"))
    if whole == 0:
        return None
    expected = 100 * count / whole
    if abs(expected - percent) <= 2 * half_unit(row["percent"]):
        return None
    return Verdict(rounded_as(expected, row["percent"]), row["percent"])
