"""Models: second libraries, what no model may change, options, and refusals."""

import math
import random
import subprocess
import sys
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.meta_analysis import combine_effects

from mscgraph.errors import MissingExtraError, ParameterError
from mscgraph.pooling.asymmetry import WARNING, begg, egger
from mscgraph.pooling.counts import odds_ratio, peto_odds_ratio, risk_difference, risk_ratio
from mscgraph.pooling.distributions import chi_square_tail, scipy_part, z_quantile
from mscgraph.pooling.effects import Effects
from mscgraph.pooling.heterogeneity import (
    i_squared_interval,
    tau_squared_between,
    tau_squared_interval,
)
from mscgraph.pooling.inverse_variance import cochran_q
from mscgraph.pooling.models import Model, pool
from mscgraph.pooling.sensitivity import cumulative, leave_one_out
from mscgraph.pooling.subgroups import by_subgroup, difference_between

MODELS: tuple[Model, ...] = ("fixed", "dl", "reml", "pm")
# Q = 0.0045 on two degrees of freedom: the studies agree better than chance would have it.
ALIKE = Effects("MeanDifference", (0.1, 0.12, 0.11), (0.04, 0.05, 0.06))
APART = Effects(
    "MeanDifference", (0.1, -0.4, 0.9, 0.3, 0.55, -0.2), (0.04, 0.05, 0.06, 0.02, 0.1, 0.03)
)


def drawn(seed: int) -> Effects:
    """Return invented studies, from three to twenty, with and without heterogeneity."""
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret
    k, tau = chance.randint(3, 20), chance.choice((0.0, 0.2, 1.0))
    variances = tuple(chance.uniform(0.01, 0.5) for _ in range(k))
    return Effects(
        "MeanDifference",
        tuple(chance.gauss(0.3, math.sqrt(v + tau**2)) for v in variances),
        variances,
    )


DRAWN = [drawn(seed) for seed in range(20)]
HETEROGENEOUS = [each for each in DRAWN if cochran_q(each.estimates, each.variances) > each.k]


def test_there_are_invented_studies_of_both_kinds() -> None:
    assert 5 < len(HETEROGENEOUS) < len(DRAWN)


@pytest.mark.parametrize("effects", HETEROGENEOUS, ids=lambda effects: f"{effects.k} studies")
@pytest.mark.parametrize(("model", "name"), [("dl", "chi2"), ("pm", "iterated")])
def test_random_effects_are_those_of_a_second_library(
    effects: Effects, model: Model, name: str
) -> None:
    other = combine_effects(
        np.array(effects.estimates), np.array(effects.variances), method_re=name
    )
    found = pool(effects, model=model)
    # statsmodels stops Paule and Mandel's iteration at an equation solved to 0.00001.
    precision = 1e-4 if model == "pm" else 1e-9
    assert found.tau_squared == pytest.approx(other.tau2, rel=precision)
    assert found.estimate == pytest.approx(other.mean_effect_re, rel=precision)
    assert found.se == pytest.approx(other.sd_eff_w_re, rel=precision)
    assert found.heterogeneity is not None
    assert found.heterogeneity.q == pytest.approx(other.q)
    assert found.heterogeneity.i_squared == pytest.approx(100 * other.i2)
    assert pool(effects).estimate == pytest.approx(other.mean_effect_fe)
    adjusted = pool(effects, model=model, knapp_hartung=True)
    assert adjusted.se == pytest.approx(other.sd_eff_w_re_hksj, rel=precision)


def test_mantel_and_haenszel_are_those_of_a_second_library() -> None:
    counts = ([12, 8, 25], [65, 40, 400], [16, 10, 80], [66, 41, 405])
    layers = [[[a, n1 - a], [c, n2 - c]] for a, n1, c, n2 in zip(*counts, strict=True)]
    other = StratifiedTable([np.array(layer) for layer in layers])
    found = pool(odds_ratio(*counts), method="mantel-haenszel")
    assert found.estimate == pytest.approx(other.logodds_pooled)
    assert found.se == pytest.approx(other.logodds_pooled_se)
    assert pool(risk_ratio(*counts), method="mantel-haenszel").natural.estimate == pytest.approx(
        other.riskratio_pooled
    )


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("effects", DRAWN, ids=lambda effects: f"{effects.k} studies")
def test_order_shift_and_scale_change_a_pool_as_they_should(effects: Effects, model: Model) -> None:
    found = pool(effects, model=model)
    close = partial(pytest.approx, rel=1e-4, abs=1e-6)
    assert sum(found.weights) == pytest.approx(100)
    assert found.ci_low < found.estimate < found.ci_high
    backwards = pool(effects.only(range(effects.k)[::-1]), model=model)
    assert backwards.estimate == close(found.estimate)
    assert backwards.weights[::-1] == close(found.weights)
    shifted = pool(
        Effects("MeanDifference", tuple(y + 7 for y in effects.estimates), effects.variances),
        model=model,
    )
    assert shifted.estimate - 7 == close(found.estimate)
    assert shifted.tau_squared == close(found.tau_squared)
    scaled = pool(
        Effects(
            "MeanDifference",
            tuple(-10 * y for y in effects.estimates),
            tuple(100 * v for v in effects.variances),
        ),
        model=model,
    )
    assert scaled.estimate == close(-10 * found.estimate)
    assert scaled.se == close(10 * found.se)
    assert scaled.tau_squared == close(100 * found.tau_squared)
    assert scaled.p_value == close(found.p_value)


@pytest.mark.parametrize("effects", DRAWN, ids=lambda effects: f"{effects.k} studies")
def test_random_effects_tell_no_more_than_a_fixed_effect(effects: Effects) -> None:
    fixed = pool(effects)
    for model in MODELS[1:]:
        found = pool(effects, model=model)
        assert found.se >= fixed.se * (1 - 1e-12)
        assert found.tau_squared >= 0
        assert found.prediction is not None
        assert found.prediction[0] <= found.ci_low
        assert found.prediction[1] >= found.ci_high
        bounded = pool(effects, model=model, knapp_hartung=True, never_narrower=True)
        assert bounded.se >= found.se * (1 - 1e-12)


@pytest.mark.parametrize("model", MODELS[1:])
def test_studies_that_agree_have_no_variance_between_them(model: Model) -> None:
    found, fixed = pool(ALIKE, model=model), pool(ALIKE)
    assert found.tau_squared == 0.0
    assert (found.estimate, found.se) == (fixed.estimate, fixed.se)
    assert found.heterogeneity is not None
    assert found.heterogeneity.i_squared == 0.0
    assert found.i_squared_of_tau_squared == 0.0
    assert found.heterogeneity.p_value == pytest.approx(0.9978, abs=5e-5)


@pytest.mark.parametrize("model", MODELS)
def test_one_study_is_its_own_pool(model: Model) -> None:
    found = pool(ALIKE.only([1]), model=model)
    assert found.estimate == 0.12
    assert found.se == pytest.approx(math.sqrt(0.05))
    assert found.weights == (100.0,)
    assert found.heterogeneity is None
    assert found.prediction is None


@pytest.mark.parametrize("model", MODELS[1:])
def test_a_study_that_outweighs_all_still_leaves_heterogeneity(model: Model) -> None:
    effects = Effects("MeanDifference", (1.0, 3.0), (1e-20, 1.0))
    assert pool(effects).estimate == pytest.approx(1.0)
    # All three estimators come to (2² - 1)/2 for two studies.
    found = pool(effects, model=model)
    assert found.tau_squared == pytest.approx(1.5, rel=1e-5)
    assert found.i_squared_of_tau_squared == pytest.approx(75.0, rel=1e-5)


def test_two_identical_studies_have_half_the_variance_and_agree() -> None:
    twice = Effects("MeanDifference", (0.3, 0.3), (0.08, 0.08))
    found = pool(twice, model="dl")
    assert found.estimate == pytest.approx(0.3)
    assert found.se == pytest.approx(0.2)
    assert found.heterogeneity is not None
    assert found.heterogeneity.q == pytest.approx(0.0, abs=1e-12)
    assert found.heterogeneity.i_squared_interval is None
    assert found.prediction is None
    adjusted = pool(twice, model="dl", knapp_hartung=True)
    assert (adjusted.se, adjusted.p_value) == (0.0, 0.0)


def test_fixed_effects_predict_nothing() -> None:
    assert pool(APART).prediction is None


def test_prediction_intervals_widen_with_fewer_degrees_of_freedom() -> None:
    highs = [
        found.prediction[1]
        for found in (pool(APART, model="dl", prediction=kind) for kind in ("normal", "k-1", "k-2"))
        if found.prediction
    ]
    assert len(highs) == 3
    assert highs == sorted(highs)


def test_a_level_moves_the_interval_and_nothing_else() -> None:
    wide, narrow = pool(APART, model="dl", level=0.99), pool(APART, model="dl", level=0.9)
    assert wide.ci_high - wide.estimate == pytest.approx(2.575829 * wide.se, rel=1e-6)
    assert narrow.ci_high - narrow.estimate == pytest.approx(1.644854 * narrow.se, rel=1e-6)
    assert wide.p_value == narrow.p_value


def test_the_random_effects_of_review_manager_take_q_about_mantel_and_haenszel() -> None:
    effects = odds_ratio([19, 16, 43], [46, 94, 53], [4, 8, 37], [35, 67, 55])
    fixed = pool(effects, method="mantel-haenszel")
    q = cochran_q(effects.estimates, effects.variances, about=fixed.estimate)
    found = pool(effects, method="mantel-haenszel", model="dl")
    assert found.heterogeneity is not None
    assert found.heterogeneity.q == q
    assert found.tau_squared == tau_squared_between(effects.estimates, effects.variances, "dl", q=q)
    assert found.tau_squared > pool(effects, model="dl").tau_squared


def test_mantel_and_haenszel_need_no_mending_of_a_single_empty_cell() -> None:
    effects = risk_ratio([0, 12], [30, 65], [3, 16], [31, 66])
    plain = pool(effects, method="mantel-haenszel")
    r, s = 12 * 66 / 131, 3 * 30 / 61 + 16 * 65 / 131
    assert plain.natural.estimate == pytest.approx(r / s)
    mended = pool(effects, method="mantel-haenszel", correct_zeros=True)
    assert mended.estimate != pytest.approx(plain.estimate)


def test_fixed_subgroups_part_q() -> None:
    found = by_subgroup(APART, ["a", "b", "a", "b", "a", "b"])
    within = sum(
        group.heterogeneity.q for group in found.groups.values() if group.heterogeneity is not None
    )
    assert found.difference is not None
    assert found.overall.heterogeneity is not None
    assert found.difference.q + within == pytest.approx(found.overall.heterogeneity.q)
    assert list(found.groups) == ["a", "b"]
    assert by_subgroup(APART, ["a"] * 6).difference is None


def test_a_pool_without_one_study_is_the_pool_of_the_others() -> None:
    found = leave_one_out(APART, pooled=partial(pool, model="reml"))
    assert len(found) == 6
    assert found[2] == pool(APART.only([0, 1, 3, 4, 5]), model="reml")


def test_pools_grow_by_year_and_end_with_all_studies() -> None:
    grown = cumulative(APART, [2009, 2005, 2009, 2001, 2010, 2005])
    assert [year for year, _ in grown] == [2001, 2005, 2009, 2010]
    assert [each.studies for _, each in grown][:2] == [(3,), (3, 1, 5)]
    assert grown[-1][1].estimate == pytest.approx(pool(APART).estimate)


def test_few_studies_are_warned_of() -> None:
    assert egger(APART).warning == begg(APART).warning == WARNING
    many = next(each for each in DRAWN if each.k >= 10)
    assert egger(many).warning is None
    assert begg(many).warning is None


def test_ties_leave_no_exact_p() -> None:
    tied = Effects("MeanDifference", (0.1, 0.5, 0.3, 0.2), (0.04, 0.04, 0.06, 0.02))
    assert begg(tied).p_value_exact is None
    assert begg(APART).p_value_exact is not None


@pytest.mark.parametrize("df", [1, 2, 5, 100, 1000])
def test_the_tail_of_chi_square_is_that_of_a_second_library(df: int) -> None:
    special = scipy_part("special")
    for q in (0.01, 0.5, df / 2, df, 1.5 * df, 3 * df + 40):
        assert chi_square_tail(q, df) == pytest.approx(special.chdtrc(df, q), rel=1e-10)


def test_the_interval_of_i_squared_is_that_of_its_formula() -> None:
    # Q no more than the number of studies: the second form of the standard error of ln H.
    error = math.sqrt(1 / 6 * (1 - 1 / 27))
    low, high = i_squared_interval(4.4, 4) or (0.0, 0.0)
    assert low == 0.0
    assert high == pytest.approx(100 * (1 - 4 / 4.4 * math.exp(-2 * z_quantile(0.95) * error)))


def test_the_modules_load_without_numpy() -> None:
    script = (
        "import sys, pkgutil, importlib, mscgraph.cli.group, mscgraph.pooling as p;"
        "[importlib.import_module(f'mscgraph.pooling.{m.name}')"
        " for m in pkgutil.iter_modules(p.__path__)];"
        "sys.exit(', '.join({'numpy', 'scipy', 'pymare', 'pandas'} & set(sys.modules)) or 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("missing", "model"), [("scipy.special", "fixed"), ("scipy.optimize", "pm"), ("pymare", "reml")]
)
def test_a_missing_extra_is_named(
    missing: str, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(MissingExtraError, match="analysis"):
        pool(APART, model=model)


COUNTED = odds_ratio([1, 2], [9, 9], [3, 4], [9, 9])
REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: pool(APART.only([])), "no study is left to pool"),
    (lambda: pool(APART, model="x"), "no model is called “x”"),  # type: ignore[arg-type]
    (lambda: pool(APART, method="x"), "no method is called “x”"),  # type: ignore[arg-type]
    (lambda: pool(APART, level=95), "give 0.95 for 95 %"),
    (lambda: pool(APART, model="dl", prediction="k"), "no prediction is called “k”"),  # type: ignore[arg-type]
    (lambda: pool(APART, knapp_hartung=True), "is one of random effects"),
    (lambda: pool(APART.only([0]), model="dl", knapp_hartung=True), "needs two studies"),
    (lambda: pool(APART, model="dl", never_narrower=True), "ask for that too"),
    (lambda: pool(APART, method="mantel-haenszel"), "make the effects from events"),
    (lambda: pool(COUNTED, method="peto"), "make these first"),
    (lambda: pool(COUNTED, method="peto", model="dl"), "Peto is a fixed effect"),
    (lambda: pool(COUNTED, method="mantel-haenszel", model="reml"), "do not go with reml"),
    (
        lambda: pool(peto_odds_ratio([1], [9], [3], [9]), method="mantel-haenszel"),
        "do not pool PetoOddsRatio",
    ),
    (
        lambda: pool(risk_ratio([0, 0], [9, 9], [3, 4], [9, 9]), method="mantel-haenszel"),
        "a group has no events",
    ),
    (
        lambda: pool(risk_difference([0], [9], [9], [9]), method="mantel-haenszel"),
        "no interval then",
    ),
    (lambda: tau_squared_between((1.0, 2.0), (1.0, 1.0), "x", q=1.0), "take dl, reml or pm"),  # type: ignore[arg-type]
    (lambda: tau_squared_interval((1.0,), (1.0,)), "one study has no variance between studies"),
    (lambda: tau_squared_interval((1.0, 2.0), (1.0, 1.0), level=1.0), "a level of 1.0"),
    (lambda: by_subgroup(APART, ["a"]), "1 subgroups for 6 studies"),
    (lambda: difference_between([pool(APART)]), "one subgroup differs from none"),
    (lambda: leave_one_out(APART.only([0])), "has none left"),
    (lambda: cumulative(APART, [2001]), "1 years for 6 studies"),
    (lambda: egger(APART.only([0, 1])), "2 studies tell nothing of asymmetry"),
    (lambda: begg(APART.only([0, 1])), "2 studies tell nothing of asymmetry"),
    (
        lambda: egger(Effects("MeanDifference", (0.1, 0.2, 0.4), (0.2, 0.2, 0.2))),
        "all studies have the same precision",
    ),
]


@pytest.mark.parametrize(("ask", "message"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_cannot_be_pooled_is_refused_in_one_line(
    ask: Callable[[], object], message: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        ask()
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
