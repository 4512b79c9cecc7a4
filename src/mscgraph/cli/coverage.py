"""``mscgraph coverage``: what each account states of published reporting lists."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mscgraph.cli.output import chosen_format, emit, format_option
from mscgraph.workspace import Workspace

if TYPE_CHECKING:
    from mscgraph.coverage import AccountCoverage, ReportingList

__all__ = ["coverage"]


@click.command()
@click.option(
    "--list",
    "lists",
    multiple=True,
    metavar="LIST",
    help="doses or isct; both unless told. Can be given more than once.",
)
@click.option(
    "--trial", "trials", multiple=True, metavar="TRIAL", help="This trial alone; can be repeated."
)
@click.option(
    "--paper", "papers", multiple=True, metavar="PAPER", help="This paper alone; can be repeated."
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(("own-report", "tabulated", "mentioned")),
    default=("own-report", "tabulated"),
    show_default=True,
    help="How the paper comes to speak of the trial; can be repeated.",
)
@click.option("--summary", "is_summary", is_flag=True, help="Count the items in each state.")
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also draw a heat map: FILE ends in .svg, .png or .pdf (the extra “analysis”).",
)
@format_option
@click.pass_obj
def coverage(
    workspace: Workspace,
    *,
    lists: tuple[str, ...],
    trials: tuple[str, ...],
    papers: tuple[str, ...],
    kinds: tuple[str, ...],
    is_summary: bool,
    plot: Path | None,
    form: str | None,
) -> None:
    """Tell what each paper states of its cells, against two published reporting lists.

    DOSES asks for the donor, the origin of the tissue, the separation, the exhibited
    characteristics and the site of delivery of a cell product; the ISCT minimal criteria ask for
    plastic adherence, eight markers and three lineages.

    An item is stated, absent with a reason, or not yet extracted. It is stated only where it is
    of every infused product; a result on cells from which a product was made is told apart. Of a
    tabulated trial, what is absent is absent from the review's table.

    As a table or Markdown, each list is a matrix of signs, with a legend; as CSV, TSV or JSON,
    each place that tells of an item has a row with its value and locator.
    """
    from mscgraph.coverage import assess, choose_lists, places, summary
    from mscgraph.question import Parameter, resolve
    from mscgraph.store import load

    if plot:
        from mscgraph.plots.saving import check_target

        check_target(plot)
    store = load(workspace)
    chosen = choose_lists(store, lists)
    trial = Parameter("trial", "trial", None, "")
    paper = Parameter("paper", "paper", None, "")
    covered = assess(
        store,
        chosen,
        kinds=kinds,
        trials=[resolve(trial, text, store).value for text in trials],
        papers=[resolve(paper, text, store).value for text in papers],
    )
    if plot:
        _draw(plot, covered, chosen, workspace)
    if not covered:
        click.echo("no account: a trial that is only mentioned needs --kind mentioned", err=True)
    if is_summary:
        emit(summary(covered, chosen), form)
    elif chosen_format(form) in ("table", "markdown"):
        _print_matrices(covered, chosen, chosen_format(form))
    else:
        emit(places(covered, chosen), form)


def _print_matrices(
    covered: "list[AccountCoverage]", lists: "list[ReportingList]", form: str
) -> None:
    """Print a matrix of signs for each list, and then what the signs mean."""
    import textwrap

    from mscgraph.coverage import legend, matrix
    from mscgraph.rendering import render

    heading = "### " if form == "markdown" else ""
    for each in lists:
        click.echo(f"{heading}{each.label}\n")
        # The short names of the items keep a matrix within a line; it is not shortened further.
        click.echo(render(matrix(covered, each), form))
    if form == "markdown":
        click.echo("\n\n".join(legend(lists)))
    else:
        wrapped = (textwrap.fill(line, 100, subsequent_indent="  ") for line in legend(lists))
        click.echo("\n".join(wrapped))


def _draw(
    path: Path,
    covered: "list[AccountCoverage]",
    lists: "list[ReportingList]",
    workspace: Workspace,
) -> None:
    from mscgraph import __version__
    from mscgraph.plots.coverage import write_heat_map

    source = f"mscgraph {__version__}, data {workspace.fingerprint()}"
    write_heat_map(path, covered, lists, source=source)
    click.echo(f"{path}: written", err=True)
