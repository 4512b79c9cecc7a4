"""The program's verbs, each imported when it is called."""

import importlib
from pathlib import Path

import click

from mscgraph import __version__

__all__ = ["cli"]

# Verb → the module that holds it, in the order in which a newcomer meets them.
_VERBS = {
    "tour": "mscgraph.cli.tour",
    "ask": "mscgraph.cli.ask",
    "query": "mscgraph.cli.query",
    "classify": "mscgraph.cli.classify",
    "check": "mscgraph.cli.check",
    "coverage": "mscgraph.cli.coverage",
    "validate": "mscgraph.cli.validate",
    "verify": "mscgraph.cli.verify",
    "fmt": "mscgraph.cli.fmt",
    "pool": "mscgraph.cli.pool",
    "export": "mscgraph.cli.export",
}


class _Verbs(click.Group):
    """A group whose commands are imported one by one, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _VERBS:
            return super().get_command(ctx, cmd_name)
        command = getattr(importlib.import_module(_VERBS[cmd_name]), cmd_name)
        if not isinstance(command, click.Command):
            raise TypeError(cmd_name)
        return command


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mscgraph")
@click.option(
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="MSCGRAPH_WORKSPACE",
    help="A folder with graphs/, ontology/, queries/ and shapes/ of its own, instead of the "
    "papers that ship with the program.",
)
@click.pass_context
def cli(ctx: click.Context, workspace: Path | None) -> None:
    """Ask, check and curate what papers report of MSC trials in liver disease.

    Every paper is one RDF graph; every number in it names its place in the paper. Begin with
    “mscgraph tour”, then “mscgraph ask” for the stored questions.

    Exit status: 0 fine, 1 the data has violations, 2 wrong usage or unreadable input, 3 the
    program failed.
    """
    from mscgraph.workspace import Workspace, default

    ctx.obj = Workspace.at(workspace) if workspace else default()
