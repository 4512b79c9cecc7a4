"""Small tab-separated files that people keep by hand: a line of column heads, then full rows."""

import csv
from pathlib import Path

from mscgraph.errors import MscgraphError

__all__ = ["read_rows"]


def read_rows(
    path: Path, heads: tuple[str, ...], error: type[MscgraphError]
) -> list[tuple[str, ...]]:
    """Return the rows below the ``heads`` of the file at ``path``.

    Nothing is quoted. Raises ``error`` with the line when the file cannot be read, begins with
    other heads, or has a row with a cell too many, too few or empty.
    """
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise error(f"{path}: cannot be read: {fault}") from None
    if not rows or tuple(rows[0]) != heads:
        raise error(f"{path}:1: begin with the column heads {', '.join(heads)}")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(heads) or not all(cell.strip() for cell in row):
            raise error(f"{path}:{number}: give each of {', '.join(heads)}, parted by tabs")
    return [tuple(row) for row in rows[1:]]
