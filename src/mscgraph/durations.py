"""Times as printed, turned into weeks by the one rule that the ontology holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from mscgraph.names import MSC

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import IdentifiedNode

__all__ = ["fill_weeks", "hours_per_unit", "weeks"]

_HOURS_PER_WEEK = Decimal(168)


@dataclass(frozen=True)
class _TimeProperty:
    """A property that prints a time, the one that names its unit, and the one in weeks."""

    printed: str
    unit: str
    weeks: str


_TIMES = (
    _TimeProperty("time", "timeUnit", "weeks"),
    _TimeProperty("until", "untilUnit", "untilWeeks"),
    _TimeProperty("window", "windowUnit", "windowWeeks"),
)
_DURATIONS = (
    _TimeProperty("value", "unit", "weeks"),
    _TimeProperty("low", "unit", "lowWeeks"),
    _TimeProperty("high", "unit", "highWeeks"),
    _TimeProperty("below", "unit", "highWeeks"),
)


def weeks(time: Decimal, unit: str, hours: dict[str, Decimal]) -> Decimal:
    """Return ``time`` of ``unit`` in weeks of 168 hours, rounded to two decimals.

    ``hours`` gives the hours of each unit, as `hours_per_unit` reads them from the ontology:
    a month is 365.25/12 days. Raises KeyError for a unit that is not among them.

    >>> weeks(Decimal(6), "mo", {"mo": Decimal("730.5")})
    Decimal('26.09')
    """
    exact = time * hours[unit] / _HOURS_PER_WEEK
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)


def hours_per_unit(ontology: "Graph") -> dict[str, Decimal]:
    """Read UCUM code → hours from the units of time in ``ontology``."""
    from rdflib import URIRef

    return {
        str(code): Decimal(str(ontology.value(unit, URIRef(MSC + "hoursPerUnit"))))
        for unit, code in ontology.subject_objects(URIRef(MSC + "ucumCode"))
    }


def fill_weeks(graph: "Graph", ontology: "Graph") -> int:
    """Add to ``graph`` the weeks that follow from its printed times; return how many.

    What is already there stays, even when it is wrong: a shape reports it.
    """
    from rdflib import RDF, RDFS, XSD, Literal, URIRef

    hours = hours_per_unit(ontology)
    durations = set(ontology.transitive_subjects(RDFS.subClassOf, URIRef(MSC + "Duration")))

    def candidates() -> Iterator[tuple["IdentifiedNode", _TimeProperty]]:
        for prop in _TIMES:
            for node in graph.subjects(URIRef(MSC + prop.printed), unique=True):
                yield node, prop  # type: ignore[misc]
        for kind in durations:
            for node in graph.subjects(RDF.type, kind, unique=True):
                for prop in _DURATIONS:
                    yield node, prop  # type: ignore[misc]

    added = 0
    for node, prop in candidates():
        printed = graph.value(node, URIRef(MSC + prop.printed))
        unit = graph.value(node, URIRef(MSC + prop.unit))
        target = URIRef(MSC + prop.weeks)
        if printed is None or str(unit) not in hours or (node, target, None) in graph:
            continue
        number = weeks(Decimal(str(printed)), str(unit), hours)
        literal = (
            Literal(str(int(number)), datatype=XSD.integer)
            if number == number.to_integral_value()
            else Literal(str(number), datatype=XSD.decimal)
        )
        graph.add((node, target, literal))
        added += 1
    return added
