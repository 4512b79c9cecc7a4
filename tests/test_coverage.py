"""Reporting coverage: states and traps on a small graph, and the shipped graphs by hand.

The golden answers are what ``mscgraph coverage`` prints; each row of Kharaziha, Shi, Liang and of
five rows of Li's table was checked by eye against its paper.
"""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from mscgraph.coverage import (
    ABSENT,
    SIGNS,
    STATED,
    AccountCoverage,
    Cell,
    State,
    assess,
    choose_lists,
    legend,
    matrix,
    places,
    read_lists,
    summary,
)
from mscgraph.errors import ParameterError, WorkspaceError
from mscgraph.names import MSC, PREFIXES, graph_iri
from mscgraph.panel import products
from mscgraph.rendering import render
from mscgraph.store import load
from mscgraph.workspace import FOLDERS, Workspace, default

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "coverage"
TRAPS = HERE / "fixtures" / "coverage" / "traps-2020.ttl"

# Trial of the fixture → item → the sign of its cell.
EXPECTED = {
    "printed": {"doses-donor": "+", "doses-origin": "?"},
    "repaired": {"doses-donor": "+"},
    "inferred": {"doses-donor": "i"},
    "derived": {"doses-donor": "i"},
    "twice": {"doses-donor": "+"},
    "partly": {"doses-donor": "±", "isct-cd105": "?"},
    "partly-inapplicable": {"doses-donor": "+"},
    "inapplicable": {"doses-donor": "/"},
    "absent": {
        "doses-donor": "−",
        "doses-separation": "−",
        "doses-character": "−",
        "doses-site": "?",
        "isct-adherence": "−",
        "isct-cd105": "−",
        "isct-cd14-or-cd11b": "−",
        "isct-osteoblasts": "−",
    },
    "silent": {"doses-donor": "?", "doses-character": "?", "isct-cd105": "?", "doses-site": "?"},
    "donor-kind": {"doses-donor": "?"},
    "inherited": {"doses-donor": "+", "doses-separation": "+", "isct-cd105": "?"},
    "marked": {
        "doses-character": "+",
        "isct-cd105": "+",
        "isct-cd73": "?",
        "isct-cd90": "u",
        "isct-cd34": "≠",
        "isct-cd14-or-cd11b": "+",
        "isct-osteoblasts": "≠",
        "isct-adipocytes": "?",
    },
    "earlier": {
        "doses-character": "(+)",
        "isct-cd105": "(+)",
        "isct-cd90": "(u)",
        "isct-cd73": "−",
    },
    "earlier-untold": {"doses-character": "−", "isct-cd105": "(t)", "isct-cd73": "−"},
    "later": {"doses-character": "?", "isct-cd105": "?"},
    "background": {"doses-character": "?", "isct-cd105": "?"},
    "untold": {"isct-cd105": "t", "doses-character": "?"},
    "said-untold": {"isct-cd105": "t"},
    "drawn": {"isct-cd105": "f"},
    "one-of-two": {"isct-cd14-or-cd11b": "?"},
    "both-of-two": {"isct-cd14-or-cd11b": "u"},
    "selected": {"doses-separation": "i"},
    "no-separation": {"doses-separation": "?"},
    "adherent": {"isct-adherence": "+"},
    "adherent-before": {"isct-adherence": "(+)"},
    "routes": {"doses-site": "±"},
    "restated": {"doses-site": "+"},
    "no-way": {"doses-site": "−"},
    "no-route": {"doses-site": "−"},
    "no-product": {"doses-donor": "−", "doses-site": "−", "doses-origin": "?"},
    "empty": {"doses-donor": "?", "doses-site": "?"},
}


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load(default())


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    """Return a store with the graph of traps alone."""
    root = tmp_path_factory.mktemp("workspace")
    for name in FOLDERS:
        (root / name).mkdir()
    for file in (default().ontology, default().reporting):
        (root / "ontology" / file.name).write_bytes(file.read_bytes())
    (root / "graphs" / TRAPS.name).write_bytes(TRAPS.read_bytes())
    return load(Workspace.at(root))


def _of(store: ox.Store, paper: str, trial: str) -> AccountCoverage:
    (found,) = assess(
        store,
        read_lists(store),
        kinds=("own-report", "tabulated", "mentioned"),
        trials=[PREFIXES["trial"] + trial],
        papers=[PREFIXES["paper"] + paper],
    )
    return found


def _cell(account: AccountCoverage, item: str) -> Cell:
    (found,) = (
        cell
        for cells in account.cells.values()
        for cell in cells
        if cell.item.iri == PREFIXES["reporting"] + item
    )
    return found


@pytest.mark.parametrize(
    ("trial", "item", "sign"),
    [(trial, item, sign) for trial, cells in EXPECTED.items() for item, sign in cells.items()],
)
def test_a_state_is_told_from_those_it_resembles(
    trial: str, item: str, sign: str, small: ox.Store
) -> None:
    assert _cell(_of(small, "traps-2020", trial), item).sign == sign


def test_the_traps_show_every_state_and_no_account_is_left_out(small: ox.Store) -> None:
    signs = {sign.strip("()") for cells in EXPECTED.values() for sign in cells.values()}
    assert signs == {sign.strip("()") for sign in SIGNS.values()} | {"≠"}
    covered = assess(small, read_lists(small))
    assert {account.trial.rpartition("/")[2] for account in covered} == set(EXPECTED)


def test_an_account_takes_nothing_from_another_paper(small: ox.Store) -> None:
    other = _of(small, "other-2021", "printed")
    assert other.kind == "mentioned"
    assert {cell.state for cells in other.cells.values() for cell in cells} == {State.NOT_EXTRACTED}


def test_a_cell_says_of_which_cells_it_speaks(small: ox.Store) -> None:
    cell = _cell(_of(small, "traps-2020", "earlier"), "isct-cd105")
    (trace,) = cell.traces
    assert (trace.cells, trace.value, trace.locator) == (
        "mononuclear cells",
        "CD105: positive",
        "Results",
    )
    partly = _cell(_of(small, "traps-2020", "partly"), "doses-donor")
    assert [(t.cells, t.value, t.reason) for t in partly.traces] == [
        ("partly-a", "autologous", ""),
        ("partly-b", "", "Not said."),
    ]


def test_the_words_of_absences_are_those_of_the_ontology(store: ox.Store) -> None:
    labels = {
        row[0].value
        for row in store.query(  # type: ignore[union-attr]
            f"""SELECT ?label WHERE {{
                ?status a <{MSC}Absence> ; <{PREFIXES["rdfs"]}label> ?label .
            }}"""
        )
    }
    assert labels == {state.value for state in ABSENT}


def test_kharaziha_shi_and_liang_are_as_their_papers_say(store: ox.Store) -> None:
    # Read off the papers: markers and lineages of Kharaziha are of the cells before priming, and
    # CD45 is named in the methods alone; Shi leaves out CD14, CD11b, CD79a, CD19 and cartilage;
    # of Liang the abstract tells donor, tissues and vein.
    def signs(paper: str, name: str) -> str:
        return " ".join(cell.sign for cell in _of(store, paper, paper).cells[name])

    assert signs("kharaziha-2009", "doses") == "+ + + (+) +"
    assert signs("shi-2012", "doses") == "i + + + +"
    assert signs("liang-2017", "doses") == "+ + − − +"
    kharaziha = "(+) (+) (u) (t) (+) (u) (u) (u) (+) (+) (−)"
    assert signs("kharaziha-2009", "isct").partition(" ")[2] == kharaziha
    assert signs("shi-2012", "isct").partition(" ")[2] == "+ + + + + − − + + + u"
    assert signs("liang-2017", "isct") == " ".join("−" * 12)
    assert not _of(store, "liang-2017", "liang-2017").is_read_in_full


@pytest.mark.parametrize(
    ("trial", "donor", "tissue", "routes"),
    [
        (
            "el-ansary-2010",
            "autologous",
            {"bone marrow"},
            {"intrasplenic route", "peripheral vein"},
        ),
        (
            "liang-2017",
            "allogeneic",
            {"umbilical cord", "umbilical cord blood", "bone marrow"},
            {"peripheral vein"},
        ),
        ("li-2016", None, {"umbilical cord"}, {"peripheral vein"}),
        ("schacher-2021", "allogeneic", {"bone marrow"}, {"peripheral vein"}),
        ("suk-2016", "autologous", {"bone marrow"}, {"hepatic artery"}),
    ],
)
def test_five_rows_of_li_are_as_its_table_prints_them(
    trial: str, donor: str | None, tissue: set[str], routes: set[str], store: ox.Store
) -> None:
    account = _of(store, "li-2022", trial)
    values = {
        item: {trace.value for trace in _cell(account, item).traces if trace.value}
        for item in ("doses-donor", "doses-origin", "doses-site")
    }
    assert values["doses-donor"] == ({donor} if donor else set())
    assert values["doses-origin"] == tissue
    assert values["doses-site"] == routes
    for item in ("doses-separation", "doses-character", "isct-cd105", "isct-adherence"):
        cell = _cell(account, item)
        assert cell.state == State.NOT_REPORTED
        assert {trace.reason for trace in cell.traces} == {"The table has no column for it."}


def test_the_panel_and_the_coverage_agree_on_every_product(store: ox.Store) -> None:
    covered = {
        account.account: account
        for account in assess(store, read_lists(store), kinds=("own-report", "tabulated"))
    }
    compared = 0
    for product in products(store):
        at = store.quads_for_pattern(
            ox.NamedNode(product.iri), ox.NamedNode(MSC + "inAccount"), None, ox.DefaultGraph()
        )
        account = covered.get(next(at).object.value)  # type: ignore[union-attr]
        if account is None or len(_bearers(account)) > 1:
            continue
        for marker, wanted in product.wanted.items():
            cell = _cell(account, f"isct-{marker.lower()}")
            assert cell.item.wanted == MSC + wanted
            own = set(product.found.get(marker, ())) & {"Positive", "Negative"}
            assert bool(own) == (cell.state in STATED)
            earlier = set(product.before.get(marker, ())) & {"Positive", "Negative"}
            assert (cell.state == State.EARLIER) == (bool(earlier) and not own)
            assert cell.is_contrary == (marker in product.opposite)
            compared += 1
    assert compared > 100


def _bearers(account: AccountCoverage) -> set[str]:
    return {trace.bearer for trace in _cell(account, "doses-donor").traces}


def test_places_are_the_golden_ones(store: ox.Store) -> None:
    # Kharaziha, Shi and Liang by themselves, and five rows of Li's table.
    own = assess(store, read_lists(store), kinds=["own-report"])
    five = ("el-ansary-2010", "li-2016", "liang-2017", "schacher-2021", "suk-2016")
    rows = assess(
        store,
        read_lists(store),
        kinds=["tabulated"],
        papers=[PREFIXES["paper"] + "li-2022"],
        trials=[PREFIXES["trial"] + trial for trial in five],
    )
    text = render(places([*own, *rows], read_lists(store)), "csv")
    golden = (GOLDEN / "places.csv").read_text(encoding="utf-8")
    assert text == golden, (
        "compare mscgraph coverage --format csv with tests/golden/coverage/places.csv, and check "
        "each changed row against its paper"
    )


@pytest.mark.parametrize("name", ["doses", "isct"])
def test_matrices_are_the_golden_ones(name: str, store: ox.Store) -> None:
    (which,) = choose_lists(store, (name,))
    text = render(matrix(assess(store, [which]), which), "csv")
    golden = (GOLDEN / f"{name}.csv").read_text(encoding="utf-8")
    assert text == golden, (
        f"compare mscgraph coverage --list {name} --format table with tests/golden/coverage/"
        f"{name}.csv, and check each changed sign against its paper"
    )


def test_the_counts_add_up(store: ox.Store) -> None:
    lists = read_lists(store)
    answer = summary(assess(store, lists, kinds=("own-report", "tabulated", "mentioned")), lists)
    for row in answer.rows:
        count = {
            column: int(cell.value)
            for column, cell in zip(answer.columns, row, strict=True)
            if isinstance(cell, ox.Literal) and cell.datatype.value.endswith("#integer")
        }
        parts = ("stated", "partly", "earlierCells", "absent", "notExtracted")
        assert sum(count[part] for part in parts) == count["items"]
        assert count["inferred"] <= count["stated"]
        assert count["items"] in (5, 12)


def test_rows_come_in_one_order(store: ox.Store) -> None:
    again = ox.Store()
    again.extend(reversed([*store.quads_for_pattern(None, None, None, None)]))
    lists = read_lists(store)
    rows = places(assess(store, lists), lists).rows
    assert places(assess(again, read_lists(again)), read_lists(again)).rows == rows
    assert len(set(rows)) == len(rows)


def test_the_legend_names_every_sign_and_item(store: ox.Store) -> None:
    lists = read_lists(store)
    text = "\n".join(legend(lists))
    for state, sign in SIGNS.items():
        assert f"{sign} {state.value}" in text
    for each in lists:
        assert each.citation in text
        for item in each.items:
            assert f"{item.code} {item.label}" in text


def test_a_list_that_is_not_there_is_named(store: ox.Store) -> None:
    with pytest.raises(ParameterError, match="there is no list “consort”; take doses or isct"):
        choose_lists(store, ("consort",))


def test_a_workspace_without_lists_is_told_what_to_add(tmp_path: Path) -> None:
    for name in FOLDERS:
        (tmp_path / name).mkdir()
    (tmp_path / "ontology" / "mscgraph.ttl").write_bytes(default().ontology.read_bytes())
    with pytest.raises(WorkspaceError, match=r"put ontology/reporting\.ttl into it"):
        read_lists(load(Workspace.at(tmp_path)))


def test_a_list_that_is_added_is_judged_like_the_others(tmp_path: Path) -> None:
    root = default().root
    for name in FOLDERS:
        (tmp_path / name).mkdir()
    for file in (default().ontology, *default().graphs()):
        (tmp_path / file.relative_to(root)).write_bytes(file.read_bytes())
    text = default().reporting.read_text(encoding="utf-8")
    doses = re.split(r"\n(?=:isct)", text)[0].replace("doses", "mine")
    (tmp_path / "ontology" / "reporting.ttl").write_text(doses, encoding="utf-8")
    own = load(Workspace.at(tmp_path))
    (which,) = read_lists(own)
    assert which.name == "mine"
    (shi,) = assess(own, [which], kinds=["own-report"], papers=[PREFIXES["paper"] + "shi-2012"])
    assert shi.stated("mine") == 5
    assert shi.account == graph_iri("shi-2012") + "#account-shi"
