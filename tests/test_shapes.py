"""Every shape: what it must accept, and exactly what it must object to.

``tests/fixtures/shapes/`` holds three folders of small graphs. A graph in ``valid/`` or
``near-miss/`` draws no violation; one in ``invalid/`` opens with ``# expect: shape:NAME …`` and
draws exactly those, warnings included. A near miss looks wrong and is right: its first line says
why.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from rdflib import SH, Graph, URIRef

from mscgraph.document import read_document
from mscgraph.names import SHAPE
from mscgraph.validation import Report, validate
from mscgraph.workspace import Workspace, default

FIXTURES = Path(__file__).parent / "fixtures" / "shapes"
# What intake finds, before any shape is asked.
INTAKE_RULES = {
    "damage-left",
    "impossible-iri",
    "impossible-language",
    "impossible-literal",
    "markup-in-text",
    "node-not-described",
    "node-without-class",
    "unknown-term",
    "value-not-in-list",
}


def _files(kind: str) -> list[Path]:
    return sorted((FIXTURES / kind).glob("*.ttl"))


@pytest.fixture(scope="module")
def reports() -> dict[Path, Report]:
    paths = [path for kind in ("valid", "invalid", "near-miss") for path in _files(kind)]
    documents = (read_document(path) for path in paths)
    return dict(zip(paths, validate(documents, default()), strict=True))


def _expected(path: Path) -> set[str]:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# expect: "), f"{path}: begin with '# expect: shape:NAME'"
    return set(re.findall(r"shape:([\w-]+)", first))


@pytest.mark.parametrize("path", _files("valid") + _files("near-miss"), ids=lambda path: path.stem)
def test_what_is_right_draws_no_violation(path: Path, reports: dict[Path, Report]) -> None:
    violations = [f for f in reports[path].findings if f.severity == "violation"]
    assert not violations


@pytest.mark.parametrize("path", _files("invalid"), ids=lambda path: path.stem)
def test_what_is_wrong_draws_exactly_the_expected_shapes(
    path: Path, reports: dict[Path, Report]
) -> None:
    assert {finding.rule for finding in reports[path].findings} == _expected(path)


@pytest.mark.parametrize("path", _files("invalid"), ids=lambda path: path.stem)
def test_an_objection_names_its_line_and_speaks_to_a_curator(
    path: Path, reports: dict[Path, Report]
) -> None:
    for finding in reports[path].findings:
        assert finding.line is not None, finding.node
        assert "://" not in finding.message
        assert "{?" not in finding.message
        assert finding.message.endswith((".", "?"))


def _shapes() -> Iterable[str]:
    graph = Graph()
    for path in default().shapes():
        graph.parse(path)
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.path)
    nodes = {node for target in targets for node in graph.subjects(target)}
    with_rules = {
        node
        for node in nodes
        if isinstance(node, URIRef)
        and ((node, SH.path, None) in graph or (node, SH.sparql, None) in graph)
    }
    return sorted(str(node).removeprefix(SHAPE) for node in with_rules)


@pytest.mark.parametrize("shape", [*_shapes(), *sorted(INTAKE_RULES)])
def test_every_shape_has_a_graph_that_breaks_it(shape: str) -> None:
    assert any(shape in _expected(path) for path in _files("invalid"))


def test_no_fixture_is_passed_over() -> None:
    for kind in ("valid", "invalid", "near-miss"):
        names = {path.name for path in (FIXTURES / kind).iterdir()}
        assert names
        assert names == {path.name for path in _files(kind)}


def test_several_processes_give_the_same_reports(workspace: Workspace) -> None:
    documents = [read_document(path) for path in sorted((FIXTURES / "invalid").glob("*.ttl"))[:4]]
    alone = list(validate(documents, workspace))
    assert any(report.findings for report in alone)
    assert list(validate(documents, workspace, processes=2)) == alone
