"""The mappings to public vocabularies as a graph: SKOS, and what their header says of the set."""

import pyoxigraph as ox

from mscgraph.errors import MappingsError
from mscgraph.mappings import as_skos, read_mappings, read_metadata
from mscgraph.names import GRAPH, PREFIXES
from mscgraph.workspace import Workspace

__all__ = ["MAPPINGS_GRAPH", "counterparts"]

MAPPINGS_GRAPH = GRAPH + "mappings"

_A = ox.NamedNode(PREFIXES["rdf"] + "type")
_DERIVED = ox.NamedNode(PREFIXES["prov"] + "wasDerivedFrom")
_SET = ox.NamedNode(PREFIXES["sssom"] + "MappingSet")

# The properties that the model of SSSOM has for slots of the header; the texts are in English.
_LICENCE = ox.NamedNode(PREFIXES["dcterms"] + "license")
_VERSION = ox.NamedNode(PREFIXES["owl"] + "versionInfo")
_TEXTS = {
    "comment": ox.NamedNode(PREFIXES["rdfs"] + "comment"),
    "mapping_set_description": ox.NamedNode(PREFIXES["dcterms"] + "description"),
    "mapping_set_title": ox.NamedNode(PREFIXES["dcterms"] + "title"),
}


def counterparts(workspace: Workspace) -> list[ox.Quad]:
    """Return the graph of the mappings of a workspace; nothing where it has none.

    A row whose term has no counterpart gives no statement. The header becomes a description of
    the mapping set, from which the graph is derived. Raises MappingsError when the table cannot
    be read, or its header names the set or the licence by what is no IRI.
    """
    if not workspace.mappings.is_file():
        return []
    graph = ox.NamedNode(MAPPINGS_GRAPH)
    found = [
        ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        for triple in as_skos(read_mappings(workspace.mappings))
    ]
    metadata = read_metadata(workspace.mappings)
    if "mapping_set_id" not in metadata:
        return found
    try:
        whole = ox.NamedNode(metadata["mapping_set_id"])
        licence = ox.NamedNode(metadata["license"]) if "license" in metadata else None
    except ValueError as error:
        raise MappingsError(f"{workspace.mappings}: the header: {error}") from None

    found.append(ox.Quad(graph, _DERIVED, whole, graph))
    found.append(ox.Quad(whole, _A, _SET, graph))
    if licence:
        found.append(ox.Quad(whole, _LICENCE, licence, graph))
    if version := metadata.get("mapping_set_version"):
        found.append(ox.Quad(whole, _VERSION, ox.Literal(version), graph))
    for slot, told in _TEXTS.items():
        if slot in metadata:
            found.append(ox.Quad(whole, told, ox.Literal(metadata[slot], language="en"), graph))
    return found
