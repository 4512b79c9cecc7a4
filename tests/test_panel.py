"""The marker panel: rules and HermiT, held together on real and on synthetic products."""

import random
import sys

import pyoxigraph as ox
import pytest

from mscgraph.errors import InconsistencyError, MissingExtraError
from mscgraph.names import GRAPH, MSC, PREFIXES
from mscgraph.panel import (
    CANNOT_TELL,
    CONFORMANT,
    CONTRADICTING,
    INFERRED_GRAPH,
    as_answer,
    as_graph,
    products,
    verdicts_by_rules,
)
from mscgraph.reasoner import verdicts_by_reasoner
from mscgraph.store import load
from mscgraph.workspace import default

A = ox.NamedNode(PREFIXES["rdf"] + "type")
SHI = ox.NamedNode(GRAPH + "shi-2012#product")
KHARAZIHA = ox.NamedNode(GRAPH + "kharaziha-2009#product")
PANEL = {
    "CD73": "Positive",
    "CD90": "Positive",
    "CD105": "Positive",
    "CD34": "Negative",
    "CD45": "Negative",
}
OPPOSITE = {"Positive": "Negative", "Negative": "Positive"}


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(MSC + name)


def _measure(store: ox.Store, product: ox.NamedNode, marker: str, result: str) -> None:
    node = ox.NamedNode(f"{product.value}-{marker}-{result}")
    store.add(ox.Quad(product, _term("hasMarkerResult"), node))
    store.add(ox.Quad(node, A, _term("MarkerResult")))
    store.add(ox.Quad(node, _term("hasMarker"), _term(marker)))
    store.add(ox.Quad(node, _term("hasResult"), _term(result)))


def _product(store: ox.Store, name: str, cell_type: str) -> ox.NamedNode:
    product = ox.NamedNode(f"https://example.org/{name}")
    store.add(ox.Quad(product, A, _term("CellProduct")))
    store.add(ox.Quad(product, _term("hasCellType"), _term(cell_type)))
    return product


@pytest.fixture
def store() -> ox.Store:
    return load(default())


ENGINES = pytest.mark.parametrize(
    "verdicts", [verdicts_by_rules, verdicts_by_reasoner], ids=["rules", "hermit"]
)


def test_both_engines_agree_on_every_shipped_product(store: ox.Store) -> None:
    by_rules = verdicts_by_rules(store)
    assert by_rules == verdicts_by_reasoner(store)
    assert by_rules[SHI.value] == CONFORMANT
    assert by_rules[KHARAZIHA.value] == CANNOT_TELL
    assert len(by_rules) == len(products(store))


def test_a_verdict_says_what_decides_it_and_what_is_missing(store: ox.Store) -> None:
    found = {product.iri: product for product in products(store)}
    shi, kharaziha = found[SHI.value], found[KHARAZIHA.value]
    assert shi.decided_by == (
        "CD105 positive, CD34 negative, CD45 negative, CD73 positive, CD90 positive"
    )
    assert shi.missing == ""
    assert kharaziha.decided_by == ""
    assert "CD90 not tested on the cells it was made from" in kharaziha.missing
    assert "CD45 tested without a result on the cells it was made from" in kharaziha.missing


@ENGINES
def test_one_opposite_result_flips_a_conformant_product(verdicts, store: ox.Store) -> None:  # type: ignore[no-untyped-def]
    _measure(store, SHI, "CD34", "Positive")
    assert verdicts(store)[SHI.value] == CONTRADICTING


@ENGINES
def test_what_was_measured_before_priming_decides_nothing(verdicts, store: ox.Store) -> None:  # type: ignore[no-untyped-def]
    cultured = ox.NamedNode(GRAPH + "kharaziha-2009#cultured")
    _measure(store, cultured, "CD90", "Positive")
    _measure(store, cultured, "CD45", "Negative")
    assert verdicts(store)[KHARAZIHA.value] == CANNOT_TELL


def test_both_engines_agree_on_200_synthetic_products(store: ox.Store) -> None:
    chance = random.Random(20261121)  # noqa: S311 - nothing secret
    for number in range(200):
        product = _product(store, f"p{number}", chance.choice(["AdiposeMSC", "CD34SelectedCell"]))
        for marker, wanted in {**PANEL, "CD44": "Positive"}.items():
            (result,) = chance.choices(
                [wanted, "TestedNotReported", None, OPPOSITE[wanted]], [90, 3, 3, 4]
            )
            if result:
                _measure(store, product, marker, result)
    by_rules = verdicts_by_rules(store)
    assert by_rules == verdicts_by_reasoner(store)
    synthetic = [v for iri, v in by_rules.items() if iri.startswith("https://example.org/")]
    assert len(synthetic) == 200
    assert set(synthetic) == {CONFORMANT, CONTRADICTING, CANNOT_TELL}


@ENGINES
@pytest.mark.parametrize("kind", ["MSC", "BoneMarrowMSC", "WhartonsJellyMSC"])
def test_cells_selected_for_cd34_cannot_be_mesenchymal(  # type: ignore[no-untyped-def]
    verdicts, kind: str, store: ox.Store
) -> None:
    product = _product(store, "mislabelled", kind)
    store.add(ox.Quad(product, _term("isSelectedFor"), _term("CD34")))
    with pytest.raises(InconsistencyError, match="mislabelled") as caught:
        verdicts(store)
    assert caught.value.products == [product.value]
    assert caught.value.exit_status == 1


@ENGINES
def test_near_misses_are_consistent(verdicts, store: ox.Store) -> None:  # type: ignore[no-untyped-def]
    selected = _product(store, "haematopoietic", "CD34SelectedCell")
    store.add(ox.Quad(selected, _term("isSelectedFor"), _term("CD34")))
    enriched = _product(store, "enriched", "BoneMarrowMSC")
    store.add(ox.Quad(enriched, _term("isSelectedFor"), _term("CD271")))
    found = verdicts(store)
    assert found[selected.value] == found[enriched.value] == CANNOT_TELL


def test_inferences_are_a_graph_of_their_own(store: ox.Store) -> None:
    text = as_graph(verdicts_by_rules(store), "rules")
    quads = list(ox.parse(text, format=ox.RdfFormat.TRIG))
    graph = ox.NamedNode(INFERRED_GRAPH)
    assert {quad.graph_name for quad in quads} == {graph}
    assert ox.Quad(SHI, A, _term("PanelConformantProduct"), graph) in quads
    assert all(quad.subject != KHARAZIHA for quad in quads)
    generated = ox.NamedNode(PREFIXES["prov"] + "wasGeneratedBy")
    assert [quad for quad in quads if quad.predicate == generated and quad.subject == graph]


def test_rows_hold_what_other_programs_lean_on(store: ox.Store) -> None:
    answer = as_answer(products(store), verdicts_by_rules(store))
    assert answer.columns == ("trial", "paper", "product", "verdict", "decidedBy", "missing")
    verdict = answer.columns.index("verdict")
    assert {str(getattr(row[verdict], "value", "")) for row in answer.rows} <= {
        CONFORMANT,
        CONTRADICTING,
        CANNOT_TELL,
    }


def test_a_missing_extra_is_named(store: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "owlready2", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'mscgraph\[reason\]'"):
        verdicts_by_reasoner(store)
