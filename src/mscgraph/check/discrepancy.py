"""Finding discrepancies: each kind's query, its judge, and the statements that take part."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from mscgraph.answer import ask
from mscgraph.check.kind import Kind
from mscgraph.errors import CheckHeaderError
from mscgraph.names import MSC, short

__all__ = ["Discrepancy", "Statement", "discrepancies", "key"]

_ONE, _OTHER, _TRIAL, _EXPECTED, _FOUND = "one", "other", "trial", "expected", "found"
_PROPERTY = "Property"
_PLAIN = (_ONE, _OTHER, _TRIAL)


@dataclass(frozen=True, order=True)
class Statement:
    """A node of a paper graph that takes part in a discrepancy, and where the paper prints it.

    `locator` and `printed` are those of the evidence for the property in question; they are
    empty for a node that says something by its absence.
    """

    node: str
    paper: str
    locator: str
    printed: str

    def __str__(self) -> str:
        """Return the paper and the place in it, as a sentence quotes them."""
        place = f"{self.locator}: “{self.printed}”" if self.printed else self.locator
        return f"{self.paper} ({place})" if place else self.paper


@dataclass(frozen=True)
class Discrepancy:
    """Two statements that cannot both hold, or one that contradicts its own arithmetic."""

    kind: Kind
    trial: str
    statements: tuple[Statement, ...]
    expected: str
    found: str
    sentence: str


def discrepancies(store: ox.Store, kinds: Iterable[Kind]) -> list[Discrepancy]:
    """Return the discrepancies of ``kinds`` in ``store``, by severity as listed, kind and node.

    ``store`` is one that `mscgraph.store.load` filled. Raises CheckHeaderError when a kind's
    sentence names a column that its query does not give.
    """
    evidence = _Evidences(store)
    return [found for kind in kinds for found in _of_kind(store, kind, evidence)]


def key(discrepancy: Discrepancy) -> tuple[str, ...]:
    """Return what identifies a discrepancy: its kind and the nodes that take part."""
    return (discrepancy.kind.name, *sorted(s.node for s in discrepancy.statements))


def _of_kind(store: ox.Store, kind: Kind, evidence: "_Evidences") -> Iterator[Discrepancy]:
    answer = ask(store, kind.sparql)
    seen = set()
    for cells in answer.rows:
        row = {
            column: cell.value if isinstance(cell, ox.NamedNode | ox.Literal) else str(cell)
            for column, cell in zip(answer.columns, cells, strict=True)
            if cell is not None
        }
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
    named[_TRIAL] = _title(words.get(_TRIAL, ""))
    try:
        return kind.sentence.format(**named)
    except KeyError as missing:
        raise CheckHeaderError(
            f"{kind.name}: the sentence names {missing}, and neither the query nor the judge "
            "gives it"
        ) from None


def _readable(text: str) -> str:
    return short(text).removeprefix("msc:") if text.startswith("https://") else text


def _title(iri: str) -> str:
    """Return the name of a trial or paper as people write it: “Shi 2012” for …/shi-2012."""
    name = iri.rpartition("/")[2].partition("#")[0]
    words = name.split("-")
    return " ".join(w.upper() if w in ("msc", "cd34") else w.capitalize() for w in words)


class _Evidences:
    """The evidences of all nodes, read once."""

    def __init__(self, store: ox.Store) -> None:
        self._by_node: dict[str, list[tuple[str, str, frozenset[str]]]] = {}
        found: dict[str, dict[str, list[str]]] = {}
        for name in ("locator", "printed", "supports"):
            for quad in _pairs(store, MSC + name):
                found.setdefault(_value(quad.subject), {}).setdefault(name, []).append(
                    _value(quad.object)
                )
        for quad in _pairs(store, MSC + "hasEvidence"):
            said = found.get(_value(quad.object), {})
            self._by_node.setdefault(_value(quad.subject), []).append(
                (
                    "".join(said.get("locator", [])),
                    "".join(said.get("printed", [])),
                    frozenset(said.get("supports", [])),
                )
            )

    def statement(self, node: str, of: str | None) -> Statement:
        """Return ``node`` with the evidence for the property ``of``, or its first printed one."""
        known = sorted(self._by_node.get(node, []), key=lambda each: (not each[1], each[:2]))
        fitting = [each for each in known if of is None or of in each[2]]
        locator, printed = (fitting or [("", "", frozenset())])[0][:2]
        return Statement(node, _title(node), locator, printed)


def _pairs(store: ox.Store, predicate: str) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.DefaultGraph())


def _value(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
