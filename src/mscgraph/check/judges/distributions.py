"""Tail probabilities of the normal and the chi-square distribution, from the standard library."""

import math

__all__ = ["Z_95", "chi_square_tail", "t_95", "two_sided"]

# The normal quantile of a 95 % interval, as review software rounds it.
Z_95 = 1.96


def two_sided(z: float) -> float:
    """Return the two-sided p-value of a normal statistic.

    >>> round(two_sided(1.98), 4)
    0.0477
    """
    return math.erfc(abs(z) / math.sqrt(2))


def chi_square_tail(q: float, df: int) -> float:
    """Return the probability that chi-square with ``df`` degrees of freedom exceeds ``q``.

    The finite series for whole degrees of freedom: Abramowitz and Stegun, Handbook of
    Mathematical Functions, 26.4.4 (odd) and 26.4.5 (even).

    >>> round(chi_square_tail(7.04, 5), 2)
    0.22
    """
    half = q / 2
    if df % 2 == 0:
        return math.exp(-half) * sum(half**r / math.factorial(r) for r in range(df // 2))
    term, terms = 1.0, 0.0
    for r in range(1, (df - 1) // 2 + 1):
        term = term * q / (2 * r - 1) if r > 1 else 1.0
        terms += term
    return math.erfc(math.sqrt(half)) + math.sqrt(2 * q / math.pi) * math.exp(-half) * terms


def t_95(df: int) -> float:
    """Return the quantile of Student's t for a 95 % interval, within 2 % from three degrees on.

    Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5, to its third term.

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
