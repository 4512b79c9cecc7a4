"""``mscgraph fmt``: graphs in their canonical form."""

from pathlib import Path

import click

from mscgraph.cli.output import read_input
from mscgraph.workspace import Workspace

__all__ = ["fmt"]


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when a file would change.")
@click.pass_obj
def fmt(workspace: Workspace, files: tuple[str, ...], *, check: bool) -> None:
    """Write graph files in their canonical form, and fill in weeks that follow from times.

    Subjects and predicates stand A–Z, one a line; numbers keep the digits of the paper. The
    header comment stays. A file with a comment anywhere else is refused, because the canonical
    form could not keep it. All files are read before the first is written; “-” reads standard
    input and writes standard output.
    """
    from mscgraph.canonical import canonical, read_graph
    from mscgraph.document import Document, read_document
    from mscgraph.writing import write_whole

    ontology = read_graph(read_document(workspace.ontology))
    changed: list[tuple[Path, str]] = []
    for name in files:
        if name == "-":
            document = Document("standard input", "standard-input", read_input("-"))
            click.echo(canonical(document, ontology), nl=False)
            continue
        document = read_document(Path(name))
        text = canonical(document, ontology)
        if text != document.text:
            changed.append((Path(name), text))
    for path, text in changed:
        if not check:
            write_whole(path, text)
        click.echo(f"{path}: {'would change' if check else 'written'}")
    if check and changed:
        click.get_current_context().exit(1)
