"""Judges: the arithmetic that decides whether figures agree, rounding allowed for.

A judge takes a row of its kind's query, the columns as text, and returns a Verdict when the
figures do not agree, or None when they do or when too few are known. Figures come with the digits
that are written, and agree when some values that round to them would.
"""

from collections.abc import Callable

from mscgraph.check.judges import accounts, arithmetic, authors, countries, doses
from mscgraph.check.judges.verdict import Row, Verdict

__all__ = ["JUDGES", "Row", "Verdict"]

# Name in a kind's header → the judge.
JUDGES: dict[str, Callable[[Row], Verdict | None]] = {
    "share": arithmetic.share,
    # Two papers about one trial.
    "differing country": countries.differing_country,
    "differing dose": doses.differing_dose,
    "differing registration": accounts.differing_registration,
    "differing size": accounts.differing_size,
    "differing time": accounts.differing_time,
    "dose within range": doses.dose_within_range,
    "lost dash": doses.lost_dash,
    "malformed registration": accounts.malformed_registration,
    "named together": accounts.named_together,
    "near registration": accounts.near_registration,
    "other author": authors.other_author,
}
