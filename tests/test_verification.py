"""Verification: printed figures found, misplaced and missing; figures that nothing claims."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from mscgraph.document import read_document
from mscgraph.errors import ReasonsError
from mscgraph.unclaimed import idle, read_reasons, reasons_path, unclaimed
from mscgraph.verification import ELSEWHERE, FOUND, NOT_FOUND, read_claims, read_text, verify
from mscgraph.workspace import default
from tests.conftest import Run

FIXTURES = Path(__file__).parent / "fixtures" / "papers"
GRAPH, TEXT = FIXTURES / "muster-2020.ttl", FIXTURES / "muster-2020.txt"

# The texts belong to their publishers and are not part of the project.
PAPERS = Path(__file__).parents[2] / "shared" / "papers"
TEXTS = {
    "kharaziha-2009": "000_74a496f9076d779d.txt",
    "li-2022": "004_d05ec9801ae86bb5.txt",
    "liang-2017": "003_e3e7c70062342d72.txt",
    "pan-2014": "002_f0db0a7db967aa5c.txt",
    "shi-2012": "001_41df7e08b8a932ff.txt",
}


def paper_text(stem: str) -> str:
    """Return the text of a shipped paper, or skip where it is not at hand."""
    path = PAPERS / TEXTS[stem]
    if not path.is_file():
        pytest.skip("the papers' texts are not part of the project")
    return path.read_text(encoding="utf-8")


@pytest.fixture(params=default().paper_graphs(), ids=lambda path: path.stem)
def paper_graph(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


def test_every_paper_graph_has_its_text(paper_graph: Path) -> None:
    assert paper_graph.stem in TEXTS


def test_each_printed_figure_stands_at_its_place(paper_graph: Path) -> None:
    text = paper_text(paper_graph.stem)
    claims = read_claims(read_document(paper_graph))
    assert claims
    verdicts = verify(claims, read_text(claims, text))
    assert [verdict for verdict in verdicts if verdict.outcome != FOUND] == []


def test_no_figure_is_unclaimed_without_a_reason(paper_graph: Path) -> None:
    claims = read_claims(read_document(paper_graph))
    paper = read_text(claims, paper_text(paper_graph.stem))
    left = unclaimed(verify(claims, paper), paper)
    path = reasons_path(paper_graph)
    reasons = read_reasons(path) if path.exists() else []
    assert [f for f in left if not any(reason.covers(f) for reason in reasons)] == []
    assert idle(reasons, left) == []


def test_a_changed_digit_is_noticed(paper_graph: Path) -> None:
    """Each printed figure, its last digit one higher, is no longer found at its place."""
    claims = [c for c in read_claims(read_document(paper_graph)) if re.search(r"\d\.\d", c.printed)]
    paper = read_text(claims, paper_text(paper_graph.stem))
    forged = [replace(claim, printed=_next_digit(claim.printed)) for claim in claims]
    passed = [v.claim for v in verify(forged, paper) if v.outcome == FOUND]
    # Some forged figures stand in the same row by chance.
    assert len(passed) <= len(forged) / 50


def _next_digit(printed: str) -> str:
    last = max(place for place, character in enumerate(printed) if character in "0123456789")
    return printed[:last] + str((int(printed[last]) + 1) % 10) + printed[last + 1 :]


def test_outcomes_on_an_invented_paper() -> None:
    claims = read_claims(read_document(GRAPH))
    verdicts = verify(claims, read_text(claims, TEXT.read_text(encoding="utf-8")))
    outcomes = {v.claim.evidence.partition("#")[2]: v.outcome for v in verdicts}
    assert outcomes == {
        "ev-change-16": FOUND,
        "ev-change-8": FOUND,
        "ev-enrolled": FOUND,
        "ev-enrolled-abstract": FOUND,
        "ev-meld-0": FOUND,
        "ev-meld-24": FOUND,
        "ev-meld-misplaced": ELSEWHERE,
        "ev-meld-wrong": NOT_FOUND,
        "ev-men": FOUND,
        "ev-women": FOUND,
    }


def test_the_program_lists_what_is_amiss(run: Run) -> None:
    done = run("verify", str(GRAPH), "--text", str(TEXT), "--format", "json")
    assert done.returncode == 1
    rows = json.loads(done.stdout)
    assert [(row["outcome"], row["printed"], row["nodes"]) for row in rows] == [
        ("found elsewhere", "-3.94", "meld"),
        ("not found", "3.94", "meld"),
    ]
    assert rows[0]["foundIn"] == "Results"
    assert "10 printed figures: 8 found, 1 found elsewhere, 1 not found" in done.stderr


def test_the_program_reads_the_text_from_standard_input(run: Run) -> None:
    text = TEXT.read_text(encoding="utf-8")
    done = run("verify", str(GRAPH), "--text", "-", "--all", "--format", "csv", text=text)
    assert done.returncode == 1
    assert done.stdout.count("\nfound,") == 8


def test_the_program_lists_unclaimed_figures_by_section(run: Run) -> None:
    done = run("verify", str(GRAPH), "--text", str(TEXT), "--unclaimed", "--format", "json")
    figures = [(row["section"], row["figure"]) for row in json.loads(done.stdout)]
    # Citations, mentions of figures and the list of references are none; a row's name is claimed.
    assert figures == [
        ("Abstract | Methods", "2"),
        ("Abstract | Methods", "107"),
        ("Abstract | Methods", "20"),
        ("Introduction", "Nine"),
        ("Materials and methods | Patients", "1.5"),
        ("Materials and methods | Patients", "107"),
        ("Materials and methods | Patients", "3"),
        ("Materials and methods | Patients", "107"),
        ("Results", "-3.94"),
        ("Results", "0.28"),
        ("Results", "95"),
        ("Results", "-0.35"),
        ("Results", "5.56"),
        ("Results", "24"),
        ("Results", "41"),
        ("Table 1", "61"),
        ("Table 1", "56"),
        ("Table 1", "67"),
        ("Table 1", "2"),
        ("Table 1", "3"),
        ("Results", "7"),
        ("Discussion", "2"),
        ("Discussion", "12"),
    ]
    assert "23 unclaimed figures without a reason, 2 with one" in done.stderr


def test_a_reason_that_nothing_needs_is_told(tmp_path: Path, run: Run) -> None:
    graph = tmp_path / "muster-2020.ttl"
    graph.write_text(GRAPH.read_text(encoding="utf-8"), encoding="utf-8")
    reasons_path(graph).write_text(
        "section\tfigure\treason\nDiscussion\t99\tNot there.\n", encoding="utf-8"
    )
    done = run("verify", str(graph), "--text", str(TEXT), "--unclaimed")
    assert "nothing is left out by “Discussion”, “99”" in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Discussion\t2\tFew.\n", ":1: begin with the column heads"),
        ("section\tfigure\treason\nDiscussion\t2\n", ":2: give each of section, figure, reason"),
        ("section\tfigure\treason\nDiscussion\t2\t \n", ":2: give each of section, figure, reason"),
    ],
)
def test_a_faulty_list_of_reasons_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "x.unclaimed.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReasonsError, match=re.escape(said)):
        read_reasons(path)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no-such-paper", "--text", str(TEXT)), "neither a file nor a paper"),
        ((str(GRAPH), "--text", "nowhere.txt"), "nowhere.txt: there is no such file"),
        ((str(GRAPH),), "Missing option '--text'"),
    ],
)
def test_wrong_usage_is_one_line(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run("verify", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
