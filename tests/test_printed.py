"""Printed figures are met again through damage, and not where another figure stands."""

import pytest

from mscgraph.printed import Span, find, fold

# What an evidence prints, and the text in which it must be found.
FOUND = {
    "white space": ("17.9 ± 5.6", "from 17.9 ±\n  5.6 to"),
    "hyphenated": ("decompensated", "decom-\npensated cirrhosis"),
    "hyphenated before a digit": ("24-week", "the 24-\nweek course"),
    "ligature": ("insignificant", "was insigniﬁcant"),
    "superscript": ("3 × 10^7", "3 × 10⁷ cells"),
    "flattened exponent": ("3 × 10^7", "about 3 × 107 cells"),
    "TeX": ("0.5 × 10^6/kg", r"$0.5 \times 10^6/\text{kg}$"),
    "TeX range": ("1.20-2.95", r"$1.20\text{-}2.95 \times 10^8$"),
    "markup": ("No ethical restriction", "<ul> • No *ethical* restriction</li>"),
    "lost multiplication sign": ("3 × 107", "3� 107 cells"),
    "lost letter before a hyphen": ("the α-FP level", "in the �-FP level was"),
    "lost less than": ("p < .05", "two-sided p � .05 was"),
    "micro printed as l": ("80 ± 18 μmol/l", "80 ± 18 lmol/l"),
    "micro printed as m": ("41 μmol/l", "41mmol/l"),
    "at least printed as Z": ("score ≥10", "score\nZ10"),
    "degree printed as 1": ("37°C", "at 371C for"),
    "words run together": ("patients were given", "All patientswere given"),
    "unit run together": ("43 ACLF", "of 43ACLF patients"),
    "minus as hyphen": ("-3.94", "was -3.94 points"),
    "minus as minus": ("-3.94", "was −3.94 points"),
    "minus after a bracket": ("-0.01", "[-2.45-(-0.01)]"),
    "minus after a dash": ("-0.33", "-9.22--0.33"),
    "minus apart": ("-2.01", "30.6% - 2.01 [-3.35"),
    "end of a range": ("8.75", "1.81-8.75"),
    "range with any dash": ("30-50", "30–50 million"),
    "number in a list": ("4", "weeks 1, 2, 4, 8"),
    "thousands": ("7,170", "to 7,170 ng/ml"),
    "case": ("MELD SCORE", "the MELD score"),
    "quotes": ("Child's", "Child’s class"),
}

# What an evidence prints, and a text that prints something else.
ABSENT = {
    "another digit": ("17.9", "17.8"),
    "longer number": ("17.9", "17.95"),
    "number within a number": ("7.9", "17.9"),
    "decimals within a number": ("94", "3.94"),
    "whole part of a number": ("3", "3.94"),
    "missing minus": ("3.94", "was -3.94"),
    "missing minus in a bracket": ("0.01", "(-0.01)"),
    "missing minus in a row": ("0.28", "0.969   -0.28"),
    "added minus": ("-3.94", "was 3.94"),
    "dash for a minus": ("-8.75", "1.81-8.75"),
    "two numbers as one": ("10", "columns 1 0 3"),
    "two lines as one": ("2856", "28\n56"),
    "part of thousands": ("170", "to 7,170 ng/ml"),
    "ten for a power": ("10", "10⁷ cells"),
    "marker within a marker": ("CD3", "CD34"),
    "word within a word": ("male", "Female"),
    "lost digit": ("17.9", "1�.9"),
}


@pytest.mark.parametrize(("printed", "text"), FOUND.values(), ids=FOUND)
def test_is_found_through_damage(printed: str, text: str) -> None:
    assert find(printed, fold(text))


@pytest.mark.parametrize(("printed", "text"), ABSENT.values(), ids=ABSENT)
def test_is_not_found_in_another_figure(printed: str, text: str) -> None:
    assert find(printed, fold(text)) == []


def test_the_place_is_that_in_the_source() -> None:
    text = "We decom-\npensated 3� 107 cells, then 3� 107 more."
    spans = find("3 × 10^7", fold(text))
    assert [text[start:end] for start, end in spans] == ["3� 107", "3� 107"]
    assert find("3 × 10^7", fold(text), Span(25, len(text))) == spans[1:]


def test_nothing_is_found_nowhere() -> None:
    assert find("", fold("text")) == []
    assert find(" ", fold("text")) == []
    assert find("text", fold("")) == []
