"""Named graphs as TriG, each in the form in which graph files are written."""

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef

from mscgraph.longturtle import SortedLongTurtle
from mscgraph.names import GRAPH, PREFIXES

__all__ = ["as_trig"]

_XSD_STRING = PREFIXES["xsd"] + "string"
# A graph whose name cannot be a prefix keeps whole IRIs.
_PREFIX = re.compile(r"[a-z][a-z0-9-]*")


def as_trig(graphs: Mapping[str, Sequence[ox.Quad]]) -> str:
    """Return ``graphs``, a mapping from IRI to statements, in order of name.

    A node of a graph has the name of the graph as its prefix: kharaziha-2009:meld-24. Raises
    ValueError when a statement is about a statement (RDF 1.2), which rdflib cannot hold.
    """
    names = (iri.removeprefix(GRAPH) for iri in graphs if iri.startswith(GRAPH))
    nodes = {name: f"{GRAPH}{name}#" for name in names if _PREFIX.fullmatch(name)}
    prefixes = {**nodes, **PREFIXES}
    used: dict[str, str] = {}
    blocks = []
    for iri, quads in sorted(graphs.items()):
        buffer = BytesIO()
        writer = _Statements(_graph(quads, prefixes))  # type: ignore[no-untyped-call]
        writer.serialize(buffer, encoding="utf-8")
        used.update(writer.namespaces)
        blocks.append(f"GRAPH <{iri}> {{\n\n{buffer.getvalue().decode('utf-8').strip()}\n\n}}\n")
    head = "".join(
        f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(used.items())
    )
    return "\n".join([head, *blocks])


class _Statements(SortedLongTurtle):
    """The statements of a graph; the prefixes stand once, at the head of the document."""

    def startDocument(self) -> None:  # noqa: N802 - rdflib's name
        """Write nothing."""


def _graph(quads: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, namespace)
    for quad in quads:
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def _term(term: object) -> URIRef | BNode | Literal:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise ValueError(f"a statement about a statement: {term}")
    if term.language:
        return Literal(term.value, lang=term.language)
    kind = term.datatype.value
    return Literal(
        term.value, datatype=None if kind == _XSD_STRING else URIRef(kind), normalize=False
    )
