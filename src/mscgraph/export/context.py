"""The JSON-LD context: a short name for every term, and what its values are.

All of it follows from the ontology, so that it cannot say anything else; only the terms of RDF
Schema, OWL, SKOS, DCAT and VoID, which the ontology uses and does not describe, are told here.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from mscgraph.names import GRAPH, MSC, PREFIXES

__all__ = ["LANGUAGE", "Term", "compact", "context", "terms"]

# Every text of the ontology and every label is in English.
LANGUAGE = "en"

# Prefix → namespace. A node of a graph is graph:kharaziha-2009#meld-24.
_NAMESPACES = dict(sorted({**PREFIXES, "graph": GRAPH}.items()))

_ALIASES = {"id": "@id", "type": "@type"}

_LIST = {"kind": "@vocab", "container": "@list"}
_MATCH = {"kind": "@id", "container": "@set"}
_TEXT = {"language": LANGUAGE}
_BORROWED: dict[str, dict[str, str]] = {
    "dcat:keyword": {**_TEXT, "container": "@set"},
    "dcat:version": {},
    "dcterms:publisher": {"kind": "@id"},
    "owl:disjointWith": {"kind": "@vocab", "container": "@set"},
    "owl:equivalentClass": {"kind": "@vocab", "container": "@set"},
    "owl:hasValue": {"kind": "@vocab"},
    "owl:intersectionOf": _LIST,
    "owl:onProperty": {"kind": "@vocab"},
    "owl:propertyChainAxiom": _LIST,
    "owl:someValuesFrom": {"kind": "@vocab"},
    "owl:unionOf": _LIST,
    "owl:versionIRI": {"kind": "@id"},
    "owl:versionInfo": {},
    "rdfs:comment": _TEXT,
    "rdfs:isDefinedBy": {"kind": "@id"},
    "rdfs:label": _TEXT,
    "rdfs:subClassOf": {"kind": "@vocab", "container": "@set"},
    "skos:broadMatch": _MATCH,
    "skos:closeMatch": _MATCH,
    "skos:exactMatch": _MATCH,
    "skos:narrowMatch": _MATCH,
    "skos:relatedMatch": _MATCH,
    "void:subset": {"kind": "@id", "container": "@set"},
    "void:triples": {"kind": "xsd:integer"},
    "void:uriSpace": {},
    "void:vocabulary": {"kind": "@id", "container": "@set"},
}

_TYPE = PREFIXES["rdf"] + "type"
_RANGE = PREFIXES["schema"] + "rangeIncludes"
_LITERAL, *_PROPERTIES = (
    PREFIXES["owl"] + kind for kind in ("DatatypeProperty", "AnnotationProperty", "ObjectProperty")
)
_LANG_STRING = PREFIXES["rdf"] + "langString"
_DECIMAL, _INTEGER, _STRING = (PREFIXES["xsd"] + k for k in ("decimal", "integer", "string"))


@dataclass(frozen=True)
class Term:
    """A short name, the IRI it stands for, and how its values are written.

    `kind` is ``@id`` (values are nodes), ``@vocab`` (values are terms) or the compact IRI of the
    datatype of values that do not name theirs; `language` is that of texts without a tag.
    """

    name: str
    iri: str
    kind: str | None = None
    language: str | None = None
    container: str | None = None

    @property
    def definition(self) -> str | dict[str, str]:
        """The value of the short name in a context."""
        parts = {"@type": self.kind, "@language": self.language, "@container": self.container}
        told = {key: value for key, value in parts.items() if value is not None}
        return {"@id": compact(self.iri), **told} if told else compact(self.iri)


def compact(iri: str) -> str:
    """Return ``iri`` with the longest prefix that fits, and as it is where none does.

    >>> compact("https://w3id.org/mscgraph/graph/kharaziha-2009#meld-24")
    'graph:kharaziha-2009#meld-24'
    """
    fitting = [
        (len(namespace), prefix)
        for prefix, namespace in _NAMESPACES.items()
        if iri.startswith(namespace) and len(iri) > len(namespace)
    ]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    local = iri[length:]
    # What begins with two slashes would be read as an absolute IRI.
    return iri if local.startswith("//") else f"{prefix}:{local}"


def terms(ontology: Iterable[ox.Quad]) -> list[Term]:
    """Return every term that ``ontology`` describes, and those it borrows, sorted by IRI.

    A property whose range holds datatypes takes literals: of the one datatype, or decimals where
    it takes decimals and integers alike, or texts in `LANGUAGE`; where it takes others together
    each value names its own. Of the other properties, one that takes from a value list, or whose
    range is open, has terms as values, and the rest have nodes. A term that marks itself with
    ``mayRepeat`` has a list of values even where there is one. The name is the local name, and
    the compact IRI where that is taken by a term of the project.
    """
    described: dict[str, dict[str, list[str]]] = {}
    for quad in ontology:
        if isinstance(quad.subject, ox.NamedNode):
            values = described.setdefault(quad.subject.value, {})
            values.setdefault(quad.predicate.value, []).append(getattr(quad.object, "value", ""))
    told = {
        iri: _coercion(values)
        for iri, values in described.items()
        if iri.startswith(MSC) or {_LITERAL, *_PROPERTIES} & set(values.get(_TYPE, ()))
    }
    for name, parts in _BORROWED.items():
        prefix, _, local = name.partition(":")
        told.setdefault(_NAMESPACES[prefix] + local, parts)

    found: list[Term] = []
    taken = {*_ALIASES, *_NAMESPACES}
    # The project's own terms choose first.
    for iri in sorted(told, key=lambda iri: (not iri.startswith(MSC), iri)):
        local = iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]
        name = compact(iri) if local in taken else local
        taken.add(name)
        found.append(Term(name, iri, **told[iri]))
    return sorted(found, key=lambda term: term.iri)


def context(found: Sequence[Term]) -> str:
    """Return a JSON-LD 1.1 context with the names of ``found``, one on a line.

    It begins with the version and the prefixes, then come classes and values, then properties,
    each A–Z.
    """
    entries: list[tuple[str, object]] = [("@version", 1.1), *_ALIASES.items()]
    entries += _NAMESPACES.items()
    by_name = sorted(found, key=lambda term: (not term.name[0].isupper(), term.name))
    entries += [(term.name, term.definition) for term in by_name]
    lines = (f"  {_json(name)}: {_json(value)}" for name, value in entries)
    return "{\n" + ",\n".join(lines) + "\n}"


def _coercion(values: dict[str, list[str]]) -> dict[str, str]:
    """Return how the values of a described property are written; nothing for other terms."""
    kinds = set(values.get(_TYPE, ()))
    if not kinds & {_LITERAL, *_PROPERTIES}:
        return {}
    parts = {"container": "@set"} if MSC + "mayRepeat" in values else {}
    ranges = set(values.get(_RANGE, ()))
    datatypes = {iri for iri in ranges if iri == _LANG_STRING or iri.startswith(PREFIXES["xsd"])}
    if _LANG_STRING in datatypes:
        parts["language"] = LANGUAGE
    elif datatypes == {_DECIMAL, _INTEGER}:
        parts["kind"] = compact(_DECIMAL)
    elif len(datatypes) == 1 and datatypes != {_STRING}:
        parts["kind"] = compact(datatypes.pop())
    elif not datatypes and _LITERAL not in kinds:
        open_ended = not ranges or MSC + "takesFrom" in values
        parts["kind"] = "@vocab" if open_ended else "@id"
    return parts


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
