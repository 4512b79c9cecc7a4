"""Literals and IRIs as they are written: what their kind does not allow, and what is no data."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from mscgraph.names import MSC, PREFIXES

__all__ = [
    "Remark",
    "damaged_texts",
    "impossible_iris",
    "impossible_literals",
    "local_name",
    "node_name",
    "unsafe_texts",
]

_XSD = PREFIXES["xsd"]

# Lexical forms of XML Schema 1.1 part 2, for the datatypes that the vocabulary uses.
_ZONE = r"(Z|[+-]\d\d:\d\d)?"


def _pattern(text: str) -> re.Pattern[str]:
    """Compile a lexical form; digits are those of ASCII alone."""
    return re.compile(text, re.ASCII)


_LEXICAL = {
    "boolean": (_pattern(r"true|false|0|1"), "true or false"),
    "date": (_pattern(rf"-?\d{{4,}}-\d\d-\d\d{_ZONE}"), "a date, for example 2009-03-31"),
    "dateTime": (
        _pattern(rf"-?\d{{4,}}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?{_ZONE}"),
        "a date and time, for example 2009-03-31T12:00:00",
    ),
    "decimal": (_pattern(r"[+-]?(\d+(\.\d*)?|\.\d+)"), "a decimal number, for example 17.9"),
    "gYear": (_pattern(rf"-?\d{{4,}}{_ZONE}"), "a year of four digits, for example 2009"),
    "gYearMonth": (
        _pattern(rf"-?\d{{4,}}-(0[1-9]|1[0-2]){_ZONE}"),
        "a year and month, for example 2006-02",
    ),
    "integer": (_pattern(r"[+-]?\d+"), "a whole number, for example 8"),
}


# Tags, comments and scripts; a bare “<” is a sign of comparison.
_MARKUP = re.compile(
    r"</?[a-z][a-z0-9-]*(?:[\s/][^<>]*=[^<>]*)?\s*/?>|<!--|javascript:", re.IGNORECASE
)
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


@dataclass(frozen=True)
class Remark:
    """What is wrong with one node of a document, before any shape is asked."""

    node: str
    rule: str
    message: str


def impossible_literals(quads: list[ox.Quad]) -> Iterator[Remark]:
    """Yield a remark for each literal whose text its datatype does not allow."""
    for quad in quads:
        literal = quad.object
        if not isinstance(literal, ox.Literal) or literal.language:
            continue
        kind = literal.datatype.value.removeprefix(_XSD)
        if kind not in _LEXICAL:
            continue
        pattern, wanted = _LEXICAL[kind]
        if not pattern.fullmatch(literal.value) or not _on_calendar(kind, literal.value):
            yield Remark(
                node_name(quad.subject),
                "impossible-literal",
                f"“{literal.value}” is no value of {local_name(quad.predicate.value)}: "
                f"write {wanted}.",
            )


def _on_calendar(kind: str, text: str) -> bool:
    if kind not in ("date", "dateTime") or text.startswith("-"):
        return True
    try:
        datetime.date.fromisoformat(text[:10])
        if kind == "dateTime":
            datetime.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def damaged_texts(quads: list[ox.Quad]) -> Iterator[Remark]:
    """Yield a remark for each text with a sign that extraction has lost, printed figures aside."""
    for quad in quads:
        text = quad.object
        if (
            isinstance(text, ox.Literal)
            and "\N{REPLACEMENT CHARACTER}" in text.value
            and quad.predicate.value != MSC + "printed"
        ):
            yield Remark(
                node_name(quad.subject),
                "damage-left",
                "A sign that the text at hand has lost is left in "
                f"{local_name(quad.predicate.value)}: repair the value, and keep the damaged "
                "figure in the evidence as printed.",
            )


def unsafe_texts(quads: list[ox.Quad]) -> Iterator[Remark]:
    """Yield a remark for each text with markup or a script in it."""
    for quad in quads:
        text = quad.object
        if isinstance(text, ox.Literal) and _MARKUP.search(text.value):
            yield Remark(
                node_name(quad.subject),
                "markup-in-text",
                f"There is markup or a script in {local_name(quad.predicate.value)}: "
                "write plain text.",
            )


def impossible_iris(quads: list[ox.Quad]) -> Iterator[Remark]:
    """Yield a remark for each IRI with a sign that no IRI has, and each impossible language."""
    seen: set[tuple[str, str]] = set()
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object):
            key = (node_name(quad.subject), str(term))
            if key in seen:
                continue
            seen.add(key)
            if isinstance(term, ox.NamedNode) and _NOT_IN_IRI.search(term.value):
                yield Remark(
                    node_name(quad.subject),
                    "impossible-iri",
                    "There is a space or another sign in a name that no name can have: "
                    f"{local_name(term.value)!r}.",
                )
            language = term.language if isinstance(term, ox.Literal) else None
            if language and not _LANGUAGE.fullmatch(language):
                yield Remark(
                    node_name(quad.subject),
                    "impossible-language",
                    f"“{language}” is no language: write @en.",
                )


def node_name(node: object) -> str:
    """Return the IRI of a node, or the label of a blank one."""
    return node.value if isinstance(node, ox.NamedNode | ox.BlankNode) else str(node)


def local_name(iri: str) -> str:
    """Return what stands after the last # or / of ``iri``."""
    return re.split(r"[#/]", iri)[-1]
