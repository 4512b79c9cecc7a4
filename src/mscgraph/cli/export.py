"""``mscgraph export``: all graphs in one file."""

from pathlib import Path

import click

from mscgraph.cli.output import write_output
from mscgraph.export import EXTENSIONS
from mscgraph.workspace import Workspace

__all__ = ["export"]

_CONTEXT = "context"


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice((*EXTENSIONS, _CONTEXT)),
    help="Sorted N-Quads, TriG for people, or JSON-LD with its context in it; else by the "
    "extension of FILE, and N-Quads without one. “context” writes the JSON-LD context alone.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write, whole or not at all; standard output unless told.",
)
@click.option(
    "--graph",
    "names",
    multiple=True,
    metavar="NAME",
    help="A paper-id, or trials, papers, ontology …; may be repeated. All graphs unless told.",
)
@click.pass_obj
def export(
    workspace: Workspace, form: str | None, output: Path | None, names: tuple[str, ...]
) -> None:
    """Write all graphs as linked data, the same bytes on every run.

    Each graph keeps its name: the ontology, its mappings to public vocabularies as SKOS, what
    each paper says, trial identities, cited papers. What the program computes, the account of
    every node, stands in a graph of its own that says so, and one more graph describes the
    collection: licence, version, numbers of statements. Every literal keeps its digits.

    \b
    mscgraph export --output mscgraph.trig
    mscgraph export --graph kharaziha-2009 --format jsonld
    """
    from mscgraph.export import collect, context_document, render, select

    form = _form(form, output)
    if form == _CONTEXT:
        if names:
            raise click.UsageError("the context is that of all graphs; leave out --graph")
        _write(context_document(workspace), output)
        return
    graphs = collect(workspace)
    chosen = select(graphs, names) if names else graphs
    _write(render(chosen, form, workspace), output)
    if output:
        count = sum(map(len, chosen.values()))
        plural = "" if len(chosen) == 1 else "s"
        click.echo(f"{output}: {count} statements in {len(chosen)} graph{plural}", err=True)


def _form(form: str | None, output: Path | None) -> str:
    """Return the format that is asked for, by name or by the extension of the file.

    Raises click.UsageError when the extension names no format, or another one.
    """
    forms = {extension: name for name, extension in EXTENSIONS.items()}
    by_name = forms.get(output.suffix.lower()) if output else "nquads"
    wanted = form or by_name
    if wanted is None:
        known = ", ".join(forms)
        raise click.UsageError(f"{output}: end the name with one of {known}, or give --format")
    meant = "jsonld" if wanted == _CONTEXT else wanted
    if output and by_name not in (None, meant):
        raise click.UsageError(
            f"{output}: the name is that of {by_name}, and --format says {wanted}"
        )
    return wanted


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text.encode("utf-8"), nl=False)
    else:
        write_output(output, text)
