"""Reporting lists: what a published list wants stated, read from the store.

The lists are data, in ``ontology/reporting.ttl``; a list that is added there is judged like the
others.
"""

from dataclasses import dataclass

import pyoxigraph as ox

from mscgraph.errors import ParameterError, WorkspaceError
from mscgraph.sparql import select, value

__all__ = ["Item", "ReportingList", "choose_lists", "read_lists"]


@dataclass(frozen=True)
class Item:
    """One thing that a reporting list wants stated.

    `code` is its short name in narrow tables; `asks_of` the IRI of the class of node that must
    answer; `wanted` the result that the list asks for (an IRI, or ``true``), empty where any
    answer is as good; `readings` are the keys of the ways in which a graph answers, and `missable`
    those of them that must all be missed for the item to be absent.
    """

    iri: str
    label: str
    code: str
    definition: str
    asks_of: str
    wanted: str
    readings: frozenset[str]
    missable: frozenset[str]


@dataclass(frozen=True)
class ReportingList:
    """A published list of what a report should state, with its items in their order."""

    name: str
    label: str
    citation: str
    items: tuple[Item, ...]


def read_lists(store: ox.Store) -> list[ReportingList]:
    """Return the reporting lists in ``store``, by name.

    Raises WorkspaceError when there is none.
    """
    items = _items(store)
    lists = [
        ReportingList(
            name=value(row["name"]),
            label=value(row["label"]),
            citation=value(row["citation"]),
            items=tuple(items.get(value(row["list"]), ())),
        )
        for row in select(store, _LISTS)
    ]
    if not lists:
        raise WorkspaceError(
            "the workspace has no reporting list: put ontology/reporting.ttl into it"
        )
    return lists


def choose_lists(store: ox.Store, names: tuple[str, ...]) -> list[ReportingList]:
    """Return the reporting lists called ``names``; all of them where no name is given.

    Raises ParameterError for a name that no list has.
    """
    lists = read_lists(store)
    known = [each.name for each in lists]
    for name in names:
        if name not in known:
            raise ParameterError(f"--list: there is no list “{name}”; take {' or '.join(known)}")
    return [each for each in lists if not names or each.name in names]


def _items(store: ox.Store) -> dict[str, list[Item]]:
    """Return the items of each list, by the list's IRI."""
    readings: dict[str, dict[str, bool]] = {}
    for row in select(store, _READINGS):
        ways = readings.setdefault(value(row["item"]), {})
        ways[str(row["reading"])] = row["absence"] is not None
    found: dict[str, list[Item]] = {}
    for row in select(store, _ITEMS):
        ways = readings[value(row["item"])]
        item = Item(
            iri=value(row["item"]),
            label=value(row["label"]),
            code=value(row["code"]),
            definition=value(row["definition"]),
            asks_of=value(row["asked"]),
            wanted=value(row["wanted"]),
            readings=frozenset(ways),
            missable=frozenset(way for way, missable in ways.items() if missable),
        )
        found.setdefault(value(row["list"]), []).append(item)
    return found


_LISTS = """
SELECT ?list ?name ?label ?citation WHERE {
  ?list a msc:ReportingList ; skos:notation ?name ; rdfs:label ?label ;
        dcterms:bibliographicCitation ?citation .
}
ORDER BY ?name
"""

_ITEMS = """
SELECT ?list ?item ?label ?code ?definition ?asked ?wanted WHERE {
  ?item msc:isItemOf ?list ; msc:itemNumber ?number ; rdfs:label ?label ; skos:notation ?code ;
        skos:definition ?definition ; msc:asksOf ?asked .
  FILTER EXISTS { ?item msc:hasReading ?reading }
  OPTIONAL { ?item msc:asksForResult ?wanted }
}
ORDER BY ?list ?number ?item
"""

_READINGS = """
SELECT ?item ?reading (SAMPLE(?missed) AS ?absence) WHERE {
  ?item msc:hasReading ?reading .
  OPTIONAL { ?reading msc:readsAbsenceOf ?missed }
}
GROUP BY ?item ?reading
"""
