"""``mscgraph validate``: the verdict on graphs, in a curator's words."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mscgraph.cli.output import read_input
from mscgraph.workspace import Workspace

if TYPE_CHECKING:
    from mscgraph.document import Document
    from mscgraph.validation import Report

__all__ = ["validate"]

_COLOURS = {"violation": "red", "warning": "yellow", "note": "blue"}


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]…")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "turtle")),
    default="text",
    show_default=True,
    help="Sentences, JSON, or a SHACL validation report.",
)
@click.pass_obj
def validate(workspace: Workspace, files: tuple[str, ...], form: str) -> None:
    """Judge graphs by the shapes: what must be mended before a graph is accepted.

    FILE is a Turtle file whose stem is the paper-id, or “-” for standard input; without FILE all
    graphs of the workspace are judged. A violation means that the record cannot mean anything;
    a warning, that it may be true but someone must look. Exit status 1 when there is a violation.
    """
    reports = list(_reports(files, workspace))
    if form == "json":
        click.echo(json.dumps([_as_json(report) for report in reports], indent=2))
    elif form == "turtle":
        from mscgraph.validation import as_shacl

        click.echo(as_shacl(reports), nl=False)
    else:
        for report in reports:
            _tell(report)
    if not all(report.conforms for report in reports):
        click.get_current_context().exit(1)


def _reports(files: tuple[str, ...], workspace: Workspace) -> Iterator["Report"]:
    from mscgraph.document import read_document
    from mscgraph.validation import validate as judge

    paths = [Path(name) for name in files] or workspace.graphs()
    documents = [_standard_input() if str(p) == "-" else read_document(p) for p in paths]
    with click.progressbar(
        judge(documents, workspace, processes=os.cpu_count() or 1),
        length=len(documents),
        label="validating",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as reports:
        yield from reports


def _standard_input() -> "Document":
    from mscgraph.document import Document

    return Document("standard input", "standard-input", read_input("-"))


def _tell(report: "Report") -> None:
    for finding in report.findings:
        place = f"{report.place}:{finding.line}" if finding.line else report.place
        severity = click.style(finding.severity, fg=_COLOURS[finding.severity])
        found = f" (found: {finding.found})" if finding.found is not None else ""
        node = finding.node.rpartition("#")[2] or finding.node
        click.echo(f"{place}: {severity}: {node}: {finding.message}{found}")
    verdict = "conforms" if report.conforms else "does not conform"
    kinds = [finding.severity for finding in report.findings]
    counts = [
        f"{kinds.count(kind)} {kind}{'s' if kinds.count(kind) > 1 else ''}"
        for kind in _COLOURS
        if kind in kinds
    ]
    click.echo(f"{report.place}: {verdict}{': ' if counts else ''}{', '.join(counts)}")


def _as_json(report: "Report") -> dict[str, object]:
    return {
        "file": report.place,
        "conforms": report.conforms,
        "findings": [
            {
                "severity": finding.severity,
                "node": finding.node,
                "line": finding.line,
                "rule": finding.rule,
                "message": finding.message,
                "found": finding.found,
            }
            for finding in report.findings
        ],
    }
