"""``mscgraph ask``: the stored questions and their answers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from mscgraph.cli.output import emit, format_option

if TYPE_CHECKING:
    from mscgraph.question import Question
    from mscgraph.workspace import Workspace

__all__ = ["ask"]


class _Questions(click.Group):
    """A group whose commands are the stored questions of the workspace."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: D102
        return [path.stem for path in _workspace(ctx).questions()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: D102
        from mscgraph.question import find_question, read_question

        return _command(read_question(find_question(cmd_name, _workspace(ctx))))


@click.command(cls=_Questions, invoke_without_command=True, subcommand_metavar="[QUESTION] …")
@click.pass_context
def ask(ctx: click.Context) -> None:
    """List the stored questions, or answer one.

    \b
    mscgraph ask                                  the questions
    mscgraph ask QUESTION                         its answer
    mscgraph ask QUESTION --help                  what it takes and what a row means
    mscgraph ask doses-and-routes --within "portal vein"

    A parameter takes a term's name, its label, a synonym or its IRI.
    """
    if ctx.invoked_subcommand is None:
        from mscgraph.question import read_question

        questions = [read_question(path) for path in _workspace(ctx).questions()]
        size = max((len(question.name) for question in questions), default=0)
        for question in questions:
            click.echo(f"{question.name.ljust(size)}  {question.description}")


def _workspace(ctx: click.Context) -> "Workspace":
    from mscgraph.workspace import Workspace, default

    workspace = ctx.find_root().obj
    return workspace if isinstance(workspace, Workspace) else default()


def _command(question: "Question") -> click.Command:
    """Make a command of a stored question, with an option for each of its parameters."""

    @format_option
    @click.pass_context
    def answer(ctx: click.Context, form: str | None, **given: Sequence[str]) -> None:
        from mscgraph.answer import ask as ask_store
        from mscgraph.question import resolve
        from mscgraph.store import load

        store = load(_workspace(ctx))
        values = {
            parameter.name: [resolve(parameter, text, store) for text in given[parameter.name]]
            for parameter in question.parameters
        }
        emit(ask_store(store, question.bound(values)), form)

    command = click.command(
        name=question.name,
        help=f"{question.description}\n\n{question.answer}",
        short_help=question.summary,
    )(answer)
    for parameter in question.parameters:
        listing = f" (from the list {parameter.of})" if parameter.of else ""
        command.params.append(
            click.Option(
                [f"--{parameter.name}", parameter.name],
                multiple=True,
                metavar="TERM",
                help=f"{parameter.label}{listing}; can be given more than once",
                shell_complete=_completion(parameter),
            )
        )
    return command


def _completion(parameter: Any) -> Any:
    """Return a completer that offers the names of a parameter's terms."""

    def complete(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
        from mscgraph.question import names
        from mscgraph.store import load

        offered = names(parameter, load(_workspace(ctx)))
        return sorted(name for name in offered if name.startswith(begun.casefold()))

    return complete
