"""``mscgraph check``: where papers contradict each other, or one of them itself."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mscgraph.cli.output import deliver, emit, file_options
from mscgraph.workspace import Workspace

if TYPE_CHECKING:
    from mscgraph.check import Discrepancy

__all__ = ["check"]


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--against",
    is_flag=True,
    help="Hold the one paper graph in FILE against those of the workspace; list only what "
    "concerns it.",
)
@click.option(
    "--kind", "names", multiple=True, metavar="KIND", help="This kind alone; may be repeated."
)
@click.option("--paper", "papers", multiple=True, metavar="PAPER-ID", help="This paper alone.")
@click.option("--kinds", "list_kinds", is_flag=True, help="List the kinds and what they mean.")
@click.option("--report", is_flag=True, help="A report in Markdown instead of rows.")
@click.option("--graph", "as_trig", is_flag=True, help="The discrepancies as TriG.")
@click.option("--strict", is_flag=True, help="Exit with 1 when there is one nobody reviewed.")
@file_options
@click.pass_obj
def check(
    workspace: Workspace,
    *,
    file: Path | None,
    against: bool,
    names: tuple[str, ...],
    papers: tuple[str, ...],
    list_kinds: bool,
    report: bool,
    as_trig: bool,
    strict: bool,
    form: str | None,
    output: Path | None,
) -> None:
    """Find where papers contradict each other about a trial, and where a paper contradicts itself.

    Each discrepancy is one sentence with both statements, their papers, places and printed
    figures, and what was expected and found. Missing is not different, rounding is allowed for,
    and a restatement that agrees is silent. One that somebody has reviewed stays in the list
    with the reason, which stands in graphs/acknowledged.tsv.

    \b
    mscgraph check                          all discrepancies, gravest first
    mscgraph check --paper li-2022          those in which a paper takes part
    mscgraph check --report --output r.md   a report to read
    mscgraph check --kinds                  what is looked for
    mscgraph check new.ttl --against        what a new paper contradicts
    """
    from mscgraph.check import discrepancies, kinds
    from mscgraph.check.acknowledged import idle, read_acknowledgements, reasons
    from mscgraph.check.discrepancy import key
    from mscgraph.check.report import as_answer, as_graph, as_markdown, kinds_as_answer
    from mscgraph.store import load

    if bool(file) != against:
        raise click.UsageError("--against goes with a FILE, and a FILE with --against")
    known = _chosen(kinds(workspace), names)
    if list_kinds:
        deliver(kinds_as_answer(known), form, output, None)
        return
    store = load(workspace, extra=[file] if file else [])
    found = discrepancies(store, known)
    acknowledgements = read_acknowledgements(workspace.acknowledgements)
    if not names and not file:
        for each in idle(acknowledgements, found):
            click.echo(
                f"{workspace.acknowledgements.name}: {each.kind} of {' '.join(each.nodes)} is no "
                "longer found: take the line out",
                err=True,
            )
    if against and file:
        papers = (file.stem,)
    found = [each for each in found if not papers or _concerns(each, papers)]
    given = reasons(acknowledgements)
    if report or as_trig:
        text = as_markdown(found, given) if report else as_graph(found)
        _write(text, output)
    else:
        deliver(as_answer(found, given), form, output, None)
    open_ends = [each for each in found if key(each) not in given]
    click.echo(
        f"{len(found)} discrepancies, {len(found) - len(open_ends)} of them reviewed", err=True
    )
    if strict and open_ends:
        click.get_current_context().exit(1)
