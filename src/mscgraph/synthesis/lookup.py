"""The terms that a reader names: a measure or an event, and the members of a trait."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mscgraph.errors import ParameterError
from mscgraph.names import MSC
from mscgraph.question import Parameter, names, resolve
from mscgraph.sparql import local, select
from mscgraph.synthesis.findings import DEATH

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["find_measure", "trait_members"]

_DEATHS = ("death", "deaths", "mortality", "died")

# A trait → the value list of its members.
_LISTS = {
    "route": "Route",
    "source": "TissueSource",
    "donor": "DonorRelation",
    "disease": "Disease",
    "cause": "Disease",
    "cell-type": "CellType",
}


def find_measure(store: "ox.Store", text: str) -> tuple[str, bool]:
    """Return the local name of the measure or event ``text``, and whether it is an event.

    Raises ParameterError, with the nearest name, where there is none.
    """
    if text.strip().casefold() in _DEATHS:
        return DEATH, True
    known: dict[str, list[str]] = {}
    for kind, is_event in (("Measure", False), ("Condition", True)):
        parameter = Parameter("measure", "class", kind, "")
        try:
            return local(resolve(parameter, text, store)), is_event
        except ParameterError:
            known[kind] = [name for name in names(parameter, store) if ":" not in name]
    import difflib

    near = difflib.get_close_matches(text.casefold(), [*known["Measure"], *known["Condition"]], n=1)
    hint = f"; did you mean “{near[0]}”?" if near else "; “mscgraph ask outcomes-by-time” has them"
    raise ParameterError(f"“{text}” is no measure and no adverse event{hint}")


def trait_members(store: "ox.Store", trait: str, texts: Sequence[str]) -> frozenset[str]:
    """Return what ``texts`` mean among the members of ``trait``, with all narrower ones.

    Raises ParameterError, with the nearest name, where there is none.
    """
    parameter = Parameter(trait, "class", _LISTS[trait], "")
    found: set[str] = set()
    for text in texts:
        term = resolve(parameter, text, store).value
        found.add(term.removeprefix(MSC))
        narrower = select(store, f"SELECT ?term WHERE {{ ?term rdfs:subClassOf* <{term}> }}")
        found |= {local(row["term"]) for row in narrower}
    return frozenset(found)
