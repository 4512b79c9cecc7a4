"""Effects: forms, empty cells, studies that tell nothing, and refusals."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from statsmodels.stats.meta_analysis import effectsize_2proportions, effectsize_smd

from mscgraph.errors import ParameterError
from mscgraph.pooling.continuous import (
    mean_change,
    mean_change_from_baseline,
    mean_difference,
    standardised_mean_difference,
)
from mscgraph.pooling.counts import (
    odds_ratio,
    peto_odds_ratio,
    proportion,
    risk_difference,
    risk_ratio,
)
from mscgraph.pooling.effects import Effects, back_transformed
from mscgraph.pooling.reported import hazard_ratio, hazard_ratio_of_log_rank, reported_effects

MEANS = ([94, 98, 4.2], [22, 21, 1.5], [60, 65, 12], [92, 92, 5.9], [20, 22, 1.1], [60, 65, 9])
# The second study has an empty cell, the third tells nothing of a ratio, the fourth has all.
EVENTS = ([4, 0, 0, 12], [40, 25, 30, 12], [9, 3, 0, 12], [41, 26, 31, 12])


def test_hedges_g_is_that_of_a_second_library() -> None:
    arrays = [np.array(column, dtype=float) for column in MEANS]
    estimates, variances = effectsize_smd(*arrays)
    found = standardised_mean_difference(*MEANS)
    assert found.estimates == pytest.approx(estimates)
    assert found.variances == pytest.approx(variances)


@pytest.mark.parametrize(
    ("measure", "name"),
    [(risk_ratio, "risk-ratio"), (odds_ratio, "odds-ratio"), (risk_difference, "diff")],
)
def test_counts_give_what_a_second_library_gives(
    measure: Callable[..., Effects], name: str
) -> None:
    counts = ([12, 8, 25], [65, 40, 400], [16, 10, 80], [66, 41, 405])
    arrays = [np.array(column, dtype=float) for column in counts]
    estimates, variances = effectsize_2proportions(*arrays, statistic=name)
    found = measure(*counts)
    assert found.estimates == pytest.approx(estimates)
    assert found.variances == pytest.approx(variances)


def test_arrays_are_taken_as_lists_are() -> None:
    arrays = [np.array(column, dtype=float) for column in MEANS]
    assert mean_difference(*arrays) == mean_difference(*MEANS)  # type: ignore[arg-type]


def test_studies_that_tell_nothing_of_a_ratio_are_left_out() -> None:
    for measure in (risk_ratio, odds_ratio, peto_odds_ratio):
        assert measure(*EVENTS).studies == (0, 1)
    assert risk_difference(*EVENTS).studies == (0, 1, 2, 3)


def test_an_empty_cell_gets_half_a_participant_in_all_cells_of_its_study() -> None:
    found = odds_ratio(*EVENTS)
    assert found.estimates[0] == pytest.approx(math.log(4 * 32 / (36 * 9)))
    assert found.estimates[1] == pytest.approx(math.log(0.5 * 23.5 / (25.5 * 3.5)))
    everywhere = odds_ratio(*EVENTS, zero_cells="everywhere")
    assert everywhere.estimates[0] == pytest.approx(math.log(4.5 * 32.5 / (36.5 * 9.5)))
    assert everywhere.estimates[1] == found.estimates[1]


def test_a_risk_difference_is_as_observed_and_only_its_variance_is_mended() -> None:
    found = risk_difference(*EVENTS)
    assert found.estimates[2] == 0.0
    assert found.estimates[1] == pytest.approx(-3 / 26)
    # 0.5 of 31 and 0.5 of 32.
    assert found.variances[2] == pytest.approx(0.5 * 30.5 / 31**3 + 0.5 * 31.5 / 32**3)


def test_a_proportion_of_all_or_none_has_a_variance() -> None:
    raw = proportion([0, 10], [10, 10], transformation="raw")
    assert raw.estimates == (0.0, 1.0)
    assert raw.variances[0] == raw.variances[1] == pytest.approx(0.5 * 10.5 / 11**3)
    logit = proportion([0, 10], [10, 10])
    assert logit.estimates[0] == pytest.approx(-math.log(10.5 / 0.5))
    assert logit.estimates[0] == -logit.estimates[1]


@pytest.mark.parametrize(("events", "total"), [(0, 10), (4, 10), (9, 15), (16, 20), (20, 20)])
def test_a_double_arcsine_turns_back_into_its_proportion(events: int, total: int) -> None:
    found = proportion([events], [total], transformation="freeman-tukey")
    back = back_transformed(found.estimates[0], found.scale, total)
    assert back == pytest.approx(events / total, abs=1e-9)


def test_a_hazard_ratio_is_the_middle_of_its_interval_in_logarithms() -> None:
    found = hazard_ratio([0.7], [0.5], [0.98])
    assert found.is_log
    assert found.estimates[0] == pytest.approx(math.log(0.7))
    assert found.standard_errors[0] == pytest.approx((math.log(0.98) - math.log(0.5)) / 3.91993)


def test_a_change_is_after_less_before() -> None:
    found = mean_change_from_baseline([20.0], [4.0], [17.0], [5.0], [16], correlation=0.5)
    assert found.estimates == (-3.0,)
    assert found.variances[0] == pytest.approx((16 + 25 - 20) / 16)
    assert mean_change([-3.0], [math.sqrt(21)], [16]).variances == pytest.approx(found.variances)


def test_each_study_has_its_interval_on_the_natural_scale() -> None:
    found = hazard_ratio([0.7, 1.4], [0.49, 0.7], [1.0, 2.8]).natural()
    assert found[0] == pytest.approx((0.7, 0.49, 1.0))
    assert found[1] == pytest.approx((1.4, 0.7, 2.8))
    estimate, low, high = proportion([4], [10], transformation="freeman-tukey").natural()[0]
    assert estimate == pytest.approx(0.4)
    assert 0.1 < low < estimate < high < 0.75


def test_effects_of_some_studies_keep_their_places_and_counts() -> None:
    found = odds_ratio(*EVENTS).only([1])
    assert found.studies == (1,)
    assert found.k == 1
    assert found.counts is not None
    assert found.counts.events2 == (3.0,)


ONE = ([1.0], [1.0], [10], [1.0], [1.0], [10])
REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: mean_difference([1], [1], [9], [1], [1], [9, 9]), "2 of n2: give one of each"),
    (lambda: mean_difference([], [], [], [], [], []), "no study was given"),
    (lambda: mean_difference([math.nan], *ONE[1:]), "study 1: mean1 is nan"),
    (lambda: mean_difference([1], [0], *ONE[2:]), "study 1: a standard deviation of 0"),
    (lambda: mean_difference(*ONE[:5], [1]), "study 1: an arm of 1"),
    (lambda: standardised_mean_difference(*ONE, form="x"), "no form of g is called “x”"),  # type: ignore[arg-type]
    (lambda: mean_change([1], [-1], [9]), "study 1: a standard deviation of -1"),
    (lambda: risk_ratio([5], [4], [1], [4]), "study 1: 5 events in 4 participants"),
    (lambda: risk_ratio([-1], [4], [1], [4]), "study 1: -1 events"),
    (lambda: risk_ratio([0], [0], [1], [4]), "study 1: a group of 0 participants"),
    (lambda: risk_ratio([0], [4], [0], [4]), "none tells of a ratio"),
    (lambda: risk_ratio([0], [4], [1], [4], zero_cells="nowhere"), "an empty cell gives no ratio"),
    (lambda: risk_ratio([0], [4], [1], [4], zero_cells="x"), "no way to mend"),  # type: ignore[arg-type]
    (lambda: risk_difference([0], [4], [0], [4], zero_cells="nowhere"), "a variance of 0"),
    (lambda: proportion([1], [4], transformation="x"), "no transformation is called"),  # type: ignore[arg-type]
    (lambda: proportion([5], [4]), "study 1: 5 events in 4 participants"),
    (lambda: hazard_ratio([-0.2], [-0.5], [0.1]), "study 1: a ratio of -0.5 has no logarithm"),
    (lambda: hazard_ratio([1.2], [0.5], [0.9]), "lies outside its interval"),
    (lambda: hazard_ratio([0.7], [0.9], [0.5]), "low end is not below its high end"),
    (lambda: hazard_ratio_of_log_rank([1.0], [0.0]), "a log-rank variance of 0"),
    (lambda: reported_effects("MeanDifference", [1.0]), "give standard errors, or both ends"),
    (lambda: reported_effects("MeanDifference", [1.0], se=[0.0]), "a standard error of 0"),
    (lambda: Effects("MeanDifference", (1.0,), ()), "1 estimates and 0 variances"),
    (lambda: Effects("MeanDifference", (math.inf,), (1.0,)), "an estimate of inf is no number"),
    (lambda: Effects("MeanDifference", (1.0,), (-1.0,)), "a variance of -1"),
    (lambda: back_transformed(0.5, "double arcsine"), "with the sizes of the samples"),
]


@pytest.mark.parametrize(("make", "message"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_makes_no_effect_is_refused_in_one_line(
    make: Callable[[], object], message: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        make()
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
