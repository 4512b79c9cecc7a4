"""The effects of several studies on one scale, which every model of `mscgraph.pooling` takes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from mscgraph.errors import ParameterError
from mscgraph.pooling.distributions import z_quantile

__all__ = ["Counts", "Effects", "Scale", "back_transformed", "checked_columns"]

Scale = Literal["plain", "log", "logit", "double arcsine"]


@dataclass(frozen=True)
class Counts:
    """Events and participants of both groups, study by study."""

    events1: tuple[float, ...]
    total1: tuple[float, ...]
    events2: tuple[float, ...]
    total2: tuple[float, ...]

    def only(self, studies: Sequence[int]) -> "Counts":
        """Return the counts of ``studies``, by their place."""
        return Counts(
            *(
                tuple(column[each] for each in studies)
                for column in (self.events1, self.total1, self.events2, self.total2)
            )
        )


@dataclass(frozen=True)
class Effects:
    """What each study found, on the scale on which it is pooled.

    `measure` is the ontology's name, such as ``MeanDifference``; `estimates` and `variances` are on
    the scale of analysis, the natural logarithm for ratios. `studies` has the place of each in the
    columns that were given, since a study that tells nothing of a ratio is left out. `counts` are
    kept for the methods of Mantel and Haenszel and of Peto, `sizes` for double arcsines.
    """

    measure: str
    estimates: tuple[float, ...]
    variances: tuple[float, ...]
    scale: Scale = "plain"
    studies: tuple[int, ...] = ()
    counts: Counts | None = None
    sizes: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        """Give studies their places, and raise ParameterError for what cannot be pooled."""
        if len(self.estimates) != len(self.variances):
            raise ParameterError(
                f"{len(self.estimates)} estimates and {len(self.variances)} variances: "
                "give one of each for every study"
            )
        if not self.studies:
            object.__setattr__(self, "studies", tuple(range(len(self.estimates))))
        for place, estimate, variance in zip(
            self.studies, self.estimates, self.variances, strict=True
        ):
            if not math.isfinite(estimate):
                raise ParameterError(f"study {place + 1}: an estimate of {estimate} is no number")
            if not (math.isfinite(variance) and variance > 0):
                raise ParameterError(
                    f"study {place + 1}: a variance of {variance:g} cannot be weighted; "
                    "it must be above zero"
                )

    @property
    def k(self) -> int:
        """The number of studies."""
        return len(self.estimates)

    @property
    def is_log(self) -> bool:
        """Whether estimates are logarithms of ratios."""
        return self.scale == "log"

    @property
    def standard_errors(self) -> tuple[float, ...]:
        """The square roots of the variances."""
        return tuple(math.sqrt(variance) for variance in self.variances)

    def natural(self, *, level: float = 0.95) -> tuple[tuple[float, float, float], ...]:
        """Return estimate, low and high end of each study on the scale on which a reader thinks.

        Ends are estimate ± z·SE on the scale of analysis. Raises ParameterError unless
        0 < ``level`` < 1.
        """
        quantile = z_quantile(level)
        rows = zip(
            self.estimates,
            self.standard_errors,
            self.sizes or (None,) * self.k,
            strict=True,
        )
        return tuple(
            (
                back_transformed(estimate, self.scale, size),
                back_transformed(estimate - quantile * error, self.scale, size),
                back_transformed(estimate + quantile * error, self.scale, size),
            )
            for estimate, error, size in rows
        )

    def only(self, chosen: Sequence[int]) -> "Effects":
        """Return the studies whose places within these effects are ``chosen``, in that order."""

        def some(column: tuple[float, ...]) -> tuple[float, ...]:
            return tuple(column[each] for each in chosen)

        return replace(
            self,
            estimates=some(self.estimates),
            variances=some(self.variances),
            studies=tuple(self.studies[each] for each in chosen),
            counts=self.counts.only(chosen) if self.counts else None,
            sizes=some(self.sizes) if self.sizes else None,
        )


def back_transformed(value: float, scale: Scale, size: float | None = None) -> float:
    """Return ``value`` on the scale on which a reader thinks: a ratio, a proportion, a difference.

    A double arcsine needs the harmonic mean of the sizes of the samples as ``size``: Miller, The
    inverse of the Freeman-Tukey double arcsine transformation, American Statistician 1978;32:138.
    """
    if scale == "log":
        return math.exp(value)
    if scale == "logit":
        return 1 / (1 + math.exp(-value))
    if scale == "double arcsine":
        if size is None:
            raise ParameterError("a double arcsine is turned back with the sizes of the samples")
        return _proportion_of_double_arcsine(value, size)
    return value


def _proportion_of_double_arcsine(value: float, n: float) -> float:
    least = 0.5 * math.asin(math.sqrt(1 / (n + 1)))
    if value <= least:
        return 0.0
    if value >= math.pi / 2 - least:
        return 1.0
    sine, cosine = math.sin(2 * value), math.cos(2 * value)
    root = math.sqrt(max(0.0, 1 - (sine + (sine - 1 / sine) / n) ** 2))
    return 0.5 * (1 - math.copysign(root, cosine))


def checked_columns(**columns: Sequence[float]) -> list[tuple[float, ...]]:
    """Return ``columns`` as tuples of floats, in the order given.

    Raises ParameterError where they are empty, differ in length, or hold what is no finite number.
    """
    read = {name: tuple(float(value) for value in column) for name, column in columns.items()}
    lengths = {name: len(column) for name, column in read.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{length} of {name}" for name, length in lengths.items())
        raise ParameterError(f"{told}: give one of each for every study")
    if not all(lengths.values()):
        raise ParameterError("no study was given: name at least one")
    for name, column in read.items():
        for place, value in enumerate(column):
            if not math.isfinite(value):
                raise ParameterError(f"study {place + 1}: {name} is {value}; give a finite number")
    return list(read.values())
