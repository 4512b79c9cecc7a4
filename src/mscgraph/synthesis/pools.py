"""Pooling what was picked: the pool, its subgroups, and how it hangs on single studies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from mscgraph.errors import ParameterError
from mscgraph.pooling import continuous, counts, reported
from mscgraph.pooling.asymmetry import Begg, Egger, begg, egger
from mscgraph.pooling.effects import Effects
from mscgraph.pooling.models import Method, Model, Pooled, Prediction, pool
from mscgraph.pooling.sensitivity import cumulative, leave_one_out
from mscgraph.pooling.subgroups import Difference, by_subgroup
from mscgraph.synthesis.findings import Finding
from mscgraph.synthesis.rule import EFFECTS, Rule
from mscgraph.synthesis.selection import Selection, Study

__all__ = ["Options", "Part", "Synthesis", "effects_of", "synthesise"]


@dataclass(frozen=True)
class Options:
    """How studies are pooled: see `mscgraph.pooling.models.pool`; and what is shown beside.

    `subgroup` names a trait by which studies are parted.
    """

    model: Model = "reml"
    method: Method = "inverse variance"
    knapp_hartung: bool = False
    prediction: Prediction = "k-2"
    level: float = 0.95
    subgroup: str | None = None
    leaves_one_out: bool = False
    is_cumulative: bool = False
    tests_asymmetry: bool = False

    @property
    def pooled(self) -> Callable[[Effects], Pooled]:
        """The function that pools by these options.

        One study has no variance between studies: it stands for itself.
        """
        full = partial(
            pool,
            model=self.model,
            method=self.method,
            knapp_hartung=self.knapp_hartung,
            prediction=self.prediction,
            level=self.level,
        )
        alone = partial(pool, model="fixed", method=self.method, level=self.level)
        return lambda effects: full(effects) if effects.k > 1 else alone(effects)


@dataclass(frozen=True)
class Part:
    """A pool of some of the studies: a subgroup, all but one, or those until a year."""

    kind: str
    label: str
    pooled: Pooled


@dataclass(frozen=True)
class Synthesis:
    """What became of a selection: the pool of all its studies, and of parts of them.

    `used` are the studies of `pooled`, in its order; a study without an event in either arm tells
    nothing of a ratio and is not among them. `pooled` is None where nothing can be pooled.
    """

    selection: Selection
    options: Options
    used: tuple[Study, ...]
    effects: Effects | None
    pooled: Pooled | None
    parts: tuple[Part, ...] = ()
    difference: Difference | None = None
    egger: Egger | None = None
    begg: Begg | None = None
    notes: tuple[str, ...] = ()

    @property
    def spans(self) -> tuple[tuple[float, float, float], ...]:
        """Estimate and interval of each study on the scale on which a reader thinks.

        A proportion is the one that was observed, also where half an event was added to pool it.
        """
        if self.effects is None:
            return ()
        spans = self.effects.natural(level=self.options.level)
        if self.selection.rule.effect != "proportion":
            return spans
        groups = [study.experimental for study in self.used]
        return tuple(
            (
                (group.events or 0.0) / group.n if group else estimate,
                0.0 if group and not group.events else low,
                1.0 if group and group.events == group.n else high,
            )
            for group, (estimate, low, high) in zip(groups, spans, strict=True)
        )


def synthesise(selection: Selection, options: Options) -> Synthesis:
    """Pool the studies of ``selection`` by ``options``.

    Raises ParameterError where options do not go together or the studies are too few for what is
    asked beside the pool; MissingExtraError where SciPy is needed and not installed.
    """
    if not selection.studies:
        return Synthesis(selection, options, (), None, None)
    effects = effects_of(selection.studies, selection.rule.effect)
    used = tuple(selection.studies[place] for place in effects.studies)
    parts: list[Part] = []
    difference = None
    if options.subgroup:
        names = [study.traits(options.subgroup) for study in used]
        found = by_subgroup(effects, names, pooled=options.pooled)
        parts += [Part("subgroup", str(name), each) for name, each in found.groups.items()]
        difference = found.difference
    notes = _notes(used, options, selection.rule)
    if options.leaves_one_out:
        more, note = _tried(lambda: _without_each(effects, used, options))
        parts += more or []
        notes += note
    if options.is_cumulative:
        more, note = _tried(lambda: _grown(effects, used, options))
        parts += more or []
        notes += note
    regression = correlation = None
    if options.tests_asymmetry:
        regression, note = _tried(lambda: egger(effects, level=options.level))
        correlation, more_notes = _tried(lambda: begg(effects))
        notes += note or more_notes
    return Synthesis(
        selection,
        options,
        used,
        effects,
        options.pooled(effects),
        tuple(parts),
        difference,
        regression,
        correlation,
        tuple(notes),
    )


_Found = TypeVar("_Found")

# Below so many studies the variance between them is poorly known: Cochrane Handbook, 10.10.4.
_FEW = 5


def _tried(compute: Callable[[], _Found]) -> tuple[_Found | None, list[str]]:
    """Return what is shown beside a pool, or a note why it cannot be; the pool stands."""
    try:
        return compute(), []
    except ParameterError as fault:
        return None, [f"{str(fault)[:1].upper()}{str(fault)[1:]}."]


def _notes(used: Sequence[Study], options: Options, rule: Rule) -> list[str]:
    """Return what must be said of any pool of these studies."""
    told = []
    if options.model != "fixed" and 1 < len(used) < _FEW:
        told.append(
            f"{len(used)} studies tell little of the variance between them, and an interval by "
            "random effects may be far too narrow: look at --knapp-hartung, too."
        )
    times = sorted({study.weeks for study in used if study.weeks is not None})
    if rule.weeks is None and (len(times) > 1 or any(study.weeks is None for study in used)):
        shown = ", ".join(f"{time:g}" for time in times) or "none"
        told.append(
            f"The studies are of different or untold times (weeks told: {shown}): give --weeks to "
            "keep one."
        )
    return told


def _without_each(effects: Effects, used: Sequence[Study], options: Options) -> list[Part]:
    left = leave_one_out(effects, pooled=options.pooled)
    return [Part("without", study.label, each) for study, each in zip(used, left, strict=True)]


def _grown(effects: Effects, used: Sequence[Study], options: Options) -> list[Part]:
    undated = [study.label for study in used if study.account.year is None]
    if undated:
        raise ParameterError(f"no year is told for {', '.join(undated)}: leave --cumulative out")
    years = [float(study.account.year or 0) for study in used]
    grown = cumulative(effects, years, pooled=options.pooled)
    return [Part("until", f"{year:g}", each) for year, each in grown]


def effects_of(studies: Sequence[Study], effect: str) -> Effects:
    """Return the effects of ``studies`` on their scale of analysis.

    An estimate that a paper prints gets its standard error from its interval, by the level that
    the paper names, or 95 %.
    """
    if any(study.reported for study in studies):
        return _reported(studies, effect)
    if effect in ("md", "smd"):
        columns = [*_means(studies, "experimental"), *_means(studies, "comparator")]
        if effect == "md":
            return continuous.mean_difference(*columns)
        return continuous.standardised_mean_difference(*columns)
    if effect == "mean-change":
        return continuous.mean_change(*_means(studies, "experimental"))
    events = _events(studies, "experimental")
    if effect == "proportion":
        return counts.proportion(*events)
    both = [*events, *_events(studies, "comparator")]
    made_of_counts = {
        "rr": counts.risk_ratio,
        "or": counts.odds_ratio,
        "peto": counts.peto_odds_ratio,
        "rd": counts.risk_difference,
    }
    return made_of_counts[effect](*both)


def _reported(studies: Sequence[Study], effect: str) -> Effects:
    unlike = [study.label for study in studies if not study.reported]
    if unlike:
        raise ParameterError(
            f"some studies print an estimate alone and others, {', '.join(unlike)}, figures of "
            "both arms: choose among them with --trial"
        )
    made = [_one(study.reported, EFFECTS[effect]) for study in studies if study.reported]
    return Effects(
        EFFECTS[effect],
        tuple(each.estimates[0] for each in made),
        tuple(each.variances[0] for each in made),
        made[0].scale,
    )


def _one(finding: Finding, measure: str) -> Effects:
    figure = finding.figure
    point, low, high = (
        [float(value or 0.0)] for value in (figure.estimate, figure.ci_low, figure.ci_high)
    )
    level = (figure.ci_level or 95) / 100
    if measure in _DIFFERENCES:
        return reported.reported_effects(measure, point, low=low, high=high, level=level)
    return reported.reported_ratio(measure, point, low, high, level=level)


_DIFFERENCES = ("MeanDifference", "StandardisedMeanDifference", "MeanChange", "RiskDifference")


def _means(studies: Sequence[Study], side: str) -> list[list[float]]:
    groups = [getattr(study, side) for study in studies]
    return [[getattr(group, name) for group in groups] for name in ("mean", "sd", "n")]


def _events(studies: Sequence[Study], side: str) -> list[list[float]]:
    groups = [getattr(study, side) for study in studies]
    return [[getattr(group, name) for group in groups] for name in ("events", "n")]
