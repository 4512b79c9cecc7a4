"""Finding discrepancies: each kind's query, its judge, and the statements that take part."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from mscgraph.answer import ask
from mscgraph.check.kind import SEVERITIES, Kind
from mscgraph.check.kind import kinds as every_kind
from mscgraph.check.statement import Evidences, Figures, Statement, title
from mscgraph.errors import CheckHeaderError
from mscgraph.names import short
from mscgraph.store import load
from mscgraph.workspace import Workspace

__all__ = ["Discrepancy", "discrepancies", "key"]

_ONE, _OTHER, _TRIAL, _EXPECTED, _FOUND = "one", "other", "trial", "expected", "found"
_PROPERTY = "Property"
# Further nodes that a row speaks for, and further properties of ``one``; with spaces between.
_ALSO, _PROPERTIES = "also", "properties"
# How grave a row is, where it differs from the other rows of its kind.
_SEVERITY = "severity"
_PLAIN = (_ONE, _OTHER, _TRIAL)


@dataclass(frozen=True)
class Discrepancy:
    """Two statements that cannot both hold, or one that contradicts its own arithmetic.

    `severity` is that of the kind, unless the query gives another for the row. `explains` holds
    the nodes and properties whose trouble it tells, those left out of the sentence among them.
    """

    kind: Kind
    severity: str
    trial: str
    statements: tuple[Statement, ...]
    expected: str
    found: str
    sentence: str
    explains: frozenset[tuple[str, str]]


def discrepancies(
    workspace: Workspace, kinds: Iterable[Kind], *, extra: Sequence[Path] = ()
) -> list[Discrepancy]:
    """Return the discrepancies of ``kinds`` in a workspace, the gravest first, then by kind.

    ``extra`` are further paper graphs, as of a paper that is not yet accepted. Raises TurtleError
    when a graph cannot be read, and CheckHeaderError when a kind's sentence names a column that
    its query does not give.
    """
    store = load(workspace, extra=extra)
    evidence = Evidences(store)
    figures = Figures([*workspace.paper_graphs(), *extra])
    ordered = sorted(kinds, key=lambda kind: (SEVERITIES.index(kind.severity), kind.name))
    found = {
        kind: list(_of_kind(store, kind, evidence, figures))
        for kind in (*ordered, *_unasked(workspace, ordered))
        if not kind.residual
    }
    explained = {claim for many in found.values() for each in many for claim in each.explains}
    for kind in ordered:
        if kind.residual:
            found[kind] = list(_of_kind(store, kind, evidence, figures, explained))
    every = [each for kind in ordered for each in found[kind]]
    return sorted(every, key=lambda each: SEVERITIES.index(each.severity))


def key(discrepancy: Discrepancy) -> tuple[str, ...]:
    """Return what identifies a discrepancy: its kind and the nodes that take part."""
    return (discrepancy.kind.name, *sorted(s.node for s in discrepancy.statements))


def _unasked(workspace: Workspace, asked: Sequence[Kind]) -> list[Kind]:
    """Return the kinds that are to be looked for only because a residual kind is asked for."""
    if not any(kind.residual for kind in asked):
        return []
    return [kind for kind in every_kind(workspace) if kind not in asked]


def _of_kind(
    store: ox.Store,
    kind: Kind,
    evidence: Evidences,
    figures: Figures,
    explained: Set[tuple[str, str]] = frozenset(),
) -> Iterator[Discrepancy]:
    answer = ask(store, kind.sparql)
    seen = set()
    for cells in answer.rows:
        row = {
            column: cell.value if isinstance(cell, ox.NamedNode | ox.Literal) else str(cell)
            for column, cell in zip(answer.columns, cells, strict=True)
            if cell is not None
        }
        row = figures.as_printed(row, row.values())
        words: Mapping[str, str] = row
        if kind.decide:
            verdict = kind.decide(row)
            if verdict is None:
                continue
            words = {
                **row,
                **verdict.words,
                _EXPECTED: verdict.expected,
                _FOUND: verdict.found,
            }
        statements = tuple(
            evidence.statement(row[side], row.get(side + _PROPERTY))
            for side in (_ONE, _OTHER)
            if side in row
        )
        found = Discrepancy(
            kind,
            row.get(_SEVERITY, kind.severity),
            row.get(_TRIAL, ""),
            statements,
            words.get(_EXPECTED, ""),
            words.get(_FOUND, ""),
            _sentence(kind, words, statements),
            _explains(row),
        )
        # A node may be wrong at two places of a paper; the same words are one trouble.
        if statements not in seen and not found.explains & explained:
            seen.add(statements)
            yield found


def _explains(row: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Return the nodes and properties that a row of a kind's query speaks for."""
    sides = {(row[side], row.get(side + _PROPERTY, "")) for side in (_ONE, _OTHER) if side in row}
    more = {(row[_ONE], name) for name in row.get(_PROPERTIES, "").split()}
    also = {(node, row.get(_ONE + _PROPERTY, "")) for node in row.get(_ALSO, "").split()}
    return frozenset(sides | more | also)


def _sentence(kind: Kind, words: Mapping[str, str], statements: tuple[Statement, ...]) -> str:
    """Fill the sentence of ``kind``: statements with their place, trials and terms by name."""
    named: dict[str, object] = {
        column: _readable(text) for column, text in words.items() if column not in _PLAIN
    }
    named |= dict(zip((_ONE, _OTHER), statements, strict=False))
    named[_TRIAL] = title(words.get(_TRIAL, ""))
    try:
        return kind.sentence.format(**named)
    except (KeyError, AttributeError) as missing:
        raise CheckHeaderError(
            f"{kind.name}: the sentence names {missing}, and neither the query nor the judge "
            "gives it"
        ) from None


def _readable(text: str) -> str:
    return short(text).removeprefix("msc:") if text.startswith("https://") else text
