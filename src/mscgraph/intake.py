"""What must be seen before a parser tidies it away, and what a shape cannot see."""

import difflib
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from mscgraph.literals import (
    Remark,
    damaged_texts,
    impossible_iris,
    impossible_literals,
    local_name,
    node_name,
    unsafe_texts,
)
from mscgraph.names import MSC, PREFIXES

__all__ = ["UNREADABLE", "check"]

_RDF_TYPE = PREFIXES["rdf"] + "type"
_SUBCLASS = PREFIXES["rdfs"] + "subClassOf"
_RANGE = PREFIXES["schema"] + "rangeIncludes"

# Faults after which a graph cannot be handed to the shapes.
UNREADABLE = frozenset({"impossible-iri", "impossible-language", "impossible-literal"})


def check(quads: list[ox.Quad], ontology: Iterable[ox.Quad]) -> list[Remark]:
    """Return what is wrong with the statements of one document, in their order.

    Looks for names, literals and texts that cannot be, terms that the ontology does not have or
    that are not in the list of their property, nodes of the graph's own that are used and never
    described, and nodes without a kind.
    """
    terms = list(ontology)
    return [
        *impossible_iris(quads),
        *impossible_literals(quads),
        *damaged_texts(quads),
        *unsafe_texts(quads),
        *_unknown_terms(quads, terms),
        *_values_not_listed(quads, terms),
        *_loose_ends(quads),
    ]


def _unknown_terms(quads: list[ox.Quad], ontology: Iterable[ox.Quad]) -> Iterator[Remark]:
    terms = {node_name(quad.subject) for quad in ontology}
    seen: set[tuple[str, str]] = set()
    for quad in quads:
        for term in (quad.predicate, quad.object):
            if not isinstance(term, ox.NamedNode) or not term.value.startswith(MSC):
                continue
            key = (node_name(quad.subject), term.value)
            if term.value in terms or key in seen:
                continue
            seen.add(key)
            near = difflib.get_close_matches(term.value, terms, n=1, cutoff=0.8)
            hint = f"; did you mean {local_name(near[0])}?" if near else "."
            yield Remark(
                key[0],
                "unknown-term",
                f"The ontology has no term {local_name(term.value)}{hint}",
            )


def _values_not_listed(quads: list[ox.Quad], ontology: list[ox.Quad]) -> Iterator[Remark]:
    """Yield a remark for each value that is not in the value lists of its property."""
    lists: dict[str, set[str]] = {}
    above: dict[str, set[str]] = {}
    free: set[str] = set()
    for quad in ontology:
        subject, value = node_name(quad.subject), node_name(quad.object)
        if quad.predicate.value == MSC + "takesFrom":
            lists.setdefault(subject, set()).add(value)
        elif quad.predicate.value in (_SUBCLASS, _RDF_TYPE):
            above.setdefault(subject, set()).add(value)
        elif quad.predicate.value == _RANGE:
            free.add(subject)
    for quad in quads:
        wanted = lists.get(quad.predicate.value)
        value = node_name(quad.object)
        # A property that may also lead to a node of the graph takes any node that is not a term.
        if wanted is None or (quad.predicate.value in free and not value.startswith(MSC)):
            continue
        if value.startswith(MSC) and value not in above:
            continue  # an unknown term, of which there is a remark already
        if not wanted & _all_above(value, above):
            names = " or ".join(sorted(local_name(name) for name in wanted))
            literal = quad.object.value if isinstance(quad.object, ox.Literal) else None
            shown = local_name(value) if literal is None else f"“{literal}”"
            yield Remark(
                node_name(quad.subject),
                "value-not-in-list",
                f"{shown} is not in the list of {local_name(quad.predicate.value)}: "
                f"take a term of {names}.",
            )


def _all_above(term: str, above: dict[str, set[str]]) -> set[str]:
    """Return ``term`` and everything it is an instance or a subclass of."""
    found, waiting = {term}, [term]
    while waiting:
        for higher in above.get(waiting.pop(), ()):
            if higher not in found:
                found.add(higher)
                waiting.append(higher)
    return found


def _loose_ends(quads: list[ox.Quad]) -> Iterator[Remark]:
    subjects = {node_name(quad.subject) for quad in quads}
    typed = {node_name(quad.subject) for quad in quads if quad.predicate.value == _RDF_TYPE}
    own = {name for name in subjects if "#" in name and not name.startswith(MSC)}
    for name in sorted(own - typed):
        yield Remark(
            name, "node-without-class", "Say what this is: the node has no class after “a”."
        )
    seen: set[tuple[str, str]] = set()
    home = {name.partition("#")[0] for name in own}
    for quad in quads:
        target = quad.object
        if not isinstance(target, ox.NamedNode) or target.value in subjects:
            continue
        key = (node_name(quad.subject), target.value)
        if "#" in target.value and target.value.partition("#")[0] in home and key not in seen:
            seen.add(key)
            yield Remark(
                key[0],
                "node-not-described",
                f"{local_name(quad.predicate.value)} leads to :{local_name(target.value)}, which "
                "the graph does not describe: add it or mend the name.",
            )
