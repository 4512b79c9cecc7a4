"""The store: named graphs, their merge, and what is computed kept apart."""

from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from mscgraph.errors import TurtleError
from mscgraph.names import GRAPH, MSC, PREFIXES, graph_iri
from mscgraph.store import ACCOUNTS_GRAPH, REPORTING_GRAPH, load
from mscgraph.workspace import FOLDERS, Workspace, default


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load(default())


def test_each_file_has_its_graph(store: ox.Store) -> None:
    names = {graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    files = {graph_iri(path.stem) for path in default().graphs()}
    assert names == files | {MSC.rstrip("#"), ACCOUNTS_GRAPH, REPORTING_GRAPH}


def test_the_default_graph_is_the_merge(store: ox.Store) -> None:
    def say(quads: Iterable[ox.Quad]) -> list[tuple[object, ...]]:
        # A node without a name is another node in each graph.
        triples = ((quad.subject, quad.predicate, quad.object) for quad in quads)
        return [t for t in triples if not any(isinstance(part, ox.BlankNode) for part in t)]

    named = set(say(quad for quad in store if quad.graph_name != ox.DefaultGraph()))
    merged = say(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert len(merged) == len(set(merged))
    assert set(merged) == named


def test_a_statement_that_two_graphs_make_counts_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    root = tmp_path_factory.mktemp("workspace")
    for name in FOLDERS:
        (root / name).mkdir()
    (root / "ontology" / "mscgraph.ttl").touch()
    statement = "<https://example.org/a> <https://example.org/b> 1 .\n"
    for name in ("a-2020", "b-2021"):
        (root / "graphs" / f"{name}.ttl").write_text(statement, encoding="utf-8")
    found = load(Workspace(root))
    assert len(list(found.quads_for_pattern(None, None, None, ox.DefaultGraph()))) == 1
    assert len(found) == 3


def test_every_node_of_an_account_is_tied_to_it_and_to_no_other(store: ox.Store) -> None:
    tie = ox.NamedNode(MSC + "inAccount")
    ties: dict[object, set[object]] = {}
    for quad in store.quads_for_pattern(None, tie, None, ox.NamedNode(ACCOUNTS_GRAPH)):
        ties.setdefault(quad.subject, set()).add(quad.object)
    own = ox.NamedNode(GRAPH + "kharaziha-2009#account-kharaziha")
    for local in ("meld-24", "ev-meld-24", "patient-3-portal-vein", "marker-cd45", "hgf"):
        assert ties[ox.NamedNode(f"{GRAPH}kharaziha-2009#{local}")] == {own}
    shared = {
        getattr(node, "value", "").partition("#")[2]
        for node, accounts in ties.items()
        if len(accounts) > 1
    }
    # One sentence, or one reference, may speak of several trials; nothing else is shared.
    assert all(name.startswith(("ev-", "reference-")) for name in shared)


def test_what_is_computed_is_in_no_paper_graph(store: ox.Store) -> None:
    tie = ox.NamedNode(MSC + "inAccount")
    graphs = {quad.graph_name for quad in store.quads_for_pattern(None, tie, None, None)}
    assert graphs == {ox.NamedNode(ACCOUNTS_GRAPH), ox.DefaultGraph()}


def test_broken_turtle_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("workspace")
    for name in FOLDERS:
        (root / name).mkdir()
    (root / "ontology" / "mscgraph.ttl").touch()
    (root / "graphs" / "a.ttl").write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(TurtleError, match=r"a\.ttl: not Turtle"):
        load(Workspace(root))


def test_the_computed_graph_says_how_it_came_about(store: ox.Store) -> None:
    graph = ox.NamedNode(ACCOUNTS_GRAPH)
    made = ox.NamedNode(PREFIXES["prov"] + "wasGeneratedBy")
    activities = [quad.object for quad in store.quads_for_pattern(graph, made, None, graph)]
    assert len(activities) == 1
    assert isinstance(activities[0], ox.NamedNode)
    about = list(store.quads_for_pattern(activities[0], None, None, graph))
    assert {quad.predicate.value for quad in about} == {
        PREFIXES["rdf"] + "type",
        PREFIXES["rdfs"] + "label",
    }
