"""``mscgraph coverage`` as a user meets it."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from mscgraph.cli.coverage import coverage
from mscgraph.coverage import DEFAULT_KINDS, KINDS

from .conftest import Run

OWN = ("--kind", "own-report")


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_kinds_offered_are_those_there_are() -> None:
    (kind,) = (option for option in coverage.params if option.name == "kinds")
    assert list(getattr(kind.type, "choices", ())) == list(KINDS.values())
    assert kind.default == DEFAULT_KINDS


def test_a_pipe_gets_a_row_for_each_place(run: Run) -> None:
    result = run("coverage")
    assert (result.returncode, result.stderr) == (0, "")
    rows = _rows(result.stdout)
    accounts = {(row["trial"], row["paper"]) for row in rows}
    assert len(accounts) == 30
    assert len({(*account, row["item"]) for row in rows for account in accounts}) == 30 * 17
    for row in rows:
        if row["state"] in ("stated", "inferred or derived"):
            assert row["value"]
            assert row["locator"]
        if row["state"] == "not yet extracted":
            assert not row["locator"]


def test_the_formats_hold_the_same(run: Run) -> None:
    arguments = ("coverage", "--paper", "shi-2012", *OWN)
    rows = _rows(run(*arguments, "--format", "csv").stdout)
    objects = json.loads(run(*arguments, "--format", "json").stdout)
    assert len(objects) == len(rows)
    donor = objects[0]
    assert donor["item"] == "https://w3id.org/mscgraph/reporting#doses-donor"
    assert donor["state"] == "inferred or derived"
    assert donor["value"] == "allogeneic"
    assert donor["isEarlier"] is False
    assert donor["meets"] is None
    assert {each["meets"] for each in objects if each["item"].endswith("cd45")} == {True}
    tabs = run(*arguments, "--format", "tsv").stdout
    assert tabs.count("\n") == len(rows) + 1


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_people_get_a_matrix_with_a_legend(form: str, run: Run) -> None:
    result = run("coverage", "--paper", "shi-2012", *OWN, "--format", form)
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    heads = [
        line.strip("# ") for line in lines if line.strip("# ") in ("DOSES", "ISCT minimal criteria")
    ]
    assert heads == ["DOSES", "ISCT minimal criteria"]
    doses, isct = [
        line.replace("|", " ").split() for line in lines if line.strip("| ").startswith("shi-2012")
    ]
    assert doses == ["shi-2012", "shi-2012", "i", "+", "+", "+", "+", "5/5"]
    assert isct[2:] == [*"i+++++−−+++u", "9/12"]
    assert "Don donor" in result.stdout
    assert "? not yet extracted" in result.stdout
    if form == "table":
        assert max(map(len, lines)) <= 100


def test_a_whole_matrix_fits_a_line(run: Run) -> None:
    for line in run("coverage", "--format", "table").stdout.splitlines():
        assert len(line) <= 110


def test_the_summary_counts(run: Run) -> None:
    result = run("coverage", "--summary", "--trial", "shi-2012", "--format", "json")
    counts = {
        (row["kind"], row["list"]): (row["items"], row["stated"], row["absent"])
        for row in json.loads(result.stdout)
    }
    assert counts == {
        ("own-report", "doses"): (5, 5, 0),
        ("own-report", "isct"): (12, 9, 3),
        ("tabulated", "doses"): (5, 2, 3),
        ("tabulated", "isct"): (12, 0, 12),
    }


def test_accounts_are_chosen_by_trial_paper_and_kind(run: Run) -> None:
    def accounts(*arguments: str) -> set[tuple[str, str]]:
        rows = _rows(run("coverage", "--summary", "--list", "doses", *arguments).stdout)
        return {(row["trial"].partition(":")[2], row["paper"].partition(":")[2]) for row in rows}

    assert accounts("--trial", "zhang-2012") == {("zhang-2012", "li-2022")}
    mentioned = accounts("--trial", "zhang-2012", "--kind", "mentioned")
    assert mentioned == {("zhang-2012", "shi-2012")}
    assert len(accounts("--paper", "paper:pan-2014")) == 5
    assert len(accounts("--paper", "pan-2014", "--paper", "liang-2017")) == 6
    assert accounts("--trial", "peng-2011", "--paper", "pan-2014") == {("peng-2011", "pan-2014")}


def test_one_list_is_asked_by_itself(run: Run) -> None:
    rows = _rows(run("coverage", "--list", "isct", *OWN).stdout)
    assert {row["list"] for row in rows} == {"isct"}


def test_a_figure_is_drawn_beside_the_rows(run: Run, tmp_path: Path) -> None:
    plain = run("coverage", "--summary")
    first = run("coverage", "--summary", "--plot", "a.svg")
    assert first.returncode == 0
    assert first.stderr == "a.svg: written\n"
    assert first.stdout == plain.stdout
    assert run("coverage", "--summary", "--plot", "b.svg").returncode == 0
    drawn = (tmp_path / "a.svg").read_bytes()
    assert drawn == (tmp_path / "b.svg").read_bytes()
    assert b"data sha256:" in drawn


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--plot", "map.jpg"), "end the name of a figure in one of .svg, .png, .pdf"),
        (("--plot", "map"), "end the name of a figure"),
        (("--plot", "nowhere/map.svg"), "there is no folder nowhere"),
        (("--plot", "folder.svg"), "is a directory"),
        (("--plot", "x" * 300 + ".svg"), "cannot be written"),
        (("--plot", "map.svg", "--trial", "gaia-2006"), "there is no account to draw"),
        (("--list", "consort"), "there is no list “consort”; take doses or isct"),
        (("--trial", "nobody-1999"), "--trial: “nobody-1999” is no trial"),
        (("--paper", "shi-2013"), "is no paper; did you mean “shi-2012”?"),
        (("--kind", "own"), "'own' is not one of"),
        (("--format", "pdf"), "'pdf' is not one of"),
    ],
)
def test_bad_input_gets_one_clear_line(
    arguments: tuple[str, ...], words: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "folder.svg").mkdir()
    result = run("coverage", *arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["folder.svg"]


def test_no_account_is_no_fault(run: Run) -> None:
    result = run("coverage", "--trial", "gaia-2006")
    assert result.returncode == 0
    assert _rows(result.stdout) == []
    assert result.stderr == "no account: a trial that is only mentioned needs --kind mentioned\n"


def test_without_matplotlib_one_line_says_what_to_install(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['matplotlib'] = None;"
        "from mscgraph.cli import main; main(['coverage', '--plot', 'map.svg'])"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr == (
        "mscgraph: this needs the extra “analysis”: pip install 'mscgraph[analysis]'\n"
    )


def test_without_a_figure_matplotlib_is_not_loaded() -> None:
    script = (
        "import sys; from mscgraph.cli.group import cli;"
        "cli.main(['coverage', '--summary'], standalone_mode=False);"
        "heavy = {'matplotlib', 'numpy', 'rdflib', 'pyshacl', 'yaml'} & set(sys.modules);"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
