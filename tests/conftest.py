"""What several tests need: the shipped workspace, and the program as a process."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mscgraph.workspace import Workspace, default

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def workspace() -> Workspace:
    """Return the workspace that ships with the program."""
    return default()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs the program in an empty folder, as a user would."""

    def start(*arguments: str, text: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "mscgraph", *arguments],
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            # As wide as in a pipe, whatever the libraries of a test tell of a terminal.
            env=os.environ | {"COLUMNS": "100"},
            check=False,
        )

    return start
