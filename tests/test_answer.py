"""Answers: how rows leave the program."""

import csv
import io

import pyoxigraph as ox
import pytest

from mscgraph.answer import Answer, ask
from mscgraph.errors import QueryError
from mscgraph.rendering import render

XSD = "http://www.w3.org/2001/XMLSchema#"
ANSWER = Answer(
    ("name", "n"),
    (
        (ox.Literal('a, "b"\tand | c'), ox.Literal("8", datatype=ox.NamedNode(XSD + "integer"))),
        (ox.NamedNode("https://w3id.org/mscgraph/ontology#INR"), None),
    ),
)


def test_csv_and_tsv_can_be_read_back() -> None:
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        rows = list(csv.reader(io.StringIO(render(ANSWER, form)), delimiter=delimiter))
        assert rows == [["name", "n"], ['a, "b"\tand | c', "8"], ["INR", ""]]


def test_a_markdown_cell_keeps_its_bar() -> None:
    assert render(ANSWER, "markdown").splitlines()[2] == '| a, "b"\tand \\| c | 8 |'


def test_a_table_aligns_numbers_to_the_right() -> None:
    answer = Answer(("n", "x"), ((ox.Literal(5), ox.Literal("a")), (ox.Literal(15), None)))
    assert render(answer, "table").splitlines()[2:] == [" 5  a", "15"]


def test_a_sign_is_no_number() -> None:
    answer = Answer(("code",), ((ox.Literal("+"),), (ox.Literal("-"),)))
    assert render(answer, "table").splitlines()[2:] == ["+", "-"]


def test_a_table_that_is_too_wide_becomes_blocks() -> None:
    long = ox.Literal("long " * 8)
    answer = Answer(("one", "two", "three"), ((long, long, None),))
    assert render(answer, "table", width=130).splitlines()[0].startswith("one ")
    blocks = render(answer, "table", width=30).splitlines()
    assert blocks[0] == "── 1 of 1"
    assert blocks[1].startswith("one    long long")
    assert len(blocks) == 3


def test_an_unknown_form_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="pdf"):
        render(ANSWER, "pdf")


@pytest.mark.parametrize(
    "sparql",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "# SELECT\nDELETE WHERE { ?s ?p ?o }",
        "BASE <a:a> PREFIX x: <x:x> CLEAR ALL",
        "LOAD <file:///etc/passwd>",
    ],
)
def test_an_update_changes_nothing(sparql: str) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("a:a"), ox.NamedNode("a:b"), ox.Literal(1)))
    with pytest.raises(QueryError, match="this is an update"):
        ask(store, sparql)
    assert len(store) == 1


def test_a_query_that_only_speaks_of_updates_is_answered() -> None:
    answer = ask(ox.Store(), 'SELECT ("INSERT DATA" AS ?words) WHERE {} # DELETE')
    assert render(answer, "csv") == "words\nINSERT DATA\n"


def test_sparql_results_json_is_read_by_a_second_library() -> None:
    from rdflib import Literal, URIRef, Variable
    from rdflib.query import Result

    answer = Answer(
        ("a", "b", "c"),
        (
            (ox.NamedNode("urn:x:a"), ox.Literal("Leber", language="de"), None),
            (
                ox.Literal("17.90", datatype=ox.NamedNode(XSD + "decimal")),
                ox.Literal('a "b"'),
                ox.Literal(""),
            ),
        ),
    )
    text = render(answer, "sparql-json")
    result = Result.parse(io.BytesIO(text.encode()), format="json")
    first, second = result.bindings
    assert [first.get(Variable(name)) for name in "abc"] == [
        URIRef("urn:x:a"),
        Literal("Leber", lang="de"),
        None,
    ]
    assert [second.get(Variable(name)) for name in "bc"] == [Literal('a "b"'), Literal("")]
    assert '"value": "17.90"' in text
