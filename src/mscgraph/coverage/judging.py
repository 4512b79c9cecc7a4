"""Judging: what each account states of each item of the reporting lists.

An item is asked of each node that must answer it (each infused product, each delivery). Any value
answers; what is said of the cells a product was made from does not answer for the product, unless
the reading passes it on; an absence counts where every way of answering is said to be missing. No
trace at all is no absence: the item has not been extracted yet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from mscgraph.coverage.lists import Item, ReportingList
from mscgraph.coverage.states import ABSENT, SIGNS, STATED, State
from mscgraph.coverage.traces import Trace, bearers, find_traces
from mscgraph.names import MSC
from mscgraph.sparql import local, select, value

__all__ = ["DEFAULT_KINDS", "KINDS", "AccountCoverage", "Cell", "assess"]

# How a paper comes to give an account, as the command line and the answers call it.
KINDS = {"OwnReport": "own-report", "Tabulated": "tabulated", "Mentioned": "mentioned"}
DEFAULT_KINDS = ("own-report", "tabulated")

# From what is known best to what is known least.
_ORDER = {state: rank for rank, state in enumerate(State)}


@dataclass(frozen=True)
class Cell:
    """What one account states of one item, with the places that tell it.

    `is_earlier` marks what is said of cells from which the product was made, `is_contrary` a
    result that is the opposite of what the list asks for.
    """

    item: Item
    state: State
    is_earlier: bool
    traces: tuple[Trace, ...]

    @property
    def is_contrary(self) -> bool:
        """Whether a result is stated that is not the one the list asks for."""
        results = {trace.result for trace in self.traces if trace.result}
        return bool(self.item.wanted and results - {self.item.wanted})

    @property
    def sign(self) -> str:
        """The sign of the cell; in brackets when it is about earlier cells."""
        sign = SIGNS[self.state].strip("()")
        if self.is_contrary:
            sign = "≠"
        return f"({sign})" if self.is_earlier else sign


@dataclass(frozen=True)
class AccountCoverage:
    """What one account states of every item of the chosen lists.

    `trial` and `paper` are IRIs, `kind` is one of `KINDS`, `depth` is the IRI of how much
    of the paper was read, `name` is what the trial is called; `cells` holds the cells of each
    list, by the list's name, in the order of its items.
    """

    account: str
    trial: str
    paper: str
    kind: str
    depth: str
    name: str
    cells: Mapping[str, tuple[Cell, ...]]

    @property
    def is_read_in_full(self) -> bool:
        """Whether more than the abstract of the paper was read."""
        return self.depth != MSC + "AbstractOnly"

    def stated(self, name: str) -> int:
        """Return how many items of the list ``name`` are stated of everything they are asked of."""
        return self.count(name, STATED)

    def count(self, name: str, states: Iterable[State]) -> int:
        """Return how many items of the list ``name`` are in one of ``states``."""
        among = frozenset(states)
        return sum(cell.state in among for cell in self.cells[name])


def assess(
    store: ox.Store,
    lists: Sequence[ReportingList],
    *,
    kinds: Iterable[str] = DEFAULT_KINDS,
    trials: Iterable[str] = (),
    papers: Iterable[str] = (),
) -> list[AccountCoverage]:
    """Return what the accounts in ``store`` state of the items of ``lists``.

    ``kinds`` are values of `KINDS`; ``trials`` and ``papers`` are IRIs, and none means all. Own
    reports come first, then tabulated and mentioned trials, each by paper and trial.
    """
    wanted, of_trials, of_papers = frozenset(kinds), frozenset(trials), frozenset(papers)
    asked = bearers(store)
    found: dict[tuple[str, str], list[Trace]] = {}
    for trace in find_traces(store):
        found.setdefault((trace.account, trace.bearer), []).append(trace)
    covered = []
    for row in select(store, _ACCOUNTS):
        account, trial, paper = (value(row[name]) for name in ("account", "trial", "paper"))
        kind = KINDS[local(row["kind"])]
        if (
            kind not in wanted
            or (of_trials and trial not in of_trials)
            or (of_papers and paper not in of_papers)
        ):
            continue
        traces = {node: own for (at, node), own in found.items() if at == account}
        cells = {
            each.name: tuple(
                _judge(item, asked.get(account, {}).get(item.asks_of) or [account], traces)
                for item in each.items
            )
            for each in lists
        }
        name = value(row["name"]) or trial.rpartition("/")[2]
        depth = value(row["depth"])
        covered.append(AccountCoverage(account, trial, paper, kind, depth, name, cells))
    order = list(KINDS.values())
    return sorted(covered, key=lambda each: (order.index(each.kind), each.paper, each.trial))


def _judge(item: Item, nodes: Sequence[str], traces: Mapping[str, Sequence[Trace]]) -> Cell:
    """Return the cell of ``item`` from the answers of all ``nodes`` that must give one.

    All must state it; where some do, it is partly stated; where none does, the cell is that of the
    node of which least is known. A node of which the question does not arise is passed over.
    """
    answers = [_answer(item, traces.get(node, ())) for node in nodes]
    arising = [a for a in answers if a.state != State.NOT_APPLICABLE] or answers
    stating = [a for a in arising if a.state in STATED]
    if stating and len(stating) < len(arising):
        merged = tuple(trace for answer in arising for trace in answer.traces)
        return Cell(item, State.PARTLY, is_earlier=False, traces=merged)
    least = max(arising, key=lambda answer: _ORDER[answer.state])
    alike = [a for a in arising if stating or a.state == least.state]
    return Cell(
        item,
        least.state,
        is_earlier=all(answer.is_earlier for answer in alike),
        traces=tuple(trace for answer in alike for trace in answer.traces),
    )


def _answer(item: Item, traces: Sequence[Trace]) -> Cell:
    """Return the cell of ``item`` for one node, from the traces near it."""
    near = [trace for trace in traces if trace.reading in item.readings]
    values = [trace for trace in near if trace.state in STATED]
    if own := [trace for trace in values if not trace.is_earlier]:
        # One value may be printed here and inferred there: it is as good as its best evidence.
        best = min((trace.state for trace in own), key=_ORDER.__getitem__)
        return Cell(item, best, is_earlier=False, traces=_distinct(own))
    if values:
        return Cell(item, State.EARLIER, is_earlier=True, traces=_distinct(values))
    missing = [_missing(near, reading) for reading in item.missable]
    if not missing or not all(missing):
        return Cell(item, State.NOT_EXTRACTED, is_earlier=False, traces=())
    # In the order of the traces: readings have no names and so no order of their own.
    told = [trace for trace in near if any(trace in each for each in missing)]
    arising = [trace for trace in told if trace.state != State.NOT_APPLICABLE] or told
    best = min((trace.state for trace in arising), key=_ORDER.__getitem__)
    alike = [trace for trace in arising if trace.state == best]
    return Cell(item, best, is_earlier=all(t.is_earlier for t in alike), traces=_distinct(alike))


def _missing(traces: Iterable[Trace], reading: str) -> list[Trace]:
    """Return the absences that say best why ``reading`` has no answer; none where nothing does.

    What is said of the very marker or lineage comes before what is said of all, then what is said
    of the product before what is said of earlier cells.
    """
    absences = [t for t in traces if t.reading == reading and t.state in ABSENT]

    def rank(trace: Trace) -> tuple[bool, bool, int]:
        return not trace.is_specific, trace.is_earlier, _ORDER[trace.state]

    best = min(map(rank, absences), default=None)
    return [trace for trace in absences if rank(trace) == best]


def _distinct(traces: Iterable[Trace]) -> tuple[Trace, ...]:
    """Return the traces of one node in their order, each place and value once.

    What stands on a product and on the cells it was made from is that of the product.
    """
    kept: dict[tuple[str, ...], Trace] = {}
    for trace in traces:
        key = (trace.value, trace.locator, trace.printed, trace.reason)
        if key not in kept or trace.is_own:
            kept[key] = trace
    return tuple(kept.values())


_ACCOUNTS = """
SELECT ?account ?trial ?paper ?kind ?depth ?name WHERE {
  ?account a msc:Account ; msc:describes ?trial ; msc:isStatedIn ?paper ;
           msc:hasAccountKind ?kind .
  OPTIONAL { ?trial rdfs:label ?name }
  OPTIONAL { ?graph a msc:PaperGraph ; dcterms:source ?paper ; msc:hasDepth ?depth }
}
ORDER BY ?account ?trial ?paper ?name
"""
