"""Everything as linked data: all named graphs in one file, the same bytes on every run."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import pyoxigraph as ox

from mscgraph.document import read_document, read_quads
from mscgraph.errors import ExportError, WorkspaceError
from mscgraph.export.counterparts import MAPPINGS_GRAPH, counterparts
from mscgraph.export.description import DATASET_GRAPH, describe
from mscgraph.export.questions import QUERIES_GRAPH, questions
from mscgraph.names import graph_iri
from mscgraph.store import ACCOUNTS_GRAPH, ONTOLOGY_GRAPH, REPORTING_GRAPH, load
from mscgraph.workspace import Workspace

__all__ = ["EXTENSIONS", "Graphs", "collect", "context_document", "render", "select"]

# Format → the extension of its files.
EXTENSIONS = {"nquads": ".nq", "trig": ".trig", "jsonld": ".jsonld"}

# IRI of a graph → its statements.
Graphs = Mapping[str, Sequence[ox.Quad]]

# The graphs that are no file's of their own.
_MADE_HERE = (
    ACCOUNTS_GRAPH,
    DATASET_GRAPH,
    MAPPINGS_GRAPH,
    ONTOLOGY_GRAPH,
    QUERIES_GRAPH,
    REPORTING_GRAPH,
)


def collect(workspace: Workspace) -> dict[str, list[ox.Quad]]:
    """Return every named graph of a workspace, graphs and statements sorted.

    These are the ontology, its mappings to public vocabularies, the reporting lists, what papers
    say, trials and papers, the stored questions, the computed ties of nodes to their accounts, and
    the description of it all. Nodes without a name have the labels of RDF Dataset
    Canonicalization (RDFC-1.0), which depend on nothing but what is said. Raises TurtleError,
    MappingsError or QuestionHeaderError when a file cannot be read, and WorkspaceError when a
    file in ``graphs/`` has the name of a graph that is made here.
    """
    taken = {_name(iri) for iri in _MADE_HERE}
    for path in workspace.graphs():
        if path.stem in taken:
            raise WorkspaceError(f"{path}: give this file another name; that graph is made here")
    found = _stated(workspace) + counterparts(workspace) + questions(workspace)
    computed = ox.NamedNode(ACCOUNTS_GRAPH)
    found += load(workspace).quads_for_pattern(None, None, None, computed)
    dataset = ox.Dataset(found + describe(workspace, _by_graph(found)))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return _by_graph(dataset)


def select(graphs: Graphs, names: Collection[str]) -> Graphs:
    """Return those of ``graphs`` that are named: kharaziha-2009, ontology, trials.

    What a graph holds does not depend on which others are taken. Raises ExportError, which names
    all graphs, when there is none of a name.
    """
    known = {_name(iri): iri for iri in graphs}
    for name in names:
        if name not in known:
            raise ExportError(f"there is no graph “{name}”; the graphs are {', '.join(known)}")
    return {iri: graphs[iri] for name, iri in known.items() if name in names}


def render(graphs: Graphs, form: str, workspace: Workspace) -> str:
    """Return ``graphs`` as text in a format of `EXTENSIONS`.

    N-Quads are canonical: sorted by code point and escaped as RDFC-1.0 asks. JSON-LD takes its
    names from the ontology of ``workspace`` and holds its context. Raises ExportError when the
    text, read again, would not say the same, and ValueError for another format.
    """
    if form == "nquads":
        return _nquads(graphs)
    try:
        if form == "trig":
            from mscgraph.export.trig import as_trig

            text, syntax = as_trig(graphs), ox.RdfFormat.TRIG
        elif form == "jsonld":
            from mscgraph.export.context import terms
            from mscgraph.export.jsonld import as_jsonld

            ontology = read_quads(read_document(workspace.ontology))
            text, syntax = as_jsonld(graphs, terms(ontology)), ox.RdfFormat.JSON_LD
        else:
            raise KeyError(form)
    except ValueError as error:
        raise ExportError(f"{form} cannot hold {error}") from None
    if _nquads(graphs) != _nquads(_by_graph(ox.parse(text, format=syntax))):
        raise ExportError(f"as {form} the graphs would not say the same; nothing is written")
    return text


def context_document(workspace: Workspace) -> str:
    """Return the text of ``ontology/context.jsonld``, which follows from the ontology.

    Raises TurtleError when the ontology is not Turtle.
    """
    from mscgraph.export.context import context, terms

    names = terms(read_quads(read_document(workspace.ontology)))
    return f'{{\n"@context": {context(names)}\n}}\n'


def _stated(workspace: Workspace) -> list[ox.Quad]:
    """Return what the files say; not from the store, which makes 17.9 of 17.90."""
    files = [(workspace.ontology, ONTOLOGY_GRAPH)]
    files += [(path, REPORTING_GRAPH) for path in (workspace.reporting,) if path.is_file()]
    files += [(path, graph_iri(path.stem)) for path in workspace.graphs()]
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name))
        for path, name in files
        for quad in read_quads(read_document(path), relabel=True)
    ]


def _nquads(graphs: Graphs) -> str:
    """Return canonical N-Quads."""
    dataset = ox.Dataset(quad for quads in graphs.values() for quad in quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    found = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
    # Bytes, because a text may hold what str.splitlines takes for the end of a line.
    return "".join(line.decode("utf-8") + "\n" for line in sorted(found.splitlines()))


def _by_graph(quads: Iterable[ox.Quad]) -> dict[str, list[ox.Quad]]:
    found: dict[str, list[ox.Quad]] = {}
    for quad in sorted(quads, key=str):
        found.setdefault(getattr(quad.graph_name, "value", ""), []).append(quad)
    return dict(sorted(found.items()))


def _name(iri: str) -> str:
    """Return the name by which a graph is asked for: the last part of its IRI."""
    return iri.rpartition("/")[2]
