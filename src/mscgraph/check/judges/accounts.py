"""Judges of what two papers say about one trial: numbers of people, times, registrations."""

import re
from decimal import Decimal

from mscgraph.check.judges.verdict import Row, Verdict

__all__ = [
    "benefit_gone",
    "differing_registration",
    "differing_size",
    "differing_time",
    "malformed_registration",
    "named_together",
    "near_registration",
]

# A ClinicalTrials.gov number is NCT and eight digits.
_NCT = re.compile(r"NCT\d{8}\Z")
# Some authors count four weeks to the month, and so 48 to the year.
_SHORT_MONTHS = {"mo": 4, "a": 48}
_HALF_WEEK, _SHARE = Decimal("0.5"), Decimal("0.02")


def differing_size(row: Row) -> Verdict | None:
    """Hold a count to those of the other paper, each with its stage and arm, and to their sums.

    The verdict names in ``stages`` how many there are at each stage, over all arms.
    """
    by_stage: dict[str, dict[str, int]] = {}
    for item in sorted(row["theirs"].split(";")):
        stage, arm, count = item.split("/")
        by_stage.setdefault(stage, {})[arm] = int(count)
    # A count that names no arm is of all; else the arms are summed up.
    totals = {stage: arms.get("", sum(arms.values())) for stage, arms in by_stage.items()}
    sums = {sum(n for arm, n in arms.items() if arm) for arms in by_stage.values() if any(arms)}
    counts = {n for arms in by_stage.values() for n in arms.values()}
    mine = int(row["mine"])
    if mine in counts | sums | set(totals.values()):
        return None
    falling = sorted(totals.items(), key=lambda each: -each[1])
    stages = [f"{n} {stage}".strip() for stage, n in falling]
    expected = " or ".join(map(str, sorted(set(totals.values()))))
    return Verdict(expected, str(mine), {"stages": ", ".join(stages)})


def differing_time(row: Row) -> Verdict | None:
    """Hold a time to those of the other paper; 24 weeks are 6 months, of four weeks or of 30 days.

    A time is a low and a high end in weeks, either of which may be open, and the unit. A time
    within the other's span agrees with it, and so do spans that overlap.
    """
    theirs = sorted(row["theirs"].split(";"))
    if any(_times_agree(row["mine"], their) for their in theirs):
        return None
    return Verdict(" or ".join(dict.fromkeys(map(_in_words, theirs))), _in_words(row["mine"]))


def differing_registration(row: Row) -> Verdict | None:
    """Hold a registration number to another of the same register; a malformed one is no clash."""
    mine, their = _plain(row["mine"]), _plain(row["theirs"])
    if mine == their or not (_NCT.match(mine) and _NCT.match(their)):
        return None
    return Verdict(their, mine)


def malformed_registration(row: Row) -> Verdict | None:
    """Tell of an NCT number without eight digits, and of another trial's that is a digit away."""
    mine = _plain(row["mine"])
    if not mine.startswith("NCT") or _NCT.match(mine):
        return None
    known = sorted(item.partition("=")[::2] for item in row.get("known", "").split(";") if item)
    near = [f"{number}, the number of {who}" for number, who in known if _is_near(mine, number)]
    hint = f"; one digit away is {' and '.join(near)}" if near else ""
    return Verdict("NCT and eight digits", mine, {"digits": str(len(mine) - 3), "hint": hint})


def near_registration(row: Row) -> Verdict | None:
    """Tell of two trials whose well-formed NCT numbers are the same, or are one digit apart."""
    mine, their = _plain(row["mine"]), _plain(row["theirs"])
    if not (_NCT.match(mine) and _NCT.match(their)):
        return None
    if mine == their:
        return Verdict("two numbers", mine, {"how": "the same number"})
    if sum(a != b for a, b in zip(mine, their, strict=True)) > 1:
        return None
    return Verdict(their, mine, {"how": "numbers one digit apart"})


def named_together(row: Row) -> Verdict | None:
    """Name the measures of one row in one sentence, by name, and the ``kin`` that are told."""
    kin = row.get("kin", "").strip(";")
    near = f", but of {_listed(kin)}" if kin else ""
    return Verdict("a result", _listed(row["names"]), {"near": near})


def benefit_gone(row: Row) -> Verdict | None:
    """Name the measures that improved, and those whose improvement was gone."""
    when = f"{row['time']} {row['unit']}"
    words = {"measures": _listed(row["names"]), "gone": _listed(row["lost"])}
    return Verdict(f"no benefit at {when}", "improved", words)


def _listed(names: str) -> str:
    *most, last = sorted(filter(None, names.split(";")))
    return f"{', '.join(most)} and {last}" if most else last


def _plain(number: str) -> str:
    return re.sub(r"\s", "", number).upper()


def _is_near(short: str, number: str) -> bool:
    """Whether one digit put into ``short``, taken out or changed makes it ``number``."""
    longer, shorter = sorted((short, number), key=len, reverse=True)
    if len(longer) == len(shorter):
        return sum(a != b for a, b in zip(longer, shorter, strict=True)) == 1
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _times_agree(one: str, other: str) -> bool:
    return any(_overlap(a, b) for a in _spans(one) for b in _spans(other))


def _spans(text: str) -> list[tuple[Decimal | None, Decimal | None]]:
    """Return the ends in weeks: with calendar months, and with months of four weeks."""
    low, high, unit, printed_low, printed_high = text.split("|")
    spans = [(_or_open(low), _or_open(high))]
    if unit in _SHORT_MONTHS:
        ends = (_or_open(end) for end in (printed_low, printed_high))
        first, last = (None if end is None else end * _SHORT_MONTHS[unit] for end in ends)
        spans.append((first, last))
    return spans


def _or_open(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _overlap(
    one: tuple[Decimal | None, Decimal | None], other: tuple[Decimal | None, Decimal | None]
) -> bool:
    def before(end: Decimal | None, start: Decimal | None) -> bool:
        if end is None or start is None:
            return False
        return start - end > max(_HALF_WEEK, _SHARE * start)

    return not (before(one[1], other[0]) or before(other[1], one[0]))


def _in_words(text: str) -> str:
    _, _, unit, low, high = text.split("|")
    name = {"d": "days", "wk": "weeks", "mo": "months", "a": "years", "h": "hours"}.get(unit, unit)
    if low == high:
        return f"{low} {name}"
    if not high:
        return f"at least {low} {name}"
    return f"{low} to {high} {name}" if low else f"up to {high} {name}"
