"""Whether small studies of a pool found other effects than large ones: Egger's and Begg's tests."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mscgraph.errors import ParameterError
from mscgraph.pooling.distributions import scipy_part, t_quantile, two_sided, two_sided_t
from mscgraph.pooling.effects import Effects
from mscgraph.pooling.inverse_variance import weighted_mean

__all__ = ["WARNING", "Begg", "Egger", "begg", "egger"]

# Cochrane Handbook, section 13.3.5.4.
_FEW = 10
WARNING = (
    "fewer than ten studies: the test can hardly tell chance from asymmetry, and should not be "
    "relied on"
)


@dataclass(frozen=True)
class Egger:
    """Egger's regression: the intercept with its interval and test, the slope, the warning.

    `warning` is None from ten studies on.
    """

    intercept: float
    se: float
    ci_low: float
    ci_high: float
    t: float
    df: int
    p_value: float
    slope: float
    slope_se: float
    warning: str | None


@dataclass(frozen=True)
class Begg:
    """Begg and Mazumdar's rank correlation: Kendall's score, its deviation, tau, z and P.

    `p_value` belongs to `z`, `p_value_corrected` to the z with its score moved by one towards
    zero; `p_value_exact`, for which tau is compared with all orders, is None where there are ties.
    `warning` is None from ten studies on.
    """

    score: int
    score_sd: float
    tau: float
    z: float
    p_value: float
    z_corrected: float
    p_value_corrected: float
    p_value_exact: float | None
    warning: str | None


def egger(effects: Effects, *, level: float = 0.95) -> Egger:
    """Regress effect over SE on one over SE: an intercept away from zero is asymmetry.

    Egger, Davey Smith, Schneider and Minder, Bias in meta-analysis detected by a simple, graphical
    test, BMJ 1997;315:629-634. Ratios are regressed as logarithms, by ordinary least squares; the
    intercept has Student's t with k - 2 degrees of freedom. Raises ParameterError for fewer than
    three studies and for studies of one precision; MissingExtraError without SciPy.
    """
    _enough(effects)
    errors = effects.standard_errors
    if max(errors) - min(errors) <= 1e-12 * max(errors):
        raise ParameterError(
            "all studies have the same precision: Egger's test needs different ones"
        )
    stats = scipy_part("stats")
    fit = stats.linregress(
        [1 / error for error in errors],
        [estimate / error for estimate, error in zip(effects.estimates, errors, strict=True)],
    )
    intercept, se, df = float(fit.intercept), float(fit.intercept_stderr), effects.k - 2
    t = intercept / se if se > 0 else math.copysign(math.inf, intercept) if intercept else 0.0
    half = t_quantile(level, df) * se
    return Egger(
        intercept=intercept,
        se=se,
        ci_low=intercept - half,
        ci_high=intercept + half,
        t=t,
        df=df,
        p_value=two_sided_t(t, df),
        slope=float(fit.slope),
        slope_se=float(fit.stderr),
        warning=_warning(effects),
    )


def begg(effects: Effects) -> Begg:
    """Correlate effects, less the fixed-effect pool and standardised, with their variances by rank.

    Begg and Mazumdar, Operating characteristics of a rank correlation test for publication bias,
    Biometrics 1994;50:1088-1101: each effect's distance from the pool is divided by
    √(v - 1/Σ(1/v)). The variance of Kendall's score is that with ties, k(k - 1)(2k + 5)/18 where
    there are none (Kendall, Rank Correlation Methods, 1970, chapter 4). Raises ParameterError for
    fewer than three studies; MissingExtraError without SciPy.
    """
    _enough(effects)
    mean = weighted_mean(effects.estimates, effects.variances)
    standardised = [
        (estimate - mean.estimate) / math.sqrt(variance - mean.variance)
        for estimate, variance in zip(effects.estimates, effects.variances, strict=True)
    ]
    score, deviation = _kendall_score(standardised, effects.variances)
    has_ties = any(len(set(column)) < effects.k for column in (standardised, effects.variances))
    stats = scipy_part("stats")
    tau = float(stats.kendalltau(standardised, effects.variances).statistic)
    exact = None
    if not has_ties:
        found = stats.kendalltau(standardised, effects.variances, method="exact")
        exact = float(found.pvalue)
    z = score / deviation if deviation else 0.0
    moved = math.copysign(max(0, abs(score) - 1), score) / deviation if deviation else 0.0
    return Begg(
        score=score,
        score_sd=deviation,
        tau=tau,
        z=z,
        p_value=two_sided(z),
        z_corrected=moved,
        p_value_corrected=two_sided(moved),
        p_value_exact=exact,
        warning=_warning(effects),
    )


def _kendall_score(one: Sequence[float], other: Sequence[float]) -> tuple[int, float]:
    """Return pairs in one order less pairs in the opposite one, and the deviation by chance."""
    k = len(one)
    score = sum(
        _sign(one[i] - one[j]) * _sign(other[i] - other[j]) for i in range(k) for j in range(i)
    )
    first, second = _ties(one), _ties(other)
    variance = (_spread(k) - sum(map(_spread, first)) - sum(map(_spread, second))) / 18
    pairs = sum(t * (t - 1) for t in first) * sum(u * (u - 1) for u in second)
    variance += pairs / (2 * k * (k - 1))
    triples = sum(t * (t - 1) * (t - 2) for t in first) * sum(u * (u - 1) * (u - 2) for u in second)
    variance += triples / (9 * k * (k - 1) * (k - 2))
    return score, math.sqrt(variance)


def _spread(k: int) -> int:
    return k * (k - 1) * (2 * k + 5)


def _ties(column: Sequence[float]) -> list[int]:
    return [column.count(value) for value in set(column)]


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _enough(effects: Effects) -> None:
    if effects.k < 3:
        raise ParameterError(
            f"{effects.k} studies tell nothing of asymmetry: give three, and better ten or more"
        )


def _warning(effects: Effects) -> str | None:
    return WARNING if effects.k < _FEW else None
