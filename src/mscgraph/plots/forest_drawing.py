"""How a forest plot is drawn: its rows from the top to the bottom, the axis below."""

import math
from typing import TYPE_CHECKING

from mscgraph.plots.forest_layout import (
    INDENT,
    WIDE_GAP,
    effect_heading,
    find_columns,
    room_of_pool,
    weight_text,
)
from mscgraph.plots.page import (
    DARK,
    LARGE,
    LEADING,
    MARGIN,
    PLAIN,
    RULE,
    SMALL,
    Page,
    number,
    width,
    wrap,
)
from mscgraph.plots.scale import EffectScale, effect_scale, tick_labels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from mscgraph.plots.forest import ForestPlot, ForestPool, ForestRow

__all__ = ["draw"]

_ROW, _LEAST_ROW, _LINE = 12.5, 10.0, LEADING * SMALL
# A page of this many points is as high as that of an A4 journal.
_FULL_HEIGHT = 740.0
# Half the side of the square of the heaviest study, and of the lightest.
_SQUARE, _LEAST_SQUARE = 4.2, 0.9
_ARROW, _DIAMOND, _BAR = 4.0, 4.0, 1.3
_INK, _WHISKER, _PREDICTION = "#808080", DARK, "#5a5a5a"


def draw(plot: "ForestPlot") -> "Figure":
    """Return the figure of ``plot``, of which all figures can be drawn."""
    return _Drawing(plot).drawn()


class _Drawing:
    """One forest plot while it is drawn from the top to the bottom."""

    def __init__(self, plot: "ForestPlot") -> None:
        self.plot = plot
        self.is_indented = any(group.heading for group in plot.groups)
        self.columns, breadth = find_columns(plot, indent=INDENT if self.is_indented else 0.0)
        self.page = Page(breadth)
        self.scale = _scale(plot, self.columns.plot)
        self.heaviest = max((row.weight_percent or 0 for row in plot.rows), default=0) or 100.0
        lines = sum(len(wrap(row.label + "†", self.columns.room)) for row in plot.rows)
        lines += 4 * len(plot.groups) + 16
        self.row = max(_LEAST_ROW, min(_ROW, _FULL_HEIGHT / lines))
        self.top = 0.0

    def drawn(self) -> "Figure":
        plot, page = self.plot, self.page
        title = wrap(plot.title, page.breadth - 2 * MARGIN, LARGE, weight="bold")
        self.top = 14.0
        self.top += page.write_lines(MARGIN, self.top, title, fontsize=LARGE, fontweight="bold")
        self.top += 4
        self._head()
        first = self.top
        last_dash = first
        for group in plot.groups:
            if group.heading:
                self.top += 3
                lines = wrap(group.heading, self.columns.plot[0] - 2 * MARGIN, weight="bold")
                middle = self.top + self.row / 2
                page.write_lines(MARGIN, middle, lines, fontweight="bold")
                self.top += self._height(lines)
            for row in group.rows:
                self._study(row)
            if group.pooled:
                last_dash = self.top + self.row
                self._pool(group.pooled, is_overall=False)
        if plot.overall:
            self.top += 4
            page.line((MARGIN, self.columns.effect), (self.top, self.top), linewidth=0.4)
            self.top += 2
            last_dash = self.top + self.row / 2
            self._pool(plot.overall, is_overall=True)
            self._remarks(list(plot.heterogeneity))
        self._axis(first, last_dash)
        return page.cut(self._notes() + MARGIN)

    def _head(self) -> None:
        """Draw the headings of the columns, the words of an arm above its own, and a rule below."""
        plot, columns, page = self.plot, self.columns, self.page
        bold = {"fontweight": "bold"}
        left, right = columns.plot
        spans = []
        for arm, start, ends in (
            (plot.experimental, columns.starts[0], columns.experimental),
            (plot.comparator, columns.starts[1], columns.comparator),
        ):
            if arm and ends and arm.heading:
                spans.append((wrap(arm.heading, ends[-1] - start, weight="bold"), start, ends[-1]))
        above = wrap(plot.effect_label, right - left, weight="bold")
        step = LEADING * PLAIN
        deep = max([len(lines) for lines, _, _ in spans] + [len(above) - 1, 0])
        foot = self.top + deep * step + 1
        for lines, start, end in spans:
            for place, line in enumerate(reversed(lines)):
                middle = foot - 2 - place * step - step / 2
                page.write((start + end) / 2, middle, line, ha="center", **bold)
            page.line((start, end), (foot, foot), linewidth=0.4)
        middle = foot + 7
        page.write(columns.label, middle, "Study", **bold)
        for arm, ends in (
            (plot.experimental, columns.experimental),
            (plot.comparator, columns.comparator),
        ):
            for name, end in zip(arm.columns if arm else (), ends, strict=True):
                page.write(end, middle, name, ha="right", **bold)
        if columns.weight is not None:
            page.write(columns.weight, middle, "Weight", ha="right", **bold)
        page.write(columns.effect, middle, effect_heading(plot), ha="right", **bold)
        for place, line in enumerate(reversed(above)):
            page.write((left + right) / 2, middle - place * step, line, ha="center", **bold)
        self.top = middle + 7
        page.line((MARGIN, page.breadth - MARGIN), (self.top, self.top), linewidth=0.7)
        self.top += 3

    def _height(self, lines: list[str]) -> float:
        """Return how high a row with these lines is."""
        return self.row + max(0, len(lines) - 1) * LEADING * PLAIN

    def _study(self, row: "ForestRow") -> None:
        columns, page = self.columns, self.page
        mark = "†" if row.is_derived else ""
        lines = wrap(row.label + mark, columns.room)
        high = self._height(lines)
        page.write_lines(columns.label, self.top + self.row / 2, lines)
        middle = self.top + high / 2
        self._cells(row.experimental, row.comparator, row.weight_percent, middle)
        page.write(columns.effect, middle, self.plot.effect(row.interval), ha="right")
        if row.interval:
            self._interval(row.interval, row.weight_percent, middle)
        self.top += high

    def _cells(
        self,
        experimental: tuple[str, ...],
        comparator: tuple[str, ...],
        weight: float | None,
        middle: float,
        **more: str,
    ) -> None:
        columns, page = self.columns, self.page
        for cells, ends in (
            (experimental, columns.experimental),
            (comparator, columns.comparator),
        ):
            for cell, end in zip(cells, ends, strict=False):
                page.write(end, middle, cell, ha="right", **more)
        if columns.weight is not None:
            page.write(columns.weight, middle, weight_text(weight), ha="right", **more)

    def _interval(
        self, interval: tuple[float, float, float], weight: float | None, middle: float
    ) -> None:
        """Draw a study's square and whiskers; an arrow where a limit is off the axis."""
        page, scale = self.page, self.scale
        estimate, low, high = interval
        half = max(_SQUARE * math.sqrt((weight or 0) / self.heaviest), _LEAST_SQUARE)
        at = scale.at(estimate)
        if scale.holds(estimate):
            fill = {"facecolor": _INK} if weight else {"facecolor": "white", "linewidth": 0.6}
            page.box(at - half, middle - half, 2 * half, 2 * half, edgecolor=DARK, **fill)
        start, end = scale.at(low), scale.at(high)
        if start == end and not scale.holds(estimate):
            # All of it is off the axis: an arrow of some length points there.
            tail = (start + 3 * _ARROW, end) if low < scale.low else (start, end - 3 * _ARROW)
            page.line(tail, (middle, middle), color=_WHISKER, linewidth=0.8)
        page.line((start, end), (middle, middle), color=_WHISKER, linewidth=0.8)
        if scale.holds(estimate):
            page.line((at, at), (middle - 1.6, middle + 1.6), color=_WHISKER, linewidth=0.8)
        for limit, where, back in ((low, start, _ARROW), (high, end, -_ARROW)):
            if scale.holds(limit):
                page.line((where, where), (middle - 1.6, middle + 1.6), linewidth=0.8)
            elif (limit < scale.low) == (back > 0):
                page.shape(
                    [(where, middle), (where + back, middle - 2), (where + back, middle + 2)]
                )

    def _pool(self, pool: "ForestPool", *, is_overall: bool) -> None:
        plot, columns, page = self.plot, self.columns, self.page
        lines = wrap(pool.label, room_of_pool(pool, columns), weight="bold")
        middle = self.top + self.row / 2
        page.write_lines(MARGIN, middle, lines, fontweight="bold")
        self._cells(
            pool.experimental, pool.comparator, pool.weight_percent, middle, fontweight="bold"
        )
        effect = plot.effect(pool.interval)
        page.write(columns.effect, middle, effect, ha="right", fontweight="bold")
        self._diamond(pool.interval, middle, DARK if is_overall else _PREDICTION)
        self.top += self._height(lines)
        if pool.prediction:
            self._prediction(pool.prediction)
        self._remarks([pool.heterogeneity, pool.test])
        self.top += 1 if is_overall else 3

    def _diamond(self, interval: tuple[float, float, float], middle: float, colour: str) -> None:
        at, start, end = (self.scale.at(each) for each in interval)
        # A very narrow pool stays visible.
        start, end = min(start, at - 1.2), max(end, at + 1.2)
        corners = [(start, middle), (at, middle - _DIAMOND), (end, middle), (at, middle + _DIAMOND)]
        self.page.shape(corners, facecolor=colour)

    def _prediction(self, limits: tuple[float, float]) -> None:
        page, scale = self.page, self.scale
        low, high = limits
        middle = self.top + self.row / 2
        words = f"{self.plot.level} prediction interval"
        page.write(MARGIN + INDENT, middle, words)
        text = f"[{number(low, self.plot.places)}, {number(high, self.plot.places)}]"
        page.write(self.columns.effect, middle, text, ha="right")
        start, end = scale.at(low), scale.at(high)
        page.box(start, middle - _BAR, end - start, 2 * _BAR, facecolor=_PREDICTION)
        for limit, where, back in ((low, start, _ARROW), (high, end, -_ARROW)):
            if not scale.holds(limit):
                page.shape(
                    [(where, middle), (where + back, middle - 3), (where + back, middle + 3)]
                )
        self.top += self.row

    def _remarks(self, texts: list[str]) -> None:
        room = self.columns.effect - MARGIN - INDENT
        for text in texts:
            lines = wrap(text, room, SMALL)
            middle = self.top + _LINE / 2 + 1
            self.top += self.page.write_lines(MARGIN + INDENT, middle, lines, fontsize=SMALL)
            self.top += 1.5 if lines else 0

    def _axis(self, first: float, last_dash: float) -> None:
        """Draw the axis below, its figures and words, and the upright lines through the rows."""
        plot, page, scale = self.plot, self.page, self.scale
        left, right = scale.left, scale.right
        self.top += 2
        page.line((left, right), (self.top, self.top), linewidth=0.7)
        edge = left - WIDE_GAP
        for tick, text in zip(scale.ticks, tick_labels(scale.ticks, kind=scale.kind), strict=True):
            at = scale.at(tick)
            page.line((at, at), (self.top, self.top + 2.5), linewidth=0.7)
            half = width(text, SMALL) / 2
            if at - half > edge + 2:
                page.write(at, self.top + 8, text, fontsize=SMALL, ha="center")
                edge = at + half
        if plot.null is not None and scale.holds(plot.null):
            at = scale.at(plot.null)
            page.line((at, at), (first, self.top), linewidth=0.7, zorder=0.5)
        pool = plot.overall
        if not pool and len(plot.groups) == 1:
            pool = plot.groups[0].pooled
        if pool:
            at = scale.at(pool.estimate)
            page.line(
                (at, at),
                (first, last_dash),
                linewidth=0.7,
                linestyle=(0, (3, 2)),
                color=RULE,
                zorder=0.4,
            )
        self.top += 13
        room = (right - left) / 2 - 4
        sides = (
            ("← ", plot.favours[0], "", left, "left"),
            ("", plot.favours[1], " →", right, "right"),
        )
        deep = 0.0
        for before, words, after, at, side in sides:
            if words:
                lines = wrap(before + words + after, room, SMALL)
                middle = self.top + _LINE / 2
                deep = max(deep, page.write_lines(at, middle, lines, fontsize=SMALL, ha=side))
        self.top += deep

    def _notes(self) -> float:
        """Write the notes across the page and return where they end."""
        plot, page = self.plot, self.page
        notes = list(plot.notes)
        if any(row.is_derived for row in plot.rows):
            notes.insert(0, f"† {plot.derived_note}")
        self.top += 4 if notes else 0
        for note in notes:
            lines = wrap(note, page.breadth - 2 * MARGIN, SMALL)
            high = page.write_lines(MARGIN, self.top + _LINE / 2, lines, fontsize=SMALL)
            self.top += high + 1.5
        return self.top


def _scale(plot: "ForestPlot", ends: tuple[float, float]) -> EffectScale:
    left, right = ends
    if plot.axis:
        return EffectScale(plot.scale, *plot.axis, left, right)
    whole = [each for pool in plot.pools for each in pool.interval]
    if plot.overall and plot.overall.prediction:
        whole += plot.overall.prediction
    intervals = [row.interval for row in plot.rows if row.interval]
    return effect_scale(intervals, whole, kind=plot.scale, null=plot.null, left=left, right=right)
