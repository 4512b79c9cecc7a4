"""Directions: for each trial and outcome, which way it went, where numbers cannot be pooled.

What several statements say together follows the effect direction plot (Thomson & Thomas 2013, as
revised by Hilton Boon & Thomson 2021).
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import pyoxigraph as ox

from mscgraph.coverage.judging import DEFAULT_KINDS
from mscgraph.sparql import local, select, value
from mscgraph.synthesis.statements import (
    Said,
    Statement,
    combine,
    decisive,
    find_names,
    find_statements,
)

__all__ = [
    "DESIGNS",
    "DirectionCell",
    "DirectionRow",
    "Directions",
    "directions",
]

# Designs as they are told apart here, the one that bears most first.
DESIGNS = (
    "Randomised",
    "Controlled, not said to be randomised",
    "Without a control group",
    "Design not told",
)

# In which role participants are counted as the sample, the best known first.
_ROLES = ("Analysed", "Completed", "Treated", "Randomised", "Enrolled", "CalledIncluded")


@dataclass(frozen=True)
class DirectionCell:
    """What a trial says of an outcome, from so many statements.

    `is_significant` tells whether a statement that says so is called significant by the paper;
    `has_number` whether the trial also gives a number, so that more can be said than a direction.
    """

    outcome: str
    said: Said
    is_significant: bool
    has_number: bool
    statements: int


@dataclass(frozen=True)
class DirectionRow:
    """A trial: its IRI and name, its design (one of `DESIGNS`), and how many people it had.

    `size` is None where no number is told. `papers` are the short names of those that tell of it;
    `is_own_report` is False where they are reviews or other trials' papers.
    """

    trial: str
    name: str
    design: str
    size: int | None
    is_own_report: bool
    papers: tuple[str, ...]
    cells: tuple[DirectionCell, ...]


@dataclass(frozen=True)
class Directions:
    """Trials by design and name, and the outcomes that they tell of, the most told first."""

    outcomes: tuple[str, ...]
    rows: tuple[DirectionRow, ...]


def directions(
    store: ox.Store,
    *,
    kinds: Collection[str] = DEFAULT_KINDS,
    measures: Collection[str] = (),
    only_without_number: bool = False,
) -> Directions:
    """Return which way each outcome went in each trial, by the comparisons in ``store``.

    ``kinds`` are those of `mscgraph.coverage.KINDS`; ``measures`` are IRIs, with which the
    narrower ones are asked for too, and none means all. ``only_without_number`` leaves out what
    a trial also gives a number for.
    """
    wanted = _narrower(store, measures)
    names = find_names(store)
    told: dict[str, list[Statement]] = defaultdict(list)
    for each in find_statements(store, kinds=kinds):
        if not wanted or each.measure in wanted:
            told[each.trial].append(each)
    designs, sizes = _designs(store), _sizes(store)
    rows = []
    for trial, found in told.items():
        cells = _cells(found, names, only_without_number=only_without_number)
        if cells:
            accounts = {each.account for each in found}
            counted = [sizes[account] for account in accounts if account in sizes]
            rows.append(
                DirectionRow(
                    trial,
                    names.get(trial, trial.rpartition("/")[2]),
                    _least([designs[each] for each in accounts if each in designs]),
                    max(counted, default=None),
                    any(each.kind == "own-report" for each in found),
                    tuple(sorted({each.paper.rpartition("/")[2] for each in found})),
                    cells,
                )
            )
    rows.sort(key=lambda row: (DESIGNS.index(row.design), row.name, row.trial))
    count: dict[str, int] = defaultdict(int)
    for row in rows:
        for cell in row.cells:
            count[cell.outcome] += 1
    return Directions(
        tuple(sorted(count, key=lambda name: (-count[name], name))),
        tuple(rows),
    )


def _cells(
    found: list[Statement], names: dict[str, str], *, only_without_number: bool
) -> tuple[DirectionCell, ...]:
    """Return a trial's cells, by outcome; what is only a number has none."""
    by_outcome: dict[str, list[Statement]] = defaultdict(list)
    for each in found:
        by_outcome[names[each.measure]].append(each)
    cells = []
    for outcome, statements in sorted(by_outcome.items()):
        compared = [each for each in statements if each.is_comparison]
        has_number = len(compared) < len(statements)
        if not compared or (only_without_number and has_number):
            continue
        said = combine(compared)
        agree = [each for each in decisive(compared) if each.said is said]
        is_significant = any(each.is_significant for each in agree)
        cells.append(DirectionCell(outcome, said, is_significant, has_number, len(compared)))
    return tuple(cells)


def _narrower(store: ox.Store, measures: Collection[str]) -> frozenset[str]:
    asked = frozenset(measures)
    return frozenset(
        value(row["measure"]) for row in select(store, _NARROWER) if value(row["broad"]) in asked
    )


def _designs(store: ox.Store) -> dict[str, str]:
    """Return the design of each account, one of `DESIGNS`."""
    found: dict[str, str] = {}
    for row in select(store, _DESIGNS):
        design = _BROAD[local(row["broad"])]
        account = value(row["account"])
        # A randomised trial is a controlled one too: the narrower word counts.
        found[account] = min(found.get(account, design), design, key=DESIGNS.index)
    return found


def _least(designs: list[str]) -> str:
    """Return the design to go by where papers name several: the one that bears least."""
    return max(designs, key=DESIGNS.index, default=DESIGNS[-1])


def _sizes(store: ox.Store) -> dict[str, int]:
    """Return how many people each account counts: the arms together, in the role known best."""
    counted: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in select(store, _GROUPS):
        arms = counted[value(row["account"]), local(row["role"])]
        arm = value(row["arm"])
        arms[arm] = max(arms.get(arm, 0), int(value(row["count"])))
    sizes: dict[str, int] = {}
    ranks: dict[str, int] = {}
    for (account, role), arms in counted.items():
        rank = _ROLES.index(role) if role in _ROLES else len(_ROLES)
        if rank < ranks.get(account, len(_ROLES) + 1):
            whole = arms.pop("", 0)
            sizes[account], ranks[account] = max(whole, sum(arms.values())), rank
    return sizes


_BROAD = {
    "RandomisedControlledDesign": DESIGNS[0],
    "ControlledDesign": DESIGNS[1],
    "UncontrolledDesign": DESIGNS[2],
    "DoseEscalationDesign": DESIGNS[2],
}

_DESIGNS = """
SELECT DISTINCT ?account ?broad WHERE {
  VALUES ?broad {
    msc:RandomisedControlledDesign msc:ControlledDesign msc:UncontrolledDesign
    msc:DoseEscalationDesign
  }
  ?account a msc:Account ; msc:hasDesign/rdfs:subClassOf* ?broad .
}
ORDER BY ?account ?broad
"""

_GROUPS = """
SELECT ?account ?role ?arm ?count WHERE {
  ?account a msc:Account ; msc:hasParticipants ?group .
  ?group msc:count ?count ; msc:hasParticipantRole ?role .
  VALUES ?role {
    msc:Analysed msc:Completed msc:Treated msc:Randomised msc:Enrolled msc:CalledIncluded
    msc:RoleNotStated
  }
  FILTER NOT EXISTS { ?group msc:hasCharacteristic ?part }
  FILTER NOT EXISTS { ?group msc:restates ?first }
  OPTIONAL { ?group msc:inArm ?arm }
}
ORDER BY ?account ?role ?arm ?count
"""

_NARROWER = """
SELECT DISTINCT ?measure ?broad WHERE {
  ?finding msc:hasMeasure ?measure .
  ?measure rdfs:subClassOf* ?broad .
}
"""
