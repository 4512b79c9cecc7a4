"""``mscgraph pool``: meta-analyses of the graph, and published ones computed again."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mscgraph.cli.output import chosen_format, deliver, file_options
from mscgraph.workspace import Workspace

if TYPE_CHECKING:
    import pyoxigraph as ox

    from mscgraph.answer import Answer
    from mscgraph.synthesis.pools import Options, Synthesis
    from mscgraph.synthesis.published import Recomputed
    from mscgraph.synthesis.rule import Rule
    from mscgraph.synthesis.tables import Row

__all__ = ["pool"]

_MODELS = ("fixed", "dl", "reml", "pm")
_EFFECTS = ("md", "smd", "rr", "or", "peto", "rd", "hr", "mean-change", "proportion")
_ANY = "any"
# What is pooled unless told: the program is about these cells.
_CELLS = "MSC"

# A kind of discrepancy that a published pool tells itself, with its numbers.
_TOLD_ANYWAY = "participants-counted-again"

_Command = TypeVar("_Command", bound=Callable[..., Any])

_figure = click.Path(dir_okay=False, path_type=Path)


_TRAIT_HELP = {
    "route": "Cells that went in so, narrower routes among them; can be repeated.",
    "source": "Cells of this tissue; can be repeated.",
    "donor": "Autologous or allogeneic.",
    "disease": "Participants with this disease; can be repeated.",
    "cause": "Participants with this cause, such as hepatitis B; can be repeated.",
    "cell-type": "Cells of this type; mesenchymal unless told, “any” for all.",
}


_TRAITS = tuple(_TRAIT_HELP)


def _trait_options(command: _Command) -> _Command:
    """Add an option for each trait by which trials are filtered."""
    for name in reversed(_TRAITS):
        add = click.option(f"--{name}", multiple=True, metavar="TERM", help=_TRAIT_HELP[name])
        command = add(command)
    return command


@click.command()
@click.argument("measure", required=False)
@click.option(
    "--as-published",
    metavar="PAPER#EFFECT",
    help="Compute a published pool again from its own rows, such as pan-2014#pooled-meld.",
)
@click.option(
    "--weeks", type=float, metavar="N", help="The time, in weeks from the first infusion."
)
@click.option(
    "--tolerance",
    type=click.FloatRange(min=0),
    metavar="N",
    help="How many weeks a time may be off; a tenth of the time, and half a week, unless told.",
)
@click.option(
    "--effect",
    type=click.Choice(_EFFECTS),
    help="md: mean difference; smd: standardised, Hedges' g; rr, or, peto, rd: of participants "
    "with an event; hr: hazard ratio; mean-change, proportion: of one arm. Mean difference for a "
    "measure and risk ratio for an event unless told.",
)
@click.option(
    "--form",
    "form_of",
    type=click.Choice(("change", "final")),
    help="Changes from baseline, or values at the time, alone.",
)
@click.option("--unit", metavar="UCUM", help="Figures in this unit alone, such as g/L.")
@click.option(
    "--mix",
    multiple=True,
    type=click.Choice(("forms", "units")),
    help="Pool changes with values at the time, or different units.",
)
@click.option(
    "--correlation",
    type=float,
    metavar="R",
    help="Between baseline and later values: gives a change its SD where the paper prints none.",
)
@click.option("--no-derive", is_flag=True, help="Take printed figures alone.")
@click.option(
    "--model",
    type=click.Choice(_MODELS),
    help="fixed effect, or random effects by DerSimonian–Laird, REML or Paule–Mandel; REML "
    "unless told.",
)
@click.option(
    "--method",
    type=click.Choice(("inverse-variance", "mantel-haenszel")),
    default="inverse-variance",
    show_default=True,
    help="How studies of events are weighted; Peto odds ratios have their own way.",
)
@click.option("--knapp-hartung", is_flag=True, help="Hartung and Knapp's interval.")
@click.option(
    "--level",
    type=click.FloatRange(50, 99.9),
    default=95.0,
    show_default=True,
    help="Of intervals, in percent.",
)
@_trait_options
@click.option("--trial", "trials", multiple=True, metavar="TRIAL", help="This trial; repeatable.")
@click.option("--paper", "papers", multiple=True, metavar="PAPER", help="This paper; repeatable.")
@click.option("--subgroup", type=click.Choice(_TRAITS), help="Pool within subgroups, too.")
@click.option("--leave-one-out", is_flag=True, help="Pool without each study in turn, too.")
@click.option("--cumulative", is_flag=True, help="Pool what was known by each year, too.")
@click.option("--asymmetry", is_flag=True, help="Egger's and Begg's tests, too.")
@click.option("--plot", type=_figure, metavar="FILE", help="Draw a forest plot: .svg, .png, .pdf.")
@click.option("--funnel", type=_figure, metavar="FILE", help="Draw a funnel plot.")
@file_options
@click.pass_obj
def pool(
    workspace: Workspace,
    /,
    *,
    measure: str | None,
    as_published: str | None,
    model: str | None,
    plot: Path | None,
    funnel: Path | None,
    form: str | None,
    output: Path | None,
    **options: Any,
) -> None:
    """Pool what trials report of MEASURE at a time, or compute a published pool again.

    MEASURE is a measure such as albumin or MELD, an adverse event such as fever, or death. Every
    trial counts once, its own report before a review's table. What is left out is listed with the
    reason: no standard deviation, another time, no comparator, only in a figure, told in words.

    Figures that papers do not print and that can be derived (Cochrane Handbook, chapter 6) are
    derived and say so.

    \b
    mscgraph pool albumin --weeks 24
    mscgraph pool MELD --weeks 24 --plot meld.svg
    mscgraph pool death --effect rr
    mscgraph pool --as-published pan-2014#pooled-meld
    """
    from mscgraph.store import load

    if (measure is None) == (as_published is None):
        raise click.UsageError("name a MEASURE, such as albumin, or give --as-published")
    for path in filter(None, (plot, funnel)):
        from mscgraph.plots.saving import check_target

        check_target(path)
    store = load(workspace)
    if as_published is not None:
        _again(workspace, store, as_published, model, plot, funnel, form, output)
        return
    _anew(workspace, store, measure or "", model, plot, funnel, form, output, options)


def _again(
    workspace: Workspace,
    store: "ox.Store",
    name: str,
    model: str | None,
    plot: Path | None,
    funnel: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    from mscgraph.synthesis.published import recompute
    from mscgraph.synthesis.published_tables import (
        published_rows,
        published_sections,
        repeated_participants,
        ruled_otherwise,
    )

    if funnel:
        raise click.UsageError("--funnel goes with a MEASURE, not with --as-published")
    found = recompute(store, name, model=model)  # type: ignore[arg-type]
    faults = _faults(workspace, found)
    if plot:
        from mscgraph.plots.forest import write_forest
        from mscgraph.synthesis.pictures import published_forest

        write_forest(plot, published_forest(found), source=_source(workspace))
        click.echo(f"{plot}: written", err=True)
    heading = f"{found.published.label}: as printed, and computed again from {found.rows_from}"
    notes = [*filter(None, (repeated_participants(found),)), *ruled_otherwise(found), *faults]
    _tell(heading, published_sections(found), notes, published_rows(found, faults), form, output)


def _faults(workspace: Workspace, found: "Recomputed") -> list[str]:
    """Return what `check` says of a published pool, its rows and its tests."""
    from mscgraph.check import discrepancies, kinds

    pools = [found.published, *(part.published for part in found.parts)]
    nodes = {node for each in pools for node in (each.node, *each.tests)}
    nodes |= {row.node for row in found.published.all_rows}
    return list(
        dict.fromkeys(
            each.sentence
            for each in discrepancies(workspace, kinds(workspace))
            if each.kind.name != _TOLD_ANYWAY
            and nodes & {statement.node for statement in each.statements}
        )
    )


def _anew(
    workspace: Workspace,
    store: "ox.Store",
    measure: str,
    model: str | None,
    plot: Path | None,
    funnel: Path | None,
    form: str | None,
    output: Path | None,
    options: dict[str, Any],
) -> None:
    from mscgraph.synthesis.findings import read_findings
    from mscgraph.synthesis.pools import synthesise
    from mscgraph.synthesis.published import printed_pools
    from mscgraph.synthesis.published_tables import printed_pool_rows, printed_pool_section
    from mscgraph.synthesis.sections import sections
    from mscgraph.synthesis.selection import pick
    from mscgraph.synthesis.tables import headline, rows

    rule = _rule(store, measure, options)
    found = synthesise(
        pick(read_findings(store, rule.measure), rule), _options(model, rule, options)
    )
    if plot or funnel:
        _draw(workspace, found, plot, funnel)
    printed = printed_pools(store, rule)
    tables = [*sections(found), *printed_pool_section(printed)]
    told = [*rows(found), *printed_pool_rows(printed)]
    _tell(headline(found), tables, [], told, form, output)


def _rule(store: "ox.Store", measure: str, options: dict[str, Any]) -> "Rule":
    from mscgraph.question import Parameter, resolve
    from mscgraph.synthesis.lookup import find_measure, trait_members
    from mscgraph.synthesis.rule import Rule

    name, is_event = find_measure(store, measure)
    asked = {trait: options[trait.replace("-", "_")] for trait in _TRAITS}
    # Cells of any type are asked for in so many words.
    asked["cell-type"] = asked["cell-type"] or (_CELLS,)
    if _ANY in asked["cell-type"]:
        del asked["cell-type"]
    traits = {trait: trait_members(store, trait, named) for trait, named in asked.items() if named}
    trial, paper = Parameter("trial", "trial", None, ""), Parameter("paper", "paper", None, "")

    def stems(parameter: Parameter, names: Sequence[str]) -> frozenset[str]:
        found = (resolve(parameter, each, store).value for each in names)
        return frozenset(each.rpartition("/")[2] for each in found)

    return Rule(
        name,
        options["weeks"],
        options["effect"] or ("rr" if is_event else "md"),
        tolerance=options["tolerance"],
        form=options["form_of"],
        unit=options["unit"],
        may_mix=frozenset(options["mix"]),
        correlation=options["correlation"],
        may_derive=not options["no_derive"],
        trials=stems(trial, options["trials"]),
        papers=stems(paper, options["papers"]),
        traits=traits,
    )


def _options(model: str | None, rule: "Rule", options: dict[str, Any]) -> "Options":
    from mscgraph.synthesis.pools import Options

    is_peto = rule.effect == "peto"
    return Options(
        model=model or ("fixed" if is_peto else "reml"),  # type: ignore[arg-type]
        method="peto" if is_peto else options["method"].replace("inverse-", "inverse "),
        knapp_hartung=options["knapp_hartung"],
        level=options["level"] / 100,
        subgroup=options["subgroup"],
        leaves_one_out=options["leave_one_out"],
        is_cumulative=options["cumulative"],
        tests_asymmetry=options["asymmetry"],
    )


def _draw(workspace: Workspace, found: "Synthesis", plot: Path | None, funnel: Path | None) -> None:
    from mscgraph.synthesis.pictures import forest
    from mscgraph.synthesis.pictures import funnel as funnel_of

    if plot:
        from mscgraph.plots.forest import write_forest

        write_forest(plot, forest(found), source=_source(workspace))
        click.echo(f"{plot}: written", err=True)
    if funnel:
        from mscgraph.plots.funnel import write_funnel

        write_funnel(funnel, funnel_of(found), source=_source(workspace))
        click.echo(f"{funnel}: written", err=True)


def _source(workspace: Workspace) -> str:
    from mscgraph import __version__

    return f"mscgraph {__version__}, data {workspace.fingerprint()}"


def _tell(
    heading: str,
    tables: "list[tuple[str, Answer]]",
    notes: Sequence[str],
    told: "list[Row]",
    form: str | None,
    output: Path | None,
) -> None:
    """Write tables under headings for people, and rows for programs."""
    from mscgraph.rendering import render
    from mscgraph.synthesis.tables import as_answer, as_json

    chosen = chosen_format(form)
    if output is not None or chosen not in ("table", "markdown", "json"):
        click.echo(heading, err=True)
        deliver(as_answer(told), form, output, None)
        return
    if chosen == "json":
        click.echo(heading, err=True)
        click.echo(as_json(told), nl=False)
        return
    is_markdown = chosen == "markdown"
    click.echo(f"## {heading}" if is_markdown else _wrapped(heading))
    for name, table in tables:
        click.echo(f"\n{'### ' if is_markdown else ''}{name}\n")
        click.echo(render(table, chosen, width=_width(chosen)), nl=False)
    if notes:
        click.echo(f"\n{'### ' if is_markdown else ''}What is to be said of it\n")
        click.echo("\n".join(f"- {note}" if is_markdown else _wrapped(note) for note in notes))


def _wrapped(text: str) -> str:
    import textwrap

    return textwrap.fill(text, _width("table") or 100, subsequent_indent="  ")


def _width(chosen: str) -> int | None:
    if chosen != "table":
        return None
    import shutil

    return shutil.get_terminal_size((100, 24)).columns
