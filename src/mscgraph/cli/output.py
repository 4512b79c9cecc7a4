"""How answers leave the command line: a table for people, CSV in a pipe."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from mscgraph.answer import Answer
    from mscgraph.spreadsheet import About

__all__ = [
    "chosen_format",
    "deliver",
    "emit",
    "file_options",
    "format_option",
    "read_input",
    "write_output",
]

_EXCEL = "excel"
_EXTENSIONS = {
    ".csv": "csv",
    ".json": "json",
    ".md": "markdown",
    ".srj": "sparql-json",
    ".tsv": "tsv",
    ".txt": "table",
    ".xlsx": _EXCEL,
}


class _Unreadable(click.ClickException):
    """A file that cannot be read or written."""

    exit_code = 2


_Command = TypeVar("_Command", bound=Callable[..., Any])


def format_option(command: _Command) -> _Command:
    """Add ``--format`` to a command that answers with rows."""
    from mscgraph.rendering import FORMATS

    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        help="How the rows are written; a table on a terminal and CSV in a pipe unless told.",
    )(command)


def file_options(command: _Command) -> _Command:
    """Add ``--format``, with Excel among the formats, and ``--output`` to a command."""
    from mscgraph.rendering import FORMATS

    command = click.option(
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write the rows to FILE, whole or not at all, in the format of its extension: "
        + ", ".join(_EXTENSIONS)
        + ".",
    )(command)
    return click.option(
        "--format",
        "form",
        type=click.Choice((*FORMATS, _EXCEL)),
        help="How the rows are written; a table on a terminal and CSV in a pipe unless told. "
        "Excel needs --output.",
    )(command)


def chosen_format(form: str | None) -> str:
    """Return ``form``, or what is written where none is given: a table for people, else CSV."""
    return form or ("table" if sys.stdout.isatty() else "csv")


def emit(answer: "Answer", form: str | None, *, empty: str = "no rows") -> None:
    """Write ``answer`` to standard output; a table without rows says ``empty`` instead."""
    from mscgraph.rendering import render

    chosen = chosen_format(form)
    width = None
    if chosen == "table":
        import shutil

        width = shutil.get_terminal_size((100, 24)).columns
    if chosen == "table" and not answer.rows:
        if empty:
            click.echo(empty, err=True)
        return
    click.echo(render(answer, chosen, width=width), nl=False)


def deliver(answer: "Answer", form: str | None, output: Path | None, about: "About | None") -> None:
    """Write ``answer`` to the file ``output``, or to standard output when it is None.

    Raises click.UsageError for an extension that names no format, or Excel without a file.
    """
    if output is None:
        if form == _EXCEL:
            raise click.UsageError("--format excel needs --output FILE.xlsx")
        emit(answer, form)
        return
    chosen = form or _EXTENSIONS.get(output.suffix.lower())
    if chosen is None:
        known = ", ".join(_EXTENSIONS)
        raise click.UsageError(f"{output}: end the name with one of {known}, or give --format")
    from mscgraph.rendering import render
    from mscgraph.spreadsheet import as_workbook

    if chosen == _EXCEL:
        content = as_workbook(answer, about)
    else:
        content = render(answer, chosen).encode("utf-8")
    write_output(output, content)
    click.echo(f"{output}: {len(answer.rows)} rows", err=True)


def write_output(output: Path, content: bytes | str) -> None:
    """Write ``content`` to the file ``output``, or to the file that a link leads to.

    Raises click.ClickException (exit status 2) when it cannot be written, and for a folder or a
    device, which must not be replaced by a file.
    """
    from mscgraph.writing import write_whole

    target = output.resolve()
    if target.exists() and not target.is_file():
        raise _Unreadable(f"{output}: this is no file; name one, or leave out --output")
    try:
        write_whole(target, content)
    except OSError as error:
        raise _Unreadable(f"{output}: cannot be written ({error.strerror})") from None


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
