"""Judges of an estimate, its interval, the means it comes from, and its p-value."""

import math
from collections.abc import Sequence

from mscgraph.check.judges.printed_figures import bounds, decimals, fits_p, shown, with_sign
from mscgraph.check.judges.verdict import Row, Verdict, half_unit
from mscgraph.pooling.continuous import variance_of_difference
from mscgraph.pooling.distributions import Z_95, chi_square_tail, t_95, two_sided

__all__ = [
    "chi_square_p",
    "effect_p",
    "interval_of_deviations",
    "mean_difference",
    "off_centre",
    "outside",
    "significance",
    "z_of_interval",
]

# Beside rounding, the middle of an interval may be two units of the last digit off its estimate.
_UNITS_OFF_CENTRE = 2
# How far the width of an interval may be off beside rounding.
_WIDTH = 0.03


def _half(places: int) -> float:
    return 0.5 * 10.0**-places


def _off_centre_by(estimate: str, low: str, high: str) -> tuple[float, float]:
    """Return how far the middle of an interval is from its estimate, and how far it may be."""
    places = decimals(estimate, low, high)
    middle = (float(low) + float(high)) / 2
    return middle - float(estimate), _half(places) * 2 * (1 + _UNITS_OFF_CENTRE)


def outside(row: Row) -> Verdict | None:
    """Hold an estimate to lie within its interval, and the interval to run upwards."""
    estimate, low, high = row["estimate"], row["low"], row["high"]
    if float(low) <= float(estimate) <= float(high):
        return None
    said = f"the {row['what']} {estimate} lies outside its {row['span']}, {low} to {high}"
    if float(low) > float(high):
        said = f"the {row['span']} runs from {low} down to {high}"
    hint = ""
    if float(low) <= -float(estimate) <= float(high):
        elsewhere = row.get("restated", "")
        sign = "the minus sign seems lost" if float(estimate) > 0 else "the minus sign seems wrong"
        hint = f"; {sign}, for {with_sign(estimate)} lies inside"
        if elsewhere and float(elsewhere) == -float(estimate):
            hint += ", and so the paper prints it elsewhere"
    return Verdict(f"{low} to {high}", estimate, {"said": said, "hint": hint})


def off_centre(row: Row) -> Verdict | None:
    """Hold an estimate of a difference to lie in the middle of its interval.

    A normal interval of a difference is symmetric: Cochrane Handbook for Systematic Reviews of
    Interventions, chapter 6, on standard errors from intervals. What lies outside is told by
    another judge, and so is a row whose own means disown its estimate.
    """
    estimate, low, high = row["estimate"], row["low"], row["high"]
    if not float(low) <= float(estimate) <= float(high) or _disowned(row):
        return None
    off, allowed = _off_centre_by(estimate, low, high)
    if abs(off) <= allowed + 1e-9:
        return None
    places = decimals(estimate, low, high)
    middle = 2 * float(estimate)
    hint = (
        f"; {shown(middle - float(low), places)} as the upper end or "
        f"{shown(middle - float(high), places)} as the lower one would mend it"
    )
    for end, other, name in ((low, high, "lower"), (high, low, "upper")):
        if abs((-float(end) + float(other)) / 2 - float(estimate)) <= allowed:
            hint = f"; {with_sign(end)} as the {name} end would mend it, so its sign may be lost"
    return Verdict(shown(float(estimate) + off, places), estimate, {"hint": hint})


def _disowned(row: Row) -> bool:
    if not (row.get("experimentalMean") and row.get("comparatorMean")):
        return False
    return mean_difference(row) is not None


def mean_difference(row: Row) -> Verdict | None:
    """Hold a mean difference to the two means; the opposite sign is a convention, no fault."""
    one, other, estimate = row["experimentalMean"], row["comparatorMean"], row["estimate"]
    places = decimals(one, other, estimate)
    expected = float(one) - float(other)
    allowed = 2 * _half(decimals(one, other)) + float(half_unit(estimate)) + 1e-9
    if min(abs(expected - float(estimate)), abs(expected + float(estimate))) <= allowed:
        return None
    hint = ""
    low, high = row.get("low"), row.get("high")
    if low and high:
        off, near = _off_centre_by(shown(expected, places), low, high)
        if abs(off) <= near:
            hint = f", which is also the middle of the printed interval, {low} to {high},"
    return Verdict(shown(expected, places), estimate, {"hint": hint})


def interval_of_deviations(row: Row) -> Verdict | None:
    """Hold the width of an interval to the standard deviations and numbers of its two arms.

    SE = √(sd₁²/n₁ + sd₂²/n₂), or from the pooled deviation; interval = 1.96·SE, or wider by
    Student's t, with no fewer degrees of freedom than the smaller arm has. A width beyond these is
    usually a standard error taken for a deviation.
    """
    n1, n2 = float(row["experimentalN"]), float(row["comparatorN"])
    (least1, most1), (least2, most2) = (
        bounds(row[name]) for name in ("experimentalSd", "comparatorSd")
    )
    if min(n1, n2) < 3 or min(least1, least2) <= 0:
        return None
    low, high = row["low"], row["high"]
    half, rounding = (float(high) - float(low)) / 2, _half(decimals(low, high))
    least = Z_95 * min(_errors(least1, n1, least2, n2)) * (1 - _WIDTH) - rounding
    most = t_95(int(min(n1, n2)) - 1) * max(_errors(most1, n1, most2, n2)) * (1 + _WIDTH) + rounding
    if least <= half <= most:
        return None
    places = decimals(low, high)
    apart, _ = _errors(float(row["experimentalSd"]), n1, float(row["comparatorSd"]), n2)
    return Verdict(shown(2 * Z_95 * apart, places), shown(2 * half, places))


def _errors(s1: float, n1: float, s2: float, n2: float) -> tuple[float, float]:
    """Return the standard error of a difference of means, apart and from the pooled deviation."""
    apart = variance_of_difference(s1, n1, s2, n2)
    pooled = variance_of_difference(s1, n1, s2, n2, is_sd_pooled=True)
    return math.sqrt(apart), math.sqrt(pooled)


def z_of_interval(row: Row) -> Verdict | None:
    """Hold a printed Z to the estimate over its standard error, (high - low)/3.92.

    An estimate that is not in the middle of its interval is told by a judge of its own.
    """
    off, allowed = _off_centre_by(row["estimate"], row["low"], row["high"])
    if abs(off) > allowed + 1e-9:
        return None
    low_z, high_z = _z_bounds(row)
    least, most = bounds(row["z"].removeprefix("-"))
    if low_z <= most and least <= high_z:
        return None
    return Verdict(shown((low_z + high_z) / 2, decimals(row["z"])), row["z"])


def effect_p(row: Row) -> Verdict | None:
    """Hold a p-value to the printed Z, or else to the estimate and its 95 % interval.

    Altman and Bland, How to obtain the P value from a confidence interval, BMJ 2011;343:d2304.
    """
    if row.get("z"):
        low_z, high_z = bounds(row["z"].removeprefix("-"))
        basis = f"Z = {row['z']}"
    else:
        low_z, high_z = _z_bounds(row)
        basis = f"{row['estimate']} with an interval of {row['low']} to {row['high']}"
    p_low, p_high = two_sided(high_z), two_sided(max(low_z, 0.0))
    if fits_p(row["pValue"], row["pComparator"], p_low, p_high):
        return None
    expected = _p((p_low + p_high) / 2)
    return Verdict(f"P = {expected}", f"P {row['pComparator']} {row['pValue']}", {"basis": basis})


def _z_bounds(row: Row) -> tuple[float, float]:
    """Return the least and the greatest Z that the rounded estimate and interval allow for."""
    estimate, low, high = (float(row[name]) for name in ("estimate", "low", "high"))
    half = _half(decimals(row["estimate"], row["low"], row["high"]))
    width = high - low
    least = max(abs(estimate) - half, 0.0) * 2 * Z_95 / (width + 2 * half)
    most = (abs(estimate) + half) * 2 * Z_95 / max(width - 2 * half, 1e-12)
    return least, most


def _p(value: float) -> str:
    """Return a p-value with two figures that count, three decimals at least."""
    return f"{value:.3f}" if value >= 0.01 else f"{value:.2g}"


def significance(row: Row) -> Verdict | None:
    """Hold the word "significant" to the intervals it is said of: whether they hold zero.

    ``intervals`` has estimate, low, high and a time for each, parted by bars and semicolons.
    """
    said_so = row["significance"] == "significant"
    effects = [text.split("|") for text in row["intervals"].split(";")]
    places = decimals(*(figure for effect in effects for figure in effect[:3]))
    wrong: list[str] = []
    right: list[str] = []
    for estimate, low, high, when in sorted(effects, key=_week):
        figures = [shown(float(each), places) for each in (estimate, low, high)]
        denies = (float(low) <= 0 <= float(high)) == said_so
        effect = "{} ({} to {})".format(*figures) + (f" at {when}" if when else "")
        (wrong if denies else right).append(effect)
    if not wrong:
        return None
    holds = "zero lies within the interval of" if said_so else "zero lies outside the interval of"
    agrees = "; it lies outside that of" if said_so else "; it lies within that of"
    listed = _and(wrong) + (f"{agrees} {_and(right)}" if right else "")
    return Verdict(f"{holds} {listed}", row["significance"], {"holds": holds, "listed": listed})


def _and(parts: Sequence[str]) -> str:
    return ", ".join(parts[:-1]) + (" and " if parts[1:] else "") + parts[-1]


def _week(effect: Sequence[str]) -> tuple[float, Sequence[str]]:
    number = effect[3].partition(" ")[0]
    return (float(number) if number else 0.0, effect)


def chi_square_p(row: Row) -> Verdict | None:
    """Hold the p-value of a comparison to its chi-square with one degree of freedom.

    More degrees of freedom only make p greater: a p below that of one degree cannot be, and a
    greater one can, unless the comparison has no more than two groups, which is not known.
    """
    low, high = bounds(row["chiSquare"])
    least = chi_square_tail(high, 1)
    upper = row.get("pHigh") or row.get("pValue", "")
    comparator = "=" if row.get("pHigh") else row.get("pComparator", "")
    if not upper or comparator not in ("=", "<"):
        return None
    if float(upper) + 2 * float(half_unit(upper)) >= least:
        return None
    expected = _p(chi_square_tail((low + high) / 2, 1))
    lower = row.get("pLow")
    found = f"P = {lower} to {upper}" if lower else f"P {comparator} {upper}"
    return Verdict(f"P = {expected}", found)
