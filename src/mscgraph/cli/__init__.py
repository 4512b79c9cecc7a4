"""The command line: a thin layer on the package."""

import os
import sys
from collections.abc import Sequence

import click

from mscgraph.cli.group import cli
from mscgraph.errors import MscgraphError

__all__ = ["cli", "main"]

_PROGRAM_FAILED = 3


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status.

    0: fine; 1: the data has violations; 2: wrong usage or unreadable input, told in one line on
    standard error; 3: the program failed.
    """
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        status = cli.main(args=arguments, prog_name="mscgraph", standalone_mode=False)
    except MscgraphError as error:
        click.echo(f"mscgraph: {error}", err=True)
        return error.exit_status
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 0
    except click.UsageError as error:
        hint = f" (see {error.ctx.command_path} --help)" if error.ctx else ""
        click.echo(f"mscgraph: {' '.join(error.format_message().split())}{hint}", err=True)
        return error.exit_code
    except click.ClickException as error:
        click.echo(f"mscgraph: {error.format_message()}", err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("mscgraph: stopped", err=True)
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as with `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo("mscgraph: the program failed; the lines above say where", err=True)
        return _PROGRAM_FAILED
    return status if isinstance(status, int) else 0
