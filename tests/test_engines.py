"""Each stored question gives the same rows in a second SPARQL engine, rdflib."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from mscgraph.answer import Row, ask
from mscgraph.canonical import read_graph
from mscgraph.document import read_document
from mscgraph.question import read_question
from mscgraph.store import ACCOUNTS_GRAPH, load
from mscgraph.workspace import Workspace, default

# rdflib is slow: it is asked of the first collection of papers that has an answer at all.
COLLECTIONS = (
    ("kharaziha-2009", "liang-2017"),
    ("kharaziha-2009", "pan-2014"),
    ("kharaziha-2009", "li-2022", "liang-2017", "pan-2014", "shi-2012"),
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engines")


@cache
def collection(root: Path, papers: tuple[str, ...]) -> tuple[ox.Store, Graph]:
    """Return the store of a workspace with ``papers`` alone, and the same as rdflib has it."""
    folder = root / "-".join(papers)
    (folder / "graphs").mkdir(parents=True)
    for name in ("ontology", "queries", "shapes"):
        (folder / name).symlink_to(default().root / name)
    for path in default().graphs():
        if path.stem in papers or path not in default().paper_graphs():
            (folder / "graphs" / path.name).symlink_to(path)
    workspace = Workspace.at(folder)
    store = load(workspace)
    merged = Graph()
    for file in [workspace.ontology, workspace.reporting, *workspace.graphs()]:
        merged += read_graph(read_document(file))
    ties = store.quads_for_pattern(None, None, None, ox.NamedNode(ACCOUNTS_GRAPH))
    text = "\n".join(f"{tie.subject} {tie.predicate} {tie.object} ." for tie in ties)
    return store, merged.parse(data=text, format="nt")


@pytest.mark.parametrize("path", default().questions(), ids=lambda path: path.stem)
def test_rdflib_gives_the_same_rows(path: Path, root: Path) -> None:
    sparql = read_question(path).sparql
    for papers in COLLECTIONS:
        store, merged = collection(root, papers)
        answer = ask(store, sparql)
        if answer.rows:
            break
    assert answer.rows
    found = {
        tuple("" if cell is None else _plain(str(cell)) for cell in row)  # type: ignore[union-attr]
        for row in merged.query(sparql)
    }
    assert found == {_as_text(row) for row in answer.rows}


def _as_text(row: Row) -> tuple[str, ...]:
    return tuple("" if cell is None else _plain(str(getattr(cell, "value", cell))) for cell in row)


def _plain(text: str) -> str:
    """Return a number without the zeros that one engine keeps and the other drops."""
    return f"{Decimal(text).normalize():f}" if re.fullmatch(r"-?\d+(\.\d+)?", text) else text
