"""Judges of one number against another of the same paper, and of doses against a range."""

from decimal import Decimal

from mscgraph.check.judges.verdict import Row, Verdict, half_unit

__all__ = ["basis_lost", "outside_range", "printed_differently"]

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


# From here on the noughts at the end of a whole number are taken for places that were rounded:
# 31.7×10⁶ cells are 3.173×10⁷ cells.
_LARGE = 100_000
_TENFOLD = 10
# Of a grown-up patient, to show what a dose by body weight comes to.
_WEIGHT = 60


def printed_differently(row: Row) -> Verdict | None:
    """Hold ``number`` to ``otherNumber``: neither is the other, nor the other rounded."""
    number, other = row["number"], row["otherNumber"]
    allowed = max(_rounding(number), _rounding(other))
    if abs(Decimal(number) - Decimal(other)) <= allowed:
        return None
    return Verdict(other, number)


def _rounding(printed: str) -> Decimal:
    """Return by how much a number as it is ``printed`` may have been rounded.

    >>> _rounding("17.90"), _rounding("20"), _rounding("31700000")
    (Decimal('0.005'), Decimal('0.5'), Decimal('5E+4'))
    """
    value = Decimal(printed)
    return half_unit(str(value.normalize()) if abs(value) >= _LARGE else printed)


def basis_lost(row: Row) -> Verdict | None:
    """Write the doses that have no basis, and the ``least`` and ``from`` of those that have.

    ``doses`` has a dose and its trial for each, parted by bars and semicolons, the quoted first.
    """
    (dose, _), *more = (text.split("|") for text in row["doses"].split(";"))
    least, weighed = (_cells(Decimal(row[name])) for name in ("least", "from"))
    others = [f"{_cells(Decimal(cells))} for {who}" for cells, who in more]
    likewise = f", and likewise {' and '.join(others)}" if others else ""
    words = {"least": least, "from": weighed, "likewise": likewise}
    return Verdict("a basis", _cells(Decimal(dose)), words)


def outside_range(row: Row) -> Verdict | None:
    """Hold doses to the range ``low`` to ``high``, edges included.

    ``doses`` has the two ends of a dose and its trial for each, the quoted first. The verdict
    tells in ``times`` how far outside it lies; tenfold or more in a ``table`` may be a misprint.
    """
    low, high = Decimal(row["low"]), Decimal(row["high"])
    doses = [
        (Decimal(least), Decimal(most), who)
        for least, most, who in (text.split("|") for text in row["doses"].split(";"))
    ]
    told = [
        (_span(least, most), who, *_outside(low, high, least, most))
        for least, most, who in doses
        if least > high or most < low
    ]
    if not told:
        return None
    (found, name, times, near), *more = told
    others = [f"{cells} in {who} ({how})" for cells, who, how, _ in more]
    words = {
        "name": name,
        "times": times,
        "likewise": f"; and {', '.join(others)}" if others else "",
        "misprint": _misprint(row, max(most for _, most, _ in doses), near),
    }
    return Verdict(_span(low, high), found, words)


def _misprint(row: Row, most: Decimal, folds: Decimal) -> str:
    """Return that an exponent may be misprinted, with what the greatest dose comes to."""
    if folds < _TENFOLD or "table" not in row:
        return ""
    weighed = f"; {_cells(most)} per kilogram are {_cells(_WEIGHT * most)} for {_WEIGHT} kg"
    return f"{weighed if row['per'] else ''}; an exponent may be misprinted"


def _outside(low: Decimal, high: Decimal, least: Decimal, most: Decimal) -> tuple[str, Decimal]:
    """Return how far a dose lies outside a range, in words and at its nearer end."""
    if least > high:
        near, far, side = least / high, most / high, "the upper end"
    else:
        near, far, side = low / most, low / least, "less than the lower end"
    folds = _rounded(near) if near == far else f"{_rounded(near)} to {_rounded(far)}"
    return f"{folds} times {side}", near


def _rounded(ratio: Decimal) -> str:
    """Return a ratio with two digits, and no noughts after the point.

    >>> _rounded(Decimal("33.333")), _rounded(Decimal("2.0")), _rounded(Decimal(100))
    ('33', '2', '100')
    """
    return f"{float(f'{ratio:.2g}'):g}"


def _span(low: Decimal, high: Decimal) -> str:
    return _cells(low) if low == high else f"{_cells(low)} to {_cells(high)}"


def _cells(number: Decimal) -> str:
    """Return a number of cells as people print it.

    >>> _cells(Decimal(31700000))
    '3.17×10⁷'
    """
    digits, _, power = f"{number.normalize():E}".partition("E+")
    if not power:
        return f"{number:f}"
    return f"{digits}×10{power.translate(_RAISED)}"
