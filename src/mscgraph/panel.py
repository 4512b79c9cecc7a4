"""The marker panel: the verdict on each infused product, by rules and by a reasoner.

The panel is CD73, CD90 and CD105 positive, CD34 and CD45 negative: the markers that the minimal
criteria of the International Society for Cellular Therapy (2006) and the papers of this field have
in common. A verdict rests on results measured on the product itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from mscgraph.answer import Answer
from mscgraph.errors import InconsistencyError
from mscgraph.names import GRAPH, MSC, PREFIXES
from mscgraph.sparql import local, select, value

__all__ = [
    "CANNOT_TELL",
    "CONFORMANT",
    "CONTRADICTING",
    "INFERRED_GRAPH",
    "Product",
    "as_answer",
    "as_graph",
    "mislabelled",
    "products",
    "verdicts_by_rules",
]

CONFORMANT = "conformant"
CONTRADICTING = "contradicting"
CANNOT_TELL = "cannot tell"

# The named graph of the classes that were inferred.
INFERRED_GRAPH = GRAPH + "inferred-classes"

_RDFS = PREFIXES["rdfs"]
_OPPOSITE = {"Positive": "Negative", "Negative": "Positive"}
_CLASSES = {
    CONFORMANT: MSC + "PanelConformantProduct",
    CONTRADICTING: MSC + "PanelContradictingProduct",
}


@dataclass(frozen=True)
class Product:
    """An infused product with what was found of each marker of the panel.

    `wanted` and `found` map a marker's name to ``Positive`` or ``Negative``, `found` also to why
    there is no result (``TestedNotReported``, ``NotTested``, ``NotReported``); `before` has the
    same of cells that the product was derived from. A marker with several results keeps all.
    """

    iri: str
    trial: str
    paper: str
    wanted: Mapping[str, str]
    found: Mapping[str, tuple[str, ...]]
    before: Mapping[str, tuple[str, ...]]

    @property
    def opposite(self) -> list[str]:
        """The markers whose result is the opposite of what the panel asks for, A–Z."""
        return [m for m in self.wanted if _OPPOSITE[self.wanted[m]] in self.found.get(m, ())]

    @property
    def agreeing(self) -> list[str]:
        """The markers whose result is what the panel asks for, A–Z."""
        return [m for m in self.wanted if self.wanted[m] in self.found.get(m, ())]

    @property
    def verdict(self) -> str:
        """The verdict by rules: one opposite result contradicts, all five as wanted conform."""
        if self.opposite:
            return CONTRADICTING
        return CONFORMANT if len(self.agreeing) == len(self.wanted) else CANNOT_TELL

    @property
    def decided_by(self) -> str:
        """The observations that decide the verdict, in words; empty where it cannot be told."""
        deciding = {CONTRADICTING: self.opposite, CONFORMANT: self.agreeing}
        markers = deciding.get(self.verdict, [])
        return ", ".join(f"{m} {_WORDS[r]}" for m in markers for r in self._results(m))

    @property
    def missing(self) -> str:
        """What is missing where the verdict cannot be told, in words; empty otherwise."""
        if self.verdict != CANNOT_TELL:
            return ""
        gaps = []
        for marker in self.wanted:
            if marker in self.agreeing:
                continue
            own = self.found.get(marker)
            states = own or self.before.get(marker) or ("NotReported",)
            words = " and ".join(_WORDS[state] for state in states)
            earlier = not own and marker in self.before
            gaps.append(f"{marker} {words}{' on the cells it was made from' if earlier else ''}")
        return ", ".join(gaps)

    def _results(self, marker: str) -> list[str]:
        return [r for r in self.found[marker] if r in _OPPOSITE]


_WORDS = {
    "Positive": "positive",
    "Negative": "negative",
    "TestedNotReported": "tested without a result",
    "NotTested": "not tested",
    "NotReported": "not reported",
    "NotApplicable": "not applicable",
    "InFigureOnly": "in a figure only",
}


def products(store: ox.Store) -> list[Product]:
    """Return every infused product in ``store`` with its panel, sorted by trial and paper."""
    wanted = {
        local(row["marker"]): local(row["result"])
        for row in select(
            store,
            f"SELECT ?marker ?result WHERE {{ ?marker <{MSC}hasPanelResult> ?result }}"
            " ORDER BY ?marker",
        )
    }
    own = _observations(store, "")
    earlier = _observations(store, f"/<{MSC}isDerivedFrom>+")
    rows = select(
        store,
        f"""SELECT DISTINCT ?product ?trial ?paper WHERE {{
            ?product a <{MSC}CellProduct> .
            OPTIONAL {{
                ?product <{MSC}inAccount> ?account .
                ?account <{MSC}describes> ?trial ; <{MSC}isStatedIn> ?paper .
            }}
        }} ORDER BY ?trial ?paper ?product""",
    )
    return [
        Product(
            iri=value(row["product"]),
            trial=value(row["trial"]),
            paper=value(row["paper"]),
            wanted=wanted,
            found=own.get(value(row["product"]), {}),
            before=earlier.get(value(row["product"]), {}),
        )
        for row in rows
    ]


def verdicts_by_rules(store: ox.Store) -> dict[str, str]:
    """Return product → verdict by rules.

    Raises InconsistencyError, which names the products, when one was selected for CD34 and its
    cell type is a kind of mesenchymal stem cell.
    """
    if names := mislabelled(store):
        raise InconsistencyError(names)
    return {product.iri: product.verdict for product in products(store)}


def mislabelled(store: ox.Store) -> list[str]:
    """Return the products that were selected for CD34 and are typed as mesenchymal, sorted."""
    return [
        value(row["product"])
        for row in select(
            store,
            f"""SELECT DISTINCT ?product WHERE {{
                ?product a <{MSC}CellProduct> ; <{MSC}isSelectedFor> <{MSC}CD34> ;
                    <{MSC}hasCellType>/<{_RDFS}subClassOf>* <{MSC}MSC> .
            }} ORDER BY ?product""",
        )
    ]


def as_answer(found: Iterable[Product], verdicts: Mapping[str, str]) -> Answer:
    """Return products with their verdicts as rows, with what decides each and what is missing."""
    rows = (
        (
            ox.NamedNode(product.trial) if product.trial else None,
            ox.NamedNode(product.paper) if product.paper else None,
            ox.NamedNode(product.iri),
            ox.Literal(verdicts[product.iri]),
            ox.Literal(product.decided_by) if product.decided_by else None,
            ox.Literal(product.missing) if product.missing else None,
        )
        for product in found
    )
    return Answer(("trial", "paper", "product", "verdict", "decidedBy", "missing"), tuple(rows))


def as_graph(verdicts: Mapping[str, str], engine: str) -> str:
    """Return verdicts as a named graph in TriG, with the activity that generated it.

    ``verdicts`` maps a product's IRI to its verdict; ``engine`` names what inferred them. What
    cannot be told adds no statement.
    """
    dataset = ox.Dataset()
    graph = ox.NamedNode(INFERRED_GRAPH)
    activity = ox.NamedNode(f"{INFERRED_GRAPH}#{engine}")
    a = ox.NamedNode(PREFIXES["rdf"] + "type")
    for iri, verdict in sorted(verdicts.items()):
        if verdict in _CLASSES:
            dataset.add(ox.Quad(ox.NamedNode(iri), a, ox.NamedNode(_CLASSES[verdict]), graph))
    prov = PREFIXES["prov"]
    dataset.add(ox.Quad(graph, ox.NamedNode(prov + "wasGeneratedBy"), activity, graph))
    dataset.add(ox.Quad(activity, a, ox.NamedNode(prov + "Activity"), graph))
    label = ox.Literal(f"classification of products by {engine}", language="en")
    dataset.add(ox.Quad(activity, ox.NamedNode(_RDFS + "label"), label, graph))
    prefixes = {name: PREFIXES[name] for name in ("msc", "prov", "rdfs")}
    text = ox.serialize(sorted(dataset, key=str), format=ox.RdfFormat.TRIG, prefixes=prefixes)
    return (text or b"").decode("utf-8")


def _observations(store: ox.Store, path: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return product → marker → results and absences, at the end of ``path`` from the product."""
    step = path.removeprefix("/") or None
    reach = f"?product {step} ?cells ." if step else "BIND (?product AS ?cells)"
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in select(
        store,
        f"""SELECT DISTINCT ?product ?marker ?result WHERE {{
            ?product a <{MSC}CellProduct> .
            {reach}
            {{
                ?cells <{MSC}hasMarkerResult> ?tested .
                ?tested <{MSC}hasMarker> ?marker ; <{MSC}hasResult> ?result .
            }} UNION {{
                ?cells <{MSC}hasEvidence> ?gap .
                ?gap <{MSC}supports> <{MSC}hasMarkerResult> ; <{MSC}concerns> ?marker ;
                    <{MSC}hasStatus> ?result .
            }}
        }} ORDER BY ?product ?marker ?result""",
    ):
        markers = found.setdefault(value(row["product"]), {})
        marker = local(row["marker"])
        markers[marker] = (*markers.get(marker, ()), local(row["result"]))
    return found
