"""``mscgraph tour``: the main job on the papers of the workspace, start to finish."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from mscgraph.workspace import Workspace

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["tour"]

# The questions whose first rows a visitor is shown, and how many of them.
_SHOWN = ("doses-and-routes", "outcomes-by-time", "participant-flow")
_ROWS_SHOWN = 3
_DISCREPANCIES_SHOWN = 5
# What is looked for to be pooled, and when.
_POOLED, _WEEKS = ("MELD", "Albumin"), 24


@click.command()
@click.pass_obj
def tour(workspace: Workspace) -> None:
    """Walk through the whole program on the papers at hand, in under a minute.

    Validates every graph, loads them with the ontology, classifies the infused products
    by rules, asks every stored question and shows some answers, looks for contradictions, tells
    what the papers state of the cells, and what of their results can be pooled. Exit status 1
    when a graph has violations.
    """
    from mscgraph.answer import Answer, ask
    from mscgraph.check import discrepancies, kinds
    from mscgraph.coverage import assess, choose_lists, matrix
    from mscgraph.document import read_document
    from mscgraph.panel import CANNOT_TELL, as_answer, products, verdicts_by_rules
    from mscgraph.question import read_question
    from mscgraph.rendering import render
    from mscgraph.store import load
    from mscgraph.validation import validate

    width = shutil.get_terminal_size((100, 24)).columns
    documents = [read_document(path) for path in workspace.graphs()]
    with _step(f"Validate {len(documents)} graphs by the shapes"):
        reports = list(validate(documents, workspace, processes=os.cpu_count() or 1))
        for report, document in zip(reports, documents, strict=True):
            verdict = "conforms" if report.conforms else "does not conform"
            click.echo(f"{document.name}: {verdict}, {len(report.findings)} remarks")
    with _step("Load the graphs, the ontology and their merge"):
        store = load(workspace)
        names = sorted(graph.value for graph in store.named_graphs())
        click.echo(f"{len(names)} named graphs, {len(store)} statements with the merge")
    with _step("Classify the infused products by the marker panel"):
        found = products(store)
        verdicts = verdicts_by_rules(store)
        decided = as_answer([p for p in found if verdicts[p.iri] != CANNOT_TELL], verdicts)
        click.echo(render(decided, "table", width=width))
        untold = len(found) - len(decided.rows)
        click.echo(f"of {untold} more products it cannot be told: mscgraph classify --engine rules")
    questions = [read_question(path) for path in workspace.questions()]
    with _step(f"Ask {len(questions)} stored questions"):
        answers = {question.name: ask(store, question.sparql) for question in questions}
        size = max((len(name) for name in answers), default=0)
        for question in questions:
            rows = len(answers[question.name].rows)
            click.echo(f"{question.name.ljust(size)}  {rows:4} rows  {question.summary}")
    for question in questions:
        if question.name in _SHOWN:
            with _step(f"{question.description} mscgraph ask {question.name}"):
                answer = answers[question.name]
                shown = Answer(answer.columns, answer.rows[:_ROWS_SHOWN])
                click.echo(render(shown, "table", width=width))
                click.echo(f"{len(answer.rows)} rows in all")
    with _step("Look for contradictions: mscgraph check"):
        clashes = discrepancies(workspace, kinds(workspace))
        for clash in clashes[:_DISCREPANCIES_SHOWN]:
            click.echo(f"{clash.severity}: {clash.sentence}")
        click.echo(f"{len(clashes)} in all: mscgraph check --report")
    with _step("Count what papers state of the cells: mscgraph coverage"):
        for name in ("doses", "isct"):
            (which,) = choose_lists(store, (name,))
            covered = assess(store, [which], kinds=["own-report"])
            click.echo(render(matrix(covered, which), "table", width=width))
    with _step(f"See what can be pooled: mscgraph pool MELD --weeks {_WEEKS}"):
        for measure in _POOLED:
            click.echo(_poolable(store, measure))
    if not all(report.conforms for report in reports):
        click.get_current_context().exit(1)


def _poolable(store: "ox.Store", measure: str) -> str:
    """Return how many studies of a measure could be pooled, and why others could not."""
    from mscgraph.synthesis.findings import read_findings
    from mscgraph.synthesis.pools import Options, Synthesis
    from mscgraph.synthesis.rule import Rule
    from mscgraph.synthesis.selection import pick
    from mscgraph.synthesis.tables import headline

    selection = pick(read_findings(store, measure), Rule(measure, _WEEKS, "md"))
    return headline(Synthesis(selection, Options(), selection.studies, None, None))


@contextmanager
def _step(title: str) -> Iterator[None]:
    click.secho(f"▸ {title}", bold=True)
    begun = time.perf_counter()
    yield
    click.secho(f"  {time.perf_counter() - begun:.1f} s\n", dim=True)
