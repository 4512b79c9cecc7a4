"""Statements: what the accounts of trials say became of an outcome, and whether with a number.

A statement is a comparison that is no restatement, after the treatment, of those who had cells. A
comparator's own changes, findings on one patient, and differences between two groups that both had
cells are none. Where a paper reports its own trial, what other papers say of it is left out; where
none does, a review's table is taken before what is only mentioned.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

import pyoxigraph as ox

from mscgraph.answer import Answer
from mscgraph.coverage.judging import DEFAULT_KINDS, KINDS
from mscgraph.names import MSC, trial_name
from mscgraph.preference import prefer
from mscgraph.sparql import local, select, value

__all__ = [
    "AGREEMENT",
    "UNNAMED",
    "Said",
    "Statement",
    "combine",
    "decisive",
    "find_names",
    "find_statements",
]

# What an outcome is called of which a paper says only that there was, or was no, improvement.
UNNAMED = "outcome not named"

# So large a share of a trial's statements must agree to tell one direction (Thomson & Thomas 2013).
AGREEMENT = Fraction(7, 10)


class Said(Enum):
    """What is said of an outcome, by its name in tables and legends."""

    IMPROVED = "improved"
    NO_BENEFIT = "no benefit"
    WORSENED = "worsened"
    MIXED = "mixed"
    NO_DIRECTION = "no direction told"


@dataclass(frozen=True)
class Statement:
    """What one finding says of an outcome; `trial`, `paper`, `account` and `measure` are IRIs.

    `arm` is the IRI of the arm, empty where none is named. `is_comparison` is False for a bare
    number, which says nothing of better or worse. `is_number` tells a finding that gives a figure.
    """

    trial: str
    paper: str
    account: str
    kind: str
    measure: str
    arm: str
    said: Said
    is_between_arms: bool
    is_significant: bool
    is_number: bool
    is_comparison: bool = True


def find_statements(store: ox.Store, *, kinds: Collection[str] = DEFAULT_KINDS) -> list[Statement]:
    """Return the statements in ``store`` from accounts of these ``kinds``, in a total order.

    ``kinds`` are values of `mscgraph.coverage.KINDS`.
    """
    rows = [
        tuple(row[name] for name in _COLUMNS)
        for query in (_COMPARISONS, _NUMBERS)
        for row in select(store, query)
        if KINDS[local(row["kind"])] in kinds
    ]
    answer = Answer(_COLUMNS, tuple(rows))
    for kind in KINDS.values():
        answer = prefer(answer, kind, store).answer
    found = [_statement(dict(zip(_COLUMNS, row, strict=True))) for row in answer.rows]
    return sorted(found, key=lambda each: (each.trial, each.measure, each.paper, each.arm))


def find_names(store: ox.Store) -> dict[str, str]:
    """Return the names of outcomes and trials by their IRI, as tables and figures have them."""
    found = {}
    for row in select(store, _NAMES):
        node, label = value(row["node"]), value(row["label"])
        found[node] = trial_name(node, label) if value(row["is"]) == "trial" else label
    return found | {MSC + "Measure": UNNAMED}


def decisive(statements: Sequence[Statement]) -> list[Statement]:
    """Return those of a trial's ``statements`` on one outcome that tell its direction.

    Statements between arms go before others, for they alone have a comparator.
    """
    told = [each for each in statements if each.said is not Said.NO_DIRECTION]
    return [each for each in told if each.is_between_arms] or told


def combine(statements: Sequence[Statement]) -> Said:
    """Return what a trial's ``statements`` on one outcome say together.

    One direction is told where `AGREEMENT` of those that are decisive tell it; otherwise they are
    mixed.
    """
    told = decisive(statements)
    if not told:
        return Said.NO_DIRECTION
    said, count = Counter(each.said for each in told).most_common(1)[0]
    return said if count >= AGREEMENT * len(told) else Said.MIXED


def _statement(row: dict[str, object]) -> Statement:
    is_comparison = local(row["is"]) != "Measurement"
    return Statement(
        trial=value(row["trial"]),
        paper=value(row["paper"]),
        account=value(row["account"]),
        kind=KINDS[local(row["kind"])],
        measure=value(row["measure"]),
        arm=value(row["arm"]),
        said=_said(row) if is_comparison else Said.NO_DIRECTION,
        is_between_arms=local(row["contrast"]) == "BetweenArms",
        is_significant=local(row["significance"]) == "Significant",
        is_number=not is_comparison,
        is_comparison=is_comparison,
    )


def _said(row: dict[str, object]) -> Said:
    """Return what a comparison says: the printed benefit, or what its direction means.

    A rise or fall is good or bad by the polarity of its measure, also where it is not significant;
    no change, and no significant difference where nothing more is told, are no benefit. What has
    no polarity by intent, such as a count that may be high or low, has no direction.
    """
    benefit, direction = local(row["benefit"]), local(row["direction"])
    polarity, significance = local(row["polarity"]), local(row["significance"])
    if benefit:
        return _BENEFITS[benefit]
    if polarity == "NoPolarity":
        return Said.NO_DIRECTION
    if direction in ("Increased", "Decreased"):
        if not polarity:
            return Said.NO_DIRECTION
        is_good = (direction == "Increased") == (polarity == "HigherIsBetter")
        return Said.IMPROVED if is_good else Said.WORSENED
    if direction == "Unchanged" or significance == "NotSignificant":
        return Said.NO_BENEFIT
    return Said.NO_DIRECTION


_BENEFITS = {
    "Improved": Said.IMPROVED,
    "NoBenefit": Said.NO_BENEFIT,
    "Worsened": Said.WORSENED,
}

_NAMES = """
SELECT DISTINCT ?node ?label ?is WHERE {
  {
    ?finding msc:hasMeasure ?node .
    BIND ("outcome" AS ?is)
  } UNION {
    ?account msc:describes ?node .
    BIND ("trial" AS ?is)
  }
  ?node rdfs:label ?label .
}
ORDER BY ?node ?label
"""

_COLUMNS = (
    "trial", "paper", "account", "kind", "measure", "finding", "is", "contrast", "benefit",
    "direction", "significance", "polarity", "arm",
)  # fmt: skip

# Of whom and when a finding must be to tell of the treatment.
_OF_TREATED = """
  ?account msc:describes ?trial ; msc:isStatedIn ?paper ; msc:hasAccountKind ?kind ;
           msc:reports ?finding .
  ?finding a ?is ; msc:hasMeasure ?measure .
  FILTER NOT EXISTS { ?finding msc:restates ?first }
  FILTER NOT EXISTS { ?finding msc:weeks ?weeks . FILTER (?weeks <= 0) }
  FILTER NOT EXISTS { ?finding msc:inArm/msc:hasRole msc:Comparator }
  FILTER NOT EXISTS { ?finding msc:amongParticipants/msc:inArm/msc:hasRole msc:Comparator }
  FILTER NOT EXISTS { ?finding msc:amongParticipants/msc:hasParticipantRole msc:SinglePatient }
  FILTER NOT EXISTS { ?finding msc:hasReferenceArm/msc:hasRole msc:Experimental }
  OPTIONAL { ?finding msc:inArm|(msc:amongParticipants/msc:inArm) ?arm }
"""

_SELECT = """
SELECT DISTINCT ?trial ?paper ?account ?kind ?measure ?finding ?is ?contrast ?benefit ?direction
                ?significance ?polarity ?arm
"""

_COMPARISONS = f"""{_SELECT} WHERE {{
  VALUES ?is {{ msc:Comparison }}
  {_OF_TREATED}
  OPTIONAL {{ ?finding msc:hasContrast ?contrast }}
  OPTIONAL {{ ?finding msc:hasBenefit ?benefit }}
  OPTIONAL {{ ?finding msc:hasDirection ?direction }}
  OPTIONAL {{ ?finding msc:hasSignificance ?significance }}
  OPTIONAL {{ ?measure msc:hasPolarity ?polarity }}
}}
ORDER BY ?trial ?measure ?paper ?finding ?arm
"""

# A number tells of an outcome where it was taken after the treatment, or counts those in whom the
# measure went up or down.
_NUMBERS = f"""{_SELECT} WHERE {{
  VALUES ?is {{ msc:Measurement }}
  {_OF_TREATED}
  FILTER (EXISTS {{ ?finding msc:weeks ?later }} || EXISTS {{ ?finding msc:hasDirection ?way }})
  FILTER EXISTS {{
    ?finding ?statistic ?figure .
    VALUES ?statistic {{
      msc:mean msc:median msc:value msc:count msc:percent msc:low msc:high
    }}
  }}
}}
ORDER BY ?trial ?measure ?paper ?finding ?arm
"""
