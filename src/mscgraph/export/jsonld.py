"""Named graphs as one compact JSON-LD 1.1 document, the context in it.

A value is written as short as the context allows and in full where the context would make
something else of it, so that every literal comes back as it was: numbers are never JSON numbers.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from mscgraph.export.context import Term, compact, context
from mscgraph.names import PREFIXES

__all__ = ["as_jsonld"]

_Node = dict[str, object]

_RDF = PREFIXES["rdf"]
_TYPE, _FIRST, _REST, _NIL = (_RDF + name for name in ("type", "first", "rest", "nil"))
_BOOLEANS = {"true": True, "false": False}


def as_jsonld(graphs: Mapping[str, Sequence[ox.Quad]], terms: Sequence[Term]) -> str:
    """Return ``graphs``, a mapping from IRI to statements, with the names of ``terms``.

    Graphs, nodes, keys and values are in one order. A node without a name stands inside the one
    node that leads to it, as in Turtle, and lists are JSON lists. Raises ValueError when a
    statement is about a statement (RDF 1.2), which JSON-LD cannot say.
    """
    shared = _shared(graphs)
    found = [
        {"id": compact(name), "@graph": _Graph(quads, terms, shared).nodes()}
        for name, quads in sorted(graphs.items())
    ]
    body = json.dumps(found, ensure_ascii=False, indent=2)
    return f'{{\n"@context": {context(terms)},\n"@graph": {body}\n}}\n'


def _shared(graphs: Mapping[str, Sequence[ox.Quad]]) -> set[ox.BlankNode]:
    """Return the nodes without a name that stand in several graphs."""
    home: dict[ox.BlankNode, str] = {}
    return {
        node
        for name, quads in graphs.items()
        for quad in quads
        for node in (quad.subject, quad.object)
        if isinstance(node, ox.BlankNode) and home.setdefault(node, name) != name
    }


class _Graph:
    """The statements of one graph, and which nodes have been written."""

    def __init__(
        self, quads: Iterable[ox.Quad], terms: Sequence[Term], shared: set[ox.BlankNode]
    ) -> None:
        self._terms = {term.iri: term for term in terms}
        self._names = {term.name for term in terms}
        self._shared = shared
        self._written: set[object] = set()
        self._said: dict[object, dict[str, list[object]]] = {}
        self._led_to: Counter[object] = Counter()
        for quad in quads:
            if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
                raise ValueError(f"a statement about a statement: {quad}")
            values = self._said.setdefault(quad.subject, {})
            values.setdefault(quad.predicate.value, []).append(quad.object)
            # A class is named by its IRI alone; counted twice, it never stands inside.
            self._led_to[quad.object] += 2 if quad.predicate.value == _TYPE else 1

    def nodes(self) -> list[_Node]:
        """Return the nodes of the graph, sorted by name; those without one come last."""
        order = sorted(self._said, key=_order)
        found = [self._node(node) for node in order if not self._stands_inside(node)]
        # What is left are circles of nodes without a name.
        found += [self._node(node) for node in order if node not in self._written]
        return found

    def _stands_inside(self, node: object) -> bool:
        return (
            isinstance(node, ox.BlankNode)
            and self._led_to[node] == 1
            and node in self._said
            and node not in self._shared
        )

    def _node(self, subject: object, *, inside: bool = False) -> _Node:
        self._written.add(subject)
        node: _Node = {} if inside else {"id": _name(subject)}
        said = dict(self._said[subject])
        if all(isinstance(kind, ox.NamedNode) for kind in said.get(_TYPE, ())):
            kinds = sorted(self._of_vocabulary(kind) for kind in said.pop(_TYPE, ()))
            if kinds:
                node["type"] = kinds[0] if len(kinds) == 1 else kinds
        node.update(sorted(self._entry(*item) for item in sorted(said.items())))
        return node

    def _entry(self, predicate: str, objects: list[object]) -> tuple[str, object]:
        """Return the key and the value of one property of one node."""
        term = self._terms.get(predicate)
        if term and term.container == "@list":
            items = self._items(objects[0]) if len(objects) == 1 else None
            if items is not None:
                return term.name, [self._value(item, term) for item in items]
            term = None
        values = [self._value(value, term) for value in sorted(objects, key=_order)]
        if term:
            many = len(values) > 1 or term.container == "@set"
            return term.name, values if many else values[0]
        key = compact(predicate)
        return predicate if key in self._names else key, values

    def _value(self, value: object, term: Term | None) -> object:
        """Return one value of ``term``; of a property that has no term, in full."""
        if isinstance(value, ox.Literal):
            return _literal(value, term)
        if isinstance(value, ox.BlankNode):
            items = self._items(value)
            if items is not None:
                return {"@list": [self._value(item, term) for item in items]}
            if self._stands_inside(value) and value not in self._written:
                return self._node(value, inside=True)
        kind = term.kind if term else None
        if kind == "@vocab":
            return self._of_vocabulary(value)
        return _name(value) if kind == "@id" else {"id": _name(value)}

    def _items(self, head: object) -> list[object] | None:
        """Return the items of the list that begins with ``head``; None when it is no list."""
        items: list[object] = []
        cells: set[object] = set()
        while head != ox.NamedNode(_NIL):
            cell = self._said.get(head, {})
            whole = set(cell) == {_FIRST, _REST} and len(cell[_FIRST]) == len(cell[_REST]) == 1
            if not whole or not self._stands_inside(head) or head in cells | self._written:
                return None
            cells.add(head)
            items += cell[_FIRST]
            head = cell[_REST][0]
        self._written |= cells
        return items

    def _of_vocabulary(self, value: object) -> str:
        """Return a term by its short name, and anything else by its own."""
        term = self._terms.get(value.value) if isinstance(value, ox.NamedNode) else None
        return term.name if term else _name(value)


def _literal(value: ox.Literal, term: Term | None) -> object:
    """Return a literal as short as ``term`` allows."""
    kind, language = (term.kind, term.language) if term else (None, None)
    if value.language:
        same = value.language == language
        return value.value if same else {"@language": value.language, "@value": value.value}
    datatype = compact(value.datatype.value)
    if datatype == "xsd:string":
        return {"@value": value.value} if kind or language else value.value
    if datatype != kind:
        return {"type": datatype, "@value": value.value}
    return _BOOLEANS.get(value.value, value.value) if kind == "xsd:boolean" else value.value


def _name(node: object) -> str:
    return compact(node.value) if isinstance(node, ox.NamedNode) else str(node)


def _order(node: object) -> tuple[bool, str, str]:
    """Sort by name, so that a graph comes before its nodes; what has no name comes last."""
    return isinstance(node, ox.BlankNode), getattr(node, "value", ""), str(node)
