"""Judges of a reference list: entries that are cited nowhere, and works that are listed twice."""

from mscgraph.check.judges.verdict import Row, Verdict

__all__ = ["listed_twice", "uncited"]


def uncited(row: Row) -> Verdict | None:
    """Name the entries that no citation of the paper names."""
    numbers = sorted(map(int, row["numbers"].split(";")))
    named = f"{'entries' if len(numbers) > 1 else 'entry'} {_and(list(map(str, numbers)))}"
    return Verdict("a citation", named)


def listed_twice(row: Row) -> Verdict | None:
    """Name the entries that are one work, work by work, and tell how many works there are."""
    works = sorted(sorted(map(int, work.split("/"))) for work in row["works"].split(";"))
    named = _and([" with ".join(map(str, work)) for work in works])
    entries = int(row["entries"])
    distinct = entries - sum(len(work) - 1 for work in works)
    once = "work" if len(works) == 1 else "works"
    words = {"count": f"{len(works)} {once}", "distinct": str(distinct)}
    return Verdict("each work once", named, words)


def _and(names: list[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
