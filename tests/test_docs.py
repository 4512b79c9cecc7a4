"""The page of stored questions is what its sources make it."""

import importlib.util
from pathlib import Path

from mscgraph.workspace import default

DOCS = Path(__file__).parents[1] / "docs"


def test_the_page_of_questions_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("build_questions", DOCS / "build_questions.py")
    assert spec is not None
    assert spec.loader is not None
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    page = (DOCS / "questions.md").read_text(encoding="utf-8")
    assert page == builder.page(), "run: make docs"
    assert all(f"mscgraph ask {path.stem}" in page for path in default().questions())
