"""Judges: the arithmetic that decides whether figures agree, rounding allowed for.

A judge takes a row of its kind's query, the columns as text, and returns a Verdict when the
figures do not agree, or None when they do or when too few are known. Figures come with the digits
that are written, and agree when some values that round to them would.
"""

from collections.abc import Callable

from mscgraph.check.judges import arithmetic, ranges
from mscgraph.check.judges.verdict import Row, Verdict

__all__ = ["JUDGES", "Row", "Verdict"]

# Name in a kind's header → the judge.
JUDGES: dict[str, Callable[[Row], Verdict | None]] = {
    "share": arithmetic.share,
    # Statements inside a paper.
    "dose outside range": ranges.outside_range,
    "printed differently": ranges.printed_differently,
}
