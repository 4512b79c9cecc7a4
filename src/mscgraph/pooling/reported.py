"""Effects as papers report them: an estimate with its standard error or its interval."""

import math
from collections.abc import Sequence

from mscgraph.errors import ParameterError
from mscgraph.pooling.distributions import z_quantile
from mscgraph.pooling.effects import Effects, Scale, checked_columns
from mscgraph.pooling.inverse_variance import se_of_interval

__all__ = ["hazard_ratio", "hazard_ratio_of_log_rank", "reported_effects", "reported_ratio"]


def hazard_ratio(
    estimate: Sequence[float], low: Sequence[float], high: Sequence[float], *, level: float = 0.95
) -> Effects:
    """Return hazard ratios that are given with their interval, as logarithms; see `reported_ratio`.

    Parmar, Torri and Stewart, Extracting summary statistics to perform meta-analyses of the
    published literature for survival endpoints, Statistics in Medicine 1998;17:2815-2834.
    """
    return reported_ratio("HazardRatio", estimate, low, high, level=level)


def hazard_ratio_of_log_rank(
    observed_less_expected: Sequence[float], variance: Sequence[float]
) -> Effects:
    """Return log hazard ratios from a log-rank test: (O - E)/V, with variance 1/V.

    O - E is of the first group. Cochrane Handbook, section 6.8.2. Raises ParameterError for a V of
    zero or less.
    """
    pairs = list(
        zip(
            *checked_columns(observed_less_expected=observed_less_expected, variance=variance),
            strict=True,
        )
    )
    for place, (_, v) in enumerate(pairs):
        if v <= 0:
            raise ParameterError(
                f"study {place + 1}: a log-rank variance of {v:g}; give one above 0"
            )
    return Effects(
        "HazardRatio",
        tuple(difference / v for difference, v in pairs),
        tuple(1 / v for _, v in pairs),
        "log",
    )


def reported_ratio(
    measure: str,
    estimate: Sequence[float],
    low: Sequence[float],
    high: Sequence[float],
    *,
    level: float = 0.95,
) -> Effects:
    """Return ratios given with their intervals as logarithms: SE = (ln high - ln low)/(2z).

    ``measure`` is ``RiskRatio``, ``OddsRatio`` or ``HazardRatio``; all figures are ratios, not
    logarithms. Cochrane Handbook, section 6.3.2. Raises ParameterError for figures of zero or less
    and for an estimate outside its interval.
    """
    columns = checked_columns(estimate=estimate, low=low, high=high)
    for place, values in enumerate(zip(*columns, strict=True)):
        if min(values) <= 0:
            raise ParameterError(
                f"study {place + 1}: a ratio of {min(values):g} has no logarithm; give ratios "
                "above 0, not their logarithms"
            )
    points, lows, highs = ([math.log(value) for value in column] for column in columns)
    return reported_effects(measure, points, low=lows, high=highs, level=level, scale="log")


def reported_effects(
    measure: str,
    estimates: Sequence[float],
    *,
    se: Sequence[float] | None = None,
    low: Sequence[float] | None = None,
    high: Sequence[float] | None = None,
    level: float = 0.95,
    scale: Scale = "plain",
) -> Effects:
    """Return effects from ``estimates`` on ``scale`` with standard errors, or with intervals.

    SE = (high - low)/(2z): Cochrane Handbook, section 6.3.1. Raises ParameterError where neither is
    given or both are, for an SE of zero or less, for ends in the wrong order and an estimate that
    does not lie between them.
    """
    if se is not None and low is None and high is None:
        points, errors = checked_columns(estimate=estimates, se=se)
    elif se is None and low is not None and high is not None:
        points, lows, highs = checked_columns(estimate=estimates, low=low, high=high)
        for place, (point, least, most) in enumerate(zip(points, lows, highs, strict=True)):
            _check_interval(place, point, least, most)
        quantile = z_quantile(level)
        errors = tuple(
            se_of_interval(least, most, quantile) for least, most in zip(lows, highs, strict=True)
        )
    else:
        raise ParameterError("give standard errors, or both ends of the intervals, and not both")
    for place, error in enumerate(errors):
        if error <= 0:
            raise ParameterError(
                f"study {place + 1}: a standard error of {error:g} cannot be weighted; "
                "it must be above zero"
            )
    return Effects(measure, points, tuple(error**2 for error in errors), scale)


def _check_interval(place: int, point: float, low: float, high: float) -> None:
    if low >= high:
        raise ParameterError(
            f"study {place + 1}: an interval whose low end is not below its high end"
        )
    if not low <= point <= high:
        raise ParameterError(
            f"study {place + 1}: an estimate that lies outside its interval; look at both again"
        )
