"""How answers leave the command line: a table for people, CSV in a pipe."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from mscgraph.answer import Answer

__all__ = ["chosen_format", "emit", "format_option", "read_input"]


class _Unreadable(click.ClickException):
    """An input that cannot be read."""

    exit_code = 2


_Command = TypeVar("_Command", bound=Callable[..., Any])


def format_option(command: _Command) -> _Command:
    """Add ``--format`` to a command that answers with rows."""
    from mscgraph.answer import FORMATS

    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        help="How the rows are written; a table on a terminal and CSV in a pipe unless told.",
    )(command)


def chosen_format(form: str | None) -> str:
    """Return ``form``, or what is written where none is given: a table for people, else CSV."""
    return form or ("table" if sys.stdout.isatty() else "csv")


def emit(answer: "Answer", form: str | None) -> None:
    """Write ``answer`` to standard output."""
    from mscgraph.answer import render

    chosen = chosen_format(form)
    width = None
    if chosen == "table":
        import shutil

        width = shutil.get_terminal_size((100, 24)).columns
    click.echo(render(answer, chosen, width=width), nl=False)
    if not answer.rows and chosen == "table":
        click.echo("no rows", err=True)


def read_input(name: str) -> str:
    """Return the text of the file ``name``, or of standard input for ``-``.

    Raises click.ClickException (exit status 2) when it cannot be read as UTF-8.
    """
    try:
        with click.open_file(name, encoding="utf-8") as stream:
            return str(stream.read())
    except FileNotFoundError:
        message = f"{name}: there is no such file"
    except UnicodeDecodeError:
        message = f"{name}: not UTF-8: save it as UTF-8"
    except OSError as error:
        message = f"{name}: cannot be read ({error.strerror})"
    raise _Unreadable(message)
