"""``mscgraph check``: where papers contradict each other, or one of them itself."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mscgraph.cli.output import deliver, file_options, write_output
from mscgraph.names import graph_iri
from mscgraph.workspace import Workspace

if TYPE_CHECKING:
    from mscgraph.check import Discrepancy, Kind
    from mscgraph.check.acknowledged import Acknowledgement

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
@click.option(
    "--severity",
    "severities",
    multiple=True,
    type=click.Choice(("contradiction", "arithmetic", "gap", "note")),
    help="Of this severity alone; may be repeated.",
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
    severities: tuple[str, ...],
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
    mscgraph check --severity contradiction  the gravest alone
    mscgraph check --report --output r.md   a report to read
    mscgraph check --kinds                  what is looked for
    mscgraph check new.ttl --against        what a new paper contradicts
    """
    from mscgraph.check import discrepancies, key, kinds
    from mscgraph.check.acknowledged import idle, read_acknowledgements, reasons
    from mscgraph.check.report import as_answer, as_graph, as_markdown, kinds_as_answer

    if bool(file) != against:
        raise click.UsageError("--against goes with a FILE, and a FILE with --against")
    known = _chosen(kinds(workspace), names)
    if list_kinds:
        listed = [kind for kind in known if not severities or kind.severity in severities]
        deliver(kinds_as_answer(listed), form, output, None)
        return
    found = discrepancies(workspace, known, extra=[file] if file else [])
    acknowledged = read_acknowledgements(workspace.acknowledgements)
    if not (names or severities or file):
        _tell_idle(workspace, idle(acknowledged, found))
    wanted = (file.stem,) if file else papers
    found = [each for each in found if not wanted or _concerns(each, wanted)]
    found = [each for each in found if not severities or each.severity in severities]
    given = reasons(acknowledged)
    if report or as_trig:
        _write(as_markdown(found, given) if report else as_graph(found), output)
    else:
        deliver(as_answer(found, given), form, output, None)
    reviewed = sum(key(each) in given for each in found)
    if not report:
        click.echo(f"{len(found)} discrepancies, {reviewed} of them reviewed", err=True)
    if strict and reviewed < len(found):
        click.get_current_context().exit(1)


def _chosen(known: "list[Kind]", names: tuple[str, ...]) -> "list[Kind]":
    missing = set(names) - {kind.name for kind in known}
    if missing:
        import difflib

        name = sorted(missing)[0]
        near = difflib.get_close_matches(name, [kind.name for kind in known], n=1, cutoff=0.5)
        hint = f"did you mean “{near[0]}”?" if near else "“mscgraph check --kinds” lists them"
        raise click.BadParameter(f"there is no kind “{name}”; {hint}", param_hint="--kind")
    return [kind for kind in known if not names or kind.name in names]


def _concerns(discrepancy: "Discrepancy", papers: tuple[str, ...]) -> bool:
    graphs = {statement.node.partition("#")[0] for statement in discrepancy.statements}
    return any(graph_iri(paper) in graphs for paper in papers)


def _tell_idle(workspace: Workspace, idle: "list[Acknowledgement]") -> None:
    for each in idle:
        click.echo(
            f"{workspace.acknowledgements.name}: {each.kind} of {' '.join(each.nodes)} is no "
            "longer found: take the line out",
            err=True,
        )


def _write(text: str, output: Path | None) -> None:
    if output:
        write_output(output, text)
    else:
        click.echo(text, nl=False)
