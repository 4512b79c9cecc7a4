"""Effects from events and participants: ratios of risk and odds, differences, single proportions.

Formulas, where nothing else is named: Deeks and Higgins, Statistical algorithms in Review Manager
5, 2010; Cochrane Handbook for Systematic Reviews of Interventions, sections 6.4 and 10.4.
"""

import math
from collections.abc import Sequence
from typing import Literal

from mscgraph.errors import ParameterError
from mscgraph.pooling.count_pools import Table, peto_study, tables
from mscgraph.pooling.effects import Counts, Effects, Scale, checked_columns

__all__ = [
    "Transformation",
    "ZeroCells",
    "odds_ratio",
    "peto_odds_ratio",
    "proportion",
    "risk_difference",
    "risk_ratio",
]

ZeroCells = Literal["where empty", "everywhere", "nowhere"]
Transformation = Literal["raw", "logit", "freeman-tukey"]


def risk_ratio(
    events1: Sequence[float],
    total1: Sequence[float],
    events2: Sequence[float],
    total2: Sequence[float],
    *,
    zero_cells: ZeroCells = "where empty",
) -> Effects:
    """Return ln((a/n1)/(c/n2)) of each study, with variance 1/a - 1/n1 + 1/c - 1/n2.

    ``zero_cells`` adds half a participant to every cell of a study with an empty cell (Cochrane
    Handbook, section 10.4.4.1), of every study, or of none. A study in which both groups have no
    events, or nothing but events, tells nothing of a ratio and is left out: `Effects.studies`
    names those that stay. Raises ParameterError for columns of unequal length, more events than
    participants, empty groups, and an empty cell where none is mended.
    """

    def study(t: Table) -> tuple[float, float]:
        estimate = math.log((t.a / t.n1) / (t.c / t.n2))
        return estimate, 1 / t.a - 1 / t.n1 + 1 / t.c - 1 / t.n2

    counts, kept = _told(_counts(events1, total1, events2, total2))
    mended = _mended(tables(counts), zero_cells)
    for place, table in zip(kept, mended, strict=True):
        _refuse_empty(place, table.a, table.c)
    return _ratios("RiskRatio", [study(table) for table in mended], kept, counts)


def odds_ratio(
    events1: Sequence[float],
    total1: Sequence[float],
    events2: Sequence[float],
    total2: Sequence[float],
    *,
    zero_cells: ZeroCells = "where empty",
) -> Effects:
    """Return ln(a·d/(b·c)) of each study, with variance 1/a + 1/b + 1/c + 1/d (Woolf).

    ``zero_cells``, what is left out and what is refused are as for `risk_ratio`.
    """

    def study(t: Table) -> tuple[float, float]:
        return math.log(t.a * t.d / (t.b * t.c)), 1 / t.a + 1 / t.b + 1 / t.c + 1 / t.d

    counts, kept = _told(_counts(events1, total1, events2, total2))
    mended = _mended(tables(counts), zero_cells)
    for place, table in zip(kept, mended, strict=True):
        _refuse_empty(place, table.a, table.b, table.c, table.d)
    return _ratios("OddsRatio", [study(table) for table in mended], kept, counts)


def peto_odds_ratio(
    events1: Sequence[float],
    total1: Sequence[float],
    events2: Sequence[float],
    total2: Sequence[float],
) -> Effects:
    """Return Peto's log odds ratio of each study, (O - E)/V, with variance 1/V.

    It needs no correction of empty cells; what is left out and refused is as for `risk_ratio`.
    Yusuf and others, Progress in Cardiovascular Diseases 1985;27:335-371.
    """
    counts, kept = _told(_counts(events1, total1, events2, total2))
    pairs = [peto_study(table) for table in tables(counts)]
    return _ratios(
        "PetoOddsRatio",
        [(difference / variance, 1 / variance) for difference, variance in pairs],
        kept,
        counts,
    )


def risk_difference(
    events1: Sequence[float],
    total1: Sequence[float],
    events2: Sequence[float],
    total2: Sequence[float],
    *,
    zero_cells: ZeroCells = "where empty",
) -> Effects:
    """Return a/n1 - c/n2 of each study, with variance a·b/n1³ + c·d/n2³.

    Every study counts, those without events too. The difference is that of the risks as observed;
    ``zero_cells`` adds half a participant to the cells from which the variance is computed. Raises
    ParameterError as `risk_ratio` does, and for a variance of zero where none is mended.
    """
    counts = _counts(events1, total1, events2, total2)
    observed = tables(counts)
    mended = _mended(observed, zero_cells)
    variances = [t.a * t.b / t.n1**3 + t.c * t.d / t.n2**3 for t in mended]
    return Effects(
        "RiskDifference",
        tuple(t.a / t.n1 - t.c / t.n2 for t in observed),
        tuple(variances),
        counts=counts,
    )


def proportion(
    events: Sequence[float], total: Sequence[float], *, transformation: Transformation = "logit"
) -> Effects:
    """Return the proportion of one arm of each study, transformed.

    - ``raw``: x/n, with variance p(1 - p)/n, from x + ½ of n + 1 where x is 0 or n;
    - ``logit``: ln(x/(n - x)), variance 1/x + 1/(n - x), both of x + ½ and n + 1 where x is 0 or n;
    - ``freeman-tukey``: ½(arcsin √(x/(n + 1)) + arcsin √((x + 1)/(n + 1))), variance 1/(4n + 2)
      (Freeman and Tukey, Annals of Mathematical Statistics 1950;21:607-611), which is turned back
      by the harmonic mean of the sizes (Miller, American Statistician 1978;32:138).

    Raises ParameterError for columns of unequal length, more events than participants, empty arms,
    another transformation.
    """
    some, sizes = checked_columns(events=events, total=total)
    for place, (x, n) in enumerate(zip(some, sizes, strict=True)):
        _check_group(place, x, n)
    pairs, scale = [], _SCALES.get(transformation)
    if scale is None:
        raise ParameterError(
            f"no transformation is called “{transformation}”: take raw, logit or freeman-tukey"
        )
    for x, n in zip(some, sizes, strict=True):
        more = 0.5 if x in (0, n) else 0.0
        yes, no = x + more, n - x + more
        if transformation == "raw":
            pairs.append((x / n, yes * no / (yes + no) ** 3))
        elif transformation == "logit":
            pairs.append((math.log(yes / no), 1 / yes + 1 / no))
        else:
            angles = math.asin(math.sqrt(x / (n + 1))) + math.asin(math.sqrt((x + 1) / (n + 1)))
            pairs.append((angles / 2, 1 / (4 * n + 2)))
    return Effects(
        "Proportion",
        tuple(each[0] for each in pairs),
        tuple(each[1] for each in pairs),
        scale,
        sizes=sizes,
    )


_SCALES: dict[str, Scale] = {"raw": "plain", "logit": "logit", "freeman-tukey": "double arcsine"}


def _counts(
    events1: Sequence[float],
    total1: Sequence[float],
    events2: Sequence[float],
    total2: Sequence[float],
) -> Counts:
    counts = Counts(
        *checked_columns(events1=events1, total1=total1, events2=events2, total2=total2)
    )
    for place in range(len(counts.total1)):
        _check_group(place, counts.events1[place], counts.total1[place])
        _check_group(place, counts.events2[place], counts.total2[place])
    return counts


def _check_group(place: int, events: float, total: float) -> None:
    if total <= 0:
        raise ParameterError(f"study {place + 1}: a group of {total:g} participants; give one more")
    if events < 0:
        raise ParameterError(f"study {place + 1}: {events:g} events; give zero or more")
    if events > total:
        raise ParameterError(
            f"study {place + 1}: {events:g} events in {total:g} participants; give no more events "
            "than participants"
        )


def _told(counts: Counts) -> tuple[Counts, tuple[int, ...]]:
    """Return the studies that tell something of a ratio, and their places."""
    kept = tuple(
        place
        for place, t in enumerate(tables(counts))
        if (t.a > 0 or t.c > 0) and (t.b > 0 or t.d > 0)
    )
    if not kept:
        raise ParameterError(
            "no study has both events and participants without: none tells of a ratio; take a risk "
            "difference"
        )
    return counts.only(kept), kept


def _mended(studies: Sequence[Table], zero_cells: ZeroCells) -> list[Table]:
    if zero_cells not in ("where empty", "everywhere", "nowhere"):
        raise ParameterError(
            f"no way to mend empty cells is called “{zero_cells}”: take where empty, everywhere or "
            "nowhere"
        )
    is_everywhere, is_somewhere = zero_cells == "everywhere", zero_cells == "where empty"
    return [
        t.with_more(0.5) if is_everywhere or (is_somewhere and t.has_empty_cell) else t
        for t in studies
    ]


def _refuse_empty(place: int, *cells: float) -> None:
    if 0 in cells:
        raise ParameterError(
            f"study {place + 1}: an empty cell gives no ratio; let zero_cells mend it or leave the "
            "study out"
        )


def _ratios(
    measure: str, pairs: Sequence[tuple[float, float]], kept: tuple[int, ...], counts: Counts
) -> Effects:
    return Effects(
        measure,
        tuple(estimate for estimate, _ in pairs),
        tuple(variance for _, variance in pairs),
        "log",
        kept,
        counts,
    )
