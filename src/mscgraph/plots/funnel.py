"""The funnel plot: each study's effect against its standard error, the most precise at the top."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING

from mscgraph.errors import ParameterError
from mscgraph.plots.page import DARK, LARGE, LEADING, MARGIN, PLAIN, RULE, SMALL, Page, width, wrap
from mscgraph.plots.saving import house_style, save
from mscgraph.plots.scale import EffectScale, Kind, plain_ticks, tick_labels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["FEW", "FunnelPlot", "FunnelStudy", "funnel_plot", "write_funnel"]

# Below so many studies asymmetry cannot be told from chance (Cochrane Handbook 6.4, 13.3.5.2).
FEW = 10
_LABELLED = 15

_BREADTH = 380.0
_LEFT, _RIGHT, _HEIGHT = 46.0, 14.0, 230.0
_DOT = 2.6
_SHADE = "#ececec"


@dataclass(frozen=True)
class FunnelStudy:
    """A study's effect on its natural scale, and its standard error: of the log, for a ratio."""

    label: str
    estimate: float
    standard_error: float


@dataclass(frozen=True)
class FunnelPlot:
    """What a funnel plot shows.

    `pooled` is the effect (natural scale) around which the pseudo limits are drawn, `model` its
    name. `level` is that of the limits, in per cent.
    """

    title: str
    effect_label: str
    studies: tuple[FunnelStudy, ...]
    pooled: float
    model: str
    scale: Kind = "plain"
    level: float = 95.0
    notes: tuple[str, ...] = ()

    @property
    def warning(self) -> str:
        """What must be said where studies are few; empty otherwise."""
        if len(self.studies) >= FEW:
            return ""
        count = len(self.studies)
        studies = "one study" if count == 1 else f"{count} studies"
        return (
            f"Only {studies}: with fewer than ten, asymmetry cannot be told from chance, and the "
            "plot shows nothing about small-study effects."
        )


def write_funnel(path: Path, plot: FunnelPlot, *, source: str) -> None:
    """Draw ``plot`` and write it to ``path`` in the form of its ending.

    ``source`` names program and data in the file's metadata. Raises ParameterError where there is
    no study to draw or one cannot be, and OutputError where the file cannot be written.
    """
    with house_style():
        figure = funnel_plot(plot)
        save(figure, path, title=f"{plot.title}. {plot.effect_label}. {plot.model}", source=source)


def funnel_plot(plot: FunnelPlot) -> "Figure":
    """Return the figure of ``plot``; raise ParameterError where it cannot be drawn."""
    for fault in _faults(plot):
        raise ParameterError(fault)
    page = Page(_BREADTH)
    title = wrap(plot.title, _BREADTH - 2 * MARGIN, LARGE, weight="bold")
    top = 14.0
    top += page.write_lines(MARGIN, top, title, fontsize=LARGE, fontweight="bold") + 4
    foot = top + _HEIGHT
    deepest = 1.08 * max(study.standard_error for study in plot.studies)
    across, z = _scale(plot, deepest), NormalDist().inv_cdf(0.5 + plot.level / 200)

    def down(error: float) -> float:
        return top + error / deepest * _HEIGHT

    apex = across.at(plot.pooled)
    ends = [across.at(_moved(plot, plot.pooled, sign * z * deepest)) for sign in (-1, 1)]
    page.box(across.left, top, across.right - across.left, _HEIGHT, facecolor=_SHADE, zorder=0.1)
    page.shape([(apex, top), (ends[0], foot), (ends[1], foot)], facecolor="white", zorder=0.2)
    for end in ends:
        page.line((apex, end), (top, foot), linestyle=(0, (3, 2)), color=RULE, zorder=0.3)
    page.line((apex, apex), (top, foot), zorder=0.3)
    _axes(page, across, plot, deepest, top)
    dots = [(across.at(each.estimate), down(each.standard_error)) for each in plot.studies]
    for left, middle in dots:
        page.disc((left, middle), _DOT, facecolor=DARK, edgecolor="white", linewidth=0.4)
    if len(dots) <= _LABELLED:
        frame = (across.left, top, across.right, foot)
        names = [study.label for study in plot.studies]
        for (left, middle), name in zip(_placed(dots, names, frame, apex), names, strict=True):
            page.write(left, middle, name, fontsize=SMALL)
    return page.cut(_notes(page, plot, foot + 36))


def _faults(plot: FunnelPlot) -> Iterator[str]:
    if not plot.studies:
        yield "there is no study to draw: ask for another measure, time or set of trials"
    if not math.isfinite(plot.pooled) or (plot.scale == "log" and plot.pooled <= 0):
        yield f"limits cannot be drawn around a pooled effect of {plot.pooled}"
    for study in plot.studies:
        if not (math.isfinite(study.estimate) and 0 < study.standard_error < math.inf):
            yield (
                f"{study.label}: an effect of {study.estimate} with the standard error "
                f"{study.standard_error} cannot be drawn"
            )
        elif plot.scale == "log" and study.estimate <= 0:
            yield f"{study.label}: a ratio is above 0; give {study.estimate} on its natural scale"


def _moved(plot: FunnelPlot, effect: float, distance: float) -> float:
    """Return ``effect`` moved by so many units of the scale on which it is analysed."""
    return effect * math.exp(distance) if plot.scale == "log" else effect + distance


def _scale(plot: FunnelPlot, deepest: float) -> EffectScale:
    """Return an axis on which all studies and both limits lie."""
    reach = 2.0 * deepest
    ends = [each.estimate for each in plot.studies]
    ends += [_moved(plot, plot.pooled, reach), _moved(plot, plot.pooled, -reach)]
    low, high = min(ends), max(ends)
    pad = 0.04 * (math.log(high / low) if plot.scale == "log" else high - low)
    low, high = _moved(plot, low, -pad), _moved(plot, high, pad)
    return EffectScale(plot.scale, low, high, _LEFT, _BREADTH - _RIGHT)


def _axes(page: Page, across: EffectScale, plot: FunnelPlot, deepest: float, top: float) -> None:
    left, right, foot = across.left, across.right, top + _HEIGHT
    page.line((left, left), (top, foot))
    page.line((left, right), (foot, foot))
    effects, errors = across.ticks, plain_ticks(0, deepest)
    for tick, text in zip(effects, tick_labels(effects, kind=across.kind), strict=True):
        at = across.at(tick)
        page.line((at, at), (foot, foot + 2.5))
        page.write(at, foot + 8, text, ha="center")
    for tick, text in zip(errors, tick_labels(errors), strict=True):
        at = top + tick / deepest * _HEIGHT
        page.line((left - 2.5, left), (at, at))
        page.write(left - 5, at, text, ha="right")
    page.write((left + right) / 2, foot + 20, plot.effect_label, ha="center", fontweight="bold")
    error = "Standard error of the log" if plot.scale == "log" else "Standard error"
    middle = top + _HEIGHT / 2
    page.write(MARGIN + 4, middle, error, rotation=90, ha="center", va="center", fontweight="bold")


def _placed(
    dots: list[tuple[float, float]],
    names: list[str],
    frame: tuple[float, float, float, float],
    line: float,
) -> list[tuple[float, float]]:
    """Return where each name begins: beside its dot, covering least of others and of the line."""
    taken = [(line - 1, frame[1], line + 1, frame[3])]
    taken += [(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in dots]
    found = []
    high = SMALL / 2
    for (x, y), name in zip(dots, names, strict=True):
        wide = width(name, SMALL)
        starts = [
            (x + shift - share * wide, y + rise)
            for rise in (0, -8, 8, -15, 15)
            for shift, share in ((5.0, 0.0), (-5.0, 1.0), (0.0, 0.5))
            if rise or share != 0.5
        ]
        boxes = [(a, b - high, a + wide, b + high) for a, b in starts]
        costs = [
            (sum(_overlap(box, each) for each in taken) + 5 * _outside(box, frame), place)
            for place, box in enumerate(boxes)
        ]
        _, best = min(costs)
        taken.append(boxes[best])
        found.append(starts[best])
    return found


_Box = tuple[float, float, float, float]


def _overlap(one: _Box, other: _Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(across, 0.0) * max(down, 0.0)


def _outside(box: _Box, frame: _Box) -> float:
    area = (box[2] - box[0]) * (box[3] - box[1])
    return area - _overlap(box, frame)


def _notes(page: Page, plot: FunnelPlot, top: float) -> float:
    """Write what the lines mean, the warning and the notes; return where the page ends."""
    line = (
        f"Solid line: {plot.model}. Dashed lines: pseudo {plot.level:g}% limits, between which "
        f"{plot.level:g}% of studies would lie if they differed by chance alone."
    )
    for text in (plot.warning, line, *plot.notes):
        weight = "bold" if text == plot.warning else "normal"
        lines = wrap(text, _BREADTH - 2 * MARGIN, SMALL, weight=weight)
        high = page.write_lines(MARGIN, top, lines, fontsize=SMALL, fontweight=weight)
        top += high + 1.5 if lines else 0
    return top + MARGIN - LEADING * PLAIN / 2
