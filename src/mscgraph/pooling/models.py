"""Pools: a fixed effect or random effects, with their interval, test, weights and prediction."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mscgraph.errors import ParameterError
from mscgraph.pooling.count_pools import CountPool, mantel_haenszel_of, peto_of
from mscgraph.pooling.distributions import t_quantile, two_sided, two_sided_t, z_quantile
from mscgraph.pooling.effects import Effects, Scale, back_transformed
from mscgraph.pooling.heterogeneity import (
    Heterogeneity,
    heterogeneity,
    i_squared_of_tau_squared,
    tau_squared_between,
)
from mscgraph.pooling.inverse_variance import cochran_q, weighted_mean

__all__ = ["Method", "Model", "Natural", "Pooled", "Prediction", "pool"]

Model = Literal["fixed", "dl", "reml", "pm"]
Method = Literal["inverse variance", "mantel-haenszel", "peto"]
Prediction = Literal["k-2", "k-1", "normal"]


@dataclass(frozen=True)
class Natural:
    """A pool on the scale on which a reader thinks: ratios, proportions, differences."""

    estimate: float
    ci_low: float
    ci_high: float
    prediction_low: float | None
    prediction_high: float | None


@dataclass(frozen=True)
class Pooled:
    """What a model makes of several effects, on the scale of analysis; see `natural`.

    `statistic` is Student's t with `df` degrees of freedom after Hartung and Knapp, and z, with no
    `df`, otherwise. `weights` are in percent, in the order of `studies`. `tau_squared` is zero for
    a fixed effect. `heterogeneity` is None for a single study, `prediction` (low, high) for a fixed
    effect and below three studies. `i_squared_of_tau_squared` is the share of this τ², in percent,
    which differs from I² = (Q - df)/Q where τ² is not that of DerSimonian and Laird.
    """

    measure: str
    scale: Scale
    method: Method
    model: Model
    is_knapp_hartung: bool
    level: float
    studies: tuple[int, ...]
    weights: tuple[float, ...]
    estimate: float
    se: float
    ci_low: float
    ci_high: float
    statistic: float
    df: int | None
    p_value: float
    tau_squared: float
    i_squared_of_tau_squared: float
    heterogeneity: Heterogeneity | None
    prediction: tuple[float, float] | None
    size: float | None = None

    @property
    def k(self) -> int:
        """The number of studies."""
        return len(self.studies)

    @property
    def tau(self) -> float:
        """The standard deviation between studies."""
        return math.sqrt(self.tau_squared)

    @property
    def natural(self) -> Natural:
        """The estimate and its intervals turned back from logarithms or other transformations."""
        low, high = self.prediction or (None, None)
        return Natural(
            self._back(self.estimate),
            self._back(self.ci_low),
            self._back(self.ci_high),
            None if low is None else self._back(low),
            None if high is None else self._back(high),
        )

    def _back(self, value: float) -> float:
        return back_transformed(value, self.scale, self.size)


def pool(
    effects: Effects,
    *,
    model: Model = "fixed",
    method: Method = "inverse variance",
    knapp_hartung: bool = False,
    never_narrower: bool = False,
    prediction: Prediction = "k-2",
    correct_zeros: bool = False,
    level: float = 0.95,
) -> Pooled:
    """Pool ``effects`` by ``model``: a fixed effect, or random effects by an estimator of τ².

    ``model`` is ``fixed``, or random effects with the τ² of DerSimonian and Laird (``dl``), of
    restricted maximum likelihood (``reml``) or of Paule and Mandel (``pm``): Cochrane Handbook,
    sections 10.3 and 10.10.4. ``method`` says how the studies are weighted; ``mantel-haenszel`` and
    ``peto`` need effects made from counts, and are fixed effects, but for ``mantel-haenszel`` with
    ``dl``, whose τ² comes from a Q about the pool of Mantel and Haenszel, as Review Manager has it.
    ``correct_zeros`` has Mantel and Haenszel take half an event more in each cell of a study that
    has an empty one, as Review Manager does.

    ``knapp_hartung`` takes the variance and Student's t of Hartung and Knapp (A refined method for
    the meta-analysis of controlled clinical trials with binary outcome, Statistics in Medicine
    2001;20:3875-3889); with ``never_narrower``, their factor is no less than one (Rover, Knapp and
    Friede, BMC Medical Research Methodology 2015;15:99).

    ``prediction`` says which quantile the prediction interval takes: Student's with k - 2 degrees
    (Higgins, Thompson and Spiegelhalter, A re-evaluation of random-effects meta-analysis, Journal
    of the Royal Statistical Society A 2009;172:137-159; Handbook, section 10.10.4.3), with k - 1,
    or the normal one.

    Raises ParameterError for no studies, for options that do not go together, for a single study
    with ``knapp_hartung``; MissingExtraError without SciPy, and for ``reml`` without PyMARE.
    """
    _check(effects, model, method, knapp_hartung=knapp_hartung, never_narrower=never_narrower)
    counted = _counted(effects, method, correct_zeros=correct_zeros)
    about = counted.estimate if counted else None
    estimates, variances = effects.estimates, effects.variances
    tau_squared = 0.0
    if model != "fixed":
        q = cochran_q(estimates, variances, about=about)
        tau_squared = tau_squared_between(estimates, variances, model, q=q)
    if counted and model == "fixed":
        estimate, se, shares = counted.estimate, counted.se, counted.shares
    else:
        mean = weighted_mean(estimates, variances, tau_squared)
        estimate, se, shares = mean.estimate, math.sqrt(mean.variance), mean.shares
    df = None
    if knapp_hartung:
        df = effects.k - 1
        se *= _knapp_hartung_factor(effects, tau_squared, at_least=1.0 if never_narrower else 0.0)
    statistic = _ratio(estimate, se)
    half = se * (z_quantile(level) if df is None else t_quantile(level, df))
    return Pooled(
        measure=effects.measure,
        scale=effects.scale,
        method=method,
        model=model,
        is_knapp_hartung=knapp_hartung,
        level=level,
        studies=effects.studies,
        weights=tuple(100 * share for share in shares),
        estimate=estimate,
        se=se,
        ci_low=estimate - half,
        ci_high=estimate + half,
        statistic=statistic,
        df=df,
        p_value=two_sided(statistic) if df is None else two_sided_t(statistic, df),
        tau_squared=tau_squared,
        i_squared_of_tau_squared=(
            i_squared_of_tau_squared(tau_squared, variances) if effects.k > 1 else 0.0
        ),
        heterogeneity=heterogeneity(estimates, variances, about=about, level=level),
        prediction=(
            None
            if model == "fixed"
            else _predicted(estimate, se, tau_squared, effects.k, prediction, level)
        ),
        size=_harmonic_mean(effects.sizes),
    )


def _check(
    effects: Effects,
    model: Model,
    method: Method,
    *,
    knapp_hartung: bool,
    never_narrower: bool,
) -> None:
    if model not in ("fixed", "dl", "reml", "pm"):
        raise ParameterError(f"no model is called “{model}”: take fixed, dl, reml or pm")
    if method not in ("inverse variance", "mantel-haenszel", "peto"):
        raise ParameterError(
            f"no method is called “{method}”: take inverse variance, mantel-haenszel or peto"
        )
    if effects.k == 0:
        raise ParameterError("no study is left to pool: give at least one with an estimate")
    if method == "peto" and model != "fixed":
        raise ParameterError("the method of Peto is a fixed effect: leave the other model out")
    if method == "mantel-haenszel" and model not in ("fixed", "dl"):
        raise ParameterError(
            f"Mantel and Haenszel's weights do not go with {model}: take fixed or dl, or pool by "
            "inverse variance"
        )
    if knapp_hartung and model == "fixed":
        raise ParameterError(
            "Hartung and Knapp's interval is one of random effects: take dl, reml or pm with it"
        )
    if knapp_hartung and effects.k < 2:
        raise ParameterError("Hartung and Knapp's interval needs two studies: leave it out for one")
    if never_narrower and not knapp_hartung:
        raise ParameterError("never_narrower bounds Hartung and Knapp's interval: ask for that too")


def _counted(effects: Effects, method: Method, *, correct_zeros: bool) -> CountPool | None:
    """Return the pool that is made from counts, or None for that of inverse variances."""
    if method == "inverse variance":
        return None
    if effects.counts is None:
        raise ParameterError(
            f"the method {method} counts events: make the effects from events and participants"
        )
    if method == "peto":
        if effects.measure != "PetoOddsRatio":
            raise ParameterError("the method of Peto pools Peto odds ratios: make these first")
        return peto_of(effects.counts)
    return mantel_haenszel_of(effects.measure, effects.counts, correct_zeros=correct_zeros)


def _knapp_hartung_factor(effects: Effects, tau_squared: float, *, at_least: float) -> float:
    q = cochran_q(effects.estimates, effects.variances, tau_squared=tau_squared)
    return math.sqrt(max(at_least, q / (effects.k - 1)))


def _ratio(estimate: float, se: float) -> float:
    """Return estimate over se; after Hartung and Knapp, studies that agree exactly have no se."""
    if se > 0:
        return estimate / se
    return math.copysign(math.inf, estimate) if estimate else 0.0


def _predicted(
    estimate: float, se: float, tau_squared: float, k: int, prediction: Prediction, level: float
) -> tuple[float, float] | None:
    if prediction not in ("k-2", "k-1", "normal"):
        raise ParameterError(f"no prediction is called “{prediction}”: take k-2, k-1 or normal")
    if k < 3:
        return None
    if prediction == "normal":
        quantile = z_quantile(level)
    else:
        quantile = t_quantile(level, k - 2 if prediction == "k-2" else k - 1)
    half = quantile * math.sqrt(tau_squared + se**2)
    return estimate - half, estimate + half


def _harmonic_mean(sizes: Sequence[float] | None) -> float | None:
    return len(sizes) / math.fsum(1 / size for size in sizes) if sizes else None
