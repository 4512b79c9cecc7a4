"""Judges of a meta-analysis: subtotals, weights and heterogeneity against the rows of a plot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mscgraph.check.judges.printed_figures import bounds, decimals, fits_p, shown
from mscgraph.check.judges.verdict import Row, Verdict
from mscgraph.pooling import inverse_variance
from mscgraph.pooling.distributions import Z_95, chi_square_tail
from mscgraph.pooling.inverse_variance import (
    cochran_q,
    dersimonian_laird,
    se_of_interval,
    weighted_mean,
)

__all__ = ["i_squared", "p_of_i_squared", "p_of_q", "pooled_effect", "pooled_q", "weights"]

# What a subtotal's estimate and ends, and a weight in percent, may be off beside rounding.
_END, _WEIGHT, _Q = 0.02, 0.3, 0.02
# What a p-value may be off that is computed from I².
_P = 0.005


@dataclass(frozen=True)
class _Effect:
    """One row of a plot: its name, effect, the ends of its interval, and the weight printed."""

    name: str
    effect: float
    low: float
    high: float
    weight: float | None

    @property
    def variance(self) -> float:
        return se_of_interval(self.low, self.high, Z_95) ** 2


@dataclass(frozen=True)
class _Pool:
    estimate: float
    low: float
    high: float
    q: float
    shares: tuple[float, ...]


def _pool(effects: Sequence[_Effect], *, is_random: bool) -> _Pool:
    """Return the inverse-variance pool of ``effects``, random ones by DerSimonian and Laird."""
    estimates = [each.effect for each in effects]
    variances = [each.variance for each in effects]
    q = cochran_q(estimates, variances)
    between = dersimonian_laird(variances, q) if is_random else 0.0
    mean = weighted_mean(estimates, variances, between)
    half = Z_95 * mean.variance**0.5
    shares = tuple(100 * share for share in mean.shares)
    return _Pool(mean.estimate, mean.estimate - half, mean.estimate + half, q, shares)


def _effects(row: Row) -> tuple[list[_Effect], int] | None:
    """Return the rows of a plot and their decimals, or None where they cannot be relied on.

    ``rows`` has name, estimate, low, high, two means and weight for each, parted by bars and
    semicolons. An effect is the estimate; where that is not in the middle of its interval, it is
    the middle, if the difference of the means is. A row that cannot be mended so, or that lacks
    an interval, leaves the whole undecided: its fault is told by a judge of its own.
    """
    rows = [text.split("|") for text in sorted(row["rows"].split(";"))]
    if len(rows) < 2 or len(rows) < float(row.get("studies") or 0):
        return None
    if not all(all(cells[1:4]) for cells in rows):
        return None
    places = decimals(*(cell for cells in rows for cell in cells[1:4]))
    allowed = 2.0 * 10.0**-places
    effects = []
    for name, estimate, low, high, one, other, weight in rows:
        middle = (float(low) + float(high)) / 2
        effect = float(estimate)
        if float(high) <= float(low):
            return None
        if abs(effect - middle) > allowed:
            if not (one and other) or abs(abs(float(one) - float(other)) - abs(middle)) > allowed:
                return None
            effect = middle
        effects.append(
            _Effect(name, effect, float(low), float(high), float(weight) if weight else None)
        )
    return effects, places


def _spread(
    effects: Sequence[_Effect], places: int, of: Callable[[Sequence[_Effect]], float]
) -> float:
    """Return how far ``of`` may be off because the figures of ``effects`` were rounded."""
    half, base, off = 0.5 * 10.0**-places, of(effects), 0.0
    for number, each in enumerate(effects):
        for effect, low, high in ((half, 0.0, 0.0), (0.0, half, 0.0), (0.0, 0.0, half)):
            moved = _Effect(
                each.name, each.effect + effect, each.low + low, each.high + high, each.weight
            )
            off += abs(of([*effects[:number], moved, *effects[number + 1 :]]) - base)
    return off


def _is_random(row: Row) -> bool:
    return row["model"] == "RandomEffects"


def pooled_effect(row: Row) -> Verdict | None:
    """Hold a pooled effect and its interval to the rows it pools, by the model it names."""
    read = _effects(row)
    if read is None:
        return None
    effects, places = read
    is_random = _is_random(row)
    expected = _pool(effects, is_random=is_random)

    def part(name: str) -> Callable[[Sequence[_Effect]], float]:
        return lambda some: float(getattr(_pool(some, is_random=is_random), name))

    off = [
        abs(getattr(expected, name) - float(row[name]))
        > _END + 0.5 * 10.0**-places + _spread(effects, places, part(name))
        for name in ("estimate", "low", "high")
        if row.get(name)
    ]
    if not any(off):
        return None
    said = [shown(value, places) for value in (expected.estimate, expected.low, expected.high)]
    return Verdict(
        "{} ({} to {})".format(*said),
        f"{row['estimate']} ({row.get('low', '?')} to {row.get('high', '?')})",
        {"model": "random effects" if is_random else "a fixed effect"},
    )


def weights(row: Row) -> Verdict | None:
    """Hold the printed weights to those of the model, which are the inverse variances' shares."""
    read = _effects(row)
    if read is None or any(each.weight is None for each in read[0]):
        return None
    effects, places = read
    is_random = _is_random(row)
    shares = _pool(effects, is_random=is_random).shares
    wrong = []
    for number, (each, share) in enumerate(zip(effects, shares, strict=True)):

        def one(some: Sequence[_Effect], number: int = number) -> float:
            return _pool(some, is_random=is_random).shares[number]

        printed = each.weight or 0.0
        if abs(share - printed) > _WEIGHT + _spread(effects, places, one):
            wrong.append((each.name, shown(share, 1), shown(printed, 1)))
    if not wrong:
        return None
    listed = ", ".join(f"{share} % for {name} (printed {given} %)" for name, share, given in wrong)
    return Verdict(wrong[0][1], wrong[0][2], {"listed": listed})


def pooled_q(row: Row) -> Verdict | None:
    """Hold Cochran's Q to the rows that were tested."""
    read = _effects(row)
    if read is None:
        return None
    effects, places = read

    def q(some: Sequence[_Effect]) -> float:
        return _pool(some, is_random=False).q

    expected, printed = q(effects), float(row["q"])
    least, most = bounds(row["q"])
    allowed = _Q + _spread(effects, places, q) + (most - least) / 2
    if abs(expected - printed) <= allowed:
        return None
    return Verdict(shown(expected, decimals(row["q"])), row["q"])


def i_squared(row: Row) -> Verdict | None:
    """Hold I² to Q and its degrees of freedom; one unit of the last digit is allowed."""
    df, printed = int(float(row["df"])), row["iSquared"]
    least, most = (inverse_variance.i_squared(q, df) for q in bounds(row["q"]))
    low, high = bounds(printed)
    unit = high - low
    if least <= float(printed) + unit and most >= float(printed) - unit:
        return None
    return Verdict(shown((least + most) / 2, decimals(printed)), printed)


def p_of_q(row: Row) -> Verdict | None:
    """Hold the p-value of a test of heterogeneity to Q and its degrees of freedom."""
    df = int(float(row["df"]))
    high, low = (chi_square_tail(max(q, 0.0), df) for q in bounds(row["q"]))
    return _p_verdict(row, low, high)


def p_of_i_squared(row: Row) -> Verdict | None:
    """Hold the p-value of a test of heterogeneity to I² and the number of studies.

    Q follows from I² = (Q - df)/Q; an I² of zero says that Q is no more than df. A P that is off
    by no more than half a hundredth is not worth a line.
    """
    df = int(float(row["studies"])) - 1
    if df < 1:
        return None
    least, most = (min(each / 100, 0.9999) for each in bounds(row["iSquared"]))
    high = 1.0 if least <= 0 else chi_square_tail(df / (1 - least), df)
    low = chi_square_tail(df / (1 - max(most, 0.0)), df)
    if fits_p(row["pValue"], row["pComparator"], low - _P, high + _P):
        return None
    return _p_verdict(row, low, high)


def _p_verdict(row: Row, low: float, high: float) -> Verdict | None:
    printed, comparator = row["pValue"], row["pComparator"]
    if fits_p(printed, comparator, low, high):
        return None
    places = max(decimals(printed), 2)
    expected = shown((low + high) / 2, places)
    said = f"P = {expected}" if high < 1 else f"P of {shown(low, places)} or more"
    return Verdict(said, f"P {comparator} {printed}")
