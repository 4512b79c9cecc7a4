"""Judges of doses that two papers give for one trial."""

from dataclasses import dataclass
from decimal import Decimal

from mscgraph.check.judges.verdict import Row, Verdict

__all__ = ["differing_dose", "dose_within_range", "lost_dash"]

# Round figures stand for much when their zeros are not counted: 1 million may be 1.2 million, and
# a reader still wants to see the two side by side.
_ROUNDING = Decimal("0.05")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class _Cells:
    """A number of cells, or the two ends of a range of them."""

    low: Decimal
    high: Decimal

    @property
    def is_range(self) -> bool:
        return self.low != self.high

    def __str__(self) -> str:
        power = self.low.adjusted()
        ends = (self.low, self.high) if self.is_range else (self.low,)
        scaled = "–".join(f"{end.scaleb(-power).normalize():f}" for end in ends)
        return f"{scaled}×10{str(power).translate(_SUPERSCRIPTS)}" if power > 3 else scaled


def differing_dose(row: Row) -> Verdict | None:
    """Hold a dose to those of the other paper: neither equal to one, nor a point of a range."""
    mine, theirs = _doses(row)
    if not theirs or any(_same(mine, their) or _inside(mine, their) for their in theirs):
        return None
    return _verdict(mine, theirs)


def dose_within_range(row: Row) -> Verdict | None:
    """Tell of one figure where the other paper gives a range round it, unless a dash was lost."""
    mine, theirs = _doses(row)
    if any(_same(mine, their) for their in theirs):
        return None
    ranges = [their for their in theirs if _inside(mine, their)]
    if not ranges or any(_without_dash(mine, their) for their in theirs):
        return None
    return _verdict(mine, ranges)


def lost_dash(row: Row) -> Verdict | None:
    """Tell of a figure that reads as the other paper's range without its dash: 3–5 as 3.5."""
    mine, theirs = _doses(row)
    ranges = [their for their in theirs if _without_dash(mine, their)]
    return _verdict(mine, ranges) if ranges else None


def _verdict(mine: _Cells, theirs: list[_Cells]) -> Verdict:
    return Verdict(" or ".join(map(str, dict.fromkeys(theirs))), str(mine))


def _doses(row: Row) -> tuple[_Cells, list[_Cells]]:
    """Read ``mine`` and ``theirs``: low and high with a slash, doses with a semicolon."""
    return _cells(row["mine"]), [_cells(text) for text in sorted(row["theirs"].split(";"))]


def _cells(text: str) -> _Cells:
    low, high = (Decimal(end) for end in text.split("/"))
    return _Cells(low, high)


def _same(one: _Cells, other: _Cells) -> bool:
    return _equal(one.low, other.low) and _equal(one.high, other.high)


def _equal(one: Decimal, other: Decimal) -> bool:
    """Whether two figures agree as printed: 31.7 million is 3.173 × 10⁷ in fewer digits."""
    apart = abs(one - other)
    return apart <= max(map(_half_digit, (one, other))) and apart <= _ROUNDING * max(one, other)


def _half_digit(number: Decimal) -> Decimal:
    """Half a unit of the last digit that is not a zero."""
    return Decimal(5).scaleb(int(number.normalize().as_tuple().exponent) - 1)


def _inside(one: _Cells, other: _Cells) -> bool:
    """Whether one of the two is a point of the other's range."""
    if one.is_range == other.is_range:
        return False
    point, span = (other, one) if one.is_range else (one, other)
    return span.low <= point.low <= span.high


def _without_dash(point: _Cells, span: _Cells) -> bool:
    if point.is_range or not span.is_range or point.low.adjusted() != span.low.adjusted():
        return False
    return _digits(point.low) == _digits(span.low) + _digits(span.high)


def _digits(number: Decimal) -> tuple[int, ...]:
    return number.normalize().as_tuple().digits
