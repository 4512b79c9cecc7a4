"""The heat map of reporting coverage: a row for each account, a column for each item.

A state is told by colour and by sign, so that the figure can be read in grey and by people who
do not see colours: blue is stated, orange is absent, white is not yet extracted.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mscgraph.coverage import SIGNS, STATED, AccountCoverage, Cell, ReportingList, State
from mscgraph.errors import ParameterError
from mscgraph.names import trial_name
from mscgraph.plots.saving import house_style, save

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["TITLE", "heat_map", "row_label", "write_heat_map"]

TITLE = "What papers state of the cells that were given"


@dataclass(frozen=True)
class _Ink:
    """How a state is painted: the ground, the sign on it, and a pattern where there is one."""

    ground: str
    sign: str = "#1a1a1a"
    hatch: str = ""


# Blues and oranges stay apart for people who do not tell red from green; the darker, the better
# known.
_INKS = {
    State.STATED: _Ink("#0b4a8f", sign="white"),
    State.INFERRED: _Ink("#3f86c4", sign="white"),
    State.PARTLY: _Ink("#8fbde3", hatch="////"),
    State.EARLIER: _Ink("#d4e6f4"),
    State.IN_FIGURE_ONLY: _Ink("#fad2a0", hatch="\\\\\\\\"),
    State.TESTED_NOT_REPORTED: _Ink("#f0903c"),
    State.NOT_TESTED: _Ink("#f7b977"),
    State.NOT_REPORTED: _Ink("#fcefe2"),
    State.NOT_APPLICABLE: _Ink("#dcdcdc"),
    State.NOT_EXTRACTED: _Ink("white", hatch="////"),
}
_DARK, _RULE, _HATCH = "#1a1a1a", "#8c8c8c", "#cfcfcf"

# Lengths are in cells, which are this many inches wide and high; letters are in points.
_INCHES = 0.21
_MARGIN, _GAP = 0.6, 0.5
_LABELS = 8.6
_HEAD = 7.6
_GROUP = 1.4
_COUNTS = 2.6
_LEGEND_STEP = (8.6, 1.3)
_LINE = 0.7
_SMALL, _PLAIN, _LARGE = 6.0, 6.5, 9.0


@dataclass(frozen=True)
class _Block:
    """The columns of one list: where they begin, and where the counts beside them do."""

    which: ReportingList
    left: float

    @property
    def right(self) -> float:
        return self.left + len(self.which.items)


def write_heat_map(
    path: Path,
    covered: Sequence[AccountCoverage],
    lists: Sequence[ReportingList],
    *,
    source: str,
) -> None:
    """Draw the heat map of ``covered`` and write it to ``path`` in the form of its ending.

    ``source`` names program and data in the file's metadata. Raises ParameterError where there is
    no account to draw, and OutputError where the file cannot be written.
    """
    if not covered:
        raise ParameterError("there is no account to draw: ask for other trials, papers or kinds")
    with house_style():
        save(heat_map(covered, lists), path, title=TITLE, source=source)


def heat_map(covered: Sequence[AccountCoverage], lists: Sequence[ReportingList]) -> "Figure":
    """Return the heat map of ``covered``, with a block of columns for each of ``lists``.

    Rows keep their order; a heading stands above each run of one kind and paper.
    """
    from matplotlib.figure import Figure

    blocks = _blocks(lists)
    groups = [(title, list(rows)) for title, rows in groupby(covered, key=_group)]
    width = blocks[-1].right + _COUNTS + _MARGIN
    notes = _notes(covered, lists, characters=int(width * _INCHES * 72 / (0.52 * _SMALL)))
    keys = _keys(covered, lists)
    across = max(1, int((width - 2 * _MARGIN) // _LEGEND_STEP[0]))
    foot = _HEAD + sum(_GROUP + len(rows) for _, rows in groups) + _GAP
    key_top = foot + 1.6
    note_top = key_top + -(-len(keys) // across) * _LEGEND_STEP[1] + _GAP
    height = note_top + len(notes) * _LINE + _MARGIN

    figure = Figure(figsize=(width * _INCHES, height * _INCHES))
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    _write(axes, _MARGIN, 1.0, TITLE, fontsize=_LARGE, fontweight="bold")
    for block in blocks:
        _draw_head(axes, block)
    top = _HEAD
    for title, rows in groups:
        _write(axes, _MARGIN, top + _GROUP - 0.5, title, fontweight="bold")
        top += _GROUP
        for account in rows:
            _write(axes, _MARGIN + _GAP, top + 0.5, row_label(account))
            for block in blocks:
                _draw_row(axes, account, block, top)
            top += 1
    _write(axes, _MARGIN, foot + 0.5, f"stated, of {len(covered)} accounts", style="italic")
    for block in blocks:
        _draw_foot(axes, covered, block, foot)
    for place, (state, sign, words) in enumerate(keys):
        down, right = divmod(place, across)
        left, at = _MARGIN + right * _LEGEND_STEP[0], key_top + down * _LEGEND_STEP[1]
        _draw_cell(axes, left, at, state, sign)
        _write(axes, left + 1.4, at + 0.5, words)
    for place, line in enumerate(notes):
        _write(axes, _MARGIN, note_top + place * _LINE + 0.5, line, fontsize=_SMALL)
    return figure


def row_label(account: AccountCoverage) -> str:
    """Return how a row is called: first author and year, with what tells two such trials apart.

    A star marks an account of which only the abstract was read.
    """
    return trial_name(account.trial, account.name) + ("" if account.is_read_in_full else "*")


def _group(account: AccountCoverage) -> str:
    if account.kind == "own-report":
        return "Own reports"
    author, _, year = account.paper.rpartition("/")[2].rpartition("-")
    return f"{account.kind.capitalize()} in {author.title()} {year}"


def _blocks(lists: Sequence[ReportingList]) -> list[_Block]:
    blocks, left = [], _MARGIN + _LABELS
    for each in lists:
        blocks.append(_Block(each, left))
        left = blocks[-1].right + _COUNTS + _GAP
    return blocks


def _keys(
    covered: Sequence[AccountCoverage], lists: Sequence[ReportingList]
) -> list[tuple[State, str, str]]:
    """Return the legend: each state that is drawn, with its sign and what it means."""
    cells = [cell for account in covered for each in lists for cell in account.cells[each.name]]
    drawn = {cell.state for cell in cells}
    keys = [(state, SIGNS[state], state.value) for state in State if state in drawn]
    if any(cell.is_contrary for cell in cells):
        keys.insert(1, (State.STATED, "≠", "stated, not as asked"))
    return keys


def _notes(
    covered: Sequence[AccountCoverage], lists: Sequence[ReportingList], *, characters: int
) -> list[str]:
    """Return what must be said below, in lines of so many characters; only what applies."""
    cells = [cell for account in covered for each in lists for cell in account.cells[each.name]]
    notes = []
    if any(cell.is_earlier for cell in cells):
        notes.append(
            "In brackets: said of cells from which the product was made, not of the product."
        )
    if any(account.kind != "own-report" for account in covered):
        notes.append(
            "Of a tabulated or mentioned trial, what is absent is absent from the paper that "
            "tabulates or mentions it."
        )
    if not all(account.is_read_in_full for account in covered):
        notes.append("* Only the abstract was read.")
    return [line for note in notes for line in textwrap.wrap(note, characters)]


def _draw_head(axes: "Axes", block: _Block) -> None:
    """Draw the name of a list, the slanted names of its items, and the rule below."""
    base = _HEAD + _GROUP - 0.3
    _write(axes, block.left, 2.4, block.which.label, fontsize=_PLAIN + 1, fontweight="bold")
    axes.plot([block.left, block.right], [2.9, 2.9], color=_DARK, linewidth=0.6)
    for place, item in enumerate(block.which.items):
        at = block.left + place + 0.45
        _write(axes, at, base, item.label, rotation=60, rotation_mode="anchor")
    _write(axes, block.right + 0.4, base, "stated", fontsize=_SMALL, style="italic", va="baseline")


def _draw_row(axes: "Axes", account: AccountCoverage, block: _Block, top: float) -> None:
    cells: Sequence[Cell] = account.cells[block.which.name]
    for place, cell in enumerate(cells):
        _draw_cell(axes, block.left + place, top, cell.state, cell.sign)
    count = f"{account.stated(block.which.name)}/{len(cells)}"
    _write(axes, block.right + 0.4, top + 0.5, count, fontsize=_SMALL)


def _draw_foot(axes: "Axes", covered: Sequence[AccountCoverage], block: _Block, top: float) -> None:
    """Draw below each column how many accounts state its item."""
    for place in range(len(block.which.items)):
        cells = [account.cells[block.which.name][place] for account in covered]
        count = str(sum(cell.state in STATED for cell in cells))
        at = block.left + place + 0.5
        _write(axes, at, top + 0.5, count, fontsize=_SMALL, ha="center")


def _draw_cell(axes: "Axes", left: float, top: float, state: State, sign: str) -> None:
    from matplotlib.patches import Rectangle

    ink = _INKS[state]
    ground: dict[str, Any] = {"facecolor": ink.ground, "linewidth": 0}
    if ink.hatch:
        ground |= {"hatch": ink.hatch, "edgecolor": _HATCH}
    axes.add_patch(Rectangle((left, top), 1, 1, **ground))
    axes.add_patch(Rectangle((left, top), 1, 1, fill=False, edgecolor=_RULE, linewidth=0.4))
    _write(axes, left + 0.5, top + 0.5, sign, color=ink.sign, ha="center")


def _write(axes: "Axes", left: float, at: float, text: str, **more: Any) -> None:
    style: dict[str, Any] = {"fontsize": _PLAIN, "color": _DARK, "va": "center"}
    axes.text(left, at, text, **(style | more))
