"""Discrepancies: where papers contradict each other, or one of them itself."""

from mscgraph.check.discrepancy import Discrepancy, Statement, discrepancies
from mscgraph.check.kind import SEVERITIES, Kind, kinds, read_kind

__all__ = [
    "SEVERITIES",
    "Discrepancy",
    "Kind",
    "Statement",
    "discrepancies",
    "kinds",
    "read_kind",
]
