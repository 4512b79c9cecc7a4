"""The effect direction plot: a row for each trial, a column for each outcome, an arrow between.

After Thomson & Thomas (2013) and Hilton Boon & Thomson (2021). It shows which way outcomes went
where papers give no numbers that could be pooled; it does not show how far.
"""

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mscgraph.errors import ParameterError
from mscgraph.plots.page import DARK, FULL_WIDTH, LARGE, LEADING, MARGIN, SMALL, Page, width, wrap
from mscgraph.plots.saving import house_style, save
from mscgraph.synthesis.directions import DirectionCell, DirectionRow, Directions
from mscgraph.synthesis.statements import Said

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["TITLE", "arrow_size", "effect_directions", "write_effect_directions"]

TITLE = "Which way outcomes went in each trial"

_GAP, _LINE = 8.0, LEADING * SMALL
_ROW, _COLUMN, _LEAST_COLUMN = 13.0, 26.0, 10.4
_HAIR, _NUMBER = "#d9d9d9", "#dedede"
_SLANT, _LEFT_OVER = 60, 0.55
# Half the height of an arrow, by the number of participants; the last is for an unknown number.
_SIZES = ((50, 2.6), (101, 3.7))
_LARGEST, _UNKNOWN = 4.9, 1.8

_SIGNS = {
    Said.IMPROVED: "improved",
    Said.WORSENED: "worsened",
    Said.NO_BENEFIT: "no benefit or no difference",
    Said.MIXED: "mixed: fewer than 70% of the statements agree",
    Said.NO_DIRECTION: "told without a direction, or neither good nor bad",
}
_ABOUT = (
    "After Thomson and Thomas (2013) and Hilton Boon and Thomson (2021). Differences between arms "
    "go before changes within one. An arrow tells which way an outcome went, not how far, and "
    "significance does not decide it. An empty place means that nothing is told."
)


def write_effect_directions(path: Path, directions: Directions, *, source: str) -> None:
    """Draw ``directions`` and write them to ``path`` in the form of its ending.

    ``source`` names program and data in the file's metadata. Raises ParameterError where no trial
    tells of an outcome, and OutputError where the file cannot be written.
    """
    if not directions.rows:
        raise ParameterError(
            "no trial tells which way an outcome went: ask for other outcomes or kinds of account"
        )
    with house_style():
        save(effect_directions(directions), path, title=TITLE, source=source)


def arrow_size(participants: int | None) -> float:
    """Return half the height of a trial's arrows, in points: fewer than 50, to 100, above."""
    if participants is None:
        return _UNKNOWN
    return next((size for below, size in _SIZES if participants < below), _LARGEST)


def effect_directions(directions: Directions) -> "Figure":
    """Return the figure of ``directions``, which have at least one row."""
    rows = directions.rows
    first = MARGIN + max([width(_label(row)) for row in rows] + [60.0]) + _GAP
    numbers = first + width("0000")
    left = numbers + _GAP
    heads = [width(name) for name in directions.outcomes]
    pitch = (FULL_WIDTH - left - MARGIN) / (len(heads) + 1)
    pitch = min(max(pitch, _LEAST_COLUMN), _COLUMN)
    right = left + pitch * len(heads)
    # Slanted names reach beyond the last column; upright ones do not, and are for many.
    reach = max((place + 0.5) * pitch + _LEFT_OVER * long for place, long in enumerate(heads))
    is_slanted = left + reach + MARGIN <= FULL_WIDTH
    page = Page(max(right, left + reach if is_slanted else 0.0, 0.7 * FULL_WIDTH) + MARGIN)

    lines = wrap(TITLE, page.breadth - 2 * MARGIN, LARGE, weight="bold")
    top = 14.0 + page.write_lines(MARGIN, 14.0, lines, fontsize=LARGE, fontweight="bold")
    top += max(heads) * (0.87 if is_slanted else 1.0) + 6
    for place, name in enumerate(directions.outcomes):
        style: dict[str, Any] = {
            "rotation": _SLANT if is_slanted else 90,
            "rotation_mode": "anchor",
        }
        at = left + (place + 0.5) * pitch + (0 if is_slanted else 2.5)
        page.axes.text(at, top - 3, name, fontsize=7, color=DARK, parse_math=False, **style)
    page.write(MARGIN, top - 5, "Trial", fontweight="bold")
    page.write(numbers, top - 5, "n", ha="right", fontweight="bold")
    page.line((MARGIN, right), (top, top))
    head = top
    for design, among in groupby(rows, key=lambda row: row.design):
        page.box(MARGIN, top, right - MARGIN + 1, _ROW + 1, facecolor="white", zorder=0.35)
        page.write(MARGIN, top + _ROW / 2 + 1, design, fontweight="bold")
        top += _ROW + 1
        for row in among:
            page.line((MARGIN, right), (top, top), color=_HAIR, linewidth=0.4)
            page.write(MARGIN, top + _ROW / 2, _label(row))
            size = "–" if row.size is None else f"{row.size}"
            page.write(numbers, top + _ROW / 2, size, ha="right")
            for cell in row.cells:
                at = left + directions.outcomes.index(cell.outcome) * pitch
                _cell(page, cell, (at, top, pitch), arrow_size(row.size))
            top += _ROW
        page.line((MARGIN, right), (top, top), color=DARK, linewidth=0.4)
    for place in range(len(heads) + 1):
        at = left + place * pitch
        page.line((at, at), (head, top), color=_HAIR, linewidth=0.4, zorder=0.3)
    return page.cut(_legend(page, rows, top + 13) + MARGIN)


def _label(row: DirectionRow) -> str:
    return row.name if row.is_own_report else f"{row.name}‡"


def _cell(page: Page, cell: DirectionCell, place: tuple[float, float, float], size: float) -> None:
    left, top, pitch = place
    if cell.has_number:
        page.box(left, top, pitch, _ROW, facecolor=_NUMBER, zorder=0.2)
    _sign(page, (left + pitch / 2, top + _ROW / 2), cell.said, size, is_full=cell.is_significant)


def _sign(
    page: Page, centre: tuple[float, float], said: Said, size: float, *, is_full: bool
) -> None:
    """Draw the sign of what is said: an arrow up or down, two sideways, a bar, or a ring."""
    x, y = centre
    style: dict[str, Any] = {
        "facecolor": DARK if is_full else "white",
        "edgecolor": DARK,
        "linewidth": 0.7,
    }
    if said in (Said.IMPROVED, Said.WORSENED):
        up = -size if said is Said.IMPROVED else size
        page.shape([(x - size, y - up), (x + size, y - up), (x, y + up)], **style)
    elif said is Said.MIXED:
        for side in (-1, 1):
            inner, outer = x + side * 0.8, x + side * (size + 0.8)
            page.shape([(inner, y - size * 0.8), (inner, y + size * 0.8), (outer, y)], **style)
    elif said is Said.NO_BENEFIT:
        page.box(x - size, y - 1.1, 2 * size, 2.2, **style)
    else:
        page.disc(centre, 0.6 * size, **style)


def _legend(page: Page, rows: tuple[DirectionRow, ...], top: float) -> float:
    """Draw what the signs mean, in two columns, and the notes; return where they end."""
    half, middle = (page.breadth - 2 * MARGIN) / 2, arrow_size(50)
    cells = [cell for row in rows for cell in row.cells]
    begin = top
    for said, words in _SIGNS.items():
        if any(cell.said is said for cell in cells):
            _sign(page, (MARGIN + 6, top), said, middle, is_full=False)
            top = _words(page, MARGIN + 16, top, words, half - 18)
    if any(cell.is_significant for cell in cells):
        _sign(page, (MARGIN + 6, top), Said.IMPROVED, middle, is_full=True)
        words = "filled: called significant by the paper"
        top = _words(page, MARGIN + 16, top, words, half - 18)
    foot, top = top, begin
    sizes = [("fewer than 50 participants", 1), ("50 to 100", 50), ("more than 100", 101)]
    keys: list[tuple[str, int | None]] = [*sizes]
    if any(row.size is None for row in rows):
        keys.append(("number of participants not told", None))
    for words, participants in keys:
        at = (MARGIN + half + 6, top)
        _sign(page, at, Said.IMPROVED, arrow_size(participants), is_full=False)
        top = _words(page, at[0] + 10, top, words, half - 18)
    if any(cell.has_number for cell in cells):
        page.box(MARGIN + half, top - 5, 12, 10, facecolor=_NUMBER)
        words = "grey: the trial also gives a number"
        top = _words(page, MARGIN + half + 16, top, words, half - 18)
    top = max(foot, top) + 2
    others = sorted({paper for row in rows if not row.is_own_report for paper in row.papers})
    notes = [_ABOUT]
    if others:
        told = ", ".join(paper.replace("-", " ").capitalize() for paper in others)
        notes.insert(0, f"‡ Not from the trial's own report, but as other papers tell it: {told}.")
    for note in notes:
        wrapped = wrap(note, page.breadth - 2 * MARGIN, SMALL)
        top += page.write_lines(MARGIN, top, wrapped, fontsize=SMALL) + 1.5
    return top - _LINE / 2


def _words(page: Page, left: float, middle: float, words: str, room: float) -> float:
    """Write the words of a key and return where the next one stands."""
    lines = wrap(words, room, SMALL)
    return middle + page.write_lines(left, middle, lines, fontsize=SMALL) + 4
