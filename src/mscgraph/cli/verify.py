"""``mscgraph verify``: is each printed figure of a graph in the text of its paper."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mscgraph.cli.output import emit, format_option, read_input
from mscgraph.workspace import Workspace

if TYPE_CHECKING:
    from mscgraph.paper_text import PaperText
    from mscgraph.verification import Verdict

__all__ = ["verify"]


@click.command()
@click.argument("graph")
@click.option(
    "--text",
    required=True,
    metavar="FILE",
    help="The paper as plain text in UTF-8, as an extraction gives it; “-” for standard input.",
)
@click.option(
    "--unclaimed",
    is_flag=True,
    help="List the figures of the text that no evidence claims, instead of what was looked for.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="List also what was found in its place; with --unclaimed, also what is left out for a "
    "reason.",
)
@format_option
@click.pass_obj
def verify(
    workspace: Workspace,
    *,
    graph: str,
    text: str,
    unclaimed: bool,
    everything: bool,
    form: str | None,
) -> None:
    """Look for each printed figure of GRAPH in the text of its paper.

    GRAPH is a paper-id of the workspace, or a Turtle file. A figure is looked for where its
    evidence says that it stands, through what the extraction did to the text: white space,
    hyphenation, ligatures, flattened exponents, lost signs. Listed are the figures that were
    found elsewhere and those that were not found; exit status 1 when there is one of the latter.

    With --unclaimed, the figures of the text that no evidence claims are listed by section.
    Reference lists, citations and page furniture are left out, and so is what the file
    GRAPH.unclaimed.tsv beside the graph gives a reason for.
    """
    from mscgraph.document import read_document
    from mscgraph.verification import FOUND, NOT_FOUND, as_answer, read_claims, read_text
    from mscgraph.verification import verify as look

    path = _graph_path(workspace, graph)
    claims = read_claims(read_document(path))
    paper = read_text(claims, read_input(text))
    verdicts = look(claims, paper)
    if unclaimed:
        _list_unclaimed(path, verdicts, paper, everything=everything, form=form)
    else:
        emit(as_answer([v for v in verdicts if everything or v.outcome != FOUND]), form, empty="")
    outcomes = [verdict.outcome for verdict in verdicts]
    click.echo(
        f"{path.stem}: {len(outcomes)} printed figures: "
        + ", ".join(f"{outcomes.count(o)} {o}" for o in dict.fromkeys((FOUND, *sorted(outcomes)))),
        err=True,
    )
    if NOT_FOUND in outcomes:
        click.get_current_context().exit(1)


def _graph_path(workspace: Workspace, graph: str) -> Path:
    known = {path.stem: path for path in workspace.paper_graphs()}
    if graph not in known and not Path(graph).exists():
        raise click.BadParameter(
            f"{graph} is neither a file nor a paper: name one of {', '.join(known)}",
            param_hint="GRAPH",
        )
    return known.get(graph) or Path(graph)


def _list_unclaimed(
    path: Path,
    verdicts: "list[Verdict]",
    paper: "PaperText",
    *,
    everything: bool,
    form: str | None,
) -> None:
    from mscgraph.unclaimed import as_answer, idle, read_reasons, reasons_path, unclaimed

    reasons = read_reasons(reasons_path(path)) if reasons_path(path).exists() else []
    left = unclaimed(verdicts, paper)
    open_ends = [f for f in left if not any(reason.covers(f) for reason in reasons)]
    emit(as_answer(left if everything else open_ends, reasons), form, empty="")
    click.echo(
        f"{path.stem}: {len(open_ends)} unclaimed figures without a reason, "
        f"{len(left) - len(open_ends)} with one",
        err=True,
    )
    for reason in idle(reasons, left):
        click.echo(
            f"{reasons_path(path).name}: nothing is left out by “{reason.section}”, "
            f"“{reason.figure}”: take the line out",
            err=True,
        )
