"""The arithmetic of judges: distributions against tables, pools against a printed one."""

from decimal import Decimal

import pytest

from mscgraph.check.judges import JUDGES
from mscgraph.check.judges.printed_figures import fits_p
from mscgraph.check.judges.quotations import readings
from mscgraph.pooling.distributions import chi_square_tail, t_95, two_sided


@pytest.mark.parametrize(
    ("quantile", "df", "tail"),
    [
        (3.841, 1, 0.05),
        (5.991, 2, 0.05),
        (7.815, 3, 0.05),
        (9.488, 4, 0.05),
        (11.070, 5, 0.05),
        (14.067, 7, 0.05),
        (18.307, 10, 0.05),
        (6.635, 1, 0.01),
        (11.345, 3, 0.01),
        (0.0, 3, 1.0),
    ],
)
def test_chi_square_has_the_quantiles_of_the_tables(quantile: float, df: int, tail: float) -> None:
    assert chi_square_tail(quantile, df) == pytest.approx(tail, abs=2e-5)


@pytest.mark.parametrize(("z", "p"), [(1.96, 0.05), (-2.576, 0.01), (0.0, 1.0), (3.291, 0.001)])
def test_the_normal_has_the_quantiles_of_the_tables(z: float, p: float) -> None:
    assert two_sided(z) == pytest.approx(p, abs=1e-5)


@pytest.mark.parametrize(("df", "t"), [(3, 3.182), (5, 2.571), (10, 2.228), (30, 2.042)])
def test_student_has_the_quantiles_of_the_tables(df: int, t: float) -> None:
    assert t_95(df) == pytest.approx(t, rel=0.02)


@pytest.mark.parametrize(
    ("printed", "comparator", "low", "high", "fits"),
    [
        ("0.05", "=", 0.0477, 0.0477, True),
        ("0.05", "=", 0.0599, 0.0599, True),
        ("0.05", "=", 0.0449, 0.0449, False),
        ("0.05", "=", 0.0601, 0.0601, False),
        ("0.000", "=", 1e-9, 1e-9, True),
        ("0.05", "<", 0.0501, 0.06, False),
        ("0.05", "<", 0.04, 0.06, True),
        ("0.05", ">", 0.01, 0.049, False),
        ("0.05", "LostInText", 0.9, 0.9, True),
    ],
)
def test_a_printed_p_allows_for_its_rounding(
    printed: str, comparator: str, low: float, high: float, *, fits: bool
) -> None:
    assert fits_p(printed, comparator, low, high) is fits


# Pan 2014, Figure 3, 24 weeks: the second estimate is a misprint, which its means tell.
ROWS = "Amer|-1.47|-3.01|0.07|0.09|1.56|23.0;Peng|-3.94|-6.34|-0.98|-14.91|-11.25|7.6"


def test_a_misprinted_row_is_taken_at_the_middle_of_its_interval() -> None:
    row = {"rows": ROWS, "estimate": "-2.01", "low": "-3.35", "high": "-0.68"}
    assert JUDGES["pooled_effect"]({**row, "model": "FixedEffect", "studies": "2"}) is None
    wrong = JUDGES["pooled_effect"]({**row, "model": "RandomEffects", "studies": "2"})
    assert wrong is not None
    assert wrong.expected.startswith("-2.28")


@pytest.mark.parametrize(
    "rows",
    [
        ROWS.replace("-14.91", ""),
        ROWS.replace("-6.34", ""),
        ROWS.partition(";")[0],
        ROWS.replace("-0.98", "-7.98"),
    ],
    ids=["no mean", "no interval", "one row", "a reversed interval"],
)
def test_rows_that_cannot_be_relied_on_leave_the_pool_undecided(rows: str) -> None:
    row = {"rows": rows, "estimate": "-9.00", "low": "-9.10", "high": "-8.90", "q": "99.0"}
    for judge in ("pooled_effect", "pooled_q", "weights"):
        assert JUDGES[judge]({**row, "model": "FixedEffect"}) is None


def test_a_pool_of_fewer_rows_than_studies_is_undecided() -> None:
    row = {"rows": ROWS, "estimate": "-9.00", "model": "FixedEffect", "studies": "3"}
    assert JUDGES["pooled_effect"](row) is None


@pytest.mark.parametrize(
    ("quoted", "numbers"),
    [
        ("-3.31-2.85", ["-3.31", "2.85"]),
        ("−2.42 (−3.16, −0.58)", ["-2.42", "-3.16", "-0.58"]),
        ("30–50 million", ["30", "50", "30000000", "50000000"]),
        ("3.5×10^7", ["3.5", "35000000"]),
        ("2 × 108", ["2", "200000000"]),
        ("7,170 ng/ml", ["7170"]),
        ("(1 : 1000)", ["1", "1000", "0.001"]),
        ("Two of twenty", ["2", "20"]),
        ("at baseline", ["0"]),
        ("10 – 7 mol/l", ["10", "0.0000001"]),
    ],
)
def test_a_quotation_is_read_in_all_its_ways(quoted: str, numbers: list[str]) -> None:
    assert {Decimal(number) for number in numbers} <= readings(quoted)


@pytest.mark.parametrize(
    ("quoted", "number"), [("2.42", "-2.42"), ("-2.42", "2.42"), ("13.94", "3.94"), ("six", "9")]
)
def test_a_quotation_is_not_read_as_another_number(quoted: str, number: str) -> None:
    assert Decimal(number) not in readings(quoted)
