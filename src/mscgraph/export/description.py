"""What an export says of itself, for catalogues: DCAT by hand, VoID by counting."""

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from mscgraph.document import read_document, read_quads
from mscgraph.names import BASE, GRAPH, PREFIXES
from mscgraph.workspace import Workspace

__all__ = ["DATASET", "DATASET_GRAPH", "describe"]

# The collection as a whole, and the graph that describes it.
DATASET = BASE + "dataset"
DATASET_GRAPH = GRAPH + "dataset"

_A = ox.NamedNode(PREFIXES["rdf"] + "type")
_VOID = PREFIXES["void"]


def describe(workspace: Workspace, graphs: Mapping[str, Sequence[ox.Quad]]) -> list[ox.Quad]:
    """Return the description of ``graphs``, a mapping from IRI to statements.

    Title, licence and version are those of ``ontology/dataset.ttl``, if the workspace has one;
    every graph is a subset with its number of statements, and the whole counts once what several
    graphs say, because VoID counts triples. There is no time in it, so that a second export says
    the same. Raises TurtleError when the file is not Turtle.
    """
    name, whole = ox.NamedNode(DATASET_GRAPH), ox.NamedNode(DATASET)
    dataset = ox.NamedNode(_VOID + "Dataset")
    subset, triples = ox.NamedNode(_VOID + "subset"), ox.NamedNode(_VOID + "triples")

    found = [ox.Quad(whole, _A, dataset, name)]
    distinct: set[ox.Triple] = set()
    for iri, quads in graphs.items():
        part = ox.NamedNode(iri)
        found.append(ox.Quad(whole, subset, part, name))
        found.append(ox.Quad(part, _A, dataset, name))
        found.append(ox.Quad(part, triples, _count(len(quads)), name))
        distinct.update(quad.triple for quad in quads)
    found.append(ox.Quad(whole, triples, _count(len(distinct)), name))
    if workspace.dataset.is_file():
        told = read_quads(read_document(workspace.dataset))
        found += [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in told]
    return found


def _count(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=ox.NamedNode(PREFIXES["xsd"] + "integer"))
