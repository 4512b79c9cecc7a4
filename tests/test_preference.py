"""Preferring one kind of account where several papers tell of a trial."""

import pyoxigraph as ox
import pytest

from mscgraph.answer import Answer, Row
from mscgraph.errors import ParameterError
from mscgraph.preference import prefer

TURTLE = """
PREFIX msc: <https://w3id.org/mscgraph/ontology#>
PREFIX : <urn:x:>
:own msc:describes :one ; msc:isStatedIn :paper-one ; msc:hasAccountKind msc:OwnReport .
:row msc:describes :one ; msc:isStatedIn :review ; msc:hasAccountKind msc:Tabulated .
:row2 msc:describes :two ; msc:isStatedIn :review ; msc:hasAccountKind msc:Tabulated .
:named msc:describes :two ; msc:isStatedIn :paper-one ; msc:hasAccountKind msc:Mentioned .
"""


def row(trial: str, paper: str, value: str) -> Row:
    return (ox.NamedNode(f"urn:x:{trial}"), ox.NamedNode(f"urn:x:{paper}"), ox.Literal(value))


ROWS = (
    row("one", "paper-one", "Iran"),
    row("one", "review", "Switzerland"),
    row("two", "review", "Egypt"),
    row("two", "paper-one", "Iran"),
)
ANSWER = Answer(("trial", "paper", "country"), ROWS)


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    store.load(TURTLE.encode(), format=ox.RdfFormat.TURTLE)
    return store


def test_own_reports_stand_for_their_trials(store: ox.Store) -> None:
    preferred = prefer(ANSWER, "own-report", store)
    assert preferred.answer.rows == (ROWS[0], ROWS[2], ROWS[3])
    assert (preferred.left_out, preferred.trials) == (1, 1)
    assert preferred.without == ("urn:x:two",)


def test_another_kind_can_be_preferred(store: ox.Store) -> None:
    preferred = prefer(ANSWER, "tabulated", store)
    assert preferred.answer.rows == ROWS[1:3]
    assert (preferred.left_out, preferred.trials, preferred.without) == (2, 2, ())


def test_an_answer_without_papers_cannot_be_narrowed(store: ox.Store) -> None:
    with pytest.raises(ParameterError, match="do not name one trial and one paper"):
        prefer(Answer(("trial",), ()), "own-report", store)
