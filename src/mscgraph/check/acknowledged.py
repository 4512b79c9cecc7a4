"""Discrepancies that someone has reviewed: they stay visible, with the reason given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mscgraph.check.discrepancy import Discrepancy, key
from mscgraph.errors import AcknowledgementError
from mscgraph.names import GRAPH
from mscgraph.tsv import read_rows

__all__ = ["Acknowledgement", "idle", "read_acknowledgements", "reasons"]

_HEADS = ("kind", "nodes", "reason")


@dataclass(frozen=True)
class Acknowledgement:
    """Why a discrepancy was looked at and left: its kind, its nodes, and the reason."""

    kind: str
    nodes: tuple[str, ...]
    reason: str

    @property
    def key(self) -> tuple[str, ...]:
        """What identifies the discrepancy, as `mscgraph.check.discrepancy.key` does."""
        return (self.kind, *sorted(GRAPH + node for node in self.nodes))


def read_acknowledgements(path: Path) -> list[Acknowledgement]:
    """Read the tab-separated file at ``path``: kind, nodes, reason; none when it is missing.

    Nodes are written as reports print them (``shi-2012#group-died``), with spaces between them.
    Raises AcknowledgementError with the line that cannot be read.
    """
    if not path.exists():
        return []
    rows = read_rows(path, _HEADS, AcknowledgementError)
    return [Acknowledgement(kind, tuple(nodes.split()), said) for kind, nodes, said in rows]


def reasons(acknowledgements: Iterable[Acknowledgement]) -> Mapping[tuple[str, ...], str]:
    """Return the reasons by the keys of their discrepancies."""
    return {each.key: each.reason for each in acknowledgements}


def idle(
    acknowledgements: Iterable[Acknowledgement], found: Iterable[Discrepancy]
) -> list[Acknowledgement]:
    """Return the acknowledgements of discrepancies that are no longer found."""
    known = {key(discrepancy) for discrepancy in found}
    return [each for each in acknowledgements if each.key not in known]
