"""Published analyses and a second library: every figure of both tables is met."""

from collections import defaultdict
from decimal import Decimal

import pytest

from tests.pooled_examples import FOLDER, at, computed, read_rows

Rows = list[dict[str, str]]


def grouped(name: str) -> dict[tuple[str, str, str], Rows]:
    groups: dict[tuple[str, str, str], Rows] = defaultdict(list)
    for row in read_rows(FOLDER / name):
        groups[row["example"], row["effects"], row["pooled"]].append(row)
    return groups


PUBLISHED = grouped("published.tsv")
SECOND = grouped("second-library.tsv")


def test_every_example_is_used() -> None:
    named = {path.stem for path in (FOLDER / "studies").glob("*.tsv")}
    assert named == {key[0] for key in PUBLISHED} | {key[0] for key in SECOND}
    assert len(named) > 15


@pytest.mark.parametrize("key", PUBLISHED, ids=" / ".join)
def test_published_results_are_reached_to_their_last_digit(key: tuple[str, str, str]) -> None:
    found = computed(*key)
    for row in PUBLISHED[key]:
        printed = Decimal(row["printed"])
        half = 0.5 * 10.0 ** int(printed.as_tuple().exponent)
        assert at(found, row["quantity"]) == pytest.approx(float(printed), abs=half * 1.0001), row


@pytest.mark.parametrize("key", SECOND, ids=" / ".join)
def test_a_second_library_finds_the_same(key: tuple[str, str, str]) -> None:
    found = computed(*key)
    # REML is the top of a flat curve, which two programs reach to about six digits.
    precision = 2e-5 if "reml" in key[2] else 1e-7
    for row in SECOND[key]:
        expected = float(row["value"])
        assert at(found, row["quantity"]) == pytest.approx(
            expected, rel=precision, abs=precision / 10
        ), row
