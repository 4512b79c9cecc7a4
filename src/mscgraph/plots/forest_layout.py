"""The columns of a forest plot: as wide as their figures need, on a page as wide as a journal's."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mscgraph.plots.page import FULL_WIDTH, MARGIN, number, width

if TYPE_CHECKING:
    from mscgraph.plots.forest import ForestArm, ForestPlot, ForestPool

__all__ = [
    "GAP",
    "INDENT",
    "WIDE_GAP",
    "Columns",
    "effect_heading",
    "find_columns",
    "room_of_pool",
    "weight_text",
]

GAP, WIDE_GAP, INDENT = 7.0, 12.0, 6.0

_PLOT, _LEAST_PLOT, _LABEL, _LEAST_LABEL = 190.0, 125.0, 190.0, 70.0


@dataclass(frozen=True)
class Columns:
    """Where the columns end; where the label's begins, its width, and where each arm begins."""

    label: float
    room: float
    starts: tuple[float, float]
    experimental: tuple[float, ...]
    comparator: tuple[float, ...]
    weight: float | None
    effect: float
    plot: tuple[float, float]


def find_columns(plot: "ForestPlot", *, indent: float) -> tuple[Columns, float]:
    """Return where the columns stand, and how wide the page is.

    The page is as wide as a journal's; it is wider only where figures leave no room for the axis.
    """
    widths: list[list[float]] = []
    for arm in (plot.experimental, plot.comparator):
        cells = [_cell_width(plot, arm, place) for place in range(len(arm.columns))] if arm else []
        if arm and cells:
            # A heading may take two lines, and no word of it is broken.
            longest = max(width(word, weight="bold") for word in arm.heading.split() or [""])
            needed = max(longest, 0.55 * width(arm.heading, weight="bold"))
            lacking = max(0.0, needed - sum(cells) - GAP * (len(cells) - 1))
            cells = [each + lacking / len(cells) for each in cells]
        widths.append(cells)
    weights = [weight_text(row.weight_percent) for row in plot.rows]
    weights += [weight_text(pool.weight_percent) for pool in plot.pools]
    weight = (
        max([width("Weight", weight="bold"), *(width(each, weight="bold") for each in weights)])
        if any(weights)
        else 0.0
    )
    effects = [plot.effect(row.interval) for row in plot.rows]
    bold = [effect_heading(plot), *(plot.effect(pool.interval) for pool in plot.pools)]
    effect = max([width(each) for each in effects] + [width(each, weight="bold") for each in bold])
    figures = sum(sum(cells) + GAP * len(cells) + WIDE_GAP - GAP for cells in widths if cells)
    figures += (weight + WIDE_GAP if weight else 0) + effect + WIDE_GAP
    labels = [width(row.label + "†") + indent for row in plot.rows]
    labels += [width(pool.label, weight="bold") for pool in plot.pools]
    spare = FULL_WIDTH - 2 * MARGIN - figures - WIDE_GAP
    wanted = min(max([*labels, width("Study", weight="bold")]), _LABEL)
    room = max(min(wanted, spare - _LEAST_PLOT), _LEAST_LABEL)
    broad = min(max(spare - room, _LEAST_PLOT), 1.4 * _PLOT)
    ends: list[list[float]] = []
    starts = []
    at = MARGIN + room
    for cells in widths:
        placed = []
        at += WIDE_GAP - GAP if cells else 0
        starts.append(at + GAP)
        for each in cells:
            at += GAP + each
            placed.append(at)
        ends.append(placed)
    if weight:
        at += WIDE_GAP + weight
    end_of_effect = at + WIDE_GAP + effect
    left = end_of_effect + WIDE_GAP
    columns = Columns(
        label=MARGIN + indent,
        room=room - indent,
        starts=(starts[0], starts[1]),
        experimental=tuple(ends[0]),
        comparator=tuple(ends[1]),
        weight=at if weight else None,
        effect=end_of_effect,
        plot=(left, left + broad),
    )
    return columns, left + broad + MARGIN


def _cell_width(plot: "ForestPlot", arm: "ForestArm", place: int) -> float:
    """Return how wide the column of an arm's figures in this ``place`` is."""
    is_first = arm is plot.experimental
    rows = [row.experimental if is_first else row.comparator for row in plot.rows]
    pools = [pool.experimental if is_first else pool.comparator for pool in plot.pools]
    bold = [arm.columns[place], *(cells[place] for cells in pools if cells)]
    return max(
        [width(cells[place]) for cells in rows] + [width(each, weight="bold") for each in bold]
    )


def room_of_pool(pool: "ForestPool", columns: Columns) -> float:
    """Return how wide the name of a pool may be: as far as the first total."""
    ends = [*columns.experimental, *columns.comparator]
    totals = [*(pool.experimental or [""] * len(columns.experimental)), *pool.comparator]
    for total, end in zip(totals, ends, strict=False):
        if total:
            return end - width(total, weight="bold") - GAP - MARGIN
    end = columns.weight if columns.weight is not None else columns.effect
    return max(columns.room, end - 2.2 * MARGIN - (30 if columns.weight is not None else 90))


def effect_heading(plot: "ForestPlot") -> str:
    """Return what stands above the effects."""
    return f"Effect [{plot.level} CI]"


def weight_text(percent: float | None) -> str:
    """Return a weight as it is printed, empty where there is none."""
    return "" if percent is None else f"{number(percent, 1)}%"
