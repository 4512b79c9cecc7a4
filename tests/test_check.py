"""Discrepancies: each kind on a failing fixture and a near miss, and the shipped papers."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from mscgraph.check import Kind, discrepancies, kinds
from mscgraph.check.acknowledged import read_acknowledgements
from mscgraph.check.kind import read_kind
from mscgraph.check.report import as_answer, as_graph
from mscgraph.errors import AcknowledgementError, CheckHeaderError
from mscgraph.names import MSC
from mscgraph.rendering import render
from mscgraph.workspace import Workspace, default
from tests.conftest import Run

FIXTURES = Path(__file__).parent / "fixtures" / "checks"
GOLDEN = Path(__file__).parent / "golden" / "check" / "report.csv"
KINDS = kinds(default())


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> Kind:
    assert isinstance(request.param, Kind)
    return request.param


def workspace_of(graphs: Path, root: Path) -> Workspace:
    """Return a workspace at ``root`` whose paper graphs are those in the folder ``graphs``."""
    for name in ("ontology", "queries", "shapes"):
        (root / name).symlink_to(default().root / name)
    (root / "graphs").symlink_to(graphs)
    return Workspace.at(root)


def test_every_kind_has_its_fixtures_and_none_is_left_over() -> None:
    assert KINDS
    assert {path.name for path in FIXTURES.iterdir()} == {kind.name for kind in KINDS}


def test_the_failing_fixture_gives_its_sentences(kind: Kind, tmp_path: Path) -> None:
    folder = FIXTURES / kind.name / "fails"
    found = discrepancies(workspace_of(folder, tmp_path), [kind])
    expected = (folder / "sentences.txt").read_text(encoding="utf-8").splitlines()
    assert expected
    assert [each.sentence for each in found] == expected


def test_the_near_miss_is_silent(kind: Kind, tmp_path: Path) -> None:
    folder = FIXTURES / kind.name / "near-miss"
    assert list(folder.glob("*.ttl"))
    assert [d.sentence for d in discrepancies(workspace_of(folder, tmp_path), [kind])] == []


def test_the_papers_give_the_golden_report() -> None:
    """Each line was checked by hand; write it again only for a change that is meant."""
    found = discrepancies(default(), KINDS)
    assert render(as_answer(found, {}), "csv") == GOLDEN.read_text(encoding="utf-8"), (
        "run: mscgraph check --format csv > tests/golden/check/report.csv, and check each line"
    )


def test_sentences_hold_no_iri_and_no_open_slot() -> None:
    for each in discrepancies(default(), KINDS):
        assert "http" not in each.sentence
        assert "{" not in each.sentence
        assert each.sentence.endswith(".")


def test_the_graph_says_how_it_came_about() -> None:
    text = as_graph(discrepancies(default(), KINDS))
    assert "wasGeneratedBy" in text
    store = ox.Store()
    store.load(text.encode("utf-8"), format=ox.RdfFormat.TRIG)
    kind = ox.NamedNode(MSC + "Discrepancy")
    assert len(list(store.quads_for_pattern(None, None, kind, None))) == len(
        discrepancies(default(), KINDS)
    )


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        ("#+ severity: grave\n", "the severity is one of contradiction"),
        ("#+ severity: note\n#+ scope: nowhere\n", "the scope is one of"),
        ("#+ severity: note\n#+ scope: inside a paper\n", "add '#\\+ summary: …'"),
        ("#+ severity: note\n#+ scope: inside a paper\n#+ judge: x\n", "the judge is one of"),
        ("#+ [\n", "is not YAML"),
    ],
)
def test_a_poor_header_is_named(header: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "a.rq"
    path.write_text(header + "SELECT * WHERE { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(CheckHeaderError, match=complaint):
        read_kind(path)


@pytest.mark.parametrize(
    "content", ["kind\tnodes\n", "kind\tnodes\treason\ncountry\tx\n", "a\tb\tc\n"]
)
def test_a_faulty_list_of_reviews_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "acknowledged.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AcknowledgementError, match=r"acknowledged\.tsv:[12]: "):
        read_acknowledgements(path)


def test_a_reviewed_discrepancy_stays_visible(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "graphs"
    folder.mkdir()
    for path in (FIXTURES / "country" / "fails").glob("*.ttl"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    root = tmp_path / "root"
    root.mkdir()
    workspace_of(folder, root)
    options = (
        "--workspace",
        str(root),
        "check",
        "--kind",
        "country",
        "--strict",
        "--format",
        "json",
    )
    open_end = run(*options)
    assert open_end.returncode == 1
    nodes = json.loads(open_end.stdout)[0]["nodes"]
    (folder / "acknowledged.tsv").write_text(
        f"kind\tnodes\treason\ncountry\t{nodes}\tThe review is wrong.\n", encoding="utf-8"
    )
    reviewed = run(*options)
    assert reviewed.returncode == 0
    assert json.loads(reviewed.stdout)[0]["acknowledged"] == "The review is wrong."


def test_a_new_paper_is_held_against_the_others(tmp_path: Path, run: Run) -> None:
    folder = FIXTURES / "country" / "fails"
    root = tmp_path / "root"
    (root / "graphs").mkdir(parents=True)
    first, *others = sorted(folder.glob("*.ttl"))
    for path in others:
        (root / "graphs" / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    for name in ("ontology", "queries", "shapes"):
        (root / name).symlink_to(default().root / name)
    done = run("--workspace", str(root), "check", str(first), "--against", "--format", "json")
    assert done.returncode == 0
    assert "country" in {row["kind"] for row in json.loads(done.stdout)}
    assert run("check", str(first)).returncode == 2
    assert run("check", "--kind", "contry").returncode == 2


def test_a_row_may_be_milder_than_its_kind(tmp_path: Path) -> None:
    (kind,) = (kind for kind in KINDS if kind.name == "direction-against-figures")
    found = discrepancies(workspace_of(FIXTURES / kind.name / "fails", tmp_path), [kind])
    assert [each.severity for each in found][-1] == "note"
    assert found[0].severity == kind.severity == "contradiction"


def test_discrepancies_of_one_severity(run: Run) -> None:
    done = run("check", "--severity", "contradiction", "--format", "json")
    assert done.returncode == 0
    assert {row["severity"] for row in json.loads(done.stdout)} == {"contradiction"}
    assert run("check", "--severity", "grave").returncode == 2
