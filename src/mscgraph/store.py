"""The store that questions are asked of: each graph by its name, and all of them merged."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from mscgraph.errors import TurtleError
from mscgraph.names import GRAPH, MSC, PREFIXES, REPORTING, graph_iri
from mscgraph.workspace import Workspace

__all__ = ["ACCOUNTS_GRAPH", "ONTOLOGY_GRAPH", "REPORTING_GRAPH", "load"]

# The computed graph that ties every node to its account.
ACCOUNTS_GRAPH = GRAPH + "computed-accounts"
ONTOLOGY_GRAPH = MSC.rstrip("#")
# What published lists want stated.
REPORTING_GRAPH = REPORTING.rstrip("#")


def load(workspace: Workspace, *, extra: Iterable[Path] = ()) -> ox.Store:
    """Load a workspace into an in-memory store, with the paper graphs in ``extra``.

    A graph in ``extra`` takes the place of the workspace's graph of the same name.

    The default graph is the merge of all: a plain query sees what any paper says, and each
    statement once. ``GRAPH ?g`` sees who said it: the ontology, the reporting lists and
    every file of ``graphs/`` stand in graphs of their own names, and computed statements in
    `ACCOUNTS_GRAPH`. Raises TurtleError when a file is not Turtle.
    """
    store = ox.Store()
    files = [(workspace.ontology, ONTOLOGY_GRAPH)]
    files += [(path, REPORTING_GRAPH) for path in (workspace.reporting,) if path.is_file()]
    papers = {path.stem: path for path in (*workspace.graphs(), *extra)}
    files += [(path, graph_iri(stem)) for stem, path in sorted(papers.items())]
    for path, name in files:
        for graph in (ox.NamedNode(name), ox.DefaultGraph()):
            try:
                store.bulk_load(
                    path=path, format=ox.RdfFormat.TURTLE, base_iri=name, to_graph=graph
                )
            except (SyntaxError, ValueError) as error:
                raise TurtleError(f"{path}: not Turtle: {error}") from None
            except OSError as error:
                raise TurtleError(f"{path}: cannot be read ({error.strerror})") from None
    _tie_to_accounts(store)
    return store


def _tie_to_accounts(store: ox.Store) -> None:
    """Add ``msc:inAccount`` from every node that an account leads to.

    Which properties lead inward is data in the ontology. The statements go into a graph of
    their own, which says that it was computed and how, and into the merge.
    """
    kind, inward, accounts = (
        ox.NamedNode(MSC + "Account"),
        ox.NamedNode(MSC + "leadsInward"),
        ox.NamedNode(ACCOUNTS_GRAPH),
    )
    a = ox.NamedNode(PREFIXES["rdf"] + "type")
    tie = ox.NamedNode(MSC + "inAccount")
    default = ox.DefaultGraph()
    children: dict[object, list[ox.NamedNode]] = {}
    for marked in store.quads_for_pattern(None, inward, None, default):
        if not isinstance(marked.subject, ox.NamedNode):
            continue
        for link in store.quads_for_pattern(None, marked.subject, None, default):
            if isinstance(link.object, ox.NamedNode):
                children.setdefault(link.subject, []).append(link.object)
    found: list[ox.Quad] = []
    for account in store.quads_for_pattern(None, a, kind, default):
        reached = _reached(account.subject, children)
        found.extend(ox.Quad(node, tie, account.subject) for node in reached)
    if found:
        found += _provenance(accounts)
    store.extend(found)
    store.extend(ox.Quad(q.subject, q.predicate, q.object, accounts) for q in found)


def _provenance(graph: ox.NamedNode) -> list[ox.Quad]:
    """Return what generated ``graph``; without a time, so that every run says the same."""
    activity = ox.NamedNode(f"{graph.value}#following")
    label = "following from every account the properties that lead inward"
    prov, rdf, rdfs = PREFIXES["prov"], PREFIXES["rdf"], PREFIXES["rdfs"]
    return [
        ox.Quad(graph, ox.NamedNode(prov + "wasGeneratedBy"), activity),
        ox.Quad(activity, ox.NamedNode(rdf + "type"), ox.NamedNode(prov + "Activity")),
        ox.Quad(activity, ox.NamedNode(rdfs + "label"), ox.Literal(label, language="en")),
    ]


def _reached(start: object, children: dict[object, list[ox.NamedNode]]) -> Iterable[ox.NamedNode]:
    seen: set[ox.NamedNode] = set()
    open_ends = list(children.get(start, ()))
    while open_ends:
        node = open_ends.pop()
        if node not in seen:
            seen.add(node)
            open_ends.extend(children.get(node, ()))
    return seen
