"""What must be seen before a parser tidies it away: syntax, literals, terms, loose ends."""

import datetime
import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from mscgraph.errors import TurtleError
from mscgraph.names import MSC, PREFIXES, graph_iri, short

__all__ = ["Document", "Remark", "check", "impossible_literals", "read_document", "read_quads"]

_XSD = PREFIXES["xsd"]
_RDF_TYPE = PREFIXES["rdf"] + "type"

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


@dataclass(frozen=True)
class Document:
    """The text of a Turtle file, what a reader calls it, and the name of the graph it holds."""

    place: str
    name: str
    text: str

    def line_of(self, node: str) -> int | None:
        """Return the number of the line on which the description of ``node`` begins.

        In canonical form that is the line that holds the subject alone; in any other form, the
        first line that begins with it. None when no line does.
        """
        graph, _, local = node.partition("#")
        names = {f"<{node}>", short(node)}
        if local:
            names |= {f":{local}", f"<#{local}>"}
        elif graph == graph_iri(self.name):
            names.add("<>")
        for number, line in enumerate(self.text.splitlines(), start=1):
            first = line.split(maxsplit=1)[0] if line and not line[0].isspace() else ""
            if first in names:
                return number
        return None


@dataclass(frozen=True)
class Remark:
    """What is wrong with one node of a document, before any shape is asked."""

    node: str
    rule: str
    message: str


def read_document(path: Path) -> Document:
    """Read the file at ``path``; the file's stem is the name of its graph.

    Raises TurtleError when the file is missing, cannot be read or is not UTF-8.
    """
    try:
        return Document(str(path), path.stem, path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TurtleError(f"{path}: there is no such file") from None
    except UnicodeDecodeError as error:
        raise TurtleError(f"{path}: not UTF-8 (byte {error.start}): save it as UTF-8") from None
    except OSError as error:
        raise TurtleError(f"{path}: cannot be read ({error.strerror})") from None


def read_quads(document: Document) -> list[ox.Quad]:
    """Return the statements of ``document``, every literal as it is written.

    Raises TurtleError with the line of the first fault when it is not Turtle; an IRI with a
    space or a control character is not.
    """
    try:
        return list(
            ox.parse(document.text, format=ox.RdfFormat.TURTLE, base_iri=graph_iri(document.name))
        )
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise TurtleError(f"{document.place}{line}: not Turtle: {error.msg}") from None


def check(quads: list[ox.Quad], ontology: Iterable[ox.Quad]) -> list[Remark]:
    """Return what is wrong with the statements of one document, in their order.

    Looks for literals that their datatype does not allow, terms that the ontology does not
    have, nodes of the graph's own that are used and never described, and nodes without a kind.
    """
    return [
        *impossible_literals(quads),
        *_unknown_terms(quads, ontology),
        *_loose_ends(quads),
    ]


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
                _name(quad.subject),
                "impossible-literal",
                f"“{literal.value}” is no value of {_local(quad.predicate.value)}: write {wanted}.",
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


def _unknown_terms(quads: list[ox.Quad], ontology: Iterable[ox.Quad]) -> Iterator[Remark]:
    terms = {_name(quad.subject) for quad in ontology}
    seen: set[tuple[str, str]] = set()
    for quad in quads:
        for term in (quad.predicate, quad.object):
            if not isinstance(term, ox.NamedNode) or not term.value.startswith(MSC):
                continue
            key = (_name(quad.subject), term.value)
            if term.value in terms or key in seen:
                continue
            seen.add(key)
            near = difflib.get_close_matches(term.value, terms, n=1, cutoff=0.8)
            hint = f"; did you mean {_local(near[0])}?" if near else "."
            yield Remark(
                key[0],
                "unknown-term",
                f"The ontology has no term {_local(term.value)}{hint}",
            )


def _loose_ends(quads: list[ox.Quad]) -> Iterator[Remark]:
    subjects = {_name(quad.subject) for quad in quads}
    typed = {_name(quad.subject) for quad in quads if quad.predicate.value == _RDF_TYPE}
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
        key = (_name(quad.subject), target.value)
        if "#" in target.value and target.value.partition("#")[0] in home and key not in seen:
            seen.add(key)
            yield Remark(
                key[0],
                "node-not-described",
                f"{_local(quad.predicate.value)} leads to :{_local(target.value)}, which the graph "
                "does not describe: add it or mend the name.",
            )


def _name(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode | ox.BlankNode) else str(node)


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]
