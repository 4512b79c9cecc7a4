"""Asking the store from within the program: prefixes known, cells as plain text."""

from collections.abc import Iterable

import pyoxigraph as ox

from mscgraph.names import PREFIXES, short

__all__ = ["local", "select", "value"]

_PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def select(store: ox.Store, query: str) -> Iterable[ox.QuerySolution]:
    """Return the rows of a SELECT query, in which the project's prefixes are known.

    Raises TypeError for a query of another form.
    """
    solutions = store.query(_PROLOGUE + query)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError(query)
    return solutions


def value(term: object) -> str:
    """Return a term's IRI or text; empty where it is unbound."""
    return str(getattr(term, "value", "")) if term is not None else ""


def local(term: object) -> str:
    """Return a term of the ontology by its local name, other terms by their short name."""
    return short(value(term)).removeprefix("msc:")
