"""Write docs/questions.md from the headers of the stored questions and their golden answers."""

import csv
from collections.abc import Iterator
from pathlib import Path

from mscgraph.question import TOPICS, Question, read_question
from mscgraph.workspace import default

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "questions.md"
GOLDEN = ROOT / "tests" / "golden"
ROWS_SHOWN = 3
# Cells of a row that are shown; the rest is to be had from the program.
CELL = 60


def page() -> str:
    """Return the page: each question with its parameters, its columns and its first rows."""
    questions = [read_question(path) for path in default().questions()]
    return "".join(_page(questions))


def _page(questions: list[Question]) -> Iterator[str]:
    yield "# Stored questions\n\n"
    yield (
        f"{len(questions)} questions, each a file in `queries/` that any SPARQL 1.1 engine answers "
        "and a command of the program. The rows shown are the first of the answer from the papers "
        "that ship with it. This page is made by `make docs` from the questions' headers and "
        "their golden answers.\n"
    )
    for topic in TOPICS:
        mine = [question for question in questions if question.topic == topic]
        if mine:
            yield f"\n## {topic.capitalize()}\n"
        for question in mine:
            yield from _question(question)


def _question(question: Question) -> Iterator[str]:
    yield f"\n### {question.summary}\n\n"
    yield f"{question.description}\n\n```\nmscgraph ask {question.name}\n```\n\n"
    yield f"{question.answer}\n\n"
    if question.parameters:
        yield "| parameter | takes | narrows to |\n|---|---|---|\n"
        for each in question.parameters:
            takes = f"a term of the list {each.of}" if each.of else f"a {each.kind}"
            yield f"| `--{each.name}` | {takes} | {each.label} |\n"
        yield "\n"
    with (GOLDEN / f"{question.name}.csv").open(encoding="utf-8", newline="") as stream:
        heads, *rows = list(csv.reader(stream))
    yield f"{len(rows)} rows of {len(heads)} columns, of which the first are:\n\n"
    yield from _blocks(heads, rows[:ROWS_SHOWN])
    yield f"Words: {', '.join(question.tags)}.\n"


def _blocks(heads: list[str], rows: list[list[str]]) -> Iterator[str]:
    """Yield a table with one column for each row shown, so that wide answers can be read."""
    yield "| column | " + " | ".join(f"row {n}" for n in range(1, len(rows) + 1)) + " |\n"
    yield "|---" * (len(rows) + 1) + "|\n"
    for place, head in enumerate(heads):
        cells = (_cut(row[place]) for row in rows)
        yield f"| {head} | " + " | ".join(cells) + " |\n"
    yield "\n"


def _cut(cell: str) -> str:
    short = cell if len(cell) <= CELL else cell[: CELL - 1] + "…"
    return short.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
