"""The evidence map: for each tissue source and outcome, how many trials say what of it.

>>> from mscgraph.store import load
>>> from mscgraph.workspace import default
>>> found = evidence(load(default()))
>>> cell = found.at("umbilical cord", "MELD score")
>>> len(cell.trials), cell.numbered
(3, 0)
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

import pyoxigraph as ox

from mscgraph.coverage.judging import DEFAULT_KINDS
from mscgraph.sparql import select, value
from mscgraph.synthesis.statements import Said, Statement, combine, find_names, find_statements

__all__ = [
    "NOT_TOLD",
    "SEVERAL",
    "Evidence",
    "EvidenceCell",
    "TrialEvidence",
    "evidence",
]

# Rows for accounts that name no tissue, and for statements on cells of several tissues at once.
NOT_TOLD = "tissue not told"
SEVERAL = "several tissues"


@dataclass(frozen=True)
class TrialEvidence:
    """What one trial says of an outcome, by its IRI and its name; whether it gives a number."""

    trial: str
    name: str
    said: Said
    has_number: bool


@dataclass(frozen=True)
class EvidenceCell:
    """A tissue source and an outcome, with the trials that tell of both, each once."""

    source: str
    outcome: str
    trials: tuple[TrialEvidence, ...]

    def count(self, said: Said, *, has_number: bool | None = None) -> int:
        """Return how many trials say so; of those with, or without, a number where asked."""
        return sum(
            trial.said is said and has_number in (None, trial.has_number) for trial in self.trials
        )

    @property
    def numbered(self) -> int:
        """How many trials give a number."""
        return sum(trial.has_number for trial in self.trials)


@dataclass(frozen=True)
class Evidence:
    """The map: the names of its sources and outcomes in their order, and the cells that are told.

    `trials` counts the trials in it.
    """

    sources: tuple[str, ...]
    outcomes: tuple[str, ...]
    cells: tuple[EvidenceCell, ...]
    trials: int

    def at(self, source: str, outcome: str) -> EvidenceCell | None:
        """Return the cell of ``source`` and ``outcome``, None where no trial tells of both."""
        for cell in self.cells:
            if (cell.source, cell.outcome) == (source, outcome):
                return cell
        return None


def evidence(store: ox.Store, *, kinds: Collection[str] = DEFAULT_KINDS) -> Evidence:
    """Return the map of what accounts of these ``kinds`` say in ``store``.

    The tissue is that of the arm a statement is about, or of all arms of its account where it
    names none; narrower tissues are counted under the broadest one. A trial is counted once in a
    cell, also where it says several things, which `combine` brings together. Sources and outcomes
    with more trials come first.
    """
    tissues = _tissues(store)
    names = find_names(store)
    told: dict[tuple[str, str], dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for each in find_statements(store, kinds=kinds):
        source = tissues.get(each.arm) or tissues.get(each.account) or NOT_TOLD
        told[source, names[each.measure]][each.trial].append(each)
    cells = [
        EvidenceCell(
            source,
            outcome,
            tuple(
                TrialEvidence(
                    trial,
                    names.get(trial, trial.rpartition("/")[2]),
                    combine(found),
                    any(each.is_number for each in found),
                )
                for trial, found in sorted(by_trial.items())
            ),
        )
        for (source, outcome), by_trial in sorted(told.items())
    ]
    in_source: dict[str, set[str]] = defaultdict(set)
    in_outcome: dict[str, set[str]] = defaultdict(set)
    for cell in cells:
        for trial in cell.trials:
            in_source[cell.source].add(trial.trial)
            in_outcome[cell.outcome].add(trial.trial)
    last = (SEVERAL, NOT_TOLD)
    return Evidence(
        tuple(sorted(in_source, key=lambda name: (name in last, -len(in_source[name]), name))),
        tuple(sorted(in_outcome, key=lambda name: (-len(in_outcome[name]), name))),
        tuple(cells),
        len(set().union(*in_source.values())),
    )


def _tissues(store: ox.Store) -> dict[str, str]:
    """Return the tissue of the cells of each arm, and of each account, by their IRI."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in select(store, _TISSUES):
        for node in ("arm", "account"):
            found[value(row[node])].add(value(row["label"]))
    return {node: min(names) if len(names) == 1 else SEVERAL for node, names in found.items()}


_TISSUES = """
SELECT DISTINCT ?account ?arm ?label WHERE {
  ?account a msc:Account ; msc:hasArm ?arm .
  ?arm msc:receives/msc:uses/msc:hasSource/rdfs:subClassOf* ?tissue .
  ?tissue rdfs:subClassOf msc:TissueSource ; rdfs:label ?label .
}
ORDER BY ?account ?arm ?label
"""
