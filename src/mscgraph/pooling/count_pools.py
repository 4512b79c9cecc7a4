"""Fixed effects made from the counts of all studies: Mantel and Haenszel's, and Peto's.

Source, where nothing else is named: Deeks and Higgins, Statistical algorithms in Review Manager 5,
2010; Cochrane Handbook for Systematic Reviews of Interventions, section 10.4.
"""

import math
from dataclasses import dataclass

from mscgraph.errors import ParameterError
from mscgraph.pooling.effects import Counts

__all__ = ["CountPool", "Table", "mantel_haenszel_of", "peto_of", "peto_study", "tables"]


@dataclass(frozen=True)
class CountPool:
    """A pool on the scale of analysis, its standard error, and each study's share, 0 to 1."""

    estimate: float
    se: float
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Table:
    """Two groups by event and none: a, b of the first group, c, d of the second."""

    a: float
    b: float
    c: float
    d: float

    @property
    def n1(self) -> float:
        """The first group."""
        return self.a + self.b

    @property
    def n2(self) -> float:
        """The second group."""
        return self.c + self.d

    @property
    def n(self) -> float:
        """Both groups."""
        return self.n1 + self.n2

    @property
    def has_empty_cell(self) -> bool:
        """Whether a group has no event or nothing but events."""
        return 0 in (self.a, self.b, self.c, self.d)

    def with_more(self, more: float) -> "Table":
        """Return the table with ``more`` in every cell."""
        return Table(self.a + more, self.b + more, self.c + more, self.d + more)


def tables(counts: Counts) -> list[Table]:
    """Return the fourfold table of each study."""
    columns = zip(counts.events1, counts.total1, counts.events2, counts.total2, strict=True)
    return [Table(a, n1 - a, c, n2 - c) for a, n1, c, n2 in columns]


def mantel_haenszel_of(measure: str, counts: Counts, *, correct_zeros: bool = False) -> CountPool:
    """Return the pool of Mantel and Haenszel of a risk ratio, an odds ratio or a risk difference.

    Variances: Robins, Breslow and Greenland (Biometrics 1986;42:311-323) for the log odds ratio,
    Greenland and Robins (Biometrics 1985;41:55-68) for the log risk ratio and the risk difference.
    With ``correct_zeros``, a study with an empty cell has half a participant more in each of its
    cells. Raises ParameterError for another measure, and for ratios where a group has no events in
    any study.
    """
    studies = tables(counts)
    if correct_zeros:
        studies = [each.with_more(0.5) if each.has_empty_cell else each for each in studies]
    if measure == "OddsRatio":
        return _odds_ratio(studies)
    if measure == "RiskRatio":
        return _risk_ratio(studies)
    if measure == "RiskDifference":
        return _risk_difference(studies)
    raise ParameterError(
        f"Mantel and Haenszel do not pool {measure}: take a risk ratio, an odds ratio or a risk "
        "difference"
    )


def _odds_ratio(studies: list[Table]) -> CountPool:
    r = [t.a * t.d / t.n for t in studies]
    s = [t.b * t.c / t.n for t in studies]
    total_r, total_s = math.fsum(r), math.fsum(s)
    _refuse_empty(total_r, total_s)
    p = [(t.a + t.d) / t.n for t in studies]
    e = math.fsum(x * y for x, y in zip(p, r, strict=True))
    f = math.fsum(x * y for x, y in zip(p, s, strict=True))
    g = math.fsum((1 - x) * y for x, y in zip(p, r, strict=True))
    h = math.fsum((1 - x) * y for x, y in zip(p, s, strict=True))
    variance = e / (2 * total_r**2) + (f + g) / (2 * total_r * total_s) + h / (2 * total_s**2)
    return CountPool(
        math.log(total_r / total_s), math.sqrt(variance), tuple(x / total_s for x in s)
    )


def _risk_ratio(studies: list[Table]) -> CountPool:
    r = math.fsum(t.a * t.n2 / t.n for t in studies)
    s = [t.c * t.n1 / t.n for t in studies]
    total_s = math.fsum(s)
    _refuse_empty(r, total_s)
    p = math.fsum((t.n1 * t.n2 * (t.a + t.c) - t.a * t.c * t.n) / t.n**2 for t in studies)
    return CountPool(
        math.log(r / total_s), math.sqrt(p / (r * total_s)), tuple(x / total_s for x in s)
    )


def _risk_difference(studies: list[Table]) -> CountPool:
    weights = [t.n1 * t.n2 / t.n for t in studies]
    total = math.fsum(weights)
    differences = (t.a / t.n1 - t.c / t.n2 for t in studies)
    estimate = math.fsum(w * x for w, x in zip(weights, differences, strict=True)) / total
    j = math.fsum(
        (t.a * t.b * t.n2**3 + t.c * t.d * t.n1**3) / (t.n1 * t.n2 * t.n**2) for t in studies
    )
    if j == 0:
        raise ParameterError(
            "no study has both participants with an event and without: a risk difference has no "
            "interval then"
        )
    return CountPool(estimate, math.sqrt(j) / total, tuple(w / total for w in weights))


def _refuse_empty(r: float, s: float) -> None:
    if r <= 0 or s <= 0:
        raise ParameterError(
            "a group has no events, or nothing but events, in every study: take correct_zeros, a "
            "risk difference, or leave the pool out"
        )


def peto_study(table: Table) -> tuple[float, float]:
    """Return O - E of the first group and its hypergeometric variance V: Handbook, 10.4.2.

    Yusuf and others, Beta blockade during and after myocardial infarction, Progress in
    Cardiovascular Diseases 1985;27:335-371.
    """
    events, others = table.a + table.c, table.b + table.d
    expected = table.n1 * events / table.n
    variance = table.n1 * table.n2 * events * others / (table.n**2 * (table.n - 1))
    return table.a - expected, variance


def peto_of(counts: Counts) -> CountPool:
    """Return Peto's log odds ratio over all studies: Σ(O - E)/ΣV, with variance 1/ΣV."""
    pairs = [peto_study(table) for table in tables(counts)]
    total = math.fsum(variance for _, variance in pairs)
    if total <= 0:
        raise ParameterError("no study has both events and participants without: none can be told")
    excess = math.fsum(difference for difference, _ in pairs)
    shares = tuple(variance / total for _, variance in pairs)
    return CountPool(excess / total, 1 / math.sqrt(total), shares)
