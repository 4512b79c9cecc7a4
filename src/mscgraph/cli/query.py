"""``mscgraph query``: any read-only SPARQL query."""

from pathlib import Path

import click

from mscgraph.cli.output import deliver, file_options, read_input

__all__ = ["query"]


@click.command()
@click.argument("file")
@file_options
@click.pass_obj
def query(workspace: object, file: str, form: str | None, output: Path | None) -> None:
    """Answer the SPARQL query in FILE, or on standard input for “-”.

    Plain patterns see the merge of all papers and the ontology; GRAPH ?g {…} sees who said it.
    Only SELECT, ASK, CONSTRUCT and DESCRIBE are answered.

    \b
    mscgraph query my-question.rq --format json
    echo 'SELECT * { ?trial a <https://w3id.org/mscgraph/ontology#Trial> }' | mscgraph query -
    """
    from mscgraph.answer import ask
    from mscgraph.spreadsheet import About
    from mscgraph.store import load
    from mscgraph.workspace import Workspace

    assert isinstance(workspace, Workspace)  # noqa: S101 - the group made it
    sparql = read_input(file)
    about = About(Path(file).stem, "a query of your own", "what the query selects")
    deliver(ask(load(workspace), sparql), form, output, about)
