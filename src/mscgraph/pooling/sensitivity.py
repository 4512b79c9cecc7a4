"""How a pool hangs on single studies, and how it grew as they were published."""

from collections.abc import Callable, Sequence

from mscgraph.errors import ParameterError
from mscgraph.pooling.effects import Effects
from mscgraph.pooling.models import Pooled, pool

__all__ = ["cumulative", "leave_one_out"]


def leave_one_out(
    effects: Effects, *, pooled: Callable[[Effects], Pooled] = pool
) -> tuple[Pooled, ...]:
    """Return, for each study in order, the pool of all others by ``pooled``.

    ``pooled`` is `pool` with its options, such as ``partial(pool, model="dl")``. Raises
    ParameterError for fewer than two studies. Viechtbauer and Cheung, Outlier and influence
    diagnostics for meta-analysis, Research Synthesis Methods 2010;1:112-125.
    """
    if effects.k < 2:
        raise ParameterError("a pool of one study has none left when it is left out: give two")
    return tuple(
        pooled(effects.only([place for place in range(effects.k) if place != left_out]))
        for left_out in range(effects.k)
    )


def cumulative(
    effects: Effects, years: Sequence[float], *, pooled: Callable[[Effects], Pooled] = pool
) -> tuple[tuple[float, Pooled], ...]:
    """Return each year, from the earliest on, with the pool of all studies until then.

    ``years`` has that of each study of ``effects``; studies of one year come in together. The
    pools' `Pooled.studies` say which. Raises ParameterError for columns of unequal length. Lau and
    others, Cumulative meta-analysis of therapeutic trials for myocardial infarction, New England
    Journal of Medicine 1992;327:248-254.
    """
    if len(years) != effects.k:
        raise ParameterError(
            f"{len(years)} years for {effects.k} studies: give that of every study"
        )
    places = sorted(range(effects.k), key=lambda place: (years[place], place))
    return tuple(
        (year, pooled(effects.only([place for place in places if years[place] <= year])))
        for year in sorted(set(years))
    )
