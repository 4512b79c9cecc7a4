"""Judges of counts that must add up: records of a search, and participants."""

from itertools import combinations

from mscgraph.check.judges.verdict import Row, Verdict

__all__ = ["search_flow"]

# Steps of a search have few reasons; more are not tried in all their sums.
_MOST_EXCLUSIONS = 12


def search_flow(row: Row) -> Verdict | None:
    """Hold the drop from one stage of a search to the next to what was excluded.

    ``excluded`` lists every number of records that the review excludes, for whatever reason; a
    drop that is none of them and no sum of several is not accounted for.
    """
    before, after = int(float(row["before"])), int(float(row["after"]))
    numbers = [int(text) for text in row.get("excluded", "").split()]
    drop = before - after
    if drop == 0 or not numbers or len(numbers) > _MOST_EXCLUSIONS:
        return None
    sums = {
        sum(some) for size in range(1, len(numbers) + 1) for some in combinations(numbers, size)
    }
    return None if drop in sums else Verdict(str(drop), ", ".join(map(str, sorted(numbers))))
