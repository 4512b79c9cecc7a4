"""Whether each figure that a graph gives as printed stands in the text of its paper."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from mscgraph.answer import Answer
from mscgraph.document import Document, read_quads
from mscgraph.names import MSC
from mscgraph.paper_text import PaperText, read_paper_text
from mscgraph.printed import Span, find

__all__ = [
    "ELSEWHERE",
    "FOUND",
    "NOT_FOUND",
    "Claim",
    "Verdict",
    "as_answer",
    "read_claims",
    "read_text",
    "verify",
]

FOUND, ELSEWHERE, NOT_FOUND = "found", "found elsewhere", "not found"


@dataclass(frozen=True, order=True)
class Claim:
    """An evidence: where in the paper, which figure as printed, and the nodes it stands for."""

    locator: str
    printed: str
    evidence: str
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """How a claim fared: `FOUND` at its locator, `ELSEWHERE` or `NOT_FOUND`.

    ``spans`` are the stretches of the text that print the figure: those at the locator, the
    narrowest place first, or, when there are none, those elsewhere; ``sections`` are the sections
    in which they stand.
    """

    claim: Claim
    outcome: str
    spans: tuple[Span, ...]
    sections: tuple[str, ...]


def read_claims(document: Document) -> list[Claim]:
    """Return the evidences of a paper graph that quote a printed figure, sorted by place.

    Absences without a figure and values that were known from elsewhere quote nothing and are not
    among them. Raises TurtleError when the document is not Turtle.
    """
    printed: dict[str, str] = {}
    locators: dict[str, str] = {}
    nodes: dict[str, list[str]] = {}
    for quad in read_quads(document):
        predicate = quad.predicate.value
        if predicate == MSC + "printed" and isinstance(quad.object, ox.Literal):
            printed[_name(quad.subject)] = quad.object.value
        elif predicate == MSC + "locator" and isinstance(quad.object, ox.Literal):
            locators[_name(quad.subject)] = quad.object.value
        elif predicate == MSC + "hasEvidence":
            nodes.setdefault(_name(quad.object), []).append(_name(quad.subject))
    return sorted(
        Claim(locators.get(name, ""), figure, name, tuple(sorted(nodes.get(name, []))))
        for name, figure in printed.items()
    )


def read_text(claims: Iterable[Claim], text: str) -> PaperText:
    """Divide ``text`` into sections, with the headings that the locators of ``claims`` name."""
    return read_paper_text(text, [claim.locator for claim in claims])


def verify(claims: Iterable[Claim], paper: PaperText) -> list[Verdict]:
    """Return how each claim fared against the text of its paper, in the order of the claims."""
    return [_verdict(claim, paper) for claim in claims]


def _verdict(claim: Claim, paper: PaperText) -> Verdict:
    places = paper.places(claim.locator) if claim.locator else [Span(0, len(paper.text))]
    found = [span for place in places for span in find(claim.printed, paper.folded, place)]
    outcome = FOUND
    if not found:
        found = find(claim.printed, paper.folded)
        outcome = ELSEWHERE if found else NOT_FOUND
    spans = tuple(dict.fromkeys(found))
    sections = dict.fromkeys(paper.section_at(span.start).name for span in spans)
    return Verdict(claim, outcome, spans, tuple(sections))


def as_answer(verdicts: Iterable[Verdict]) -> Answer:
    """Return ``verdicts`` as rows: outcome, evidence, its nodes, locator, figure, where found."""
    rows = tuple(
        (
            ox.Literal(verdict.outcome),
            ox.NamedNode(verdict.claim.evidence),
            ox.Literal(" ".join(node.rpartition("#")[2] for node in verdict.claim.nodes)),
            ox.Literal(verdict.claim.locator),
            ox.Literal(verdict.claim.printed),
            ox.Literal("; ".join(verdict.sections)),
        )
        for verdict in verdicts
    )
    return Answer(("outcome", "evidence", "nodes", "locator", "printed", "foundIn"), rows)


def _name(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
