"""The canonical form: stable, faithful, and never at the cost of what somebody wrote."""

from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph

from mscgraph.canonical import canonical, read_graph
from mscgraph.document import Document, read_document
from mscgraph.durations import hours_per_unit, weeks
from mscgraph.errors import TurtleError
from mscgraph.workspace import default
from mscgraph.writing import write_whole

PREFIXES = """PREFIX msc: <https://w3id.org/mscgraph/ontology#>
PREFIX : <https://w3id.org/mscgraph/graph/a-2020#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return read_graph(read_document(default().ontology))


def _document(body: str, head: str = "# A head.\n\n") -> Document:
    return Document("a-2020.ttl", "a-2020", head + PREFIXES + body)


def test_a_second_run_changes_nothing(ontology: Graph) -> None:
    untidy = _document(
        ':b msc:mean 17.90, -0.5 ; a msc:Measurement . :a a msc:Arm; msc:agent "x \\"#\\" y".'
        ":c msc:hasRole <https://w3id.org/mscgraph/ontology#Comparator>."
    )
    once = canonical(untidy, ontology)
    assert once == canonical(Document("a-2020.ttl", "a-2020", once), ontology)
    assert once.index(":a\n") < once.index(":b\n") < once.index(":c\n")
    assert "17.90" in once
    assert once.startswith("# A head.\n\n")


def test_unused_prefixes_go_and_the_graph_is_the_base(ontology: Graph) -> None:
    text = canonical(_document(":a a msc:Arm . <> a msc:PaperGraph ."), ontology)
    assert "PREFIX xsd:" not in text
    assert "BASE <https://w3id.org/mscgraph/graph/a-2020>" in text
    assert "\n<>\n" in text


def test_a_missing_header_is_made_from_the_title(ontology: Graph) -> None:
    body = (
        "<> <http://purl.org/dc/terms/source> :p . "
        ':p <http://purl.org/dc/terms/title> "A trial of cells" .'
    )
    assert canonical(_document(body, ""), ontology).startswith(
        "# What a-2020 says: A trial of cells\n"
    )
    assert canonical(_document(":a a msc:Arm .", ""), ontology).startswith("# The graph a-2020.\n")


@pytest.mark.parametrize(
    "body",
    [
        ":a a msc:Arm . # a thought",
        "# a thought\n:a a msc:Arm .",
        ':a msc:agent "x" ; # a thought\n a msc:Arm .',
        ":a msc:agent '''x\n''' . # a thought",
    ],
)
def test_a_comment_that_would_be_lost_is_refused(body: str, ontology: Graph) -> None:
    with pytest.raises(TurtleError, match=r"a-2020\.ttl:\d+: this comment would be lost"):
        canonical(_document(body), ontology)


@pytest.mark.parametrize(
    "body",
    [
        ':a msc:agent "no # comment" .',
        ":a msc:agent '''no\n# comment''' .",
        ':a msc:agent "no \\" # comment" .',
        ":a msc:uses <https://example.org/#no-comment> .",
    ],
)
def test_what_only_looks_like_a_comment_stays(body: str, ontology: Graph) -> None:
    before = read_graph(_document(body))
    after = read_graph(Document("a-2020.ttl", "a-2020", canonical(_document(body), ontology)))
    assert set(before) == set(after)


@pytest.mark.parametrize(
    "literal",
    ['"yes"^^xsd:boolean', '"1e6"^^xsd:decimal', '"20x9"^^xsd:gYear', '"8.5"^^xsd:integer'],
)
def test_a_literal_that_would_be_rewritten_is_refused(literal: str, ontology: Graph) -> None:
    with pytest.raises(TurtleError, match="is no value of mean"):
        canonical(_document(f":a msc:mean {literal} ."), ontology)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (':a msc:time 6 ; msc:timeUnit "mo" .', "msc:weeks 26.09"),
        (':a msc:time 24 ; msc:timeUnit "wk" .', "msc:weeks 24 "),
        (':a msc:until 72 ; msc:untilUnit "wk" .', "msc:untilWeeks 72"),
        (':a msc:window 24 ; msc:windowUnit "h" .', "msc:windowWeeks 0.14"),
        (':a a msc:FollowUp ; msc:value 1 ; msc:unit "a" .', "msc:weeks 52.18"),
        (':a a msc:FollowUp ; msc:low 8 ; msc:high 70 ; msc:unit "mo" .', "msc:lowWeeks 34.79"),
        (':a a msc:Duration ; msc:below 48 ; msc:unit "h" .', "msc:highWeeks 0.29"),
    ],
)
def test_weeks_are_filled_in_by_the_one_rule(body: str, line: str, ontology: Graph) -> None:
    assert line in canonical(_document(body), ontology)


@pytest.mark.parametrize(
    "body",
    [
        ':a a msc:Quantity ; msc:value 20 ; msc:unit "mL" .',
        ':a msc:time 3 ; msc:timeUnit "cycles" .',
        ":a msc:time 3 .",
        ':a msc:time 6 ; msc:timeUnit "mo" ; msc:weeks 24 .',
    ],
)
def test_weeks_are_not_made_up_nor_mended(body: str, ontology: Graph) -> None:
    text = canonical(_document(body), ontology)
    assert text.count("eeks") == body.count("eeks")


def test_the_units_of_time_are_those_of_the_calendar(ontology: Graph) -> None:
    hours = hours_per_unit(ontology)
    assert hours == {
        "h": Decimal(1),
        "d": Decimal(24),
        "wk": Decimal(168),
        "mo": Decimal("730.5"),
        "a": Decimal(8766),
    }
    assert weeks(Decimal(12), "mo", hours) == weeks(Decimal(1), "a", hours)


def test_a_file_is_written_wholly_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("before", encoding="utf-8")
    write_whole(file, "after")
    assert file.read_text(encoding="utf-8") == "after"

    def fail(self: Path, target: Path) -> Path:
        raise OSError(target, self)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match=r"a\.ttl"):
        write_whole(file, "half")
    assert file.read_text(encoding="utf-8") == "after"
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]
