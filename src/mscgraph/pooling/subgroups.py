"""A pool in each of several subgroups, and whether these differ."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from mscgraph.errors import ParameterError
from mscgraph.pooling.distributions import chi_square_tail
from mscgraph.pooling.effects import Effects
from mscgraph.pooling.inverse_variance import cochran_q, i_squared
from mscgraph.pooling.models import Pooled, pool

__all__ = ["Difference", "Subgroups", "by_subgroup", "difference_between"]

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Difference:
    """The test of differences between subgroups; I² is in percent."""

    q: float
    df: int
    p_value: float
    i_squared: float


@dataclass(frozen=True)
class Subgroups:
    """The pool of each subgroup, in the order in which they come, that of all, and the test.

    `difference` is None where there is a single subgroup.
    """

    groups: dict[Hashable, Pooled]
    overall: Pooled
    difference: Difference | None


def by_subgroup(
    effects: Effects, subgroups: Sequence[Name], *, pooled: Callable[[Effects], Pooled] = pool
) -> Subgroups:
    """Pool ``effects`` within each subgroup by ``pooled``, each with a τ² of its own.

    ``subgroups`` names that of each study of ``effects``, in order; ``pooled`` is `pool` with its
    options, such as ``partial(pool, model="dl")``. Raises ParameterError for columns of unequal
    length, and what ``pooled`` raises.
    """
    if len(subgroups) != effects.k:
        raise ParameterError(
            f"{len(subgroups)} subgroups for {effects.k} studies: name that of every study"
        )
    places: dict[Hashable, list[int]] = {}
    for place, name in enumerate(subgroups):
        places.setdefault(name, []).append(place)
    groups = {name: pooled(effects.only(chosen)) for name, chosen in places.items()}
    difference = difference_between(list(groups.values())) if len(groups) > 1 else None
    return Subgroups(groups, pooled(effects), difference)


def difference_between(pools: Sequence[Pooled]) -> Difference:
    """Test whether ``pools`` differ: Q of their estimates, weighted by 1/SE², on their number - 1.

    Cochrane Handbook, section 10.11.3.1; Borenstein and Higgins, Meta-analysis and subgroups,
    Prevention Science 2013;14:134-143. For fixed effects by inverse variance it is what the Q of
    all studies has beyond the sum of those within. Raises ParameterError for fewer than two pools
    and for pools without a standard error.
    """
    if len(pools) < 2:
        raise ParameterError("one subgroup differs from none: give two or more")
    if any(each.se <= 0 for each in pools):
        raise ParameterError("a subgroup whose studies agree exactly has no weight: leave it out")
    q = cochran_q([each.estimate for each in pools], [each.se**2 for each in pools])
    df = len(pools) - 1
    return Difference(q, df, chi_square_tail(q, df), i_squared(q, df))
