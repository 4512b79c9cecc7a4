"""Reporting coverage: what each account of a trial states of published reporting lists.

>>> from mscgraph.store import load
>>> from mscgraph.workspace import default
>>> store = load(default())
>>> doses, isct = read_lists(store)
>>> shi = "https://w3id.org/mscgraph/trial/shi-2012"
>>> (own,) = assess(store, [isct], trials=[shi], kinds=["own-report"])
>>> own.stated("isct"), len(isct.items)
(9, 12)
"""

from mscgraph.coverage.judging import DEFAULT_KINDS, KINDS, AccountCoverage, Cell, assess
from mscgraph.coverage.lists import Item, ReportingList, choose_lists, read_lists
from mscgraph.coverage.states import ABSENT, SIGNS, STATED, State
from mscgraph.coverage.tables import legend, matrix, places, summary
from mscgraph.coverage.traces import Trace

__all__ = [
    "ABSENT",
    "DEFAULT_KINDS",
    "KINDS",
    "SIGNS",
    "STATED",
    "AccountCoverage",
    "Cell",
    "Item",
    "ReportingList",
    "State",
    "Trace",
    "assess",
    "choose_lists",
    "legend",
    "matrix",
    "places",
    "read_lists",
    "summary",
]
