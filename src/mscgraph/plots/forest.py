"""The forest plot: a row for each study with its figures, its weight and its interval, as printed.

Grey carries no meaning that a shape does not carry as well: squares are studies, with an area by
their weight; diamonds are pooled effects; the flat bar is a prediction interval.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mscgraph.errors import ParameterError
from mscgraph.plots.page import number
from mscgraph.plots.saving import house_style, save
from mscgraph.plots.scale import Kind

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "ForestArm",
    "ForestGroup",
    "ForestPlot",
    "ForestPool",
    "ForestRow",
    "forest_plot",
    "write_forest",
]


@dataclass(frozen=True)
class ForestArm:
    """The columns of one arm: a heading, and below it “Mean”, “SD” and “n”, or “Events” and “n”."""

    heading: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class ForestRow:
    """One study: its figures as they shall be printed, and its effect on the natural scale.

    `experimental` and `comparator` have a text for each column of their arm. Without an estimate
    the effect is “not estimable”; without a weight the study is shown and not pooled.
    `is_derived` puts a dagger behind the label.
    """

    label: str
    experimental: tuple[str, ...] = ()
    comparator: tuple[str, ...] = ()
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    weight_percent: float | None = None
    is_derived: bool = False

    @property
    def interval(self) -> tuple[float, float, float] | None:
        """The estimate and its limits, where all three are known."""
        if self.estimate is None or self.ci_low is None or self.ci_high is None:
            return None
        return self.estimate, self.ci_low, self.ci_high


@dataclass(frozen=True)
class ForestPool:
    """A pooled effect on the natural scale, with the name of its model and what is said of it.

    `experimental` and `comparator` are the totals, a text for each column of their arm (an empty
    one where nothing is summed); both may be left out. `heterogeneity` and `test` are lines that
    stand below.
    """

    label: str
    estimate: float
    ci_low: float
    ci_high: float
    weight_percent: float | None = None
    prediction: tuple[float, float] | None = None
    experimental: tuple[str, ...] = ()
    comparator: tuple[str, ...] = ()
    heterogeneity: str = ""
    test: str = ""

    @property
    def interval(self) -> tuple[float, float, float]:
        """The estimate and its limits."""
        return self.estimate, self.ci_low, self.ci_high


@dataclass(frozen=True)
class ForestGroup:
    """Studies that stand together, below a heading where they are a subgroup."""

    heading: str | None
    rows: tuple[ForestRow, ...]
    pooled: ForestPool | None = None


@dataclass(frozen=True)
class ForestPlot:
    """What a forest plot shows.

    `effect_label` heads the effects (“Mean difference, MELD points”). Effects of scale ``log``
    are ratios on their natural scale, drawn on a logarithmic axis. `no_effect` is where the solid
    line stands: at 0, or 1 for ratios, unless another is given; for a single-arm effect that
    cannot be 0, such as a proportion, `has_no_effect` is False and no line is drawn. `favours`
    are the words left and right of it. Without `comparator` the plot is of single arms.
    `heterogeneity` are lines below the overall effect, such as the test between subgroups.
    `axis` sets the ends of the axis; otherwise they follow from the effects.
    """

    title: str
    effect_label: str
    groups: tuple[ForestGroup, ...]
    overall: ForestPool | None = None
    scale: Kind = "plain"
    favours: tuple[str, str] = ("", "")
    experimental: ForestArm | None = None
    comparator: ForestArm | None = None
    heterogeneity: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    level: str = "95%"
    places: int = 2
    has_no_effect: bool = True
    no_effect: float | None = None
    axis: tuple[float, float] | None = None
    derived_note: str = "Computed from other figures that the paper prints."

    @property
    def rows(self) -> list[ForestRow]:
        """The studies of all groups."""
        return [row for group in self.groups for row in group.rows]

    @property
    def pools(self) -> list[ForestPool]:
        """The pooled effects, the overall one last."""
        found = [group.pooled for group in self.groups] + [self.overall]
        return [pool for pool in found if pool]

    @property
    def null(self) -> float | None:
        """Where there is no effect, None where that means nothing."""
        if not self.has_no_effect:
            return None
        if self.no_effect is not None:
            return self.no_effect
        return 1.0 if self.scale == "log" else 0.0

    def effect(self, interval: tuple[float, float, float] | None) -> str:
        """Return an effect and its interval as they are printed."""
        if interval is None:
            return "Not estimable"
        estimate, low, high = (number(each, self.places) for each in interval)
        return f"{estimate} [{low}, {high}]"


def write_forest(path: Path, plot: ForestPlot, *, source: str) -> None:
    """Draw ``plot`` and write it to ``path`` in the form of its ending.

    ``source`` names program and data in the file's metadata, beside the title and the model.
    Raises ParameterError where there is no study to draw or a figure cannot be, and OutputError
    where the file cannot be written.
    """
    model = plot.pools[-1].label if plot.pools else "no pooled effect"
    with house_style():
        figure = forest_plot(plot)
        save(figure, path, title=f"{plot.title}. {plot.effect_label}. {model}", source=source)


def forest_plot(plot: ForestPlot) -> "Figure":
    """Return the figure of ``plot``; raise ParameterError where it cannot be drawn."""
    from mscgraph.plots.forest_drawing import draw

    for fault in _faults(plot):
        raise ParameterError(fault)
    return draw(plot)


def _faults(plot: ForestPlot) -> Iterator[str]:
    """Yield what keeps ``plot`` from being drawn, in words that say what to mend."""
    if not plot.rows:
        yield "there is no study to draw: ask for another measure, time or set of trials"
    for arm, cells in (("experimental", plot.experimental), ("comparator", plot.comparator)):
        wanted = len(cells.columns) if cells else 0
        given_by = [(row.label, len(getattr(row, arm))) for row in plot.rows]
        # Totals may be left out.
        given_by += [(pool.label, len(getattr(pool, arm)) or wanted) for pool in plot.pools]
        for label, given in given_by:
            if given != wanted:
                yield f"{label}: give the {arm} arm {wanted} figures, not {given}"
    intervals = [(row.label, row.interval) for row in plot.rows if row.interval]
    intervals += [(pool.label, pool.interval) for pool in plot.pools]
    for label, (estimate, low, high) in intervals:
        if not math.isfinite(estimate) or math.isnan(low) or math.isnan(high) or low > high:
            yield f"{label}: an effect of {estimate} from {low} to {high} cannot be drawn"
        elif plot.scale == "log" and (estimate <= 0 or low < 0):
            yield f"{label}: a ratio is above 0; give {estimate} on its natural scale"
    if plot.axis:
        start, end = plot.axis
        if start >= end or (plot.scale == "log" and start <= 0):
            yield f"the axis cannot go from {start} to {end}"
