"""Judges of counts, shares, sums, differences and intervals within one paper."""

from decimal import Decimal

from mscgraph.check.judges.verdict import Row, Verdict, half_unit, rounded_as

__all__ = ["share"]


def share(row: Row) -> Verdict | None:
    """Hold a percentage to its count and denominator; one unit of the last digit is allowed.

    The verdict's ``hint`` names the count of which the percentage would be right, if there is one.
    """
    count, whole, percent = (Decimal(row[name]) for name in ("count", "denominator", "percent"))
    if whole == 0:
        return None
    expected = 100 * count / whole
    allowed = 2 * half_unit(row["percent"])
    if abs(expected - percent) <= allowed:
        return None
    other = (percent * whole / 100).to_integral_value()
    fits = abs(100 * other / whole - percent) <= allowed
    hint = f"; {row['percent']} % would be {other} of {row['denominator']}" if fits else ""
    return Verdict(rounded_as(expected, row["percent"]), row["percent"], {"hint": hint})
