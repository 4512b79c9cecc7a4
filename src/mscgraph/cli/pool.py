"""``mscgraph pool``: meta-analyses of the graph, and published ones computed again."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mscgraph.cli.output import chosen_format, deliver, file_options, write_output
from mscgraph.cli.pool_options import TRAITS, pool_options
from mscgraph.workspace import Workspace

if TYPE_CHECKING:
    import pyoxigraph as ox

    from mscgraph.answer import Answer
    from mscgraph.synthesis.pools import Options, Synthesis
    from mscgraph.synthesis.published import Recomputed
    from mscgraph.synthesis.rule import Rule
    from mscgraph.synthesis.tables import Row

__all__ = ["pool"]

# What is pooled unless told: the program is about these cells.
_CELLS, _ANY = "MSC", "any"
# A kind of discrepancy that a published pool tells itself, with its numbers.
_TOLD_ANYWAY = "participants-counted-again"


@click.command()
@pool_options
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
    evidence_map: Path | None,
    directions: Path | None,
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
    mscgraph pool --evidence-map map.svg --directions directions.svg
    """
    from mscgraph.store import load

    figures = [path for path in (plot, funnel, evidence_map, directions) if path]
    if measure is not None and as_published is not None:
        raise click.UsageError("give a MEASURE or --as-published, not both")
    if measure is None and as_published is None and not (evidence_map or directions):
        raise click.UsageError("name a MEASURE, such as albumin, or give --as-published")
    _refuse_idle_options(measure, as_published)
    if figures:
        from mscgraph.plots.saving import check_target

        for path in figures:
            check_target(path)
    store = load(workspace)
    _draw_maps(workspace, store, measure, evidence_map, directions)
    is_drawn_alone = not (plot or funnel or output or options["weeks"] or options["effect"])
    if (measure is None and as_published is None) or (directions and is_drawn_alone):
        return
    if as_published is not None:
        _again(workspace, store, as_published, model, plot, funnel, form, output)
        return
    _anew(workspace, store, measure or "", model, plot, funnel, form, output, options)


# What can be said where no MEASURE is named.
_WITH_PUBLISHED = ("as_published", "model", "plot", "form", "output")
_WITH_MAPS = ("evidence_map", "directions")


def _refuse_idle_options(measure: str | None, as_published: str | None) -> None:
    """Raise click.UsageError for an option that was given and would change nothing."""
    if measure is not None:
        return
    context = click.get_current_context()
    idle = {*_WITH_MAPS, *(_WITH_PUBLISHED if as_published else ())}
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        if source == click.core.ParameterSource.COMMANDLINE and parameter.name not in idle:
            raise click.UsageError(
                f"{parameter.opts[0]} goes with a MEASURE: name one, or leave it out"
            )


def _draw_maps(
    workspace: Workspace,
    store: "ox.Store",
    measure: str | None,
    evidence_map: Path | None,
    directions: Path | None,
) -> None:
    """Draw the figures that need no numbers."""
    if evidence_map:
        from mscgraph.plots.evidence_map import write_evidence_map
        from mscgraph.synthesis.evidence_map import evidence

        write_evidence_map(evidence_map, evidence(store), source=_source(workspace))
        click.echo(f"{evidence_map}: written", err=True)
    if directions:
        from mscgraph.names import MSC
        from mscgraph.plots.effect_direction import write_effect_directions
        from mscgraph.synthesis.directions import directions as read_directions
        from mscgraph.synthesis.lookup import find_measure

        wanted = [MSC + find_measure(store, measure)[0]] if measure else []
        told = read_directions(store, measures=wanted)
        write_effect_directions(directions, told, source=_source(workspace))
        click.echo(f"{directions}: written", err=True)


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
    faults = _faults(workspace, _published_nodes(found))
    if plot:
        from mscgraph.plots.forest import write_forest
        from mscgraph.synthesis.pictures import published_forest

        write_forest(plot, published_forest(found), source=_source(workspace))
        click.echo(f"{plot}: written", err=True)
    heading = f"{found.published.label}: as printed, and computed again from {found.rows_from}"
    notes = [*filter(None, (repeated_participants(found),)), *ruled_otherwise(found), *faults]
    _tell(heading, published_sections(found), notes, published_rows(found, faults), form, output)


def _faults(workspace: Workspace, nodes: set[str]) -> list[str]:
    """Return what `check` says of figures that were used, by the nodes they stand in."""
    from mscgraph.check import discrepancies, kinds

    told = (
        each.sentence
        for each in discrepancies(workspace, kinds(workspace))
        if each.kind.name != _TOLD_ANYWAY and nodes & {node for node, _ in each.explains}
    )
    return list(dict.fromkeys(told))


def _published_nodes(found: "Recomputed") -> set[str]:
    pools = [found.published, *(part.published for part in found.parts)]
    nodes = {node for each in pools for node in (each.node, *each.tests)}
    return nodes | {row.node for row in found.published.all_rows}


def _nodes(found: "Synthesis") -> set[str]:
    return {finding.node for study in found.used for finding in study.findings}


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
    from mscgraph.synthesis.sections import notes, sections
    from mscgraph.synthesis.selection import pick
    from mscgraph.synthesis.tables import headline, rows

    rule = _rule(store, measure, options)
    found = synthesise(
        pick(read_findings(store, rule.measure), rule), _options(model, rule, options)
    )
    # Printed pools cannot be filtered by what their trials gave.
    printed = (
        []
        if any(options[name.replace("-", "_")] for name in TRAITS)
        else printed_pools(store, rule)
    )
    tables = [*sections(found), *printed_pool_section(printed)]
    told = [*rows(found), *printed_pool_rows(printed)]
    words = [*notes(found), *_faults(workspace, _nodes(found))]
    told += [{"row": "note", "reason": note} for note in words]
    _tell(headline(found), tables, words, told, form, output)
    if plot or funnel:
        _draw(workspace, found, plot, funnel)


def _rule(store: "ox.Store", measure: str, options: dict[str, Any]) -> "Rule":
    from mscgraph.question import Parameter, resolve
    from mscgraph.synthesis.lookup import find_measure, trait_members
    from mscgraph.synthesis.rule import Rule

    name, is_event = find_measure(store, measure)
    asked = {trait: options[trait.replace("-", "_")] for trait in TRAITS}
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

    method = "peto" if rule.effect == "peto" else options["method"].replace("inverse-", "inverse ")
    return Options(
        # Methods that weight by counts have no variance between studies of their own.
        model=model or ("reml" if method == "inverse variance" else "fixed"),  # type: ignore[arg-type]
        method=method,  # type: ignore[arg-type]
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
    from mscgraph.synthesis.tables import as_answer, as_json

    chosen = chosen_format(form)
    if output is not None:
        chosen = form or {".md": "markdown", ".txt": "table", ".json": "json"}.get(
            output.suffix.lower(), ""
        )
    if chosen not in ("table", "markdown", "json"):
        click.echo(heading, err=True)
        deliver(as_answer(told), form, output, None)
        return
    text = as_json(told) if chosen == "json" else _report(heading, tables, notes, chosen)
    if output is not None or chosen == "json":
        click.echo(heading, err=True)
    if output is None:
        click.echo(text, nl=False)
        return
    write_output(output, text)
    click.echo(f"{output}: written", err=True)


def _report(
    heading: str, tables: "list[tuple[str, Answer]]", notes: Sequence[str], chosen: str
) -> str:
    """Return the tables under their headings, and the notes; a figure is never cut off."""
    from mscgraph.rendering import render

    is_markdown = chosen == "markdown"
    lines = [f"## {heading}" if is_markdown else _wrapped(heading)]
    for name, table in tables:
        lines += ["", f"### {name}" if is_markdown else name, ""]
        lines.append(render(table, chosen).rstrip("\n"))
    if notes:
        title = "What is to be said of it"
        lines += ["", f"### {title}" if is_markdown else title, ""]
        lines += [f"- {note}" if is_markdown else _wrapped(note) for note in notes]
    return "\n".join(lines) + "\n"


def _wrapped(text: str) -> str:
    import shutil
    import textwrap

    width = shutil.get_terminal_size((100, 24)).columns
    return textwrap.fill(text, width, subsequent_indent="  ")
