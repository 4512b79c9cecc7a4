"""A paper as plain text: its sections, its tables and figures, and the places locators name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from mscgraph.printed import Folded, Span, find, fold, key
from mscgraph.table_text import RowNames, find_row, lines_of

__all__ = ["PaperText", "Section", "read_paper_text"]

# Between the parts of a locator: section, subsection; or table, row, column.
_BAR = " | "
# A caption opens a line; “Figure 3 shows …” does not.
_CAPTION = re.compile(r"\s*((?i:Table|Figure|Fig\.?))\s*(\d+)(?=\s*[.:]|\s*$|\s+[A-Z(])")
_NAMES_CAPTION = re.compile(r"(Table|Figure|Fig\.?)\s*(\d+)", re.IGNORECASE)
_FRONT = "Abstract"
_WHOLE = "Whole text"
_USUAL = (
    _FRONT,
    "Introduction",
    "Materials and methods",
    "Patients and methods",
    "Methods",
    "Results",
    "Discussion",
    "Conclusion",
    "Acknowledgments",
    "Acknowledgements",
    "Author contributions",
    "Data availability",
    "Funding",
    "Conflict of interest",
    "Disclosure of potential conflicts of interest",
    "References",
)
# An entry of a reference list, whose heading the extraction may have lost.
_REFERENCE = re.compile(r"\s*\[?\d{1,3}[\].]?\s+[^\W\d_][^\d\s,]+ [A-Z]{1,3}[,.] ")
_RUN_IN = re.compile(r"\s*(?P<name>[A-Z][\w ]{3,40}?)(?P<colon>:)?\s+(?=[A-Z])")
# Lines this long on the average are paragraphs, and a caption is one of them.
_PARAGRAPH = 200
_HEADING_LINES = 3


@dataclass(frozen=True)
class Section:
    """A stretch of the text below one heading or caption."""

    name: str
    span: Span
    page: int

    @property
    def head(self) -> str:
        """The first part of the name: a section, a table or a figure."""
        return self.name.split(_BAR)[0]


@dataclass(frozen=True)
class PaperText:
    """The text of a paper and its sections, in the order of the text and without gaps."""

    text: str
    folded: Folded = field(repr=False)
    sections: tuple[Section, ...]
    _pages: tuple[Span, ...] = field(repr=False)
    _rows: Mapping[str, RowNames] = field(repr=False)

    def places(self, locator: str) -> list[Span]:
        """Return the stretches of the text that ``locator`` names, the narrowest that are known.

        A row of a table is a stretch of its own when one line holds its name; else the table is,
        with the page on which its caption stands. Empty when the text has no such section.
        """
        head, *parts = locator.split(_BAR)
        if _same(head, _WHOLE):
            return [Span(0, len(self.text))]
        caption = _NAMES_CAPTION.match(head)
        if caption:
            return self._caption_places(_caption_name(caption), parts)
        if _same(head, "Title page"):
            return _joined([s.span for s in self.sections if s.head in {"Title", _FRONT}])
        below = [s for s in self.sections if _same(s.head, head)]
        exact = [s for s in below if parts and _same(s.name, head + _BAR + parts[0])]
        loose = [s for s in self.sections if parts and _same(s.name.split(_BAR)[-1], parts[0])]
        if _same(head, "References") and parts:
            return self._entry(below, parts[0])
        return _joined([section.span for section in exact or below or loose])

    def row_names(self, locator: str) -> list[Span]:
        """Return where the text prints the names of the row that ``locator`` names."""
        head, *parts = locator.split(_BAR)
        if not _NAMES_CAPTION.match(head):
            return []
        rows = self.places(locator)[:1]
        return [span for row in rows for part in parts for span in find(part, self.folded, row)]

    def section_at(self, place: int) -> Section:
        """Return the section in which the character at ``place`` stands."""
        return next(s for s in self.sections if s.span.start <= place < s.span.end)

    def _caption_places(self, name: str, parts: list[str]) -> list[Span]:
        blocks = [section for section in self.sections if section.name == name]
        pages = [self._pages[block.page] for block in blocks if self._pages]
        # The rows of a figure, such as a forest plot, stand anywhere on its page.
        tables = [b.span for b in blocks] if name.startswith("Table") or not pages else pages
        rows = [find_row(self.text, table, parts, self._rows[name]) for table in tables if parts]
        return [row for row in rows if row] or [block.span for block in blocks] + pages

    def _entry(self, sections: list[Section], number: str) -> list[Span]:
        """Return the entry of a reference list that begins with ``number``."""
        for section in sections:
            entry = re.compile(rf"^\s*\[?{re.escape(number)}[\].]?\s", re.MULTILINE)
            start = entry.search(self.text, section.span.start, section.span.end)
            if start:
                following = re.compile(r"^\s*\[?\d+[\].]\s", re.MULTILINE)
                end = following.search(self.text, start.end(), section.span.end)
                return [Span(start.start(), end.start() if end else section.span.end)]
        return []


def read_paper_text(text: str, locators: Iterable[str] = ()) -> PaperText:
    """Divide ``text`` into sections.

    Headings are those that papers usually have, and those that ``locators`` name: ``Results |
    Side effects`` makes “Side effects” a heading wherever it stands alone on a line, or opens one,
    below “Results”. A form feed or a line that begins with one space opens a page; what a caption
    had interrupted goes on there.
    """
    locators = list(locators)
    lines = list(lines_of(text, Span(0, len(text))))
    tops, subs = _headings(locators, frozenset(key(line) for line, _ in lines))
    flowing = _is_flowing(lines)
    has_abstract = any(_same(line, _FRONT) for line, _ in lines)
    top, prose, current = _FRONT, "Title", "Title"
    page = 0
    pages: list[int] = [0]
    marks: list[tuple[int, str, int]] = [(0, "Title", 0)]
    tabbed = False
    for number, (line, span) in enumerate(lines):
        if _opens_page(line) and span.start:
            page += 1
            pages.append(span.start)
            current = prose
        caption = _CAPTION.match(line)
        heading = _heading(lines, number, top, tops, subs)
        if caption:
            current, tabbed = _caption_name(caption), False
        elif heading:
            prose = current = heading
            top = heading.split(_BAR)[0]
        elif _REFERENCE.match(line):
            prose = current = "References"
        elif current != prose and flowing:
            ended = (
                not line.strip() if current.startswith("Figure") else tabbed and "\t" not in line
            )
            if ended and not line.strip().startswith("Abbreviation"):
                current = prose if line.strip() or current.startswith("Figure") else current
            tabbed = tabbed or "\t" in line
        elif current == "Title" and not has_abstract and (flowing or _after_blank(lines, number)):
            prose = current = _FRONT
        if marks[-1][1:] != (current, page):
            marks.append((span.start, current, page))
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    sections = tuple(
        Section(name, Span(start, end), number)
        for (start, name, number), end in zip(marks, ends, strict=True)
        if end > start
    )
    bounds = [*pages, len(text)]
    spans = tuple(Span(a, b) for a, b in pairwise(bounds))
    own_pages = spans if len(spans) > 1 and not flowing else ()
    return PaperText(text, fold(text), sections, own_pages, _row_names(locators))


def _row_names(locators: list[str]) -> Mapping[str, RowNames]:
    """Return the names of rows that ``locators`` give, by table or figure."""
    parts: dict[str, list[list[str]]] = defaultdict(list)
    for locator in locators:
        head, *further = locator.split(_BAR)
        caption = _NAMES_CAPTION.match(head)
        if caption and further:
            parts[_caption_name(caption)].append(further)
    return defaultdict(RowNames, {name: RowNames.of(each) for name, each in parts.items()})


def _headings(
    locators: list[str], lines: frozenset[str]
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the names of sections, and those of subsections by section, by their folded form.

    A subsection whose section has no heading among the ``lines`` is a section.
    """
    tops: dict[str, str] = {}
    subs: dict[str, dict[str, str]] = {}
    for locator in locators:
        head, *parts = locator.split(_BAR)
        if _NAMES_CAPTION.match(head) or _same(head, _WHOLE) or _same(head[:5], "Title"):
            continue
        tops.setdefault(key(head), head)
        if parts and not parts[0].isdigit():
            name = head + _BAR + parts[0]
            subs.setdefault(tops[key(head)], {})[key(parts[0])] = name
    for top in [top for top in subs if key(top) not in lines and not _same(top, _FRONT)]:
        tops |= subs.pop(top)
    return {key(name): name for name in _USUAL} | tops, subs


def _heading(
    lines: list[tuple[str, Span]],
    number: int,
    top: str,
    tops: dict[str, str],
    subs: dict[str, dict[str, str]],
) -> str | None:
    """Return the name of the section that opens at line ``number``, or None.

    A heading stands alone, over as many lines as it needs, or runs into its paragraph.
    """
    below = subs.get(top, {})
    joined = ""
    for line, _ in lines[number : number + _HEADING_LINES]:
        if not line.strip():
            break
        joined += " " + line.strip().strip("#*:. ")
        heading = below.get(key(joined)) or tops.get(key(joined))
        if heading:
            return heading
    run_in = _RUN_IN.match(lines[number][0])
    if run_in is None:
        return None
    name = key(run_in["name"])
    return below.get(name) or (tops.get(name) if run_in["colon"] else None)


def _after_blank(lines: list[tuple[str, Span]], number: int) -> bool:
    return number > 0 and bool(lines[number][0].strip()) and not lines[number - 1][0].strip()


def _opens_page(line: str) -> bool:
    return line.startswith("\f") or bool(re.match(r" (\S|$)", line))


def _is_flowing(lines: list[tuple[str, Span]]) -> bool:
    lengths = sorted(len(line) for line, _ in lines if line.strip())
    return bool(lengths) and sum(lengths) / len(lengths) > _PARAGRAPH


def _joined(spans: list[Span]) -> list[Span]:
    """Join the spans that follow on each other, as where a page ends."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].end == span.start:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _caption_name(match: re.Match[str]) -> str:
    kind = "Table" if match[1].casefold() == "table" else "Figure"
    return f"{kind} {match[2]}"


def _same(one: str, other: str) -> bool:
    return key(one) == key(other)
