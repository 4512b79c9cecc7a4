"""What papers report otherwise, turned into means, deviations and standard errors.

Each function returns a `Conversion`: the figures, the formula with which they were computed, and
its source, so that they can be shown as derived. Handbook is Higgins, Li and Deeks, Choosing effect
measures and computing estimates of effect, Cochrane Handbook for Systematic Reviews of
Interventions, chapter 6.
"""

import math
from dataclasses import dataclass

from mscgraph.errors import ParameterError
from mscgraph.pooling import continuous
from mscgraph.pooling.distributions import t_quantile, z_quantile
from mscgraph.pooling.inverse_variance import se_of_interval

__all__ = [
    "Conversion",
    "Group",
    "combined_groups",
    "correlation_of_sds",
    "log_odds_ratio_of_smd",
    "sd_of_change",
    "sd_of_difference_interval",
    "sd_of_difference_p",
    "sd_of_difference_se",
    "sd_of_difference_t",
    "sd_of_interval",
    "sd_of_se",
    "se_of_p",
    "se_of_ratio_interval",
    "shared_control",
    "smd_of_log_odds_ratio",
]

# The Handbook takes Student's quantile in groups below this size.
_SMALL_GROUP = 60


@dataclass(frozen=True)
class Conversion:
    """Figures that were derived: a mean or an estimate, a deviation, a standard error, a size.

    What a conversion does not give is None. `formula` and `source` say how it was derived.
    """

    formula: str
    source: str
    mean: float | None = None
    sd: float | None = None
    se: float | None = None
    n: float | None = None
    events: float | None = None


@dataclass(frozen=True)
class Group:
    """The participants of a group, with mean and standard deviation of what was measured."""

    n: float
    mean: float
    sd: float


def sd_of_se(se: float, n: float) -> Conversion:
    """Return the deviation of a group of ``n`` from the standard error of its mean: SE·√n."""
    _positive(se, "a standard error")
    _size(n)
    return Conversion("SD = SE × √n", "Handbook, section 6.5.2.2", sd=se * math.sqrt(n), se=se, n=n)


def sd_of_interval(
    low: float, high: float, n: float, *, level: float = 0.95, is_t: bool | None = None
) -> Conversion:
    """Return the deviation of a group of ``n`` from the interval of its mean.

    ``is_t`` says whether the interval was made with Student's t; not said, it is taken so in a
    group below 60, as the Handbook advises. The middle of the interval is the mean. Raises
    ParameterError for ends in the wrong order and for fewer than two participants;
    MissingExtraError where Student's t is needed and SciPy is not installed.
    """
    _ordered(low, high)
    _size(n)
    takes_t = n < _SMALL_GROUP if is_t is None else is_t
    quantile = t_quantile(level, n - 1) if takes_t else z_quantile(level)
    se = se_of_interval(low, high, quantile)
    named = f"t with {n - 1:g} degrees of freedom" if takes_t else "z"
    return Conversion(
        f"SD = √n × (upper limit − lower limit)/(2 × {quantile:.3f}), {named}",
        "Handbook, section 6.5.2.2",
        mean=(low + high) / 2,
        sd=math.sqrt(n) * se,
        se=se,
        n=n,
    )


def sd_of_difference_se(se: float, n1: float, n2: float) -> Conversion:
    """Return the deviation common to two groups from the SE of the difference of their means."""
    _positive(se, "a standard error")
    _size(n1)
    _size(n2)
    return Conversion(
        "SD = SE/√(1/n₁ + 1/n₂)",
        "Handbook, section 6.5.2.3",
        sd=se / math.sqrt(1 / n1 + 1 / n2),
        se=se,
        n=n1 + n2,
    )


def sd_of_difference_interval(
    low: float,
    high: float,
    n1: float,
    n2: float,
    *,
    level: float = 0.95,
    is_t: bool | None = None,
) -> Conversion:
    """Return the deviation common to two groups from the interval of the difference of their means.

    Student's t has n1 + n2 - 2 degrees of freedom; it is taken if ``is_t``, or, where that is not
    said, with fewer than 60 in either group.
    """
    _ordered(low, high)
    takes_t = min(n1, n2) < _SMALL_GROUP if is_t is None else is_t
    quantile = t_quantile(level, n1 + n2 - 2) if takes_t else z_quantile(level)
    found = sd_of_difference_se(se_of_interval(low, high, quantile), n1, n2)
    named = f"t with {n1 + n2 - 2:g} degrees of freedom" if takes_t else "z"
    return Conversion(
        f"SE = (upper limit − lower limit)/(2 × {quantile:.3f}), {named}; {found.formula}",
        found.source,
        mean=(low + high) / 2,
        sd=found.sd,
        se=found.se,
        n=found.n,
    )


def sd_of_difference_t(difference: float, t: float, n1: float, n2: float) -> Conversion:
    """Return the deviation common to two groups from their difference and its t statistic."""
    if t == 0 or difference == 0:
        raise ParameterError(
            "a t of 0 tells no standard error: take the interval or the deviations"
        )
    found = sd_of_difference_se(abs(difference / t), n1, n2)
    return Conversion(
        f"SE = |MD/t|; {found.formula}",
        found.source,
        mean=difference,
        sd=found.sd,
        se=found.se,
        n=found.n,
    )


def sd_of_difference_p(difference: float, p: float, n1: float, n2: float) -> Conversion:
    """Return the deviation common to two groups from their difference and the P of a t test.

    ``p`` is two-sided and exact: what is only printed as below 0.05 gives the greatest deviation
    that fits, if 0.05 is taken.
    """
    _probability(p)
    found = sd_of_difference_t(difference, t_quantile(1 - p, n1 + n2 - 2), n1, n2)
    return Conversion(
        f"t from P with {n1 + n2 - 2:g} degrees of freedom; {found.formula}",
        found.source,
        mean=difference,
        sd=found.sd,
        se=found.se,
        n=found.n,
    )


def se_of_p(estimate: float, p: float) -> Conversion:
    """Return the standard error of an estimate from its two-sided P of a z test: |estimate/z|.

    Ratios are given as logarithms. Handbook, section 6.3.2.
    """
    _probability(p)
    if estimate == 0:
        raise ParameterError("an estimate of 0 has no z to divide it by: take its interval")
    return Conversion(
        "SE = |estimate/z|, z from P",
        "Handbook, sections 6.3.1 and 6.3.2",
        mean=estimate,
        se=abs(estimate) / z_quantile(1 - p),
    )


def se_of_ratio_interval(low: float, high: float, *, level: float = 0.95) -> Conversion:
    """Return the logarithm of a ratio, as the middle, and its standard error from its interval."""
    if low <= 0:
        raise ParameterError(f"a ratio of {low:g} has no logarithm: give the ratios as printed")
    _ordered(low, high)
    return Conversion(
        "SE = (ln upper limit − ln lower limit)/(2z)",
        "Handbook, section 6.3.2",
        mean=(math.log(low) + math.log(high)) / 2,
        se=se_of_interval(math.log(low), math.log(high), z_quantile(level)),
    )


def sd_of_change(sd_before: float, sd_after: float, *, correlation: float) -> Conversion:
    """Return the deviation of changes from those before and after and their correlation."""
    _positive(sd_before, "a standard deviation")
    _positive(sd_after, "a standard deviation")
    return Conversion(
        f"SD = √(SD₁² + SD₂² − 2 × {correlation:g} × SD₁ × SD₂)",
        "Handbook, section 6.5.2.8",
        sd=continuous.sd_of_change(sd_before, sd_after, correlation),
    )


def correlation_of_sds(sd_before: float, sd_after: float, sd_change: float) -> float:
    """Return the correlation of two measurements from all three deviations: Handbook, 6.5.2.8.

    It is what `sd_of_change` needs, taken from a study that reports changes too. Raises
    ParameterError where the deviations do not go together: no correlation gives them.
    """
    for sd in (sd_before, sd_after, sd_change):
        _positive(sd, "a standard deviation")
    found = (sd_before**2 + sd_after**2 - sd_change**2) / (2 * sd_before * sd_after)
    if not -1 <= found <= 1:
        raise ParameterError(
            f"deviations of {sd_before:g}, {sd_after:g} and, of changes, {sd_change:g}: no "
            "correlation gives these; look at them again"
        )
    return found


def combined_groups(first: Group, *others: Group) -> Conversion:
    """Return several groups as one: size, mean, and the deviation about the common mean.

    The groups are combined one after another, which comes to the same in any order.
    """
    one = _sized(first)
    for other in map(_sized, others):
        n = one.n + other.n
        squares = (
            (one.n - 1) * one.sd**2
            + (other.n - 1) * other.sd**2
            + one.n * other.n / n * (one.mean - other.mean) ** 2
        )
        one = Group(n, (one.n * one.mean + other.n * other.mean) / n, math.sqrt(squares / (n - 1)))
    return Conversion(
        "mean = (n₁M₁ + n₂M₂)/(n₁ + n₂); SD = √(((n₁−1)SD₁² + (n₂−1)SD₂² + n₁n₂/(n₁+n₂) × "
        "(M₁−M₂)²)/(n₁+n₂−1))",
        "Handbook, table 6.5.a",
        mean=one.mean,
        sd=one.sd,
        n=one.n,
    )


def shared_control(n: float, comparisons: int, *, events: float | None = None) -> Conversion:
    """Return a control group's share for each of several ``comparisons``: size and events.

    Mean and deviation stay what they are. Shares need not be whole numbers. Cochrane Handbook,
    section 23.3.4.
    """
    if comparisons < 1:
        raise ParameterError(f"{comparisons} comparisons: give one or more")
    if events is not None and not 0 <= events <= n:
        raise ParameterError(
            f"{events:g} events in {n:g} participants: give no more events than participants"
        )
    return Conversion(
        f"n/{comparisons}" + ("" if events is None else f", events/{comparisons}"),
        "Cochrane Handbook, section 23.3.4",
        n=n / comparisons,
        events=None if events is None else events / comparisons,
    )


def log_odds_ratio_of_smd(smd: float, se: float) -> Conversion:
    """Return the log odds ratio, and its SE, for a standardised mean difference: times π/√3."""
    _positive(se, "a standard error")
    factor = math.pi / math.sqrt(3)
    return Conversion("ln OR = SMD × π/√3", _CHINN, mean=smd * factor, se=se * factor)


def smd_of_log_odds_ratio(log_odds_ratio: float, se: float) -> Conversion:
    """Return the standardised mean difference, and its SE, for a log odds ratio: times √3/π."""
    _positive(se, "a standard error")
    factor = math.sqrt(3) / math.pi
    return Conversion("SMD = ln OR × √3/π", _CHINN, mean=log_odds_ratio * factor, se=se * factor)


_CHINN = (
    "Cochrane Handbook, section 10.6; Chinn, A simple method for converting an odds ratio to "
    "effect size, Statistics in Medicine 2000;19:3127-3131"
)


def _sized(group: Group) -> Group:
    # A group of one has no deviation, and adds none within itself.
    if group.n < 1 or group.sd < 0:
        raise ParameterError(
            "a group to be combined needs a participant and a deviation of 0 or more"
        )
    return group


def _size(n: float) -> None:
    if n < 2:
        raise ParameterError(f"a group of {n:g} has no standard deviation: give two or more")


def _positive(value: float, what: str) -> None:
    if value <= 0:
        raise ParameterError(f"{what} of {value:g}: it must be above zero")


def _ordered(low: float, high: float) -> None:
    if low >= high:
        raise ParameterError(f"an interval from {low:g} to {high:g}: give the low end first")


def _probability(p: float) -> None:
    if not 0 < p < 1:
        raise ParameterError(f"a P of {p:g} tells no standard error: give one between 0 and 1")
