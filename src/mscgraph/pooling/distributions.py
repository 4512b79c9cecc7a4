"""Tails and quantiles of the normal, the chi-square and Student's distribution.

The normal and the tail of chi-square come from the standard library, because `check` works without
SciPy; what else a meta-analysis needs comes from SciPy, in the extra ``analysis``.
"""

import math
from statistics import NormalDist
from types import ModuleType

from mscgraph.errors import MissingExtraError, ParameterError

__all__ = [
    "Z_95",
    "checked_level",
    "chi_square_quantile",
    "chi_square_tail",
    "scipy_part",
    "t_95",
    "t_quantile",
    "two_sided",
    "two_sided_t",
    "z_quantile",
]

# The normal quantile of a 95 % interval, as review software rounds it.
Z_95 = 1.96


def two_sided(z: float) -> float:
    """Return the two-sided p-value of a normal statistic.

    >>> round(two_sided(1.98), 4)
    0.0477
    """
    return math.erfc(abs(z) / math.sqrt(2))


def z_quantile(level: float) -> float:
    """Return the normal quantile of a two-sided interval: 1.959964 for a ``level`` of 0.95.

    Raises ParameterError unless 0 < level < 1.
    """
    return NormalDist().inv_cdf((1 + checked_level(level)) / 2)


def chi_square_tail(q: float, df: int) -> float:
    """Return the probability that chi-square with ``df`` degrees of freedom exceeds ``q``.

    The finite series for whole degrees of freedom: Abramowitz and Stegun, Handbook of
    Mathematical Functions, 26.4.4 (odd) and 26.4.5 (even); each term by its logarithm, so that
    many degrees of freedom do not overflow.

    >>> round(chi_square_tail(7.04, 5), 2)
    0.22
    """
    if q <= 0:
        return 1.0
    half, first = q / 2, df % 2 / 2
    terms = (first + step for step in range(df // 2))
    series = math.fsum(math.exp(a * math.log(half) - half - math.lgamma(a + 1)) for a in terms)
    return min(1.0, (math.erfc(math.sqrt(half)) if df % 2 else 0.0) + series)


def t_95(df: int) -> float:
    """Return the quantile of Student's t for a 95 % interval, within 2 % from three degrees on.

    Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5, to its third term. It is
    for checks of printed figures, which work without SciPy; `t_quantile` is exact.

    >>> round(t_95(19), 2)
    2.09
    """
    z = Z_95
    return (
        z
        + (z**3 + z) / (4 * df)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * df**3)
    )


def t_quantile(level: float, df: float) -> float:
    """Return Student's quantile of a two-sided interval: 2.262 for 0.95 and nine degrees.

    Raises ParameterError unless 0 < level < 1, MissingExtraError without SciPy.
    """
    return float(scipy_part("special").stdtrit(df, (1 + checked_level(level)) / 2))


def two_sided_t(t: float, df: float) -> float:
    """Return the two-sided p-value of a Student statistic with ``df`` degrees of freedom."""
    return 2 * float(scipy_part("special").stdtr(df, -abs(t)))


def chi_square_quantile(p: float, df: int) -> float:
    """Return what chi-square with ``df`` degrees of freedom stays below with probability ``p``."""
    return float(scipy_part("special").chdtri(df, 1 - p))


def scipy_part(name: str) -> ModuleType:
    """Return the part of SciPy called ``name``; MissingExtraError where it is not installed."""
    from importlib import import_module

    try:
        return import_module(f"scipy.{name}")
    except ModuleNotFoundError:
        raise MissingExtraError("analysis") from None


def checked_level(level: float) -> float:
    """Return the level of an interval; ParameterError unless it is between 0 and 1."""
    if not 0 < level < 1:
        raise ParameterError(f"a level of {level} is not between 0 and 1: give 0.95 for 95 %")
    return level
