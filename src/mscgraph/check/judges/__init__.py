"""Judges: the arithmetic that decides whether figures agree, rounding allowed for.

A judge takes a row of its kind's query, the columns as text, and returns a Verdict when the
figures do not agree, or None when they do or when too few are known. Figures come with the digits
that are written, and agree when some values that round to them would.
"""

from collections.abc import Callable

from mscgraph.check.judges import (
    accounts,
    arithmetic,
    authors,
    countries,
    counts,
    doses,
    entries,
    intervals,
    pooling,
    quotations,
    ranges,
)
from mscgraph.check.judges.verdict import Row, Verdict

__all__ = ["JUDGES", "Row", "Verdict"]

# Name in a kind's header → the judge.
JUDGES: dict[str, Callable[[Row], Verdict | None]] = {
    "share": arithmetic.share,
    # Of figures within one paper.
    "chi_square_p": intervals.chi_square_p,
    "effect_p": intervals.effect_p,
    "i_squared": pooling.i_squared,
    "interval_of_deviations": intervals.interval_of_deviations,
    "mean_difference": intervals.mean_difference,
    "off_centre": intervals.off_centre,
    "outside": intervals.outside,
    "p_of_i_squared": pooling.p_of_i_squared,
    "p_of_q": pooling.p_of_q,
    "pooled_effect": pooling.pooled_effect,
    "pooled_q": pooling.pooled_q,
    "search_flow": counts.search_flow,
    "significance": intervals.significance,
    "weights": pooling.weights,
    "z_of_interval": intervals.z_of_interval,
    # Statements inside a paper.
    "basis_lost": ranges.basis_lost,
    "listed_twice": entries.listed_twice,
    "outside_range": ranges.outside_range,
    "printed_differently": ranges.printed_differently,
    "uncited": entries.uncited,
    # What was entered, against the words quoted for it.
    "figure_of_quotation": quotations.figure_of_quotation,
    "unit_of_quotation": quotations.unit_of_quotation,
    # Two papers about one trial.
    "benefit_gone": accounts.benefit_gone,
    "differing_country": countries.differing_country,
    "differing_dose": doses.differing_dose,
    "differing_registration": accounts.differing_registration,
    "differing_size": accounts.differing_size,
    "differing_time": accounts.differing_time,
    "dose_within_range": doses.dose_within_range,
    "lost_dash": doses.lost_dash,
    "malformed_registration": accounts.malformed_registration,
    "named_together": accounts.named_together,
    "near_registration": accounts.near_registration,
    "other_author": authors.other_author,
}
