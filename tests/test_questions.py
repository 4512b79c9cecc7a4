"""The stored questions: their headers, their golden answers, and their order.

A golden answer is the CSV that ``mscgraph ask QUESTION --format csv`` prints; each was checked
by hand against the papers. After a change that is meant, write it again and check it again.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from mscgraph.answer import ask
from mscgraph.errors import ParameterError, QuestionHeaderError, UnknownQuestionError
from mscgraph.names import MSC
from mscgraph.question import about, find_question, read_question, resolve
from mscgraph.rendering import render
from mscgraph.store import load
from mscgraph.workspace import default

GOLDEN = Path(__file__).parent / "golden"
QUESTIONS = default().questions()


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load(default())


@pytest.fixture(params=QUESTIONS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


def test_every_question_has_a_golden_answer_and_no_answer_is_left_over() -> None:
    assert QUESTIONS
    assert {path.stem for path in GOLDEN.glob("*.csv")} == {path.stem for path in QUESTIONS}


def test_the_answer_is_the_golden_one(path: Path, store: ox.Store) -> None:
    answer = ask(store, read_question(path).sparql)
    golden = (GOLDEN / f"{path.stem}.csv").read_text(encoding="utf-8")
    assert answer.rows
    assert render(answer, "csv") == golden, (
        f"run: mscgraph ask {path.stem} --format csv > tests/golden/{path.stem}.csv, and check "
        "each changed row against its paper"
    )


def test_no_row_stands_twice(path: Path, store: ox.Store) -> None:
    rows = ask(store, read_question(path).sparql).rows
    assert len(set(rows)) == len(rows)


def test_the_order_is_total(path: Path, store: ox.Store) -> None:
    # The same graphs, loaded in the opposite order, must give the same rows in the same order.
    again = ox.Store()
    again.extend(reversed([*store.quads_for_pattern(None, None, None, None)]))
    sparql = read_question(path).sparql
    assert re.search(r"ORDER BY .*STR\(\?\w+\)\s*$", sparql.strip())
    assert ask(again, sparql).rows == ask(store, sparql).rows


def accounts_by_trial(node: object) -> Iterator[tuple[str, str]]:
    """Yield trial and account of each pattern “account describes trial” of a query's algebra.

    What stands in a FILTER (NOT) EXISTS is left out: it tests rows and never multiplies them.
    """
    if isinstance(node, CompValue):
        if node.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            return
        for value in node.values():
            yield from accounts_by_trial(value)
    elif isinstance(node, list | tuple):
        if len(node) == 3 and str(node[1]) == MSC + "describes":
            yield str(node[2]), str(node[0])
            return
        for value in node:
            yield from accounts_by_trial(value)


def joined_by_trial(sparql: str) -> list[str]:
    """Return the variables of trials through which several accounts meet in ``sparql``."""
    accounts = defaultdict(set)
    for trial, account in accounts_by_trial(prepareQuery(sparql).algebra):
        accounts[trial].add(account)
    return sorted(trial for trial, met in accounts.items() if len(met) > 1)


def test_values_meet_through_the_account(path: Path) -> None:
    question = read_question(path)
    if question.compares != "papers":
        assert joined_by_trial(question.sparql) == []


def test_a_join_through_the_trial_is_seen() -> None:
    prefix = f"PREFIX msc: <{MSC}> "
    joined = "SELECT * { ?a msc:describes ?t . OPTIONAL { ?b msc:describes ?t ; msc:country ?c } }"
    assert joined_by_trial(prefix + joined) == ["t"]
    tested = "SELECT * { ?a msc:describes ?t FILTER EXISTS { ?b msc:describes ?t } }"
    assert joined_by_trial(prefix + tested) == []
    alone = "SELECT * { ?a msc:describes ?t ; msc:country ?c . ?b msc:describes ?u }"
    assert joined_by_trial(prefix + alone) == []


def test_every_row_says_which_paper_it_comes_from(path: Path, store: ox.Store) -> None:
    answer = ask(store, read_question(path).sparql)
    assert {"trial", "paper"} <= set(answer.columns)
    column = answer.columns.index("paper")
    assert all(row[column] is not None for row in answer.rows)


def test_a_parameter_narrows_an_answer(store: ox.Store) -> None:
    question = read_question(find_question("doses-and-routes", default()))
    (within,) = [p for p in question.parameters if p.name == "within"]
    portal = resolve(within, "Portal vein", store)
    assert portal == ox.NamedNode(MSC + "PortalVein")
    narrowed = ask(store, question.bound({"within": [portal]}))
    route = narrowed.columns.index("route")
    assert {getattr(row[route], "value", None) for row in narrowed.rows} == {"portal vein"}
    wider = resolve(within, "hepatic route", store)
    both = ask(store, question.bound({"within": [wider]}))
    routes = {getattr(row[route], "value", None) for row in both.rows}
    assert {"portal vein", "hepatic artery"} <= routes
    assert "peripheral vein" not in routes


@pytest.mark.parametrize(
    "text", ["INR", "inr", "msc:INR", MSC + "INR", "prothrombin complex", "<" + MSC + "INR>"]
)
def test_a_term_is_known_by_name_label_synonym_and_iri(text: str, store: ox.Store) -> None:
    question = read_question(find_question("outcomes-by-time", default()))
    (measure,) = [p for p in question.parameters if p.name == "measure"]
    assert resolve(measure, text, store) == ox.NamedNode(MSC + "INR")


def test_an_unknown_term_gets_the_nearest_one(store: ox.Store) -> None:
    question = read_question(find_question("outcomes-by-time", default()))
    (measure,) = [p for p in question.parameters if p.name == "measure"]
    with pytest.raises(ParameterError, match="did you mean “serum albumin”"):
        resolve(measure, "serum albumen", store)
    with pytest.raises(ParameterError, match="it takes --trial, --measure"):
        question.bound({"colour": [ox.NamedNode(MSC + "INR")]})


def test_an_unknown_question_gets_the_nearest_one() -> None:
    with pytest.raises(UnknownQuestionError, match="did you mean “participant-flow”"):
        find_question("participants-flow", default())


def test_questions_are_found_by_their_words(store: ox.Store) -> None:
    questions = [read_question(path) for path in QUESTIONS]
    asked = "which trials gave umbilical-cord cells into a vein, and did albumin rise?"
    assert about(asked, questions, store)[0].name == "treatments-and-outcomes"
    assert "participant-flow" in {q.name for q in about("enrolled", questions, store)}
    # What a parameter takes counts too.
    assert "outcomes-by-time" in {q.name for q in about("albumin", questions, store)}
    assert about("weather in the", questions, store) == []


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        ("#+ topic: cells\n#+ summary: A\n", r"add '#\+ description: …'"),
        ("#+ topic: weather\n#+ summary: A\n", "the topic is one of trials, participants"),
        ("#+ summary: [\n", "is not YAML"),
        (
            (
                "#+ topic: cells\n#+ summary: A\n#+ description: B\n#+ answer: C\n#+ tags: []\n"
                "#+ parameters: {x: {type: class, label: y}}\n"
            ),
            "the parameter x needs both",
        ),
    ],
)
def test_a_poor_header_is_named(header: str, complaint: str, tmp_path: Path) -> None:
    file = tmp_path / "a.rq"
    file.write_text(header + "SELECT * WHERE { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(QuestionHeaderError, match=complaint):
        read_question(file)
