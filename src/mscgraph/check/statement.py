"""Statements: nodes of paper graphs, where the paper prints them, and their figures' digits."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox

from mscgraph.document import read_document, read_quads
from mscgraph.names import MSC, trial_name

__all__ = ["Evidences", "Figures", "Statement", "title"]


@dataclass(frozen=True, order=True)
class Statement:
    """A node of a paper graph that takes part in a discrepancy, and where the paper prints it.

    `locator` and `printed` are those of the evidence for the property in question; they are
    empty for a node that says something by its absence. A sentence names one whole, as `{one}`,
    or in its parts, as `{one.place}` and `{one.quoted}`.
    """

    node: str
    paper: str
    locator: str
    printed: str

    def __str__(self) -> str:
        """Return the paper and the place in it, as a sentence quotes them."""
        quoted = self.quoted if self.printed else ""
        return self._at(": ".join(filter(None, (self._where, quoted))))

    @property
    def place(self) -> str:
        """The paper and the place in it, without what is printed there."""
        return self._at(self._where)

    @property
    def quoted(self) -> str:
        """What is printed, in quotation marks, or `this`."""
        return f"“{_unmarked(self.printed)}”" if self.printed else "this"

    @property
    def _where(self) -> str:
        return ", ".join(filter(None, self.locator.split(" | ")))

    def _at(self, place: str) -> str:
        return f"{self.paper} ({place})" if place else self.paper


# Marks of formulas, citations and slanted words in the text of one paper at hand → what a reader
# sees.
_MARKS = (
    (r"\\text\{([^}]*)\}", r"\1"),
    (r"\\times", "×"),
    (r"\\pm", "±"),
    (r"\$", ""),
    (r"\^\{([^}]*)\}", r"[\1]"),
    (r"\*(\w+)\*", r"\1"),
)


def _unmarked(printed: str) -> str:
    r"""Return what is printed without the marks of a formula.

    >>> _unmarked(r"$3 \text{ to } 5 \times 10^7/\text{kg}$")
    '3 to 5 × 10^7/kg'
    >>> _unmarked("in trials of *CXCR4*.^{54,57}")
    'in trials of CXCR4.[54,57]'
    """
    for mark, seen in _MARKS:
        printed = re.sub(mark, seen, printed)
    return " ".join(printed.split())


def title(iri: str) -> str:
    """Return the name of a trial, or of the paper of a node, as people write it.

    >>> title("https://w3id.org/mscgraph/trial/mohamadnejad-2007-cd34")
    'Mohamadnejad 2007 (CD34)'
    """
    stem = iri.partition("#")[0].rpartition("/")[2]
    author_and_year = re.sub(r"(?<=-\d{4})-[\w-]+$", "", stem)
    label = " ".join(word.capitalize() for word in author_and_year.split("-"))
    return trial_name(stem, label)


class Evidences:
    """The evidences of all nodes of a store, read once."""

    def __init__(self, store: ox.Store) -> None:
        self._of: dict[str, list[tuple[bool, str, str, frozenset[str]]]] = {}
        said: dict[str, dict[str, list[str]]] = {}
        for name in ("locator", "printed", "supports", "hasFault"):
            for quad in _with(store, name):
                said.setdefault(_value(quad.subject), {}).setdefault(name, []).append(
                    _value(quad.object)
                )
        for quad in _with(store, "hasEvidence"):
            one = said.get(_value(quad.object), {})
            place, figure = "".join(one.get("locator", [])), "".join(one.get("printed", []))
            supported = frozenset(one.get("supports", []))
            sound = "hasFault" not in one
            self._of.setdefault(_value(quad.subject), []).append((sound, place, figure, supported))

    def statement(self, node: str, of: str | None) -> Statement:
        """Return ``node`` with its evidence for the property ``of``, or its first printed one.

        One that a curator marked as faulty comes first: that is where the trouble is.
        """
        known = sorted(self._of.get(node, []), key=lambda each: (each[0], not each[2], each[1:3]))
        fitting = [each for each in known if of is None or of in each[3]]
        locator, printed = (fitting or [(True, "", "", frozenset())])[0][1:3]
        return Statement(node, title(node), locator, printed)


class Figures:
    """The figures of paper graphs with the digits that are written.

    The store makes 17.9 of 17.90, and how far a figure may have been rounded is told by its
    digits.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._of: dict[str, dict[Decimal, str]] = {}
        for path in paths:
            for quad in read_quads(read_document(path)):
                number = _number(quad.object)
                if number is not None:
                    self._of.setdefault(_value(quad.subject), {})[number] = _value(quad.object)

    def as_printed(self, row: Mapping[str, str], nodes: Iterable[str]) -> dict[str, str]:
        """Return ``row`` with each figure of one of ``nodes`` as that node writes it."""
        written: dict[Decimal, str] = {}
        for node in nodes:
            for number, text in self._of.get(node, {}).items():
                if len(text) > len(written.get(number, "")):
                    written[number] = text
        return {column: _written(text, written) for column, text in row.items()}


def _written(text: str, written: Mapping[Decimal, str]) -> str:
    try:
        return written.get(Decimal(text), text)
    except InvalidOperation:
        return text


def _number(term: object) -> Decimal | None:
    if not isinstance(term, ox.Literal) or term.language or term.datatype.value.endswith("string"):
        return None
    try:
        return Decimal(term.value)
    except InvalidOperation:
        return None


def _with(store: ox.Store, name: str) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, ox.NamedNode(MSC + name), None, ox.DefaultGraph())


def _value(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
