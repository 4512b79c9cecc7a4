"""Judges of counts that must add up: records of a search, and participants."""

from collections.abc import Sequence
from itertools import combinations

from mscgraph.check.judges.verdict import Row, Verdict

__all__ = ["search_flow"]

# A search has few reasons and sources; more are not tried in all their sums.
_MOST_NUMBERS = 12


def search_flow(row: Row) -> Verdict | None:
    """Hold the drop from one stage of a search to the next to what was excluded.

    ``excluded`` lists every number of records that the review excludes, for whatever reason; a
    drop that is none of them and no sum of several is not accounted for. ``sources`` lists what
    single sources gave: some of it may have been added to the stage before.
    """
    before, after = int(float(row["before"])), int(float(row["after"]))
    excluded = [int(text) for text in row.get("excluded", "").split()]
    sources = [int(text) for text in row.get("sources", "").split()]
    drop = before - after
    if drop == 0 or not excluded or max(len(excluded), len(sources)) > _MOST_NUMBERS:
        return None
    if any(drop + added in _sums(excluded) for added in {0} | _sums(sources)):
        return None
    return Verdict(str(drop), ", ".join(map(str, sorted(excluded))))


def _sums(numbers: Sequence[int]) -> set[int]:
    """Return the numbers and the sums of any of them."""
    sizes = range(1, len(numbers) + 1)
    return {sum(some) for size in sizes for some in combinations(numbers, size)}
