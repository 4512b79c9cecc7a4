"""How much studies differ beyond chance: Q, I², H and τ², each with its interval."""

import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from mscgraph.errors import MissingExtraError, ParameterError
from mscgraph.pooling.distributions import (
    checked_level,
    chi_square_quantile,
    chi_square_tail,
    scipy_part,
    z_quantile,
)
from mscgraph.pooling.inverse_variance import (
    cochran_q,
    dersimonian_laird,
    i_squared,
    spread_of_weights,
)

__all__ = [
    "Between",
    "Heterogeneity",
    "heterogeneity",
    "i_squared_interval",
    "i_squared_of_tau_squared",
    "tau_squared_between",
    "tau_squared_interval",
]

Between = Literal["dl", "reml", "pm"]


@dataclass(frozen=True)
class Heterogeneity:
    """The test of heterogeneity and its measures, of two studies or more; I² is in percent.

    The interval of I² is that of Higgins and Thompson, and is None for two studies with a Q of no
    more than two; the interval of τ², and of I² by it, is the Q profile. `level` is that of all.
    """

    q: float
    df: int
    p_value: float
    i_squared: float
    i_squared_interval: tuple[float, float] | None
    h: float
    tau_squared_interval: tuple[float, float]
    i_squared_profile: tuple[float, float]
    level: float


def heterogeneity(
    estimates: Sequence[float],
    variances: Sequence[float],
    *,
    about: float | None = None,
    level: float = 0.95,
) -> Heterogeneity | None:
    """Return how much ``estimates`` differ, or None for a single study.

    Q is taken about the fixed-effect mean, or ``about`` a pooled estimate found in another way.
    Raises MissingExtraError without SciPy.
    """
    df = len(estimates) - 1
    if df < 1:
        return None
    q = cochran_q(estimates, variances, about=about)
    profile = tau_squared_interval(estimates, variances, level=level)
    return Heterogeneity(
        q=q,
        df=df,
        p_value=chi_square_tail(q, df),
        i_squared=i_squared(q, df),
        i_squared_interval=i_squared_interval(q, df, level=level),
        h=math.sqrt(q / df),
        tau_squared_interval=profile,
        i_squared_profile=(
            i_squared_of_tau_squared(profile[0], variances),
            i_squared_of_tau_squared(profile[1], variances),
        ),
        level=level,
    )


def i_squared_interval(q: float, df: int, *, level: float = 0.95) -> tuple[float, float] | None:
    """Return the interval of I² in percent from the standard error of ln H.

    Higgins and Thompson 2002, appendix A2: ½(ln Q - ln df)/(√(2Q) - √(2df - 1)) where Q exceeds
    the number of studies, √(1/(2(df - 1))·(1 - 1/(3(df - 1)²))) where it does not. None where that
    is not defined: for two studies and a Q of no more than two.
    """
    if q > df + 1:
        error = 0.5 * (math.log(q) - math.log(df)) / (math.sqrt(2 * q) - math.sqrt(2 * df - 1))
    elif df > 1:
        error = math.sqrt(1 / (2 * (df - 1)) * (1 - 1 / (3 * (df - 1) ** 2)))
    else:
        return None
    half = z_quantile(level) * error
    squares = (q / df * math.exp(-2 * half), q / df * math.exp(2 * half))
    low, high = (100 * max(0.0, (square - 1) / square) if square > 0 else 0.0 for square in squares)
    return low, high


def i_squared_of_tau_squared(tau_squared: float, variances: Sequence[float]) -> float:
    """Return I² in percent as the share of τ² in τ² plus the typical variance within studies.

    Higgins and Thompson 2002, equation 9. With the τ² of DerSimonian and Laird it is (Q - df)/Q.
    """
    if tau_squared <= 0:
        return 0.0
    explained = tau_squared * spread_of_weights(variances)
    return 100 * explained / (explained + len(variances) - 1)


def tau_squared_between(
    estimates: Sequence[float], variances: Sequence[float], method: Between, *, q: float
) -> float:
    """Return τ² by ``method``: ``dl``, ``reml`` or ``pm``; zero for a single study.

    ``dl`` is the method of moments from ``q``; ``reml`` maximises the restricted likelihood
    (Viechtbauer, Journal of Educational and Behavioral Statistics 2005;30:261-293), by PyMARE;
    ``pm`` is the τ² that makes the generalised Q its degrees of freedom (Paule and Mandel, Journal
    of Research of the National Bureau of Standards 1982;87:377-385). None goes below zero.
    """
    if len(estimates) < 2:
        return 0.0
    if method == "dl":
        return dersimonian_laird(variances, q)
    if method == "reml":
        return _restricted_maximum_likelihood(estimates, variances)
    if method == "pm":
        return _with_generalised_q(estimates, variances, len(estimates) - 1)
    raise ParameterError(f"no estimator of τ² is called “{method}”: take dl, reml or pm")


def tau_squared_interval(
    estimates: Sequence[float], variances: Sequence[float], *, level: float = 0.95
) -> tuple[float, float]:
    """Return the interval of τ² that the Q profile gives; both ends can be zero.

    Viechtbauer, Confidence intervals for the amount of heterogeneity in meta-analysis, Statistics
    in Medicine 2007;26:37-52: the τ² whose generalised Q are the quantiles of chi-square. Raises
    ParameterError for a single study and unless 0 < ``level`` < 1.
    """
    df = len(estimates) - 1
    if df < 1:
        raise ParameterError("one study has no variance between studies: give two or more")
    outside = (1 - checked_level(level)) / 2
    low, high = (
        _with_generalised_q(estimates, variances, chi_square_quantile(p, df))
        for p in (1 - outside, outside)
    )
    return low, high


def _with_generalised_q(
    estimates: Sequence[float], variances: Sequence[float], wanted: float
) -> float:
    """Return the τ² at which the generalised Q, which falls with it, is ``wanted``, or zero."""

    def excess(tau_squared: float) -> float:
        return cochran_q(estimates, variances, tau_squared=tau_squared) - wanted

    return _root_of_falling(excess, max(variances))


def _root_of_falling(function: Callable[[float], float], start: float) -> float:
    optimize = scipy_part("optimize")
    if function(0.0) <= 0:
        return 0.0
    high = start
    while function(high) > 0:
        high *= 2
    return float(optimize.brentq(function, 0.0, high, xtol=1e-14 * high, rtol=1e-14))


def _restricted_maximum_likelihood(estimates: Sequence[float], variances: Sequence[float]) -> float:
    try:
        from pymare import Dataset
        from pymare.estimators import VarianceBasedLikelihoodEstimator
    except ModuleNotFoundError:
        raise MissingExtraError("analysis") from None
    # Only τ² is taken: PyMARE's standard error is that of Knapp and Hartung unless told otherwise.
    studies = Dataset(
        list(estimates), list(variances), X=[[1.0]] * len(estimates), add_intercept=False
    )
    with warnings.catch_warnings():
        # It warns where one study outweighs all and its first guess of τ² cannot be made.
        warnings.simplefilter("ignore", RuntimeWarning)
        fitted = VarianceBasedLikelihoodEstimator(method="REML").fit_dataset(studies)
    return max(0.0, float(fitted.params_["tau2"].item()))
