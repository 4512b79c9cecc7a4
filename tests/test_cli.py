"""The command line as a user meets it: what it prints, where, and with which exit status."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import SH, Graph

from mscgraph.cli import cli
from mscgraph.cli.group import cli as group
from mscgraph.question import TOPICS
from mscgraph.workspace import Workspace

from .conftest import Run

TRIALS = "SELECT ?t WHERE { ?t a <https://w3id.org/mscgraph/ontology#Trial> } ORDER BY ?t"


def test_every_verb_has_help_that_begins_with_a_sentence() -> None:
    runner = CliRunner()
    names = group.list_commands(None)  # type: ignore[arg-type]
    assert names == [
        "tour",
        "ask",
        "query",
        "classify",
        "check",
        "coverage",
        "pool",
        "validate",
        "verify",
        "fmt",
        "export",
    ]
    for name in names:
        result = runner.invoke(cli, [name, "--help"])
        assert result.exit_code == 0
        assert "Usage: " in result.stdout
        command = group.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.get_short_help_str(200).endswith((".", "…"))


def test_without_a_verb_the_help_is_shown(run: Run) -> None:
    result = run()
    assert result.returncode == 0
    assert "Exit status" in result.stdout


def test_ask_lists_the_questions(run: Run, workspace: Workspace) -> None:
    result = run("ask")
    assert result.returncode == 0
    names = [line.split()[0] for line in result.stdout.splitlines() if line.startswith("  ")]
    assert sorted(names) == [path.stem for path in workspace.questions()]
    topics = [line for line in result.stdout.splitlines() if line and not line.startswith(" ")]
    assert topics == [topic.capitalize() for topic in TOPICS]


def test_questions_are_found_by_words(run: Run) -> None:
    found = run("ask", "--about", "individual patients one by one")
    assert "individual-patients" in found.stdout
    assert "survival-claims" not in found.stdout
    assert run("ask", "--about", "weather").returncode == 2
    assert run("ask", "--about", "cells", "participant-flow").returncode == 2


def test_an_answer_goes_to_a_file(run: Run, tmp_path: Path) -> None:
    done = run("ask", "participant-flow", "--output", "flow.xlsx")
    assert done.returncode == 0
    assert (tmp_path / "flow.xlsx").read_bytes().startswith(b"PK")
    assert run("ask", "participant-flow", "--output", "flow.csv").returncode == 0
    assert (tmp_path / "flow.csv").read_text(encoding="utf-8").startswith("trial,")
    for wrong in (("--output", "flow.pdf"), ("--format", "excel"), ("--output", "no/flow.csv")):
        done = run("ask", "participant-flow", *wrong)
        assert done.returncode == 2
        assert len(done.stderr.strip().splitlines()) == 1


def test_one_kind_of_account_is_preferred(run: Run) -> None:
    every = run("ask", "trials-by-country", "--trial", "kharaziha-2009")
    assert {"IR", "CH"} <= {line.split(",")[0] for line in every.stdout.splitlines()}
    own = run("ask", "trials-by-country", "--trial", "kharaziha-2009", "--prefer", "own-report")
    assert [line.split(",")[0] for line in own.stdout.splitlines()[1:]] == ["IR"]
    assert "preferred: own-report; rows left out: 2 (trials: 1)" in own.stderr


def test_ask_answers_in_every_format(run: Run) -> None:
    arguments = ("ask", "participant-flow", "--trial", "kharaziha-2009", "--format")
    rows = list(csv.DictReader(io.StringIO(run(*arguments, "csv").stdout)))
    assert [row["count"] for row in rows][:2] == ["20", "10"]
    objects = json.loads(run(*arguments, "json").stdout)
    assert objects[0]["count"] == 20
    assert objects[0]["trial"] == "https://w3id.org/mscgraph/trial/kharaziha-2009"
    assert len(objects) == len(rows)
    assert run(*arguments, "markdown").stdout.count("\n") == len(rows) + 2
    table = run(*arguments, "table").stdout
    assert "Twenty patients" in table


def test_a_pipe_gets_csv(run: Run) -> None:
    assert run("ask", "participant-flow").stdout.startswith("trial,paper,arm,role,count")


def test_query_reads_a_file_and_standard_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(TRIALS, encoding="utf-8")
    from_file = run("query", "q.rq")
    assert from_file.returncode == 0
    assert "trial:kharaziha-2009" in from_file.stdout
    assert run("query", "-", text=TRIALS).stdout == from_file.stdout


def test_query_answers_ask_and_construct(run: Run) -> None:
    yes = run("query", "-", text="ASK { ?s ?p ?o }")
    assert yes.stdout == "answer\ntrue\n"
    made = run(
        "query", "-", text="CONSTRUCT WHERE { ?s a <https://w3id.org/mscgraph/ontology#Trial> }"
    )
    assert made.stdout.startswith("subject,predicate,object\n")


@pytest.mark.parametrize(
    ("arguments", "text", "status", "words"),
    [
        (("ask", "participants-flow"), "", 2, "did you mean “participant-flow”?"),
        (("ask", "participant-flow", "--trail", "x"), "", 2, "--trial"),
        (("ask", "participant-flow", "--trial", "nobody-1999"), "", 2, "is no trial"),
        (("ask", "participant-flow", "--format", "pdf"), "", 2, "'pdf' is not one of"),
        (("query", "nowhere.rq"), "", 2, "there is no such file"),
        (("query", "-"), "SELECT * WHERE {", 2, "not SPARQL"),
        (("query", "-"), "DELETE WHERE { ?s ?p ?o }", 2, "nothing was changed"),
        (("query", "-"), "PREFIX a: <a:>\n# x\nINSERT DATA { a:a a:b 1 }", 2, "this is an update"),
        (("query", "-"), "DROP ALL", 2, "this is an update"),
        (("validate", "nowhere.ttl"), "", 2, "there is no such file"),
        (("validate", "-"), "<a> <b>", 2, "not Turtle"),
        (("fmt", "-"), "<a> <b c> 1 .", 2, "not Turtle"),
        (("fmt", "nowhere.ttl"), "", 2, "there is no such file"),
        (("fmt",), "", 2, "Missing argument"),
        (("fly",), "", 2, "No such command 'fly'"),
        (("--workspace", "nowhere", "ask"), "", 2, "is not a workspace"),
    ],
)
def test_bad_input_gets_one_clear_line(
    arguments: tuple[str, ...], text: str, status: int, words: str, run: Run, tmp_path: Path
) -> None:
    result = run(*arguments, text=text)
    assert result.returncode == status
    assert result.stdout == ""
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("mscgraph: ")
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_not_utf_8_is_named(run: Run, tmp_path: Path) -> None:
    for name in ("a.ttl", "a.rq"):
        (tmp_path / name).write_bytes(b"# \xe9\n")
    for verb, name in (("validate", "a.ttl"), ("fmt", "a.ttl"), ("query", "a.rq")):
        result = run(verb, name)
        assert result.returncode == 2
        assert f"{name}: not UTF-8" in result.stderr


BROKEN = """# A measurement whose spread is negative.

BASE <https://w3id.org/mscgraph/graph/broken-2020>
PREFIX : <https://w3id.org/mscgraph/graph/broken-2020#>
PREFIX msc: <https://w3id.org/mscgraph/ontology#>

:ev-meld
    a msc:Evidence ;
    msc:hasStatus msc:AsPrinted ;
    msc:locator "Results" ;
    msc:printed "10.7 ± 6.3" ;
    msc:supports msc:mean , msc:sd ;
.

:meld
    a msc:Measurement ;
    msc:hasEvidence :ev-meld ;
    msc:hasMeasure msc:MELD ;
    msc:mean 10.7 ;
    msc:sd -6.3 ;
.
"""


def test_validate_reports_as_text_json_and_shacl(run: Run, tmp_path: Path) -> None:
    (tmp_path / "broken-2020.ttl").write_text(BROKEN, encoding="utf-8")
    text = run("validate", "broken-2020.ttl")
    assert text.returncode == 1
    first, verdict = text.stdout.splitlines()
    assert first.startswith("broken-2020.ttl:15: violation: meld: ")
    assert "cannot be negative" in first
    assert first.endswith("(found: -6.3)")
    assert verdict == "broken-2020.ttl: does not conform: 1 violation"

    told = run("validate", "broken-2020.ttl", "--format", "json")
    assert told.returncode == 1
    (report,) = json.loads(told.stdout)
    assert not report["conforms"]
    (finding,) = report["findings"]
    assert finding["line"] == 15
    assert finding["rule"] == "number-sd"

    shacl = run("validate", "broken-2020.ttl", "--format", "turtle")
    assert shacl.returncode == 1
    graph = Graph().parse(data=shacl.stdout, format="turtle")
    (focus,) = graph.objects(None, SH.focusNode)
    assert str(focus) == "https://w3id.org/mscgraph/graph/broken-2020#meld"


def test_validate_reads_standard_input(run: Run) -> None:
    result = run("validate", "-", text=BROKEN)
    assert result.returncode == 1
    assert result.stdout.startswith("standard input:15: violation: ")


def test_fmt_writes_once_and_then_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "broken-2020.ttl"
    file.write_text(BROKEN, encoding="utf-8")
    checked = run("fmt", "--check", file.name)
    assert (checked.returncode, checked.stdout) == (1, "broken-2020.ttl: would change\n")
    assert file.read_text(encoding="utf-8") == BROKEN
    written = run("fmt", file.name)
    assert (written.returncode, written.stdout) == (0, "broken-2020.ttl: written\n")
    after = file.read_text(encoding="utf-8")
    assert after != BROKEN
    again = run("fmt", file.name)
    assert (again.returncode, again.stdout) == (0, "")
    assert file.read_text(encoding="utf-8") == after
    assert run("fmt", "-", text=BROKEN).stdout.splitlines()[-1] == "."


def test_fmt_writes_no_file_when_one_is_refused(run: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "broken-2020.ttl", tmp_path / "other-2020.ttl"
    good.write_text(BROKEN, encoding="utf-8")
    bad.write_text(BROKEN + "# lost\n", encoding="utf-8")
    result = run("fmt", good.name, bad.name)
    assert result.returncode == 2
    assert "this comment would be lost" in result.stderr
    assert good.read_text(encoding="utf-8") == BROKEN


def test_a_workspace_of_ones_own(run: Run, tmp_path: Path, workspace: Workspace) -> None:
    for name in ("graphs", "ontology", "queries", "shapes"):
        (tmp_path / name).mkdir()
    for file in (workspace.ontology, *workspace.shapes()):
        copy = tmp_path / file.parent.name / file.name
        copy.write_bytes(file.read_bytes())
    (tmp_path / "graphs" / "broken-2020.ttl").write_text(BROKEN, encoding="utf-8")
    result = run("--workspace", ".", "validate")
    assert result.returncode == 1
    assert "broken-2020.ttl:15" in result.stdout
    assert run("--workspace", ".", "ask").stdout == ""


def test_the_tour_goes_all_the_way(run: Run, workspace: Workspace) -> None:
    result = run("tour")
    assert result.returncode == 0
    assert "kharaziha-2009: conforms" in result.stdout
    lines = result.stdout.splitlines()
    for path in workspace.questions():
        assert any(re.match(rf"{path.stem} +\d+ rows", line) for line in lines)
    assert "▸ Look for contradictions: mscgraph check" in lines
    assert any(line.startswith("contradiction: ") for line in lines)
    assert any(line.startswith("MELD score at week 24") and "2 studies" in line for line in lines)


@pytest.mark.parametrize("engine", ["hermit", "rules"])
def test_classify_tells_the_verdict_of_each_product(engine: str, run: Run) -> None:
    result = run("classify", "--engine", engine, "--format", "json")
    assert result.returncode == 0
    verdicts = {
        row["product"].rpartition("/")[2]: row["verdict"] for row in json.loads(result.stdout)
    }
    assert verdicts["shi-2012#product"] == "conformant"
    assert verdicts["kharaziha-2009#product"] == "cannot tell"
    assert (
        "PanelConformantProduct" in run("classify", "--engine", engine, "--format", "trig").stdout
    )


def test_classify_names_an_impossible_product(
    run: Run, tmp_path: Path, workspace: Workspace
) -> None:
    for name in ("graphs", "ontology", "queries", "shapes"):
        (tmp_path / name).mkdir()
    (tmp_path / "ontology" / "mscgraph.ttl").write_bytes(workspace.ontology.read_bytes())
    (tmp_path / "graphs" / "odd-2020.ttl").write_text(
        "PREFIX msc: <https://w3id.org/mscgraph/ontology#>\n"
        "PREFIX : <https://w3id.org/mscgraph/graph/odd-2020#>\n"
        ":cells a msc:CellProduct ; msc:isSelectedFor msc:CD34 ;\n"
        "    msc:hasCellType msc:AdiposeMSC .\n",
        encoding="utf-8",
    )
    for engine in ("hermit", "rules"):
        result = run("--workspace", ".", "classify", "--engine", engine)
        assert result.returncode == 1
        assert result.stdout == ""
        assert "odd-2020#cells: selected for CD34" in result.stderr
        assert len(result.stderr.splitlines()) == 1
