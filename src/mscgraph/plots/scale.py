"""The axis of effects: where an effect lies in the picture, and which figures stand below it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

__all__ = ["EffectScale", "Kind", "effect_scale", "plain_ticks", "tick_labels"]

Kind = Literal["plain", "log"]

_STEPS = (1.0, 2.0, 2.5, 5.0)
_TICKS = 6
# The line of no effect leaves at least this share of the axis on either side.
_LEAST_SIDE = 0.22
# Round ratios, from the coarsest series to the finest.
_RATIOS = ((1.0,), (1.0, 3.0), (1.0, 2.0, 5.0), (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0))


@dataclass(frozen=True)
class EffectScale:
    """An axis from ``low`` to ``high``, plain or logarithmic, drawn between two points."""

    kind: Kind
    low: float
    high: float
    left: float
    right: float

    def at(self, effect: float) -> float:
        """Return where ``effect`` lies, between left and right also when it is off the axis."""
        low, high = _spread(self.low, self.kind), _spread(self.high, self.kind)
        share = (_spread(effect, self.kind) - low) / (high - low)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def holds(self, effect: float) -> bool:
        """Tell whether ``effect`` lies on the axis."""
        return self.low <= effect <= self.high

    @property
    def ticks(self) -> list[float]:
        """Return a few round figures on the axis."""
        if self.kind == "log":
            return _log_ticks(self.low, self.high)
        return plain_ticks(self.low, self.high)


def effect_scale(
    intervals: Sequence[tuple[float, float, float]],
    shown_whole: Sequence[float],
    *,
    kind: Kind,
    null: float | None,
    left: float,
    right: float,
) -> EffectScale:
    """Return an axis for effects, each given as estimate, lower and upper limit.

    Everything in ``shown_whole`` (pooled effects) lies on it, and ``null``, where there is no
    effect, with room on either side. A limit that is far outside what most studies need is cut
    off, as journals do, so that one small study does not press the others together.
    """
    spread = [[_spread(part, kind) for part in each] for each in intervals]
    whole = [_spread(each, kind) for each in shown_whole]
    whole += [_spread(null, kind)] if null is not None else []
    estimates = [each[0] for each in spread]
    halves = [(each[2] - each[1]) / 2 for each in spread]
    half = median([each for each in halves if math.isfinite(each)] or [0.0])
    middle = median(estimates or whole or [0.0])
    reach = 6 * half + 3 * median([abs(each - middle) for each in estimates] or [0.0])
    core = [each for each in estimates if abs(each - middle) <= reach] + whole
    low, high = min(core, default=middle) - 1.5 * half, max(core, default=middle) + 1.5 * half
    ends = [end for each in spread for end in each[1:]] + (core or [middle])
    low, high = max(low, min(ends)), min(high, max(ends))
    if null is not None:
        at, share = _spread(null, kind), _LEAST_SIDE / (1 - _LEAST_SIDE)
        low, high = min(low, at - share * (high - at)), max(high, at + share * (at - low))
    if high - low < 1e-9:
        low, high = low - 1, high + 1
    pad = 0.04 * (high - low)
    low, high = low - pad, high + pad
    if kind == "log":
        low, high = math.exp(low), math.exp(high)
    return EffectScale(kind, low, high, left, right)


def tick_labels(ticks: Sequence[float], *, kind: Kind = "plain") -> list[str]:
    """Return the figures of an axis with true minus signs, those of a plain one equally long.

    >>> tick_labels([-0.5, 0.0, 0.5]), tick_labels([0.1, 1.0, 10.0], kind="log")
    (['−0.5', '0.0', '0.5'], ['0.1', '1', '10'])
    """
    texts = [f"{tick:.10g}" for tick in ticks]
    if kind == "plain":
        places = max((len(text.partition(".")[2]) for text in texts), default=0)
        texts = [f"{tick:.{places}f}" for tick in ticks]
    return [text.replace("-", "−") for text in texts]


def _spread(effect: float, kind: Kind) -> float:
    if kind == "log":
        return math.log(effect) if effect > 0 else -math.inf
    return effect


def plain_ticks(low: float, high: float) -> list[float]:
    """Return at most seven round figures from ``low`` to ``high``."""
    rough = (high - low) / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((each * power for each in _STEPS if each * power >= rough), 10 * power)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(place * step, 12) + 0.0 for place in range(first, last + 1)]


def _log_ticks(low: float, high: float) -> list[float]:
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    best: list[float] = []
    for series in _RATIOS:
        ticks = [float(f"{part * 10.0**power:.6g}") for power in powers for part in series]
        ticks = [tick for tick in ticks if low <= tick <= high]
        if len(ticks) > _TICKS + 2:
            break
        best = ticks
    if len(best) >= 3:
        return best
    if best or high / low < 10:
        return sorted(set(best) | {t for t in plain_ticks(low, high) if t > 0})
    every = -(-len(powers) // _TICKS)
    return [10.0**power for power in powers if power % every == 0 and low <= 10.0**power <= high]
