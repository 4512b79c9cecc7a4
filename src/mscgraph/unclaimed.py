"""The figures of a paper that no evidence claims, and the reviewed reasons for leaving some out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from mscgraph.answer import Answer
from mscgraph.errors import ReasonsError
from mscgraph.paper_text import PaperText
from mscgraph.printed import Span, key
from mscgraph.tsv import read_rows
from mscgraph.verification import FOUND, Verdict

__all__ = [
    "Figure",
    "Reason",
    "as_answer",
    "figures",
    "idle",
    "read_reasons",
    "reasons_path",
    "unclaimed",
]

_HEADS = ("section", "figure", "reason")
_ANY = "*"
# Sections whose figures are nobody's findings.
_LEFT_OUT = frozenset(
    map(
        key,
        (
            "Title",
            "References",
            "Acknowledgments",
            "Acknowledgements",
            "Author contributions",
            "Data availability",
        ),
    )
)
_FIGURE = re.compile(
    r"(?<![\w.,�])[-−–]?(?:\d+(?:[.,]\d+)*|\.\d+)(?![\w])"
    r"|\d+(?:[.,]\d+)*(?=\s?(?:[×�%°]|wk|mo|mg|ml|g/|cells|weeks|months|patients)\b)"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|half)\b",
    re.IGNORECASE,
)
# What holds figures and states none: citations, mentions of tables and figures, addresses, the
# numbers of registrations and products.
_NO_FIGURES = re.compile(
    r"\[\s*\d+(?:\s*[,–-]\s*\d+)*\s*\]"
    r"|\^\{[^}]*\}"
    r"|\b(?:Figs?|Figures?|Tables?)\.?\s*\d+[A-Z]?(?:\s*(?:,|and|–|-)\s*\d*[A-Z]?(?=\W))*"
    r"|\b(?:https?://|www\.|doi:)\S+"
    r"|(?:\b(?:19|20)\d\d;)?\b\d+(?:\(\d+\))?:\d+[–-]\d+\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Figure:
    """A number, in digits or in words, that the text prints, and the section it stands in."""

    section: str
    text: str
    span: Span
    context: str


@dataclass(frozen=True)
class Reason:
    """Why figures of a section are left out on purpose: one of them, or, with ``*``, all."""

    section: str
    figure: str
    reason: str

    def covers(self, figure: Figure) -> bool:
        """Tell whether this is the reason why ``figure`` is left out.

        A reason for a section holds for its subsections.
        """
        mine, theirs = key(self.section), key(figure.section)
        inside = theirs == mine or figure.section.startswith(self.section + " | ")
        return inside and (self.figure == _ANY or key(self.figure) == key(figure.text))


def figures(paper: PaperText) -> list[Figure]:
    """Return the figures of ``paper``, without those of reference lists and page furniture."""
    return list(_figures(paper))


def _figures(paper: PaperText) -> Iterator[Figure]:
    silent = [Span(match.start(), match.end()) for match in _NO_FIGURES.finditer(paper.text)]
    for section in paper.sections:
        if key(section.head) in _LEFT_OUT:
            continue
        for match in _FIGURE.finditer(paper.text, section.span.start, section.span.end):
            span = Span(match.start(), match.end())
            if any(s.start < span.end and span.start < s.end for s in silent):
                continue
            around = paper.text[max(section.span.start, span.start - 40) : span.end + 40]
            yield Figure(section.name, match.group(), span, " ".join(around.split()))


def unclaimed(verdicts: Iterable[Verdict], paper: PaperText) -> list[Figure]:
    """Return the figures of ``paper`` that no figure of ``verdicts`` covers, in their order.

    A printed figure claims every place of its section that prints it in the same words; a bare
    number claims as many as there are evidences that print it. A locator claims the numbers in
    the names of its row, such as a time point.
    """
    claims = [verdict for verdict in verdicts if verdict.outcome == FOUND]
    evidences = Counter((v.spans[0], v.claim.printed) for v in claims)
    taken: set[int] = set()
    for verdict in claims:
        for span in _claimed(verdict, evidences[verdict.spans[0], verdict.claim.printed]):
            taken.update(range(span.start, span.end))
    for locator in {verdict.claim.locator for verdict in claims}:
        for span in paper.row_names(locator):
            taken.update(range(span.start, span.end))
    return [figure for figure in figures(paper) if taken.isdisjoint(range(*figure.span))]


def _claimed(verdict: Verdict, evidences: int) -> tuple[Span, ...]:
    is_bare = len(re.findall(r"[^\W_]+", verdict.claim.printed)) == 1
    return verdict.spans[:evidences] if is_bare else verdict.spans


def reasons_path(graph: Path) -> Path:
    """Return where the reasons for the paper graph at ``graph`` stand: a file beside it."""
    return graph.with_suffix(".unclaimed.tsv")


def read_reasons(path: Path) -> list[Reason]:
    """Read the tab-separated file of reasons at ``path``: section, figure, reason.

    The figure ``*`` stands for all that the section leaves unclaimed. Raises ReasonsError with
    the line that cannot be read.
    """
    return [Reason(*row) for row in read_rows(path, _HEADS, ReasonsError)]


def idle(reasons: Iterable[Reason], left: Iterable[Figure]) -> list[Reason]:
    """Return the reasons that none of the figures ``left`` unclaimed needs any more."""
    figures_left = list(left)
    return [r for r in reasons if not any(r.covers(figure) for figure in figures_left)]


def as_answer(left: Iterable[Figure], reasons: Iterable[Reason]) -> Answer:
    """Return the figures ``left`` unclaimed as rows: section, figure, its context, the reason."""
    given = list(reasons)
    rows = []
    for figure in left:
        reason = next((r.reason for r in given if r.covers(figure)), None)
        cells = [ox.Literal(text) for text in (figure.section, figure.text, figure.context)]
        rows.append((*cells, ox.Literal(reason) if reason else None))
    return Answer(("section", "figure", "context", "reason"), tuple(rows))
