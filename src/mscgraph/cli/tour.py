"""``mscgraph tour``: the main job on the papers of the workspace, start to finish."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from mscgraph.workspace import Workspace

__all__ = ["tour"]

# How many rows of each answer a visitor is shown.
_ROWS_SHOWN = 3


@click.command()
@click.pass_obj
def tour(workspace: Workspace) -> None:
    """Walk through the whole program on the papers at hand, in under a minute.

    Validates every graph, loads them with the ontology, classifies the infused products
    by rules, and asks every stored question. Exit
    status 1 when a graph has violations.
    """
    from mscgraph.answer import Answer, ask
    from mscgraph.document import read_document
    from mscgraph.panel import as_answer, products, verdicts_by_rules
    from mscgraph.question import read_question
    from mscgraph.rendering import render
    from mscgraph.store import load
    from mscgraph.validation import validate

    width = shutil.get_terminal_size((100, 24)).columns
    documents = [read_document(path) for path in workspace.graphs()]
    with _step(f"Validate {len(documents)} graphs by the shapes"):
        reports = list(validate(documents, workspace))
        for report, document in zip(reports, documents, strict=True):
            verdict = "conforms" if report.conforms else "does not conform"
            click.echo(f"{document.name}: {verdict}, {len(report.findings)} remarks")
    with _step("Load the graphs, the ontology and their merge"):
        store = load(workspace)
        names = sorted(graph.value for graph in store.named_graphs())
        click.echo(f"{len(names)} named graphs, {len(store)} statements with the merge")
    with _step("Classify the infused products by the marker panel"):
        found = products(store)
        click.echo(
            render(as_answer(found, verdicts_by_rules(store)), "table", width=width), nl=False
        )
    for path in workspace.questions():
        question = read_question(path)
        with _step(f"Ask “{question.description}”"):
            answer = ask(store, question.sparql)
            shown = Answer(answer.columns, answer.rows[:_ROWS_SHOWN])
            click.echo(render(shown, "table", width=width))
            click.echo(f"{len(answer.rows)} rows in all: mscgraph ask {question.name}")
    if not all(report.conforms for report in reports):
        click.get_current_context().exit(1)


@contextmanager
def _step(title: str) -> Iterator[None]:
    click.secho(f"▸ {title}", bold=True)
    begun = time.perf_counter()
    yield
    click.secho(f"  {time.perf_counter() - begun:.1f} s\n", dim=True)
