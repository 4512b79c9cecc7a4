"""Judges of what a curator entered against the words that the evidence quotes."""

import re
from collections.abc import Iterator
from decimal import Decimal

from mscgraph.check.judges.verdict import Row, Verdict

__all__ = ["figure_of_quotation", "readings", "unit_of_quotation"]

# Between the quotations of one fact, in a column.
_PARTED = "\n"

_UNITS_IN_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_WORDS = {word: Decimal(number) for number, word in enumerate(_UNITS_IN_WORDS.split())} | {
    "thirty": Decimal(30),
    "forty": Decimal(40),
    "fifty": Decimal(50),
    "a": Decimal(1),
    "an": Decimal(1),
    "another": Decimal(1),
    "first": Decimal(1),
    "once": Decimal(1),
    "single": Decimal(1),
    "second": Decimal(2),
    "twice": Decimal(2),
    "third": Decimal(3),
    "fourth": Decimal(4),
    "half": Decimal("0.5"),
    "thousand": Decimal(1000),
    # What is at the beginning, or is not.
    "baseline": Decimal(0),
    "before": Decimal(0),
    "neither": Decimal(0),
    "no": Decimal(0),
    "none": Decimal(0),
    "not": Decimal(0),
    "without": Decimal(0),
}
_LARGE_WORDS = {"thousand": 3, "million": 6}

_LOST = "\N{REPLACEMENT CHARACTER}"
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹−–", "0123456789--")
# A dash right after a digit, a letter or a bracket parts two numbers; else it is a minus.
_NUMBER = re.compile(
    rf"(?P<sign>(?<![\w)%\]])\s?[-{_LOST}]\s?)?"
    r"(?P<digits>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:[.·]\d+)?|\.\d+)"
)
# What follows a number in a power of ten, the rest of a range in between: 3–5 × 10^7.
_POWER = re.compile(
    rf"\s*(?:to|-|±|{_LOST})?\s*[\d.]*\s*(?:[×x*{_LOST}3]\s*)?10\s?(\d{{1,2}})(?!\d)"
)
_LARGE_WORD = re.compile(rf"[\s\d.,-]*(?:to)?[\s\d.]*({'|'.join(_LARGE_WORDS)})")
_PART = re.compile(r"\b1\s?[:/]\s?(\d+)")


def readings(quoted: str) -> set[Decimal]:
    """Return every number that ``quoted`` may print, in digits or in words.

    A power of ten may have lost its raised digits (106 for 10⁶), and a sign that extraction has
    lost may be any: both readings are given.

    >>> sorted(map(int, readings("30–50 million MSCs")))
    [30, 50, 30000000, 50000000]
    """
    text = re.sub(r"\\times", "×", quoted)
    text = re.sub(r"\\[a-z]+|[{}$^]", " ", text).translate(_RAISED)
    text = re.sub(r"10 +(\d{1,2})(?!\d)", r"10\1", text)
    return {*_numbers(text), *_named(text)}


def _numbers(text: str) -> Iterator[Decimal]:
    for match in _NUMBER.finditer(text):
        value = Decimal(match["digits"].replace(",", "").replace("·", "."))
        sign = (match["sign"] or "").strip()
        if sign in ("-", _LOST):
            yield -value
        if sign in ("", _LOST):
            yield value
        rest = text[match.end() :]
        if power := _POWER.match(rest):
            yield value.scaleb(int(power[1]))
        if word := _LARGE_WORD.match(rest):
            yield value.scaleb(_LARGE_WORDS[word[1]])
        if power := re.fullmatch(r"10(\d{1,2})", match["digits"]):
            yield Decimal(10) ** int(power[1])
        if value == 10 and (power := re.match(r"\s?-\s?(\d{1,2})(?!\d)", rest)):
            yield Decimal(1).scaleb(-int(power[1]))
    for part in _PART.finditer(text):
        if int(part[1]):
            yield 1 / Decimal(part[1])


def _named(text: str) -> Iterator[Decimal]:
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _WORDS:
            yield _WORDS[word]


def figure_of_quotation(row: Row) -> Verdict | None:
    """Hold a figure that was entered as printed to the figures of its quotations.

    ``value`` is the figure, ``quotations`` the words quoted for it and the names of their places,
    one to a line. Of a date the year is compared.
    """
    value, quoted = row["value"], row["quotations"]
    year = re.match(r"\d{4}(?=-|\Z)", value) if row["kind"] == "date" else None
    wanted = Decimal(year[0] if year else value)
    if any(wanted in readings(each) for each in quoted.split(_PARTED)):
        return None
    return Verdict(_first(quoted), value)


def unit_of_quotation(row: Row) -> Verdict | None:
    """Hold a unit that was entered as printed to the words of its quotations.

    ``unit`` is a UCUM code, ``quotations`` as above. Other codes in braces and a bare
    number are words of our own and are not looked for.
    """
    unit, quoted = row["unit"], row["quotations"]
    pattern = _unit_pattern(unit)
    if pattern is None or re.search(pattern, quoted, re.IGNORECASE):
        return None
    return Verdict(_first(quoted), unit)


# How papers print a unit, extraction's damage to the μ included: a pattern for each UCUM code.
_PRINTED_UNITS = {
    "%": r"%|per ?cent",
    "10*3/uL": r"/\s?(?:mm3|[μu]?l)",
    "10*9/L": r"10\W?9\s?/\s?l|/\s?mm3",
    "Cel": r"°\s?C|celsius",
    "U/L": r"\bi?u/l",
    "[IU]/L": r"\bi?u/l",
    "a": r"year|\byrs?\b",
    "d": r"\bdays?\b|\d\s?d\b",
    "h": r"hour|\d\s?h\b",
    "min": r"\bmin",
    "mo": r"month|\bmo\b",
    "s": r"second|\bsec\b|\(s\)|\ds?\b",
    "um": rf"\d\s?[μu{_LOST}m]m\b",
    "umol/L": rf"[μu{_LOST}ml]mol/l",
    "wk": r"week|\bwks?\b",
    "{cells}/kg": r"kg|kilogram",
}


def _unit_pattern(unit: str) -> str | None:
    if unit == "1" or (unit.startswith("{") and unit not in _PRINTED_UNITS):
        return None
    return _PRINTED_UNITS.get(unit, rf"(?<![a-z]){re.escape(unit).replace('/', ' ?/ ?')}(?![a-z])")


def _first(quoted: str) -> str:
    return quoted.split(_PARTED)[0]
