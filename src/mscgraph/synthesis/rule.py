"""The rule by which studies are picked: measure, time, effect, form, unit and filters."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from mscgraph.errors import ParameterError

__all__ = ["EFFECTS", "EVENTS", "Rule", "tolerance_of"]

# What a reader calls an effect → its name in the ontology, as `mscgraph.pooling` gives it.
EFFECTS = {
    "md": "MeanDifference",
    "smd": "StandardisedMeanDifference",
    "rr": "RiskRatio",
    "or": "OddsRatio",
    "peto": "PetoOddsRatio",
    "rd": "RiskDifference",
    "hr": "HazardRatio",
    "mean-change": "MeanChange",
    "proportion": "Proportion",
}
EVENTS = frozenset(("rr", "or", "peto", "rd", "proportion"))
_ONE_ARM = frozenset(("mean-change", "proportion"))

# Beside a tenth of the time, which takes in 24 weeks for 6 months and 48 weeks for a year.
_LEAST_TOLERANCE, _SHARE = 0.5, 0.1


def tolerance_of(weeks: float) -> float:
    """Return by how many weeks a time may differ from ``weeks`` unless told.

    A tenth, and at least half a week: 6 calendar months, 26.09 weeks, agree with 24 weeks of
    authors whose months have four, and 12 months with 48 weeks.
    """
    return max(_LEAST_TOLERANCE, _SHARE * weeks)


@dataclass(frozen=True)
class Rule:
    """What is to be pooled.

    `measure` is the ontology's local name; `weeks` count from the first infusion, with
    `tolerance` on both sides; `effect` is one of `EFFECTS`. `form` keeps changes from baseline
    (``change``) or values at the time (``final``) alone, and `unit` one UCUM unit. `may_mix` names
    what may stand side by side though it differs: ``forms`` or ``units``. `correlation` is that
    between baseline and later values, from which a change gets its deviation. `traits` keeps arms
    whose cells have one of the members named for a trait (route, source, donor, cell-type,
    disease, cause), narrower members among them; `trials` and `papers` keep those alone.
    """

    measure: str
    weeks: float | None
    effect: str
    tolerance: float | None = None
    form: str | None = None
    unit: str | None = None
    may_mix: frozenset[str] = frozenset()
    correlation: float | None = None
    may_derive: bool = True
    trials: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    traits: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        """Raise ParameterError for what no study can agree with."""
        if self.effect not in EFFECTS:
            raise ParameterError(f"no effect is called “{self.effect}”: take {', '.join(EFFECTS)}")
        if self.weeks is None and self.effect not in (*EVENTS, "hr"):
            raise ParameterError("say when: give --weeks, such as --weeks 24")
        if not all(map(math.isfinite, (self.weeks or 0.0, self.tolerance or 0.0))):
            raise ParameterError("--weeks and --tolerance are numbers of weeks, such as 24")
        if self.effect == "md" and "units" in self.may_mix:
            raise ParameterError(
                "different units cannot be subtracted: choose one with --unit, or take --effect smd"
            )
        if self.weeks is not None and self.weeks < 0:
            raise ParameterError(f"--weeks {self.weeks:g} is before the infusion: give 0 or more")
        if self.correlation is not None and not -1 < self.correlation < 1:
            raise ParameterError(
                f"a correlation of {self.correlation:g} cannot be: give one between -1 and 1"
            )

    @property
    def is_one_arm(self) -> bool:
        """Whether the effect is of one arm, and needs no comparator."""
        return self.effect in _ONE_ARM

    @property
    def counts_events(self) -> bool:
        """Whether the effect is made of participants with an event."""
        return self.effect in EVENTS

    def is_at_time(self, weeks: float | None) -> bool:
        """Return whether ``weeks`` is the time of the rule, within its tolerance.

        A rule without a time takes any, and what has none.
        """
        if self.weeks is None:
            return True
        if weeks is None:
            return False
        allowed = tolerance_of(self.weeks) if self.tolerance is None else self.tolerance
        return abs(weeks - self.weeks) <= allowed + 1e-9

    def distance(self, weeks: float | None) -> float:
        """Return how far ``weeks`` is from the rule's time; without one, the longest is nearest."""
        if self.weeks is None:
            return -(weeks or 0.0)
        return abs((weeks if weeks is not None else float("inf")) - self.weeks)
