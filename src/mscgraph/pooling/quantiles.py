"""Mean and standard deviation from a median with its range, its quartiles, or both.

Wan, Wang, Liu and Tong, Estimating the sample mean and standard deviation from the sample size,
median, range and/or interquartile range, BMC Medical Research Methodology 2014;14:135; Luo, Wan,
Liu and Tong, Optimally estimating the sample mean from the sample size, median, mid-range, and/or
mid-quartile range, Statistical Methods in Medical Research 2018;27:1785-1805. They hold for figures
that are about normal; skewed ones are not mended so.
"""

import math
from statistics import NormalDist
from typing import Literal

from mscgraph.errors import ParameterError
from mscgraph.pooling.conversions import Conversion

__all__ = ["MeanBy", "SdBy", "of_five_numbers", "of_quartiles", "of_range"]

MeanBy = Literal["luo", "wan"]
SdBy = Literal["wan", "handbook"]

_WAN = "Wan and others, BMC Med Res Methodol 2014;14:135"
_LUO = "Luo and others, Stat Methods Med Res 2018;27:1785"
_HANDBOOK = "Cochrane Handbook, section 6.5.2.5"


def of_range(
    low: float, median: float, high: float, n: float, *, mean_by: MeanBy = "luo"
) -> Conversion:
    """Return mean and deviation from the least value, the median and the greatest.

    Mean: Luo, w(low + high)/2 + (1 - w)·median with w = 4/(4 + n^0.75), or Wan,
    (low + 2·median + high)/4. Deviation: (high - low)/(2·Φ⁻¹((n - 0.375)/(n + 0.25))), Wan.
    Raises ParameterError for fewer than two participants and values that are out of order.
    """
    _check(n, low, median, high)
    if _is_luo(mean_by):
        weight = 4 / (4 + n**0.75)
        mean = weight * (low + high) / 2 + (1 - weight) * median
        formula = "mean = w(min + max)/2 + (1 − w)median, w = 4/(4 + n^0.75)"
    else:
        mean = (low + 2 * median + high) / 4
        formula = "mean = (min + 2 median + max)/4"
    return Conversion(
        f"{formula}; SD = (max − min)/(2Φ⁻¹((n − 0.375)/(n + 0.25)))",
        _source(mean_by, _WAN),
        mean=mean,
        sd=(high - low) / _range_width(n),
        n=n,
    )


def of_quartiles(
    first: float,
    median: float,
    third: float,
    n: float,
    *,
    mean_by: MeanBy = "luo",
    sd_by: SdBy = "wan",
) -> Conversion:
    """Return mean and deviation from the median and the quartiles.

    Mean: Luo, w(first + third)/2 + (1 - w)·median with w = 0.7 + 0.39/n, or Wan,
    (first + median + third)/3. Deviation: (third - first)/(2·Φ⁻¹((0.75n - 0.125)/(n + 0.25))),
    Wan, or (third - first)/1.35 of the Handbook. Raises ParameterError for fewer than two
    participants and values that are out of order.
    """
    _check(n, first, median, third)
    if sd_by not in ("wan", "handbook"):
        raise ParameterError(f"no deviation is called “{sd_by}”: take wan or handbook")
    if _is_luo(mean_by):
        weight = 0.7 + 0.39 / n
        mean = weight * (first + third) / 2 + (1 - weight) * median
        formula = "mean = w(q₁ + q₃)/2 + (1 − w)median, w = 0.7 + 0.39/n"
    else:
        mean = (first + median + third) / 3
        formula = "mean = (q₁ + median + q₃)/3"
    if sd_by == "wan":
        width, told = _quartile_width(n), "2Φ⁻¹((0.75n − 0.125)/(n + 0.25))"
    else:
        width, told = 1.35, "1.35"
    return Conversion(
        f"{formula}; SD = (q₃ − q₁)/({told})",
        _source(mean_by, _WAN if sd_by == "wan" else _HANDBOOK),
        mean=mean,
        sd=(third - first) / width,
        n=n,
    )


def of_five_numbers(
    low: float,
    first: float,
    median: float,
    third: float,
    high: float,
    n: float,
    *,
    mean_by: MeanBy = "luo",
) -> Conversion:
    """Return mean and deviation from least value, quartiles, median and greatest value.

    Mean: Luo, w₁(low + high)/2 + w₂(first + third)/2 + (1 - w₁ - w₂)·median with
    w₁ = 2.2/(2.2 + n^0.75) and w₂ = 0.7 - 0.72/n^0.55, or Wan, (low + 2·first +
    2·median + 2·third + high)/8. Deviation: the mean of those of `of_range` and `of_quartiles`,
    Wan. Raises ParameterError as these do.
    """
    _check(n, low, first, median, third, high)
    if _is_luo(mean_by):
        outer, inner = 2.2 / (2.2 + n**0.75), 0.7 - 0.72 / n**0.55
        mean = outer * (low + high) / 2 + inner * (first + third) / 2 + (1 - outer - inner) * median
        formula = (
            "mean = w₁(min + max)/2 + w₂(q₁ + q₃)/2 + (1 − w₁ − w₂)median, "
            "w₁ = 2.2/(2.2 + n^0.75), w₂ = 0.7 − 0.72/n^0.55"
        )
    else:
        mean = (low + 2 * first + 2 * median + 2 * third + high) / 8
        formula = "mean = (min + 2q₁ + 2 median + 2q₃ + max)/8"
    return Conversion(
        f"{formula}; SD = (max − min)/(4Φ⁻¹((n − 0.375)/(n + 0.25))) + "
        "(q₃ − q₁)/(4Φ⁻¹((0.75n − 0.125)/(n + 0.25)))",
        _source(mean_by, _WAN),
        mean=mean,
        sd=((high - low) / _range_width(n) + (third - first) / _quartile_width(n)) / 2,
        n=n,
    )


def _range_width(n: float) -> float:
    return 2 * NormalDist().inv_cdf((n - 0.375) / (n + 0.25))


def _quartile_width(n: float) -> float:
    return 2 * NormalDist().inv_cdf((0.75 * n - 0.125) / (n + 0.25))


def _is_luo(mean_by: MeanBy) -> bool:
    if mean_by not in ("luo", "wan"):
        raise ParameterError(f"no mean is called “{mean_by}”: take luo or wan")
    return mean_by == "luo"


def _source(mean_by: MeanBy, sd_source: str) -> str:
    mean_source = _LUO if mean_by == "luo" else _WAN
    return sd_source if mean_source == sd_source else f"mean: {mean_source}; SD: {sd_source}"


def _check(n: float, *values: float) -> None:
    if n < 2:
        raise ParameterError(f"a group of {n:g} has no standard deviation: give two or more")
    if not all(math.isfinite(value) for value in values):
        raise ParameterError("a quantile is no finite number: give it as printed")
    if list(values) != sorted(values) or values[0] == values[-1]:
        told = ", ".join(f"{value:g}" for value in values)
        raise ParameterError(f"{told}: give them from the least to the greatest, and not all alike")
