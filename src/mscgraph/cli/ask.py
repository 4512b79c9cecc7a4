"""``mscgraph ask``: the stored questions and their answers."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mscgraph.cli.output import deliver, file_options
from mscgraph.preference import KINDS
from mscgraph.question import TOPICS, about, find_question, names, read_question, resolve, slots
from mscgraph.workspace import Workspace

if TYPE_CHECKING:
    import pyoxigraph as ox

    from mscgraph.answer import Answer
    from mscgraph.question import Parameter, Question
    from mscgraph.spreadsheet import About

__all__ = ["ask"]


class _Questions(click.Group):
    """A group whose commands are the stored questions of the workspace."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [path.stem for path in _workspace(ctx).questions()]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the questions by topic, each with its title."""
        for topic, questions in _by_topic(ctx).items():
            with formatter.section(topic.capitalize()):
                formatter.write_dl([(each.name, each.summary) for each in questions])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        return _command(find_question(cmd_name, _workspace(ctx)))


class _Stored(click.Command):
    """A stored question as a command.

    Its header is read when help, completion or a parameter needs it, so that a plain question
    is answered without a YAML parser.
    """

    path: Path

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        question = read_question(self.path)
        self.help = f"{question.description}\n\n{question.answer}"
        for option in self.params:
            for parameter in question.parameters:
                if isinstance(option, click.Option) and option.name == parameter.name:
                    listing = f" (from the list {parameter.of})" if parameter.of else ""
                    option.help = f"{parameter.label}{listing}; can be given more than once"
        super().format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - the whole summary
        return read_question(self.path).summary


@click.command(cls=_Questions, invoke_without_command=True, subcommand_metavar="[QUESTION] …")
@click.option("--about", "words", metavar="WORDS", help="List the questions that speak of WORDS.")
@click.pass_context
def ask(ctx: click.Context, words: str | None) -> None:
    """List the stored questions, or answer one.

    \b
    mscgraph ask                                  the questions, in words
    mscgraph ask --about "dose vein albumin"      those that speak of it, best first
    mscgraph ask QUESTION                         its answer
    mscgraph ask QUESTION --help                  what it takes and what a row means
    mscgraph ask doses-and-routes --within "portal vein"
    mscgraph ask doses-and-routes --output doses.xlsx

    A parameter takes a term's name, its label, a synonym or its IRI. Where papers disagree, each
    source's value is a row; --prefer own-report keeps the trial's own.
    """
    if words is not None:
        if ctx.invoked_subcommand:
            raise click.UsageError("--about lists questions; leave out the question or --about")
        every = [each for questions in _by_topic(ctx).values() for each in questions]
        from mscgraph.store import load

        found = about(words, every, load(_workspace(ctx)))
        if not found:
            raise click.UsageError("no question speaks of that; “mscgraph ask” lists all")
        _list(found)
    elif ctx.invoked_subcommand is None:
        for topic, questions in _by_topic(ctx).items():
            click.secho(topic.capitalize(), bold=True)
            _list(questions)
            click.echo()


def _list(questions: "list[Question]") -> None:
    size = max(len(question.name) for question in questions)
    for question in questions:
        click.echo(f"  {question.name.ljust(size)}  {question.description}")


def _by_topic(ctx: click.Context) -> "dict[str, list[Question]]":
    """Return the questions of the workspace by topic, in the order in which they are listed."""
    questions = [read_question(path) for path in _workspace(ctx).questions()]
    return {
        topic: found
        for topic in TOPICS
        if (found := [question for question in questions if question.topic == topic])
    }


def _workspace(ctx: click.Context) -> Workspace:
    workspace = ctx.find_root().obj
    if not isinstance(workspace, Workspace):
        raise TypeError(workspace)
    return workspace


def _command(path: Path) -> _Stored:
    """Make a command of the stored question at ``path``, with an option for each parameter."""

    @click.command(cls=_Stored, name=path.stem)
    @click.option(
        "--prefer",
        "kind",
        type=click.Choice(tuple(KINDS)),
        help="Where several papers tell of a trial, keep the rows of this kind of account; every "
        "source is kept unless told.",
    )
    @file_options
    @click.pass_context
    def command(
        ctx: click.Context,
        /,
        form: str | None,
        output: Path | None,
        kind: str | None,
        **given: tuple[str, ...],
    ) -> None:
        from mscgraph.answer import ask as ask_store
        from mscgraph.store import load

        store = load(_workspace(ctx))
        sparql = path.read_text(encoding="utf-8")
        if any(given.values()):
            question = read_question(path)
            sparql = question.bound(
                {
                    parameter.name: [resolve(parameter, text, store) for text in texts]
                    for parameter in question.parameters
                    if (texts := given[parameter.name])
                }
            )
        answer = ask_store(store, sparql)
        if kind:
            answer = _preferred(answer, kind, store)
        deliver(answer, form, output, _about(path) if output else None)

    command.path = path
    for name in slots(path.read_text(encoding="utf-8")):
        command.params.append(
            click.Option(
                [f"--{name}", name], multiple=True, metavar="TERM", shell_complete=_complete
            )
        )
    return command


def _preferred(answer: "Answer", kind: str, store: "ox.Store") -> "Answer":
    """Keep the preferred kind of account, and say what that leaves out."""
    from mscgraph.preference import prefer

    preferred = prefer(answer, kind, store)
    said = f"preferred: {kind}; rows left out: {preferred.left_out} (trials: {preferred.trials})"
    if preferred.without:
        said += f"; without such an account, all kept: {', '.join(preferred.without)}"
    click.echo(said, err=True)
    return preferred.answer


def _about(path: Path) -> "About":
    from mscgraph.spreadsheet import About

    question = read_question(path)
    return About(question.summary, question.description, question.answer)


def _complete(ctx: click.Context, option: click.Parameter, begun: str) -> list[str]:
    """Offer the names of the terms that a parameter takes."""
    from mscgraph.store import load

    question = read_question(find_question(str(ctx.info_name), _workspace(ctx)))
    asked: list[Parameter] = [p for p in question.parameters if p.name == option.name]
    offered = names(asked[0], load(_workspace(ctx))) if asked else {}
    return sorted(name for name in offered if name.startswith(begun.casefold()))
