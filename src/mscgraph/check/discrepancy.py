"""Finding discrepancies: each kind's query, its judge, and the statements that take part."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from mscgraph.answer import ask
from mscgraph.check.kind import SEVERITIES, Kind
from mscgraph.check.statement import Evidences, Figures, Statement, title
from mscgraph.errors import CheckHeaderError
from mscgraph.names import short
from mscgraph.store import load
from mscgraph.workspace import Workspace

__all__ = ["Discrepancy", "discrepancies", "key"]

_ONE, _OTHER, _TRIAL, _EXPECTED, _FOUND = "one", "other", "trial", "expected", "found"
_PROPERTY = "Property"
_PLAIN = (_ONE, _OTHER, _TRIAL)


@dataclass(frozen=True)
class Discrepancy:
    """Two statements that cannot both hold, or one that contradicts its own arithmetic."""

    kind: Kind
    trial: str
    statements: tuple[Statement, ...]
    expected: str
    found: str
    sentence: str


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
    return [found for kind in ordered for found in _of_kind(store, kind, evidence, figures)]


def key(discrepancy: Discrepancy) -> tuple[str, ...]:
    """Return what identifies a discrepancy: its kind and the nodes that take part."""
    return (discrepancy.kind.name, *sorted(s.node for s in discrepancy.statements))


def _of_kind(
    store: ox.Store, kind: Kind, evidence: Evidences, figures: Figures
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
            row.get(_TRIAL, ""),
            statements,
            words.get(_EXPECTED, ""),
            words.get(_FOUND, ""),
            _sentence(kind, words, statements),
        )
        if key(found) not in seen:
            seen.add(key(found))
            yield found


def _sentence(kind: Kind, words: Mapping[str, str], statements: tuple[Statement, ...]) -> str:
    """Fill the sentence of ``kind``: statements with their place, trials and terms by name."""
    named = {column: _readable(text) for column, text in words.items() if column not in _PLAIN}
    named |= dict(zip((_ONE, _OTHER), map(str, statements), strict=False))
    named[_TRIAL] = title(words.get(_TRIAL, ""))
    try:
        return kind.sentence.format(**named)
    except KeyError as missing:
        raise CheckHeaderError(
            f"{kind.name}: the sentence names {missing}, and neither the query nor the judge "
            "gives it"
        ) from None


def _readable(text: str) -> str:
    return short(text).removeprefix("msc:") if text.startswith("https://") else text
