"""The arithmetic of inverse-variance pooling, from the standard library alone.

`check` recomputes printed pools with it and `mscgraph.pooling.models` makes pools from it; both
mean the same formulas, so they stand here once. Source, where nothing else is named: Deeks, Higgins
and Altman, Analysing data and undertaking meta-analyses, Cochrane Handbook for Systematic Reviews
of Interventions, chapter 10.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "Mean",
    "cochran_q",
    "dersimonian_laird",
    "i_squared",
    "se_of_interval",
    "spread_of_weights",
    "weighted_mean",
]


@dataclass(frozen=True)
class Mean:
    """A weighted mean of estimates, its variance, and each study's share of the weight, 0 to 1."""

    estimate: float
    variance: float
    shares: tuple[float, ...]


def weighted_mean(
    estimates: Sequence[float], variances: Sequence[float], tau_squared: float = 0.0
) -> Mean:
    """Return the mean with weights 1/(variance + ``tau_squared``): section 10.3.

    With no variance between studies it is the fixed effect. Variances are positive, and there is
    at least one estimate.
    """
    weights = [1 / (variance + tau_squared) for variance in variances]
    total = math.fsum(weights)
    estimate = math.fsum(w * y for w, y in zip(weights, estimates, strict=True)) / total
    return Mean(estimate, 1 / total, tuple(w / total for w in weights))


def cochran_q(
    estimates: Sequence[float],
    variances: Sequence[float],
    *,
    tau_squared: float = 0.0,
    about: float | None = None,
) -> float:
    """Return Q, the weighted sum of squares of ``estimates`` about their mean: section 10.10.2.

    ``tau_squared`` makes it the generalised Q of random effects; ``about`` is a pooled estimate
    found in another way, such as that of Mantel and Haenszel.
    """
    if about is None:
        about = weighted_mean(estimates, variances, tau_squared).estimate
    return math.fsum(
        (y - about) ** 2 / (v + tau_squared) for y, v in zip(estimates, variances, strict=True)
    )


def i_squared(q: float, df: int) -> float:
    """Return I² = max(0, (Q - df)/Q) in percent.

    Higgins and Thompson, Quantifying heterogeneity in a meta-analysis, Statistics in Medicine
    2002;21:1539-1558.

    >>> round(i_squared(7.04, 5), 1), i_squared(3.2, 5)
    (29.0, 0.0)
    """
    return 100 * max(0.0, (q - df) / q) if q > 0 else 0.0


def dersimonian_laird(variances: Sequence[float], q: float) -> float:
    """Return τ² by the method of moments from Q of the fixed effect, no less than zero.

    DerSimonian and Laird, Meta-analysis in clinical trials, Controlled Clinical Trials
    1986;7:177-188.
    """
    spread = spread_of_weights(variances)
    return max(0.0, (q - (len(variances) - 1)) / spread) if spread > 0 else 0.0


def spread_of_weights(variances: Sequence[float]) -> float:
    """Return Σw - Σw²/Σw of the weights 1/variance: what Q grows by for each unit of τ².

    It is zero for a single study.
    """
    weights = [1 / variance for variance in variances]
    # Each weight times those of the others: the difference would be lost where one outweighs all.
    others = (math.fsum(weights[:n] + weights[n + 1 :]) for n in range(len(weights)))
    return math.fsum(w * rest for w, rest in zip(weights, others, strict=True)) / math.fsum(weights)


def se_of_interval(low: float, high: float, quantile: float) -> float:
    """Return the standard error of an estimate from its interval: Handbook, section 6.3.1.

    ``quantile`` is that of the interval's distribution, 1.96 for a normal one of 95 %.
    """
    return (high - low) / (2 * quantile)
