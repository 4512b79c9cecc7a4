"""What trials say of outcomes: counted by hand in the papers' graphs, and where it misleads."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from mscgraph.names import MSC, PREFIXES
from mscgraph.store import load
from mscgraph.synthesis.directions import DESIGNS, DirectionCell, DirectionRow, directions
from mscgraph.synthesis.evidence_map import NOT_TOLD, SEVERAL, Evidence, evidence
from mscgraph.synthesis.statements import UNNAMED, Said, Statement, combine, find_statements
from mscgraph.workspace import FOLDERS, Workspace, default

TRAPS = Path(__file__).parent / "fixtures" / "synthesis" / "statements-2020.ttl"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load(default())


@pytest.fixture(scope="module")
def found(store: ox.Store) -> Evidence:
    return evidence(store)


@pytest.fixture(scope="module")
def traps(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    folder = tmp_path_factory.mktemp("traps")
    for name in FOLDERS:
        (folder / name).mkdir()
    ontology = default().ontology
    (folder / "ontology" / ontology.name).write_bytes(ontology.read_bytes())
    (folder / "graphs" / TRAPS.name).write_bytes(TRAPS.read_bytes())
    return load(Workspace.at(folder))


def _told(map_of: Evidence, source: str, outcome: str) -> dict[str, tuple[Said, bool]]:
    cell = map_of.at(source, outcome)
    trials = cell.trials if cell else ()
    return {each.trial.rpartition("/")[2]: (each.said, each.has_number) for each in trials}


# Counted by eye from a listing of every comparison and measurement of the measure in graphs/, with
# its account, arm, week and what it restates.
BY_HAND = {
    ("bone marrow", "MELD score"): {
        "amer-2011": (Said.NO_DIRECTION, True),
        "amin-2013": (Said.IMPROVED, False),
        "el-ansary-2010": (Said.IMPROVED, False),
        "el-ansary-2012": (Said.IMPROVED, False),
        "kantarcioglu-2015": (Said.IMPROVED, False),
        "kharaziha-2009": (Said.IMPROVED, True),
        "lin-2017": (Said.IMPROVED, False),
        "mohamadnejad-2007-msc": (Said.IMPROVED, False),
        "peng-2011": (Said.IMPROVED, True),
    },
    ("umbilical cord", "MELD score"): {
        "li-2016": (Said.IMPROVED, False),
        "shi-2012": (Said.IMPROVED, False),
        "zhang-2012": (Said.IMPROVED, False),
    },
    (SEVERAL, "MELD score"): {"liang-2017": (Said.IMPROVED, False)},
    ("bone marrow", "total bilirubin"): {
        "kharaziha-2009": (Said.NO_BENEFIT, True),
        "lin-2017": (Said.IMPROVED, False),
        "peng-2011": (Said.IMPROVED, False),
    },
    ("umbilical cord", "total bilirubin"): {
        "li-2016": (Said.IMPROVED, False),
        "shi-2012": (Said.IMPROVED, False),
        "shi-2021": (Said.IMPROVED, False),
    },
    ("bone marrow", "survival"): {
        "amer-2011": (Said.IMPROVED, False),
        "lin-2017": (Said.IMPROVED, False),
        "peng-2011": (Said.NO_BENEFIT, False),
    },
    ("umbilical cord", "survival"): {
        "shi-2012": (Said.IMPROVED, False),
        "shi-2021": (Said.IMPROVED, False),
    },
    ("bone marrow", "ascites volume"): {
        "amer-2011": (Said.MIXED, False),
        "kharaziha-2009": (Said.IMPROVED, False),
    },
    ("bone marrow", UNNAMED): {
        "lanthier-2017": (Said.NO_BENEFIT, False),
        "mohamadnejad-2013": (Said.NO_BENEFIT, False),
    },
    ("umbilical cord", "alpha-fetoprotein"): {"shi-2012": (Said.NO_DIRECTION, True)},
}


@pytest.mark.parametrize("place", BY_HAND, ids=" | ".join)
def test_a_cell_is_as_counted_by_hand(found: Evidence, place: tuple[str, str]) -> None:
    assert _told(found, *place) == BY_HAND[place]


def test_the_map_counts_each_trial_once(found: Evidence) -> None:
    trials = {trial.trial for cell in found.cells for trial in cell.trials}
    assert found.trials == len(trials)
    for cell in found.cells:
        names = [trial.trial for trial in cell.trials]
        assert len(set(names)) == len(names)
        assert sum(cell.count(said) for said in Said) == len(names)
        assert sum(cell.count(said, has_number=True) for said in Said) == cell.numbered
    assert found.sources == ("bone marrow", "umbilical cord", SEVERAL)
    assert found.outcomes[:2] == ("MELD score", "serum albumin")


def test_no_statement_is_of_a_comparator(store: ox.Store) -> None:
    of_control = {
        each.value
        for each in (
            row.subject
            for row in store.quads_for_pattern(
                None, ox.NamedNode(MSC + "hasRole"), ox.NamedNode(MSC + "Comparator"), None
            )
        )
        if isinstance(each, ox.NamedNode)
    }
    assert of_control
    assert not of_control & {each.arm for each in find_statements(store)}


def test_each_trap_of_a_map_is_passed(traps: ox.Store) -> None:
    told = evidence(traps)
    places = {(cell.source, cell.outcome): cell for cell in told.cells}
    assert _told(told, "umbilical cord", "MELD score") == {
        # A decrease is told, though it was not significant.
        "arms-2020": (Said.IMPROVED, False),
        # Neither the review's word, the abstract, the control group nor one patient's decrease.
        "own-2020": (Said.WORSENED, False),
    }
    assert _told(told, "umbilical cord", "survival") == {"own-2020": (Said.NO_BENEFIT, False)}
    assert _told(told, "adipose tissue", "MELD score") == {"arms-2020": (Said.IMPROVED, False)}
    assert _told(told, "adipose tissue", "serum albumin") == {
        "arms-2020": (Said.NO_DIRECTION, True)
    }
    assert _told(told, "bone marrow", "MELD score") == {"times-2020": (Said.IMPROVED, True)}
    assert _told(told, "bone marrow", "serum albumin") == {"times-2020": (Said.MIXED, False)}
    assert _told(told, "bone marrow", "survival") == {"times-2020": (Said.NO_DIRECTION, False)}
    assert _told(told, "bone marrow", "alpha-fetoprotein") == {
        "times-2020": (Said.NO_DIRECTION, False)
    }
    assert _told(told, SEVERAL, "MELD score") == {"both-2020": (Said.WORSENED, False)}
    assert _told(told, NOT_TOLD, UNNAMED) == {"bare-2020": (Said.NO_BENEFIT, False)}
    # What was measured only before, and how long something took, is no outcome told.
    assert len(places) == 10
    assert told.sources[-2:] == (SEVERAL, NOT_TOLD)
    assert told.trials == 5


def test_a_mention_is_told_where_it_is_asked_for(traps: ox.Store) -> None:
    told = evidence(traps, kinds=("own-report", "tabulated", "mentioned"))
    assert _told(told, NOT_TOLD, "MELD score") == {"aside-2020": (Said.IMPROVED, False)}
    tabulated = evidence(traps, kinds=("tabulated",))
    assert _told(tabulated, NOT_TOLD, "MELD score") == {"own-2020": (Said.IMPROVED, False)}
    assert evidence(traps, kinds=()).cells == ()


def _rows(store: ox.Store) -> dict[str, DirectionRow]:
    return {row.trial.removeprefix(PREFIXES["trial"]): row for row in directions(store).rows}


def _cell(row: DirectionRow, outcome: str) -> DirectionCell:
    (cell,) = [each for each in row.cells if each.outcome == outcome]
    return cell


def test_directions_know_design_size_and_teller(traps: ox.Store) -> None:
    rows = _rows(traps)
    told = {name: (row.name, row.design, row.size, row.is_own_report) for name, row in rows.items()}
    assert told == {
        # Those who were treated in both arms, not those who were screened or are men.
        "own-2020": ("Own 2020", DESIGNS[0], 50, True),
        "arms-2020": ("Arms 2020", DESIGNS[2], 101, False),
        "both-2020": ("Both 2020", DESIGNS[2], None, False),
        "bare-2020": ("Bare 2020", DESIGNS[3], None, False),
        "times-2020": ("Times 2020", DESIGNS[3], None, False),
    }
    assert rows["arms-2020"].papers == ("review-2021",)
    # A bare number has no direction.
    assert [cell.outcome for cell in rows["arms-2020"].cells] == ["MELD score"]


def test_significance_is_that_of_the_statements_that_decide(traps: ox.Store) -> None:
    rows = _rows(traps)
    meld = _cell(rows["times-2020"], "MELD score")
    # The one that is significant says the opposite.
    assert (meld.said, meld.is_significant, meld.has_number, meld.statements) == (
        Said.IMPROVED, False, True, 4,
    )  # fmt: skip
    own = _cell(rows["own-2020"], "MELD score")
    assert (own.said, own.is_significant, own.has_number) == (Said.WORSENED, True, False)


def test_directions_of_some_outcomes_or_without_numbers(traps: ox.Store) -> None:
    asked = directions(traps, measures=[MSC + "Survival"])
    assert asked.outcomes == ("survival",)
    assert [row.name for row in asked.rows] == ["Own 2020", "Times 2020"]
    without = directions(traps, only_without_number=True)
    (times,) = [row for row in without.rows if row.name == "Times 2020"]
    assert "MELD score" not in {cell.outcome for cell in times.cells}
    assert directions(traps, kinds=()).rows == ()
    # Narrower measures are asked for with the broader one.
    assert "MELD score" in directions(traps, measures=[MSC + "Score"]).outcomes


# Read by eye in the graphs of the two own reports and of the review.
def test_directions_of_the_papers_are_as_read(store: ox.Store) -> None:
    rows = _rows(store)
    shi, peng, kharaziha = rows["shi-2012"], rows["peng-2011"], rows["kharaziha-2009"]
    assert (shi.design, shi.size, shi.is_own_report) == (DESIGNS[1], 43, True)
    assert (kharaziha.design, kharaziha.size) == (DESIGNS[2], 8)
    assert (peng.is_own_report, peng.papers) == (False, ("li-2022", "pan-2014"))
    assert _cell(shi, "MELD score").is_significant
    assert _cell(shi, "survival").said is Said.IMPROVED
    assert not _cell(shi, "haemoglobin").is_significant
    assert _cell(peng, "liver function").said is Said.NO_BENEFIT
    assert _cell(kharaziha, "total bilirubin").said is Said.NO_BENEFIT
    assert _cell(kharaziha, "alpha-fetoprotein").said is Said.NO_DIRECTION
    assert rows["lin-2017"].design == DESIGNS[0]
    assert rows["lin-2017"].size == 110


def _statement(said: Said, *, between: bool = False) -> Statement:
    return Statement(
        trial="trial",
        paper="paper",
        account="account",
        kind="tabulated",
        measure="measure",
        arm="",
        said=said,
        is_between_arms=between,
        is_significant=False,
        is_number=False,
    )


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        ([], Said.NO_DIRECTION),
        ([_statement(Said.NO_DIRECTION), _statement(Said.WORSENED)], Said.WORSENED),
        ([_statement(Said.IMPROVED)] * 7 + [_statement(Said.WORSENED)] * 3, Said.IMPROVED),
        ([_statement(Said.IMPROVED)] * 2 + [_statement(Said.WORSENED)], Said.MIXED),
        ([_statement(Said.IMPROVED), _statement(Said.NO_BENEFIT, between=True)], Said.NO_BENEFIT),
        ([_statement(Said.IMPROVED), _statement(Said.NO_DIRECTION, between=True)], Said.IMPROVED),
    ],
)
def test_statements_are_combined_by_seven_in_ten(statements: list[Statement], said: Said) -> None:
    assert combine(statements) is said
