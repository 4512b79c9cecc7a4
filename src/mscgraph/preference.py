"""Preference: which paper's account of a trial to keep where several tell of it."""

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from mscgraph.answer import Answer, ask
from mscgraph.errors import ParameterError
from mscgraph.names import MSC

__all__ = ["KINDS", "Preferred", "prefer"]

# What a reader may prefer → the kind of account in the ontology.
KINDS = {"own-report": "OwnReport", "tabulated": "Tabulated", "mentioned": "Mentioned"}


@dataclass(frozen=True)
class Preferred:
    """An answer in which trials that several papers tell of keep one kind of account.

    ``left_out`` counts the rows that were taken away, ``trials`` the trials they were about;
    ``without`` names the trials that have no account of that kind and keep all their rows.
    """

    answer: Answer
    left_out: int
    trials: int
    without: tuple[str, ...]


def prefer(answer: Answer, kind: str, store: ox.Store) -> Preferred:
    """Keep, for each trial, the rows from its accounts of ``kind``, where it has any.

    ``kind`` is one of `KINDS`. A trial without such an account keeps every row, for nothing
    better is known. Raises ParameterError when the answer has no columns trial and paper, by
    which its rows could be told apart.
    """
    if not {"trial", "paper"} <= set(answer.columns):
        raise ParameterError(
            "--prefer picks among papers about one trial, and the rows of this answer do not "
            "name one trial and one paper"
        )
    trial, paper = answer.columns.index("trial"), answer.columns.index("paper")
    accounts = _accounts(store, KINDS[kind])
    known = {row[trial] for row in answer.rows if (row[trial], row[paper]) in accounts}
    kept = tuple(
        row
        for row in answer.rows
        if row[trial] not in known or (row[trial], row[paper]) in accounts
    )
    papers: dict[object, set[object]] = defaultdict(set)
    for row in answer.rows:
        papers[row[trial]].add(row[paper])
    told = {t for t in papers if t is not None and t not in known and len(papers[t]) > 1}
    return Preferred(
        Answer(answer.columns, kept),
        len(answer.rows) - len(kept),
        len({row[trial] for row in answer.rows if row not in set(kept)}),
        tuple(sorted(_local(t) for t in told)),
    )


def _accounts(store: ox.Store, kind: str) -> set[tuple[object, object]]:
    """Return trial and paper of each account of ``kind``."""
    found = ask(
        store,
        f"""
        PREFIX msc: <{MSC}>
        SELECT ?trial ?paper WHERE {{
            ?account msc:hasAccountKind msc:{kind} ; msc:describes ?trial ; msc:isStatedIn ?paper .
        }}
        """,
    )
    return {(row[0], row[1]) for row in found.rows}


def _local(term: object) -> str:
    return term.value.rpartition("/")[2] if isinstance(term, ox.NamedNode) else str(term)
