"""Write the pages that follow from headers: stored questions, and kinds of discrepancy."""

import csv
from collections.abc import Iterator
from pathlib import Path

from mscgraph.check import SEVERITIES, Kind, kinds
from mscgraph.question import TOPICS, Question, read_question
from mscgraph.workspace import default

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "docs" / "questions.md"
DISCREPANCIES = ROOT / "docs" / "discrepancies.md"
GOLDEN = ROOT / "tests" / "golden"
ROWS_SHOWN = 3
# Longer cells are cut; the program shows them whole.
CELL = 60


def pages() -> dict[Path, str]:
    """Return the text of each page by its place."""
    questions = [read_question(path) for path in default().questions()]
    return {
        QUESTIONS: "".join(_questions(questions)),
        DISCREPANCIES: "".join(_discrepancies(kinds(default()))),
    }


def _discrepancies(known: list[Kind]) -> Iterator[str]:
    with (GOLDEN / "check" / "report.csv").open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    yield "# Kinds of discrepancy\n\n"
    yield (
        f"`mscgraph check` knows {len(known)} kinds, each a query in `queries/checks/`. In the "
        f"papers that ship with it, it finds {len(found)} discrepancies; where a kind has some, "
        "the first stands below it. This page is made by `make docs` from the kinds' headers and "
        "the report on the papers.\n"
    )
    for severity in SEVERITIES:
        yield f"\n## {severity.capitalize()}\n"
        for kind in known:
            if kind.severity != severity:
                continue
            yield f"\n### {kind.summary}\n\n`{kind.name}`, {kind.scope}. {kind.description}\n\n"
            yield f"Silent: {kind.silent}\n"
            hits = [row["sentence"] for row in found if row["kind"] == kind.name]
            if hits:
                yield f"\n> {hits[0]}\n\n{len(hits)} in the papers.\n"


def _questions(questions: list[Question]) -> Iterator[str]:
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
    for place, text in pages().items():
        place.write_text(text, encoding="utf-8")
