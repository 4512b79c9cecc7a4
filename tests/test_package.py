"""The package as a whole: what it exports, how large its modules are, what it imports."""

import ast
import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import mscgraph

SOURCE = Path(mscgraph.__file__).parent
MODULES = sorted(
    name
    for _, name, _ in pkgutil.walk_packages([str(SOURCE)], "mscgraph.")
    if "__main__" not in name
)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_exports_just_what_is_public(name: str) -> None:
    module = importlib.import_module(name)
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    defined = {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    }
    exported = set(module.__all__)
    assert len(exported) == len(module.__all__)
    assert defined <= exported, f"add to __all__: {sorted(defined - exported)}"
    assert all(hasattr(module, name) for name in exported)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.stem)
def test_a_module_stays_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_documentation_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_an_answer_needs_no_heavy_package() -> None:
    script = (
        "import sys; from mscgraph.cli.group import cli;"
        "cli.main(['ask', 'participant-flow'], standalone_mode=False);"
        "heavy = {'rdflib', 'pyshacl', 'yaml', 'owlready2', 'numpy'} & set(sys.modules);"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
