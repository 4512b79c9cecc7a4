"""Discrepancies: where papers contradict each other, or one of them itself."""

from mscgraph.check.discrepancy import Discrepancy, discrepancies, key
from mscgraph.check.kind import SEVERITIES, Kind, kinds, read_kind
from mscgraph.check.statement import Statement

__all__ = [
    "SEVERITIES",
    "Discrepancy",
    "Kind",
    "Statement",
    "discrepancies",
    "key",
    "kinds",
    "read_kind",
]
