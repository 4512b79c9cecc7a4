"""Pooling what was picked: the pool, its subgroups, and how it hangs on single studies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from mscgraph.errors import ParameterError
from mscgraph.pooling import continuous, counts, reported
from mscgraph.pooling.asymmetry import Begg, Egger, begg, egger
from mscgraph.pooling.effects import Effects
from mscgraph.pooling.models import Method, Model, Pooled, Prediction, pool
from mscgraph.pooling.sensitivity import cumulative, leave_one_out
from mscgraph.pooling.subgroups import Difference, by_subgroup
from mscgraph.synthesis.rule import EFFECTS
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


def synthesise(selection: Selection, options: Options) -> Synthesis:
    """Pool the studies of ``selection`` by ``options``.

    Raises ParameterError where options do not go together or the studies are too few for what is
    asked beside the pool; MissingExtraError where SciPy is needed and not installed.
    """
    if not selection.studies:
        return Synthesis(selection, options, (), None, None)
    effects = effects_of(selection.studies, selection.rule.effect, options.level)
    used = tuple(selection.studies[place] for place in effects.studies)
    parts: list[Part] = []
    difference = None
    if options.subgroup:
        names = [study.traits(options.subgroup) for study in used]
        found = by_subgroup(effects, names, pooled=options.pooled)
        parts += [Part("subgroup", str(name), each) for name, each in found.groups.items()]
        difference = found.difference
    if options.leaves_one_out:
        left = leave_one_out(effects, pooled=options.pooled)
        parts += [
            Part("without", study.label, each) for study, each in zip(used, left, strict=True)
        ]
    if options.is_cumulative:
        parts += [Part("until", f"{year:g}", each) for year, each in _grown(effects, used, options)]
    return Synthesis(
        selection,
        options,
        used,
        effects,
        options.pooled(effects),
        tuple(parts),
        difference,
        egger(effects, level=options.level) if options.tests_asymmetry else None,
        begg(effects) if options.tests_asymmetry else None,
    )


def _grown(
    effects: Effects, used: Sequence[Study], options: Options
) -> tuple[tuple[float, Pooled], ...]:
    undated = [study.label for study in used if study.account.year is None]
    if undated:
        raise ParameterError(f"no year is told for {', '.join(undated)}: leave --cumulative out")
    years = [float(study.account.year or 0) for study in used]
    return cumulative(effects, years, pooled=options.pooled)


def effects_of(studies: Sequence[Study], effect: str, level: float) -> Effects:
    """Return the effects of ``studies`` on their scale of analysis.

    ``level`` is that of the intervals of studies that print an estimate instead of groups.
    """
    if any(study.reported for study in studies):
        return _reported(studies, effect, level)
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


def _reported(studies: Sequence[Study], effect: str, level: float) -> Effects:
    figures = [study.reported.figure for study in studies if study.reported]
    if len(figures) < len(studies):
        names = ", ".join(study.label for study in studies if not study.reported)
        raise ParameterError(
            f"some studies print an estimate alone and others, {names}, figures of both arms: "
            "choose among them with --trial"
        )
    columns = [
        [float(value or 0.0) for value in column]
        for column in zip(*((f.estimate, f.ci_low, f.ci_high) for f in figures), strict=True)
    ]
    points, lows, highs = columns
    measure = EFFECTS[effect]
    if effect in ("md", "smd", "mean-change", "rd"):
        return reported.reported_effects(measure, points, low=lows, high=highs, level=level)
    return reported.reported_ratio(measure, points, lows, highs, level=level)


def _means(studies: Sequence[Study], side: str) -> list[list[float]]:
    groups = [getattr(study, side) for study in studies]
    return [[getattr(group, name) for group in groups] for name in ("mean", "sd", "n")]


def _events(studies: Sequence[Study], side: str) -> list[list[float]]:
    groups = [getattr(study, side) for study in studies]
    return [[getattr(group, name) for group in groups] for name in ("events", "n")]
