"""The generated pages are what their sources make them."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from mscgraph.workspace import default

DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build", DOCS / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["questions", "discrepancies"])
def test_a_page_is_up_to_date(name: str, builder: ModuleType) -> None:
    path = DOCS / f"{name}.md"
    assert path.read_text(encoding="utf-8") == builder.pages()[path], "run: make docs"


def test_every_question_and_kind_has_its_place() -> None:
    questions = (DOCS / "questions.md").read_text(encoding="utf-8")
    assert all(f"mscgraph ask {path.stem}\n" in questions for path in default().questions())
    discrepancies = (DOCS / "discrepancies.md").read_text(encoding="utf-8")
    assert all(f"`{path.stem}`" in discrepancies for path in default().checks())
