"""Judges of what two papers say about one trial: doses, times, numbers, names."""

import pytest

from mscgraph.check.judges import JUDGES

SIX_MONTHS = "26.09|26.09|mo|6|6"
EIGHT_TO_SEVENTY_MONTHS = "34.79|304.38|mo|8|70"


@pytest.mark.parametrize(
    ("judge", "mine", "theirs", "expected", "found"),
    [
        ("differing_dose", "20000000/20000000", "50000000/50000000", "5×10⁷", "2×10⁷"),
        # Two round figures in one digit, and 20 per cent apart.
        ("differing_dose", "1200000/1200000", "1000000/1000000", "1×10⁶", "1.2×10⁶"),
        ("differing_dose", "60000000/60000000", "30000000/50000000", "3–5×10⁷", "6×10⁷"),
        ("differing_dose", "30000000/60000000", "30000000/50000000", "3–5×10⁷", "3–6×10⁷"),
        ("dose_within_range", "40000000/40000000", "30000000/50000000", "3–5×10⁷", "4×10⁷"),
        ("lost_dash", "35000000/35000000", "30000000/50000000", "3–5×10⁷", "3.5×10⁷"),
        ("differing_time", "24|24|wk|24|24", "52.18|52.18|mo|12|12", "12 months", "24 weeks"),
        ("differing_time", "104.36||a|2|", SIX_MONTHS, "6 months", "at least 2 years"),
        ("differing_size", "30", "enrolled//20;completed//8", "8 or 20", "30"),
        ("differing_registration", "NCT00000011", "NCT00000012", "NCT00000012", "NCT00000011"),
        ("near_registration", "NCT00000011", "NCT00000012", "NCT00000012", "NCT00000011"),
        ("differing_country", "CH", "IR", "Iran", "Switzerland"),
        ("differing_country", "ZZ", "IR", "Iran", "ZZ"),
    ],
)
def test_figures_that_differ(judge: str, mine: str, theirs: str, expected: str, found: str) -> None:
    verdict = JUDGES[judge]({"mine": mine, "theirs": theirs})
    assert verdict is not None
    assert (verdict.expected, verdict.found) == (expected, found)


@pytest.mark.parametrize(
    ("judge", "mine", "theirs"),
    [
        ("differing_dose", "31700000/31700000", "31730000/31730000"),
        ("differing_dose", "40000000/40000000", "30000000/50000000"),
        ("differing_dose", "30000000/50000000", "40000000/40000000"),
        ("differing_dose", "20000000/20000000", "50000000/50000000;20000000/20000000"),
        ("dose_within_range", "35000000/35000000", "30000000/50000000"),
        ("dose_within_range", "60000000/60000000", "30000000/50000000"),
        ("lost_dash", "36000000/36000000", "30000000/50000000"),
        ("lost_dash", "3500000/3500000", "30000000/50000000"),
        ("lost_dash", "30000000/50000000", "30000000/50000000"),
        ("differing_time", "24|24|wk|24|24", SIX_MONTHS),
        ("differing_time", "72|72|wk|72|72", "78.27|78.27|mo|18|18"),
        ("differing_time", "192|192|wk|192|192", "208.71|208.71|mo|48|48"),
        ("differing_time", "52|52|wk|52|52", "52.18|52.18|a|1|1"),
        ("differing_time", "104.36||a|2|", EIGHT_TO_SEVENTY_MONTHS),
        ("differing_time", SIX_MONTHS, "12|12|wk|12|12;24|24|wk|24|24"),
        ("differing_size", "43", "treated/arm-cells/24;treated/arm-control/19"),
        ("differing_size", "24", "treated/arm-cells/24;treated/arm-control/19"),
        ("differing_registration", "NCT 00000011", "nct00000011"),
        ("differing_registration", "ChiCTR-1", "NCT00000011"),
        ("near_registration", "NCT00000011", "NCT00000022"),
        ("near_registration", "NCT0000011", "NCT00000011"),
        ("differing_country", "IR", "IR"),
    ],
)
def test_figures_that_agree(judge: str, mine: str, theirs: str) -> None:
    assert JUDGES[judge]({"mine": mine, "theirs": theirs}) is None


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        ("NCT0120492", "; one digit away is NCT01220492, the number of Shi 2021"),
        ("NCT012204922", "; one digit away is NCT01220492, the number of Shi 2021"),
        ("NCT0999999", ""),
    ],
)
def test_a_malformed_number_names_the_one_it_may_be(number: str, hint: str) -> None:
    verdict = JUDGES["malformed_registration"](
        {"mine": number, "known": "NCT01220492=Shi 2021;NCT01218464=Shi 2012"}
    )
    assert verdict is not None
    assert verdict.words["hint"] == hint


@pytest.mark.parametrize("number", ["NCT01220492", "NCT 01220492", "ChiCTR-TRC-1"])
def test_a_well_formed_number_is_silent(number: str) -> None:
    assert JUDGES["malformed_registration"]({"mine": number}) is None


@pytest.mark.parametrize(
    ("authors", "is_other"),
    [("Kantarcioğlu M", False), ("Lin B;Kantarcioglu M", False), ("Houlihan D", True)],
)
def test_an_author_is_known_without_accents(authors: str, *, is_other: bool) -> None:
    verdict = JUDGES["other_author"]({"expected": "Kantarcioglu", "authors": authors})
    assert (verdict is not None) == is_other
