"""The README: every command in it runs and prints what it says."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from mscgraph.cli.group import cli as group

from .conftest import Run

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
SOURCE = Path(__file__).parent.parent / "src" / "mscgraph"

FAULTY = """# A measurement whose standard deviation is negative.

BASE <https://w3id.org/mscgraph/graph/faulty-2020>
PREFIX : <https://w3id.org/mscgraph/graph/faulty-2020#>
PREFIX msc: <https://w3id.org/mscgraph/ontology#>

:ev-meld-24
    a msc:Evidence ;
    msc:hasStatus msc:AsPrinted ;
    msc:locator "Results" ;
    msc:printed "10.7 ± 6.3" ;
    msc:supports msc:mean ;
    msc:supports msc:sd ;
.

:meld-24
    a msc:Measurement ;
    msc:hasEvidence :ev-meld-24 ;
    msc:hasMeasure msc:MELD ;
    msc:mean 10.7 ;
    msc:sd -6.3 ;
.
"""


def _commands() -> list[tuple[str, str]]:
    """Return each command of the README's console blocks with the output it shows."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
        found += list(zip(parts[::2], parts[1::2], strict=True))
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "faulty-2020.ttl").write_text(FAULTY, encoding="utf-8")
    for command, output in _commands():
        if command.startswith("cat "):
            (tmp_path / command.removeprefix("cat ")).write_text(output, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("command", "output"),
    [pair for pair in _commands() if pair[0].startswith("mscgraph ")],
    ids=lambda text: text.splitlines()[0][:40] if text else "no output shown",
)
def test_a_command_prints_what_the_readme_shows(
    command: str, output: str, run: Run, folder: Path
) -> None:
    assert folder.is_dir()
    result = run(*shlex.split(command)[1:])
    assert result.returncode in (0, 1)
    assert result.stderr == ""
    assert result.stdout
    if output.strip():
        assert result.stdout == output


@pytest.mark.parametrize("page", ["README.md", "docs/pooling.md"])
def test_the_python_of_a_page_runs(page: str) -> None:
    text = (Path(__file__).parent.parent / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert blocks
    for block in blocks:
        done = subprocess.run([sys.executable, "-c", block], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")


def test_every_verb_is_in_the_readme() -> None:
    verbs = group.list_commands(None)  # type: ignore[arg-type]
    assert verbs
    for verb in verbs:
        assert f"mscgraph {verb}" in README or f"make {verb}" in README


def test_the_module_map_names_every_module() -> None:
    named = set(re.findall(r"^\| `(\w+)` \|", CONTRIBUTING, re.MULTILINE))
    modules = {path.stem for path in SOURCE.glob("*.py")} - {"__init__", "__main__"}
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert named == modules | packages
