"""The evidence map as a figure: a row for each outcome, a column for each tissue, bubbles between.

The area of a bubble tells how many trials speak of the outcome, its parts what they say, and the
dark rim how many of them give a number. What is said is told by shade and by pattern, so that the
figure can be read in grey.
"""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mscgraph.errors import ParameterError
from mscgraph.plots.page import (
    DARK,
    FULL_WIDTH,
    LARGE,
    LEADING,
    MARGIN,
    PLAIN,
    SMALL,
    Page,
    width,
    wrap,
)
from mscgraph.plots.saving import house_style, save
from mscgraph.synthesis.evidence_map import Evidence, EvidenceCell
from mscgraph.synthesis.statements import Said

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["TITLE", "evidence_map", "write_evidence_map"]

TITLE = "What trials say of outcomes, by the tissue that the cells came from"

_GAP, _LINE = 10.0, LEADING * SMALL
_LABEL, _COLUMN, _LEAST_COLUMN = 170.0, 100.0, 44.0
# In a column this wide both figures stand in one line.
_BESIDE = 64.0
_RADIUS, _LEAST_RADIUS, _ROW = 9.5, 2.2, 11.0
_RIM = 1.5
_HAIR = "#d9d9d9"


@dataclass(frozen=True)
class _Ink:
    ground: str
    hatch: str = ""


_INKS = {
    Said.IMPROVED: _Ink("#0b4a8f"),
    Said.MIXED: _Ink("#8fbde3", hatch="/////"),
    Said.NO_BENEFIT: _Ink("white"),
    Said.WORSENED: _Ink("#f0903c", hatch="xxxxx"),
    Said.NO_DIRECTION: _Ink("#c4c4c4"),
}
# What each part of a bubble means, in the order in which it is drawn.
_MEANINGS = {
    Said.IMPROVED: "improved",
    Said.MIXED: "mixed (improved at some times or by some accounts, not by others)",
    Said.NO_BENEFIT: "no benefit or no difference",
    Said.WORSENED: "worsened",
    Said.NO_DIRECTION: "no direction told, or neither good nor bad",
}


_FIGURES = (
    "The area of a bubble and the figure beside it tell how many trials speak of the outcome; in "
    "brackets, how many of them give a number."
)
_OWN = (
    "Where a paper reports its own trial, other papers' words on it are left out. An empty place "
    "means that nothing is told, not that nothing was found."
)


def write_evidence_map(path: Path, evidence: Evidence, *, source: str) -> None:
    """Draw ``evidence`` and write it to ``path`` in the form of its ending.

    ``source`` names program and data in the file's metadata. Raises ParameterError where nothing
    is told of any outcome, and OutputError where the file cannot be written.
    """
    if not evidence.cells:
        raise ParameterError("no trial tells of an outcome: ask for other kinds of account")
    with house_style():
        save(evidence_map(evidence), path, title=TITLE, source=source)


def evidence_map(evidence: Evidence) -> "Figure":
    """Return the figure of ``evidence``, which has at least one cell."""
    room = FULL_WIDTH - 2 * MARGIN
    longest = max(width(name) for name in evidence.outcomes)
    label = min(longest, _LABEL) + _GAP
    column = min(_COLUMN, (room - label) / len(evidence.sources))
    words = [word for source in evidence.sources for word in source.split()]
    column = max(column, _LEAST_COLUMN, *(width(word, weight="bold") + 8 for word in words))
    breadth = max(2 * MARGIN + label + column * len(evidence.sources), 0.7 * FULL_WIDTH)
    page = Page(breadth)
    most = max(len(cell.trials) for cell in evidence.cells)

    lines = wrap(TITLE, breadth - 2 * MARGIN, LARGE, weight="bold")
    top = 14.0 + page.write_lines(MARGIN, 14.0, lines, fontsize=LARGE, fontweight="bold")
    lefts = {
        source: MARGIN + label + place * column for place, source in enumerate(evidence.sources)
    }
    top = _head(page, evidence, lefts, column, top + 2)
    for outcome in evidence.outcomes:
        cells = [cell for cell in evidence.cells if cell.outcome == outcome]
        widest = max(_radius(len(cell.trials), most) for cell in cells)
        names = wrap(outcome, label - _GAP)
        least = _ROW if column >= _BESIDE else 2 * _LINE + 2
        high = max(least, 2 * widest + 2 * _RIM + 1.5, len(names) * LEADING * PLAIN + 2)
        middle = top + high / 2
        first = middle - (len(names) - 1) * LEADING * PLAIN / 2
        page.write_lines(MARGIN, first, names)
        for cell in cells:
            left = lefts[cell.source] + _RADIUS + _RIM
            _bubble(page, (left, middle), cell, most)
            figures = [f"{len(cell.trials)}", f"({cell.numbered})"]
            if column >= _BESIDE:
                figures = [" ".join(figures)]
            start = middle - (len(figures) - 1) * _LINE / 2
            page.write_lines(left + _RADIUS + 5, start, figures, fontsize=SMALL)
        top += high
        page.line((MARGIN, breadth - MARGIN), (top, top), color=_HAIR, linewidth=0.4)
    return page.cut(_legend(page, evidence, top + 12) + MARGIN)


def _head(
    page: Page, evidence: Evidence, lefts: dict[str, float], column: float, top: float
) -> float:
    """Write the names of the sources, each with its number of trials, and a rule below."""
    step = LEADING * PLAIN
    heads = {source: wrap(source, column - 6, weight="bold") for source in evidence.sources}
    foot = top + (max(map(len, heads.values())) + 1) * step
    for source, lines in heads.items():
        trials = {
            trial.trial for cell in evidence.cells if cell.source == source for trial in cell.trials
        }
        start = foot - (len(lines) + 0.5) * step
        page.write_lines(lefts[source], start, lines, fontweight="bold")
        words = "1 trial" if len(trials) == 1 else f"{len(trials)} trials"
        page.write(lefts[source], foot - step / 2, words, fontsize=SMALL)
    page.write(MARGIN, foot - step / 2, "Outcome", fontweight="bold")
    page.line((MARGIN, page.breadth - MARGIN), (foot + 3, foot + 3))
    return foot + 5


def _radius(count: int, most: int) -> float:
    return max(_RADIUS * math.sqrt(count / most), _LEAST_RADIUS)


def _bubble(page: Page, centre: tuple[float, float], cell: EvidenceCell, most: int) -> None:
    """Draw a bubble: its parts clockwise from the top, and a rim along those with a number."""
    radius = _radius(len(cell.trials), most)
    share = 360 / len(cell.trials)
    start = -90.0
    for said in _MEANINGS:
        count, numbered = cell.count(said), cell.count(said, has_number=True)
        if not count:
            continue
        end = start + count * share
        _part(page, centre, radius, (start, end), said, is_whole=count == len(cell.trials))
        if numbered:
            _rim(page, centre, radius, (start, start + numbered * share))
        start = end


def _part(
    page: Page,
    centre: tuple[float, float],
    radius: float,
    angles: tuple[float, float],
    said: Said,
    *,
    is_whole: bool,
) -> None:
    from matplotlib.patches import Wedge

    ink = _INKS[said]
    style: dict[str, Any] = {"facecolor": ink.ground, "edgecolor": DARK, "linewidth": 0.5}
    if ink.hatch:
        style["hatch"] = ink.hatch
    if is_whole:
        page.disc(centre, radius, **style)
    else:
        page.axes.add_patch(Wedge(centre, radius, *angles, **style))


def _rim(
    page: Page, centre: tuple[float, float], radius: float, angles: tuple[float, float]
) -> None:
    from matplotlib.patches import Wedge

    style: dict[str, Any] = {"facecolor": DARK, "linewidth": 0}
    page.axes.add_patch(Wedge(centre, radius + _RIM + 0.6, *angles, width=_RIM, **style))


def _legend(page: Page, evidence: Evidence, top: float) -> float:
    """Draw what shades, rim and figures mean; return where the legend ends."""
    left, words_at = MARGIN + 5, MARGIN + 16
    used = [said for said in _MEANINGS if any(cell.count(said) for cell in evidence.cells)]
    for said in used:
        _part(page, (left, top), 4.0, (0, 360), said, is_whole=True)
        page.write(words_at, top, _MEANINGS[said], fontsize=SMALL)
        top += 12
    page.disc((left, top), 2.6, facecolor="white", edgecolor=DARK, linewidth=0.5)
    _rim(page, (left, top), 2.6, (0, 360))
    page.write(words_at, top, "dark rim: trials that give a number", fontsize=SMALL)
    top += 12
    counted = f"{evidence.trials} trials; each counts once in a bubble. {_OWN}"
    for note in (_FIGURES, counted):
        lines = wrap(note, page.breadth - 2 * MARGIN, SMALL)
        top += page.write_lines(MARGIN, top, lines, fontsize=SMALL) + 1.5
    return top - _LINE / 2
