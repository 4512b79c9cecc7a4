"""Every graph that ships: canonical, valid, and every trial identified."""

from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from mscgraph.canonical import canonical, read_graph
from mscgraph.document import read_document
from mscgraph.names import MSC as MSC_IRI
from mscgraph.names import graph_iri
from mscgraph.unclaimed import reasons_path
from mscgraph.validation import validate
from mscgraph.workspace import Workspace, default

MSC = Namespace(MSC_IRI)
# What a paper really prints and someone has looked at: doses for each kilogram that no trial gives.
WARNED = {"li-2022": {"dose-lanthier-2017", "dose-lin-2017", "dose-wang-2014"}}


@pytest.fixture(params=default().graphs(), ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


@pytest.fixture(params=default().paper_graphs(), ids=lambda path: path.stem)
def paper_graph(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


def test_all_graphs_are_looked_at(workspace: Workspace) -> None:
    listed = {path.name for path in (workspace.root / "graphs").iterdir()}
    reasons = {reasons_path(path).name for path in workspace.paper_graphs()}
    assert listed - reasons == {path.name for path in workspace.graphs()}
    assert {path.stem for path in workspace.paper_graphs()} == {
        "kharaziha-2009",
        "li-2022",
        "liang-2017",
        "pan-2014",
        "shi-2012",
    }


def test_a_graph_is_in_canonical_form(path: Path, workspace: Workspace) -> None:
    document = read_document(path)
    ontology = read_graph(read_document(workspace.ontology))
    assert document.text == canonical(document, ontology), f"run: mscgraph fmt {path}"


def test_a_graph_conforms(path: Path, workspace: Workspace) -> None:
    (report,) = validate([read_document(path)], workspace)
    assert report.conforms, f"run: mscgraph validate {path}"
    warned = {finding.node.partition("#")[2] for finding in report.findings}
    assert warned == WARNED.get(path.stem, set())


def test_a_paper_graph_is_named_after_its_file(paper_graph: Path) -> None:
    graph = read_graph(read_document(paper_graph))
    assert (URIRef(graph_iri(paper_graph.stem)), RDF.type, MSC.PaperGraph) in graph
    subjects = {str(node) for node in graph.subjects() if "#" in str(node)}
    assert all(node.startswith(graph_iri(paper_graph.stem)) for node in subjects)


def test_each_account_is_identified_with_its_trial(workspace: Workspace) -> None:
    merged = Graph()
    for path in workspace.graphs():
        merged += read_graph(read_document(path))
    accounts = set(merged.subjects(RDF.type, MSC.Account))
    identified = set(merged.objects(None, MSC.ofAccount))
    assert accounts
    assert accounts == identified
    for account in accounts:
        trial = merged.value(account, MSC.describes)
        assert (trial, RDF.type, MSC.Trial) in merged
        assert (None, MSC.asTrial, trial) in merged


def test_an_absence_beside_a_value_says_what_it_concerns(
    paper_graph: Path, workspace: Workspace
) -> None:
    ontology = read_graph(read_document(workspace.ontology))
    absences = set(ontology.subjects(RDF.type, MSC.Absence))
    graph = read_graph(read_document(paper_graph))
    silent = [
        evidence
        for evidence, status in graph.subject_objects(MSC.hasStatus)
        if status in absences and (evidence, MSC.concerns, None) not in graph
    ]
    assert silent
    denied = {
        (node, supported)
        for evidence in silent
        for node in graph.subjects(MSC.hasEvidence, evidence)
        for supported in graph.objects(evidence, MSC.supports)
        for value in graph.objects(node, supported)
        if value not in absences and not str(value).endswith("NotStated")
    }
    assert denied == set()
