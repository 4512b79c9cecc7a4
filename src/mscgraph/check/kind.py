"""Kinds of discrepancy: one query each, its ``#+`` header read into a value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mscgraph.check.judges import JUDGES, Row, Verdict
from mscgraph.errors import CheckHeaderError
from mscgraph.question import read_header
from mscgraph.workspace import Workspace

__all__ = ["SCOPES", "SEVERITIES", "Kind", "kinds", "read_kind"]

# From the gravest to the mildest: two statements cannot both hold; a paper's own figures do not
# agree; something is left untold; something is odd and may be right.
SEVERITIES = ("contradiction", "arithmetic", "gap", "note")
SCOPES = ("between papers", "inside a paper")


@dataclass(frozen=True)
class Kind:
    """One kind of discrepancy: its words, how grave it is, and how it is found.

    The query selects what is to be compared; where arithmetic must decide, `judge` names the
    function that does. `sentence` explains one discrepancy to a reader; its braces hold columns
    of the query or of the judge's verdict, and ``one`` and ``other``, the two statements. A
    `residual` kind gives only what no other kind explains.
    """

    name: str
    summary: str
    description: str
    silent: str
    severity: str
    scope: str
    sentence: str
    judge: str | None
    residual: bool
    sparql: str

    @property
    def decide(self) -> Callable[[Row], Verdict | None] | None:
        """The function that decides on a row, or None where every row is a discrepancy."""
        return JUDGES[self.judge] if self.judge else None


def kinds(workspace: Workspace) -> list[Kind]:
    """Return the kinds of a workspace, sorted by name.

    Raises CheckHeaderError when one of them cannot be read.
    """
    return [read_kind(path) for path in workspace.checks()]


def read_kind(path: Path) -> Kind:
    """Read the kind of discrepancy at ``path``; its name is the file's stem.

    Raises CheckHeaderError when the header is not YAML, lacks a part, or names a severity, a
    scope or a judge that there is not.
    """
    sparql = path.read_text(encoding="utf-8")
    header = read_header(sparql, path, CheckHeaderError)
    _one_of(header, "severity", SEVERITIES, path)
    _one_of(header, "scope", SCOPES, path)
    if header.get("judge"):
        _one_of(header, "judge", tuple(JUDGES), path)
    try:
        return Kind(
            name=path.stem,
            summary=header["summary"],
            description=header["description"],
            silent=header["silent"],
            severity=header["severity"],
            scope=header["scope"],
            sentence=header["sentence"],
            judge=header.get("judge"),
            residual=header.get("residual") is True,
            sparql=sparql,
        )
    except KeyError as missing:
        raise CheckHeaderError(f"{path}: add '#+ {missing.args[0]}: …' to the header") from None


def _one_of(header: Mapping[str, object], part: str, known: tuple[str, ...], path: Path) -> None:
    if header.get(part) not in known:
        raise CheckHeaderError(f"{path}: the {part} is one of {', '.join(known)}")
