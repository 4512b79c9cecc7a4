"""Conversions: the Handbook's worked examples, what normal figures must give, and refusals."""

import math
from collections.abc import Callable
from statistics import NormalDist, fmean, stdev

import pytest

from mscgraph.errors import ParameterError
from mscgraph.pooling import conversions, quantiles
from mscgraph.pooling.continuous import mean_change_from_baseline
from mscgraph.pooling.conversions import Conversion, Group


@pytest.mark.parametrize(
    ("found", "name", "printed", "places"),
    [
        # Cochrane Handbook, 6.5.2.2: 25 participants, 95 % interval 30.0 to 34.2.
        (conversions.sd_of_interval(30.0, 34.2, 25), "sd", 5.09, 2),
        # 6.5.2.3: a difference of 3.8 between 25 and 22 participants, P = 0.008.
        (conversions.sd_of_difference_p(3.8, 0.008, 25, 22), "se", 1.37, 2),
        (conversions.sd_of_difference_t(3.8, 2.78, 25, 22), "se", 1.37, 2),
        (conversions.sd_of_difference_se(1.37, 25, 22), "sd", 4.69, 2),
        # 6.3.1: a risk difference of 0.03 with P = 0.008.
        (conversions.se_of_p(0.03, 0.008), "se", 0.011, 3),
        # The Handbook's edition of 2011, 16.4.6.4: two treatments of the same participants.
        (conversions.sd_of_change(2.38, 2.21, correlation=0.68), "sd", 1.8426, 4),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_worked_examples_are_reached(
    found: Conversion, name: str, printed: float, places: int
) -> None:
    assert getattr(found, name) == pytest.approx(printed, abs=0.51 * 10**-places)
    assert found.formula
    assert found.source


@pytest.mark.parametrize(("sds", "printed"), [((6.4, 7.1, 4.5), 0.78), ((7.0, 6.9, 4.2), 0.82)])
def test_correlations_are_those_of_the_handbook(
    sds: tuple[float, float, float], printed: float
) -> None:
    assert conversions.correlation_of_sds(*sds) == pytest.approx(printed, abs=0.005)


def test_a_crossover_with_a_correlation_is_that_of_the_handbook() -> None:
    effects = mean_change_from_baseline([6.5], [2.21], [7.0], [2.38], [10], correlation=0.68)
    assert effects.estimates == (0.5,)
    assert effects.standard_errors[0] == pytest.approx(0.583, abs=0.0005)


def test_groups_combine_as_their_participants_do() -> None:
    one, two, three = [3.0, 5.5, 4.0], [8.0, 6.5, 7.0, 9.0], [1.0, 2.0]
    groups = [Group(len(each), fmean(each), stdev(each)) for each in (one, two, three)]
    everyone = one + two + three
    for order in (groups, groups[::-1]):
        found = conversions.combined_groups(*order)
        assert found.n == 9
        assert found.mean == pytest.approx(fmean(everyone))
        assert found.sd == pytest.approx(stdev(everyone))


def test_a_standard_error_and_its_interval_tell_the_same_deviation() -> None:
    of_se = conversions.sd_of_se(1.2, 100)
    half = NormalDist().inv_cdf(0.975) * 1.2
    of_interval = conversions.sd_of_interval(5 - half, 5 + half, 100)
    assert of_se.sd == pytest.approx(12.0)
    assert of_interval.sd == pytest.approx(12.0)
    assert of_interval.mean == pytest.approx(5.0)


@pytest.mark.parametrize(("n", "is_t"), [(59, True), (60, False)])
def test_student_is_taken_in_groups_below_sixty(n: int, *, is_t: bool) -> None:
    found = conversions.sd_of_interval(1.0, 2.0, n)
    assert found == conversions.sd_of_interval(1.0, 2.0, n, is_t=is_t)
    assert found != conversions.sd_of_interval(1.0, 2.0, n, is_t=not is_t)


def test_an_interval_of_a_difference_tells_the_common_deviation() -> None:
    se = 4.0 * math.sqrt(1 / 100 + 1 / 80)
    half = NormalDist().inv_cdf(0.975) * se
    found = conversions.sd_of_difference_interval(2 - half, 2 + half, 100, 80)
    assert found.sd == pytest.approx(4.0)
    assert found.mean == pytest.approx(2.0)


def test_the_interval_of_a_ratio_is_taken_as_logarithms() -> None:
    found = conversions.se_of_ratio_interval(0.5, 2.0)
    assert found.mean == pytest.approx(0.0)
    assert found.se == pytest.approx(math.log(4) / 3.92, rel=1e-4)


def test_a_shared_control_is_parted_evenly() -> None:
    found = conversions.shared_control(45, 2, events=9)
    assert (found.n, found.events) == (22.5, 4.5)


def test_a_standardised_difference_and_a_log_odds_ratio_turn_into_each_other() -> None:
    there = conversions.log_odds_ratio_of_smd(0.5, 0.2)
    assert there.mean == pytest.approx(0.5 * 1.8138, rel=1e-4)
    assert there.mean is not None
    assert there.se is not None
    back = conversions.smd_of_log_odds_ratio(there.mean, there.se)
    assert back.mean == pytest.approx(0.5)
    assert back.se == pytest.approx(0.2)


def order_statistic(p: float, n: int) -> float:
    """Return about what stands at ``p`` among ``n`` normal figures of mean 50, deviation 10."""
    return NormalDist(50, 10).inv_cdf((p * (n - 1) + 1 - 0.375) / (n + 0.25))


@pytest.mark.parametrize("n", [25, 101, 401])
@pytest.mark.parametrize("mean_by", ["luo", "wan"])
def test_normal_figures_give_back_their_mean_and_deviation(
    n: int, mean_by: quantiles.MeanBy
) -> None:
    low, first, median, third, high = (order_statistic(p, n) for p in (0, 0.25, 0.5, 0.75, 1))
    for found in (
        quantiles.of_range(low, median, high, n, mean_by=mean_by),
        quantiles.of_quartiles(first, median, third, n, mean_by=mean_by),
        quantiles.of_five_numbers(low, first, median, third, high, n, mean_by=mean_by),
    ):
        assert found.mean == pytest.approx(50)
        assert found.sd == pytest.approx(10, rel=0.01)


def test_quartiles_are_divided_by_1_35_as_the_handbook_has_it() -> None:
    found = quantiles.of_quartiles(10.0, 12.0, 14.05, 40, sd_by="handbook")
    assert found.sd == pytest.approx(3.0)
    assert "1.35" in found.formula


def test_wan_and_luo_weigh_a_skewed_range_differently() -> None:
    # Wan: (4 + 2·10 + 40)/4; Luo: w = 4/(4 + 100^0.75) = 0.11228, of 22 and of 10.
    assert quantiles.of_range(4, 10, 40, 100, mean_by="wan").mean == 16.0
    assert quantiles.of_range(4, 10, 40, 100).mean == pytest.approx(11.34745, abs=5e-6)
    # Wan: (10 + 12 + 20)/3; Luo: w = 0.7 + 0.39/50, of 15 and of 12.
    assert quantiles.of_quartiles(10, 12, 20, 50, mean_by="wan").mean == 14.0
    assert quantiles.of_quartiles(10, 12, 20, 50).mean == pytest.approx(14.1234)


REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: conversions.sd_of_se(0.0, 10), "a standard error of 0: it must be above zero"),
    (lambda: conversions.sd_of_se(1.0, 1), "a group of 1 has no standard deviation"),
    (lambda: conversions.sd_of_interval(3.0, 2.0, 10), "give the low end first"),
    (lambda: conversions.sd_of_interval(1.0, 2.0, 10, level=95), "give 0.95 for 95 %"),
    (lambda: conversions.sd_of_difference_t(1.0, 0.0, 9, 9), "a t of 0"),
    (lambda: conversions.sd_of_difference_p(1.0, 0.0, 9, 9), "a P of 0"),
    (lambda: conversions.se_of_p(0.0, 0.5), "an estimate of 0 has no z"),
    (lambda: conversions.se_of_p(1.0, 1.2), "a P of 1.2"),
    (lambda: conversions.se_of_ratio_interval(-0.5, 2.0), "a ratio of -0.5 has no logarithm"),
    (lambda: conversions.sd_of_change(1.0, 1.0, correlation=1.0), "a correlation of 1"),
    (lambda: conversions.sd_of_change(-1.0, 1.0, correlation=0.5), "a standard deviation of -1"),
    (lambda: conversions.correlation_of_sds(1.0, 1.0, 3.0), "no correlation gives these"),
    (lambda: conversions.combined_groups(Group(0, 1.0, 1.0)), "a group to be combined"),
    (lambda: conversions.shared_control(10, 0), "0 comparisons"),
    (lambda: conversions.shared_control(10, 2, events=11), "11 events in 10 participants"),
    (lambda: conversions.log_odds_ratio_of_smd(1.0, 0.0), "a standard error of 0"),
    (lambda: quantiles.of_range(3.0, 2.0, 4.0, 10), "from the least to the greatest"),
    (lambda: quantiles.of_range(2.0, 2.0, 2.0, 10), "not all alike"),
    (lambda: quantiles.of_range(1.0, 2.0, 4.0, 1), "a group of 1"),
    (lambda: quantiles.of_quartiles(1.0, math.nan, 4.0, 10), "no finite number"),
    (lambda: quantiles.of_quartiles(1, 2, 4, 9, mean_by="x"), "take luo or wan"),  # type: ignore[arg-type]
    (lambda: quantiles.of_quartiles(1, 2, 4, 9, sd_by="x"), "take wan or handbook"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("convert", "message"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_cannot_be_converted_is_refused_in_one_line(
    convert: Callable[[], object], message: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        convert()
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
