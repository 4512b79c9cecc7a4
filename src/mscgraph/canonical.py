"""The one form in which a graph is written: a header comment, prefixes, subjects A–Z."""

import re
from io import BytesIO
from itertools import takewhile

from rdflib import DCTERMS, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from mscgraph.document import Document, read_quads
from mscgraph.durations import fill_weeks
from mscgraph.errors import TurtleError
from mscgraph.literals import impossible_literals
from mscgraph.longturtle import SortedLongTurtle
from mscgraph.names import PREFIXES, graph_iri

__all__ = ["canonical", "read_graph"]

# What a number sign can stand in without being a comment: strings and IRIs; then the comment.
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''(?:\\.|[^\\])*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'(?:\\.|[^'\\\n])*'"
    r"|<[^<>\s]*>"
    r"|(?P<comment>#[^\n]*)",
    re.DOTALL,
)
_BASE = re.compile(r"^\s*@?base\s+<([^>]*)>", re.IGNORECASE | re.MULTILINE)


def read_graph(document: Document) -> Graph:
    """Read ``document``; its base is the one it declares, or the IRI of its own graph.

    Raises TurtleError when it is not Turtle or holds a literal that its datatype does not allow
    (rdflib would rewrite some of them without a word).
    """
    for remark in impossible_literals(read_quads(document)):
        line = document.line_of(remark.node)
        raise TurtleError(f"{document.place}{f':{line}' if line else ''}: {remark.message}")
    graph = Graph(bind_namespaces="none")
    graph.parse(data=document.text, format="turtle", publicID=graph_iri(document.name))
    return graph


def canonical(document: Document, ontology: Graph) -> str:
    """Return the canonical text of ``document``.

    Weeks that follow from a printed time are filled in by the rule in ``ontology``. The header
    comment is kept, or made from the graph's title where there is none. Raises TurtleError when
    the text is not Turtle or has a comment elsewhere, which the new text could not keep.
    """
    graph = read_graph(document)
    header = _header(document) or _new_header(document, graph)
    base = graph_iri(document.name)
    if match := _BASE.search(document.text):
        base = match.group(1)
    fill_weeks(graph, ontology)

    tidy = Graph(bind_namespaces="none")
    for prefix, namespace in {**PREFIXES, "": f"{base}#"}.items():
        tidy.bind(prefix, namespace)
    tidy += graph
    buffer = BytesIO()
    writer = SortedLongTurtle(tidy)  # type: ignore[no-untyped-call]
    writer.serialize(buffer, base=base, encoding="utf-8")
    text = f"{header}\n\n{buffer.getvalue().decode('utf-8').strip()}\n"
    again = Graph(bind_namespaces="none").parse(data=text, format="turtle", publicID=base)
    if not _same(graph, again):
        raise TurtleError(
            f"{document.place}: the canonical form would not say the same; left as it is"
        )
    return text


def _header(document: Document) -> str:
    """Return the comment lines at the head of a document; refuse a comment anywhere else."""
    head = list(takewhile(lambda line: line.startswith("#"), document.text.splitlines()))
    offset = sum(len(line) + 1 for line in head)
    for token in _TOKEN.finditer(document.text, offset):
        if token.group("comment"):
            line = document.text.count("\n", 0, token.start()) + 1
            raise TurtleError(
                f"{document.place}:{line}: this comment would be lost; move it to the head of "
                "the file or into an annotation"
            )
    return "\n".join(line.rstrip() for line in head)


def _new_header(document: Document, graph: Graph) -> str:
    """Make a header comment from the title of the paper, or from the name of the graph."""
    source = graph.value(URIRef(graph_iri(document.name)), DCTERMS.source)
    title = graph.value(source, DCTERMS.title) if source is not None else None
    if isinstance(title, Literal):
        return f"# What {document.name} says: {title}"
    return f"# The graph {document.name}."


def _same(one: Graph, other: Graph) -> bool:
    """Tell whether two graphs say the same; the slow comparison only where nodes lack names."""
    if any(isinstance(term, BNode) for triple in one for term in triple):
        return isomorphic(one, other)
    return set(one) == set(other)
