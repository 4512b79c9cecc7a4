"""Effects from means and standard deviations: of two arms, or of one arm and its change."""

import math
from collections.abc import Sequence
from typing import Literal

from mscgraph.errors import ParameterError
from mscgraph.pooling.effects import Effects, checked_columns

__all__ = [
    "Hedges",
    "mean_change",
    "mean_change_from_baseline",
    "mean_difference",
    "pooled_sd",
    "sd_of_change",
    "standardised_mean_difference",
    "variance_of_difference",
]

Hedges = Literal["handbook", "large sample", "borenstein", "cohen"]


def mean_difference(
    mean1: Sequence[float],
    sd1: Sequence[float],
    n1: Sequence[float],
    mean2: Sequence[float],
    sd2: Sequence[float],
    n2: Sequence[float],
    *,
    is_sd_pooled: bool = False,
) -> Effects:
    """Return the difference of the means, first less second, of each study, in their unit.

    The variance is sd1²/n1 + sd2²/n2 (Deeks and Higgins, Statistical algorithms in Review Manager
    5, 2010), or, with ``is_sd_pooled``, that of one deviation common to both arms. Raises
    ParameterError for columns of unequal length, deviations of zero or less, arms below two.
    """
    columns = _two_arms(mean1, sd1, n1, mean2, sd2, n2)
    return Effects(
        "MeanDifference",
        tuple(m1 - m2 for m1, _, _, m2, _, _ in columns),
        tuple(
            variance_of_difference(s1, k1, s2, k2, is_sd_pooled=is_sd_pooled)
            for _, s1, k1, _, s2, k2 in columns
        ),
    )


def variance_of_difference(
    sd1: float, n1: float, sd2: float, n2: float, *, is_sd_pooled: bool = False
) -> float:
    """Return the variance of a difference of means, from each arm's deviation or a common one."""
    if is_sd_pooled:
        return pooled_sd(sd1, n1, sd2, n2) ** 2 * (1 / n1 + 1 / n2)
    return sd1**2 / n1 + sd2**2 / n2


def pooled_sd(sd1: float, n1: float, sd2: float, n2: float) -> float:
    """Return the standard deviation common to two arms: Cochrane Handbook, section 6.5.1.2."""
    return math.sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / (n1 + n2 - 2))


def standardised_mean_difference(
    mean1: Sequence[float],
    sd1: Sequence[float],
    n1: Sequence[float],
    mean2: Sequence[float],
    sd2: Sequence[float],
    n2: Sequence[float],
    *,
    form: Hedges = "handbook",
) -> Effects:
    """Return the difference of the means in pooled standard deviations: Hedges' adjusted g.

    With N participants in both arms and d the difference over the pooled deviation, ``form`` is

    - ``handbook``: g = d·(1 - 3/(4N - 9)), variance N/(n1·n2) + g²/(2(N - 3.94)), as Review Manager
      has it (Deeks and Higgins 2010; Cochrane Handbook, section 6.5.1.2);
    - ``large sample``: the exact factor Γ(m/2)/(√(m/2)·Γ((m - 1)/2)) for m = N - 2, variance
      N/(n1·n2) + g²/(2N) (Hedges, Journal of Educational Statistics 1981;6:107-128);
    - ``borenstein``: d and its variance N/(n1·n2) + d²/(2N), times J and J², J = 1 - 3/(4m - 1)
      (Borenstein and others, Introduction to Meta-Analysis, 2009, chapter 4);
    - ``cohen``: d with that variance, not adjusted.

    Raises ParameterError as `mean_difference` does.
    """
    if form not in ("handbook", "large sample", "borenstein", "cohen"):
        raise ParameterError(
            f"no form of g is called “{form}”: take handbook, large sample, borenstein or cohen"
        )
    estimates, variances = [], []
    for m1, s1, k1, m2, s2, k2 in _two_arms(mean1, sd1, n1, mean2, sd2, n2):
        estimate, variance = _hedges((m1 - m2) / pooled_sd(s1, k1, s2, k2), k1, k2, form)
        estimates.append(estimate)
        variances.append(variance)
    return Effects("StandardisedMeanDifference", tuple(estimates), tuple(variances))


def _hedges(d: float, n1: float, n2: float, form: Hedges) -> tuple[float, float]:
    n = n1 + n2
    within = n / (n1 * n2)
    approximate = 1 - 3 / (4 * n - 9)
    if form == "handbook":
        g = d * approximate
        # Two arms of two have N = 4, where N - 3.94 is small but above zero.
        return g, within + g**2 / (2 * (n - 3.94))
    if form == "large sample":
        m = n - 2
        logarithm = math.lgamma(m / 2) - math.log(math.sqrt(m / 2)) - math.lgamma((m - 1) / 2)
        g = d * math.exp(logarithm)
        return g, within + g**2 / (2 * n)
    factor = approximate if form == "borenstein" else 1.0
    return d * factor, factor**2 * (within + d**2 / (2 * n))


def mean_change(mean: Sequence[float], sd: Sequence[float], n: Sequence[float]) -> Effects:
    """Return the mean change of one arm of each study, with variance sd²/n; sd is that of changes.

    Raises ParameterError for columns of unequal length, deviations of zero or less, arms below two.
    """
    columns = list(zip(*checked_columns(mean=mean, sd=sd, n=n), strict=True))
    for place, (_, deviation, size) in enumerate(columns):
        _check_arm(place, deviation, size)
    return Effects(
        "MeanChange",
        tuple(each[0] for each in columns),
        tuple(deviation**2 / size for _, deviation, size in columns),
    )


def mean_change_from_baseline(
    mean_before: Sequence[float],
    sd_before: Sequence[float],
    mean_after: Sequence[float],
    sd_after: Sequence[float],
    n: Sequence[float],
    *,
    correlation: float,
) -> Effects:
    """Return the mean change of one arm, after less before, from both means and a correlation.

    ``correlation`` is that of the two measurements of one participant; see `sd_of_change`.
    """
    read = checked_columns(
        mean_before=mean_before,
        sd_before=sd_before,
        mean_after=mean_after,
        sd_after=sd_after,
        n=n,
    )
    rows = list(zip(*read, strict=True))
    for place, (_, s1, _, s2, size) in enumerate(rows):
        _check_arm(place, s1, size)
        _check_arm(place, s2, size)
    return mean_change(
        [after - before for before, _, after, _, _ in rows],
        [sd_of_change(s1, s2, correlation) for _, s1, _, s2, _ in rows],
        [each[4] for each in rows],
    )


def sd_of_change(sd_before: float, sd_after: float, correlation: float) -> float:
    """Return the deviation of changes, √(s₁² + s₂² - 2·r·s₁·s₂): Cochrane Handbook, 6.5.2.8.

    Raises ParameterError unless -1 < ``correlation`` < 1.
    """
    if not -1 < correlation < 1:
        raise ParameterError(
            f"a correlation of {correlation:g} is not between -1 and 1: give one such as 0.5"
        )
    return math.sqrt(sd_before**2 + sd_after**2 - 2 * correlation * sd_before * sd_after)


def _two_arms(
    mean1: Sequence[float],
    sd1: Sequence[float],
    n1: Sequence[float],
    mean2: Sequence[float],
    sd2: Sequence[float],
    n2: Sequence[float],
) -> list[tuple[float, ...]]:
    read = checked_columns(mean1=mean1, sd1=sd1, n1=n1, mean2=mean2, sd2=sd2, n2=n2)
    rows = list(zip(*read, strict=True))
    for place, (_, s1, k1, _, s2, k2) in enumerate(rows):
        _check_arm(place, s1, k1)
        _check_arm(place, s2, k2)
    return rows


def _check_arm(place: int, sd: float, n: float) -> None:
    if sd <= 0:
        raise ParameterError(
            f"study {place + 1}: a standard deviation of {sd:g} cannot be weighted; "
            "it must be above zero"
        )
    if n < 2:
        raise ParameterError(
            f"study {place + 1}: an arm of {n:g} has no standard deviation; give two or more"
        )
