"""Where the data folders are found: in a source checkout, in a wheel, and in a folder given."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from mscgraph.errors import WorkspaceError
from mscgraph.workspace import FOLDERS, Workspace, default

ROOT = Path(__file__).parent.parent


def test_a_source_checkout_uses_its_own_folders() -> None:
    assert default().root == ROOT
    assert default().paper_graphs()


def test_an_installed_wheel_answers_from_another_folder(tmp_path: Path) -> None:
    build = "import hatchling.build, sys; print(hatchling.build.build_wheel(sys.argv[1]))"
    made = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    installed = tmp_path / "installed"
    with zipfile.ZipFile(tmp_path / made.stdout.split()[-1]) as wheel:
        wheel.extractall(installed)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    where = "import mscgraph.workspace as w; print(w.default().root)"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    for arguments in (["-c", where], ["-m", "mscgraph", "ask", "participant-flow"]):
        result = subprocess.run(
            [sys.executable, *arguments],
            cwd=elsewhere,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        if arguments[0] == "-c":
            assert Path(result.stdout.strip()) == installed / "mscgraph" / "data"
        else:
            assert "trial:kharaziha-2009" in result.stdout
    assert not list(elsewhere.iterdir())


def test_a_wheel_ships_every_file_of_the_four_folders(tmp_path: Path) -> None:
    from hatchling.build import build_wheel

    before = Path.cwd()
    os.chdir(ROOT)
    try:
        name = build_wheel(str(tmp_path))
    finally:
        os.chdir(before)
    with zipfile.ZipFile(tmp_path / name) as wheel:
        shipped = {n.removeprefix("mscgraph/data/") for n in wheel.namelist()}
    wanted = {
        str(path.relative_to(ROOT))
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert wanted
    assert wanted <= shipped


def test_a_folder_that_is_no_workspace_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="make the folder graphs/"):
        Workspace.at(tmp_path)
    for name in FOLDERS:
        (tmp_path / name).mkdir()
    with pytest.raises(WorkspaceError, match=r"ontology/mscgraph\.ttl is missing"):
        Workspace.at(tmp_path)


def test_shared_graphs_are_not_papers(tmp_path: Path) -> None:
    for name in FOLDERS:
        (tmp_path / name).mkdir()
    for name in ("trials", "papers", "a-2020"):
        (tmp_path / "graphs" / f"{name}.ttl").touch()
    workspace = Workspace(tmp_path)
    assert [path.stem for path in workspace.paper_graphs()] == ["a-2020"]
    assert [path.stem for path in workspace.shared_graphs()] == ["papers", "trials"]
