"""Tables in plain text: which line, or which cell, a locator means by the names of its row."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mscgraph.printed import Span, find, fold, key

__all__ = ["Line", "RowNames", "find_row", "lines_of"]

Line = tuple[str, Span]

# Cells of several lines may be parted from the next cell of their row by a blank line.
_BLANKS_IN_ROW = 3


@dataclass(frozen=True)
class RowNames:
    """The names that open the rows of one table, and those that may open rows within a group."""

    first: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()

    @classmethod
    def of(cls, parts: Iterable[list[str]]) -> "RowNames":
        """Return the names in ``parts``: row and column, or group, row and column, of locators."""
        listed = list(parts)
        return cls(
            frozenset(each[0] for each in listed),
            frozenset(each[1] for each in listed if len(each) > 1),
        )


def lines_of(text: str, span: Span) -> Iterator[Line]:
    """Yield the lines of ``text`` within ``span``, each with where it stands."""
    for match in re.compile(r"[^\n]*(?:\n|$)").finditer(text, span.start, span.end):
        if match.group():
            yield match.group().rstrip("\n"), Span(match.start(), match.end())


def find_row(text: str, table: Span, parts: list[str], names: RowNames) -> Span | None:
    """Return where the row, or the cell, stands that ``parts`` of a locator name.

    ``parts`` are row and column, or group of rows, row and column; a group is headed by a line
    of its own, and its rows begin with their names below it. A row goes on until the next one
    that has a name, over a few blank lines at most. A cell is known where tabs part the columns.
    None when no single line holds the first name.
    """
    lines = list(lines_of(text, table))
    number = _only_line(lines, parts[0])
    if number is None:
        return None
    line, span = lines[number]
    if "\t" in line:
        return _cell(lines, number, parts[1:]) or span
    if len(parts) > 1:
        below = range(number + 1, len(lines))
        number = next((n for n in below if _begins(lines[n][0], parts[1])), number)
        span = lines[number][1]
    end, blanks = span.end, 0
    for following, place in lines[number + 1 :]:
        blanks += not following.strip()
        if blanks > _BLANKS_IN_ROW or _opens_row(following, parts, names):
            break
        end = place.end
    return Span(span.start, end)


def _only_line(lines: list[Line], name: str) -> int | None:
    """Return the number of the one line that holds ``name``, in one piece or word by word."""
    for holds in (_holds_phrase, _holds_words):
        held = [number for number, (line, _) in enumerate(lines) if holds(line, name)]
        if len(held) == 1:
            return held[0]
    return None


def _opens_row(line: str, parts: list[str], names: RowNames) -> bool:
    if any(_begins(line, name) for name in names.within):
        return True
    return any(_holds_words(line, name) for name in names.first - {parts[0]})


def _cell(lines: list[Line], number: int, columns: list[str]) -> Span | None:
    """Return the cell of the line ``number`` below the head that ``columns`` names, if any."""
    heads = next(line for line, _ in lines if "\t" in line).split("\t")
    line, span = lines[number]
    place = span.start
    for cell, head in zip(line.split("\t"), heads, strict=False):
        if columns and key(head) == key(columns[0]):
            return Span(place, place + len(cell))
        place += len(cell) + 1
    return None


def _begins(line: str, name: str) -> bool:
    return key(line).startswith(key(name))


def _holds_phrase(line: str, name: str) -> bool:
    return bool(find(name, fold(line)))


def _holds_words(line: str, name: str) -> bool:
    words = _words(name)
    return bool(words) and words <= _words(line)


def _words(text: str) -> frozenset[str]:
    return frozenset(map(key, re.findall(r"[^\W_]+", text)))
