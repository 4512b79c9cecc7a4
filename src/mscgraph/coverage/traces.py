"""Traces: every place in the graphs that tells something of an item of a reporting list.

A trace is a value with its evidence, or an evidence of absence. It is found near the node that
must answer, its bearer: an infused product with the cells it was made from, their results and
steps; or a delivery. An absence may also stand on the therapy, the arm or the account around it.
"""

from dataclasses import dataclass

import pyoxigraph as ox

from mscgraph.coverage.states import STATED, State, state_of
from mscgraph.sparql import local, select, value

__all__ = ["Trace", "bearers", "find_traces"]


@dataclass(frozen=True)
class Trace:
    """One place in a graph that tells something of an item.

    `bearer` is the node that must answer and `reading` the way in which it is asked. `cells` names
    the cells, or the delivery, that are spoken of; `is_own` tells whether they are the bearer
    itself, `is_earlier` whether they are cells from which a product was made and what is said of
    them does not pass on to it. `is_specific` tells an absence of one marker or lineage from one
    of all. `result` is the value as an IRI or a text, `value` as a reader sees it; both are empty
    for an absence.
    """

    account: str
    bearer: str
    reading: str
    state: State
    cells: str
    is_own: bool
    is_earlier: bool
    is_specific: bool
    result: str
    value: str
    locator: str
    printed: str
    reason: str


def bearers(store: ox.Store) -> dict[str, dict[str, list[str]]]:
    """Return account → class → the nodes of an account that must answer for that class.

    Products answer for themselves, and deliveries too; a therapy without any delivery answers in
    their place. Restatements are left out.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for row in select(store, _BEARERS):
        of_class = found.setdefault(value(row["account"]), {})
        of_class.setdefault(value(row["class"]), []).append(value(row["bearer"]))
    return found


def find_traces(store: ox.Store) -> list[Trace]:
    """Return every trace in ``store``, in a total order."""
    return [_trace(row) for query in (_STATEMENTS, _ABSENCES) for row in select(store, query)]


def _trace(row: ox.QuerySolution) -> Trace:
    state = state_of(local(row["status"]))
    is_own = row["cells"] == row["bearer"]
    return Trace(
        account=value(row["account"]),
        bearer=value(row["bearer"]),
        reading=str(row["reading"]),
        state=state,
        cells=value(row["cellsLabel"]),
        is_own=is_own,
        is_earlier=not is_own and row["inherited"] is None,
        is_specific=value(row["specific"]) == "true",
        result=value(row["result"]) if state in STATED else "",
        value=_words(row) if state in STATED else "",
        locator=value(row["locator"]),
        printed=value(row["printed"]),
        reason=value(row["reason"]),
    )


def _words(row: ox.QuerySolution) -> str:
    """Return a value as a reader sees it: after its marker, lineage or step; a number named."""
    result = row["result"]
    words = value(row["resultLabel"]) or local(result)
    if isinstance(result, ox.Literal) and result.datatype.value.endswith(("integer", "decimal")):
        words = f"{value(row['propertyLabel'])} {words}"
    about = value(row["about"])
    return f"{about}: {words}" if about and words else words


_BEARERS = """
SELECT DISTINCT ?account ?class ?bearer WHERE {
  {
    ?bearer a msc:CellProduct .
    BIND (msc:CellProduct AS ?class)
  } UNION {
    ?therapy a msc:CellTherapy ; msc:hasDelivery ?bearer .
    BIND (msc:Delivery AS ?class)
  } UNION {
    ?bearer a msc:CellTherapy .
    FILTER NOT EXISTS { ?bearer msc:hasDelivery ?delivery }
    BIND (msc:Delivery AS ?class)
  }
  ?bearer msc:inAccount ?account .
  FILTER NOT EXISTS { ?bearer msc:restates ?original }
}
ORDER BY ?account ?class ?bearer
"""

# Where a product is looked for: in its own cells and those it was made from, and on their results
# and steps; a delivery on itself.
_STATEMENTS = """
SELECT DISTINCT ?account ?bearer ?reading ?cells ?cellsLabel ?inherited ?status ?specific
                ?result ?resultLabel ?propertyLabel ?about ?step ?locator ?printed ?reason
WHERE {
  ?reading a msc:Reading ; msc:readsClass ?class ; msc:readsProperty ?property .
  ?kind rdfs:subClassOf* ?class .
  ?node a ?kind ; ?property ?result ; msc:hasEvidence ?evidence .
  ?evidence msc:supports ?property ; msc:hasStatus ?presence .
  ?presence a msc:Presence .
  FILTER NOT EXISTS { ?node msc:restates ?original }
  FILTER NOT EXISTS {
    ?reading msc:readsTerm ?term .
    FILTER NOT EXISTS { ?node msc:hasMarker|msc:hasLineage ?term }
  }
  {
    ?bearer a msc:CellProduct ; msc:isDerivedFrom* ?cells .
    ?cells (msc:hasMarkerResult|msc:hasDifferentiationResult|msc:hasProcessingStep)? ?node .
  } UNION {
    ?bearer a msc:Delivery .
    BIND (?bearer AS ?node)
    BIND (?bearer AS ?cells)
  }
  ?bearer msc:inAccount ?account .
  # A marker may have been tested “with the result” that none is given.
  OPTIONAL { ?result a msc:Absence . BIND (?result AS ?none) }
  BIND (COALESCE(?none, ?presence) AS ?status)
  BIND (true AS ?specific)
  OPTIONAL { ?reading msc:isInherited ?inherited . FILTER (?inherited) }
  OPTIONAL { ?cells rdfs:label ?named }
  BIND (COALESCE(?named, STRAFTER(STR(?cells), "#")) AS ?cellsLabel)
  OPTIONAL { ?result rdfs:label ?resultLabel }
  OPTIONAL { ?property rdfs:label ?propertyLabel }
  OPTIONAL { ?node msc:hasMarker|msc:hasLineage ?asked . ?asked rdfs:label ?askedLabel }
  OPTIONAL {
    ?node a ?made .
    ?made rdfs:subClassOf+ msc:ProcessingStep ; rdfs:label ?stepLabel .
  }
  BIND (COALESCE(?askedLabel, ?stepLabel) AS ?about)
  OPTIONAL { ?node msc:stepNumber ?step }
  OPTIONAL { ?evidence msc:locator ?locator }
  OPTIONAL { ?evidence msc:printed ?printed }
  OPTIONAL { ?evidence msc:reason ?reason }
}
ORDER BY ?account ?bearer ?step ?about ?property ?resultLabel ?result ?locator ?printed ?reason
         ?cells STR(?evidence)
"""

# An absence stands on the nearest node there is, which may be one around the bearer.
_ABSENCES = """
SELECT DISTINCT ?account ?bearer ?reading ?cells ?cellsLabel ?inherited ?status ?specific
                ?result ?resultLabel ?propertyLabel ?about ?locator ?printed ?reason
WHERE {
  ?reading a msc:Reading ; msc:readsAbsenceOf ?property .
  ?evidence msc:supports ?property ; msc:hasStatus ?status .
  ?status a msc:Absence .
  ?node msc:hasEvidence ?evidence .
  OPTIONAL { ?reading msc:readsTerm ?term }
  OPTIONAL { ?evidence msc:concerns ?concerned }
  FILTER (!BOUND(?concerned) || (BOUND(?term) && ?concerned = ?term))
  {
    ?bearer a msc:CellProduct ; msc:isDerivedFrom* ?cells .
    BIND (?cells AS ?node)
  } UNION {
    ?bearer a msc:CellProduct ; msc:isDerivedFrom* ?cells .
    ?cells msc:hasMarkerResult|msc:hasDifferentiationResult ?node .
    ?reading msc:readsClass/^rdf:type ?node .
    FILTER NOT EXISTS { ?node msc:restates ?original }
    FILTER NOT EXISTS {
      ?reading msc:readsTerm ?sought .
      FILTER NOT EXISTS { ?node msc:hasMarker|msc:hasLineage ?sought }
    }
    BIND (true AS ?found)
  } UNION {
    ?bearer a msc:CellProduct ; ^msc:uses/(^msc:receives)? ?node .
    BIND (?bearer AS ?cells)
  } UNION {
    ?bearer a msc:Delivery ; (^msc:hasDelivery)?/(^msc:receives)? ?node .
    BIND (?bearer AS ?cells)
  } UNION {
    ?bearer a msc:CellTherapy ; (^msc:receives)? ?node .
    BIND (?bearer AS ?cells)
  } UNION {
    ?bearer msc:inAccount ?node .
    BIND (?bearer AS ?cells)
  } UNION {
    ?bearer a msc:Account ; (msc:hasArm/msc:receives?)? ?node .
    BIND (?bearer AS ?cells)
  }
  ?bearer a ?kind .
  FILTER (?kind IN (msc:Account, msc:CellProduct, msc:CellTherapy, msc:Delivery))
  OPTIONAL { ?bearer msc:inAccount ?around }
  BIND (COALESCE(?around, ?bearer) AS ?account)
  BIND (BOUND(?concerned) || (BOUND(?term) && BOUND(?found)) AS ?specific)
  OPTIONAL { ?reading msc:isInherited ?inherited . FILTER (?inherited) }
  OPTIONAL { ?cells rdfs:label ?named }
  BIND (COALESCE(?named, STRAFTER(STR(?cells), "#")) AS ?cellsLabel)
  OPTIONAL { ?evidence msc:locator ?locator }
  OPTIONAL { ?evidence msc:printed ?printed }
  OPTIONAL { ?evidence msc:reason ?reason }
}
ORDER BY ?account ?bearer ?status ?locator ?printed ?reason ?cells STR(?evidence)
"""
