"""Printed figures, and how they are met again in a text that extraction has damaged."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Folded", "Span", "find", "fold", "key"]


class Span(NamedTuple):
    """A stretch of a text, as the places of its first character and of the one after its last."""

    start: int
    end: int


@dataclass(frozen=True)
class Folded:
    """A text without what layout adds, and where each of its characters stood.

    White space is gone, save between two digits; so are hyphens between letters, exponent signs
    and markup. Dashes, quotes, ligatures, superscripts and case are levelled.
    """

    source: str
    text: str
    origin: tuple[int, ...]

    def within(self, span: Span) -> tuple[int, int]:
        """Return where the stretch ``span`` of the source begins and ends in the folded text."""
        return bisect_left(self.origin, span.start), bisect_left(self.origin, span.end)


_HYPHENS = "-‐‑‒–—―−﹣－"
_LOST = "\N{REPLACEMENT CHARACTER}"
_LEVELLED = dict.fromkeys(_HYPHENS, "-") | dict.fromkeys("‘’‛´`′", "'") | dict.fromkeys("“”„″", '"')
_MARKUP = re.compile(
    r"</?(?:ul|ol|li|br|p|b|i|em|strong|span|div|sup|sub|td|tr)\b[^>]*>"
    r"|\\(?P<sign>times|pm|geq?|leq?|mu|alpha|chi)\b|\\(?:text|mathrm|left|right)\b|[\\${}^*\u00ad]"
)
_SIGNS = {
    "times": "×",
    "pm": "±",
    "ge": "≥",
    "geq": "≥",
    "le": "≤",
    "leq": "≤",
    "mu": "μ",
    "alpha": "α",
    "chi": "χ",
}

# What a character may have become when its font was not known to the extraction: another glyph
# of the same code, or the replacement character.
_DAMAGED = {
    "μ": "μlmu",
    "α": "αa",
    "β": "βb",
    "γ": "γg",
    "χ": "χcx",
    "×": "×x*3",
    "±": "±67",
    "≥": "≥zx>",
    "≤": "≤%<",
    "°": "°1o",
    "=": "=¼5",
    "<": "<o",
    ">": ">4",
    "-": "-",
    "≈": "≈~",
    "•": "•",
}


def fold(text: str) -> Folded:
    """Return ``text`` folded for comparison, with the origin of each character."""
    pieces = list(_levelled(text))
    kept: list[tuple[str, int]] = []
    for number, (character, place) in enumerate(pieces):
        before = kept[-1][0] if kept else ""
        after = pieces[number + 1][0] if number + 1 < len(pieces) else ""
        # A space between two digits parts two numbers; a hyphen between two letters, the first of
        # which may be lost, may be the end of a line.
        if character == " " and not (_is_digit(before) and _is_digit(after)):
            continue
        if character == "-" and _may_be_letter(before) and _next_visible(pieces, number).isalpha():
            continue
        kept.append((character, place))
    return Folded(text, "".join(c for c, _ in kept), tuple(place for _, place in kept))


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """Return the ``name`` of a section, table or row as names are compared."""
    return fold(name.strip()).text.strip(" .:")


def _levelled(text: str) -> Iterator[tuple[str, int]]:
    """Yield the levelled characters of ``text``; a run of white space is one space."""
    place = 0
    blank = False
    while place < len(text):
        markup = _MARKUP.match(text, place)
        if markup:
            sign = _SIGNS.get(markup["sign"] or "")
            if sign:
                yield sign, place
                blank = False
            place = markup.end()
            continue
        character = text[place]
        if character.isspace():
            if not blank:
                yield " ", place
            blank = True
        else:
            levelled = _LEVELLED.get(character) or unicodedata.normalize("NFKC", character)
            for each in levelled.casefold():
                yield _LEVELLED.get(each, each), place
            blank = False
        place += 1


def _next_visible(pieces: list[tuple[str, int]], number: int) -> str:
    following = (character for character, _ in pieces[number + 1 : number + 3] if character != " ")
    return next(following, "")


def _may_be_letter(character: str) -> bool:
    return character.isalpha() or character == _LOST


def _is_digit(character: str) -> bool:
    return character in frozenset("0123456789")


def find(printed: str, folded: Folded, within: Span | None = None) -> list[Span]:
    """Return every stretch of the text, or of ``within``, that prints ``printed``.

    Layout and known damage are looked through; digits, decimal points and signs are not: 3.94 is
    found neither in -3.94 nor in 13.94 or 3.945. A word is found inside another only when it is
    long enough that two words must have run together.
    """
    pattern = _pattern(printed)
    if pattern is None:
        return []
    low, high = folded.within(within) if within else (0, len(folded.text))
    found = [
        Span(folded.origin[match.start()], folded.origin[match.end() - 1] + 1)
        for match in _matches(pattern, folded.text, low, high)
        if _stands_alone(folded, match.start(), match.end())
    ]
    whole = [span for span in found if _is_whole_word(folded.source, span)]
    if whole:
        return whole
    long = len(re.sub(r"[^a-z0-9]", "", fold(printed).text)) >= _RUN_TOGETHER
    return found if long else []


# How far around a match its neighbours are looked at.
_NEAR = 8

# Shorter words stand inside longer ones by chance, as male in female.
_RUN_TOGETHER = 7


@lru_cache(maxsize=4096)
def _pattern(printed: str) -> re.Pattern[str] | None:
    text = fold(printed).text
    return re.compile("".join(map(_alternatives, text))) if text else None


def _alternatives(character: str) -> str:
    if character == " ":
        # A space between digits may have been printed without one, as in 1 000.
        return " ?"
    if character.isascii() and character.isalnum():
        return re.escape(character)
    damaged = _DAMAGED.get(character, character)
    return f"[{re.escape(damaged + _LOST)}]"


def _matches(pattern: re.Pattern[str], text: str, low: int, high: int) -> Iterator[re.Match[str]]:
    place = low
    while match := pattern.search(text, place, high):
        yield match
        place = match.start() + 1


def _stands_alone(folded: Folded, start: int, end: int) -> bool:
    """Tell whether a match is a whole number with its own sign, as far as it is a number."""
    source = folded.source
    first, last = folded.origin[start], folded.origin[end - 1]
    before, after = source[max(0, first - _NEAR) : first], source[last + 1 : last + _NEAR]
    opening, closing = folded.text[start], folded.text[end - 1]
    if opening in "0123456789.":
        number = source[first : first + _NEAR]
        if re.search(r"(?:[0-9]|[0-9][.·])\Z", before) or _opens_with_thousands(number, before):
            return False
        if _ends_in_minus(before):
            return False
    elif _is_digit(folded.text[start:end][1:2]) and opening == "-" and _is_digit(before[-1:]):
        # A dash within a range is not a minus.
        return False
    if _is_digit(closing) and re.match(r"[0-9]|[.·][0-9]|,[0-9]{3}(?![0-9])", after):
        return False
    return not (folded.text[start:end].endswith("10") and _raised(after))


def _opens_with_thousands(number: str, before: str) -> bool:
    return bool(re.search(r"[0-9],\Z", before) and re.match(r"[0-9]{3}(?![0-9])", number))


def _ends_in_minus(before: str) -> bool:
    """Tell whether the text before a number ends in its minus sign.

    A hyphen right after a number, a word or a bracket is a dash; with white space on both sides
    it may be either.
    """
    dash = re.search(rf"(?P<left>\s*)[{_HYPHENS}](?P<right>\s*)\Z", before)
    if dash is None:
        return False
    if dash["left"]:
        return not dash["right"]
    return not re.search(r"[\w)\]%]\Z", before[: dash.start()])


def _raised(after: str) -> bool:
    return bool(re.match(r"\s?[⁰¹²³⁴-⁹]", after))


def _is_whole_word(source: str, span: Span) -> bool:
    def parts(left: str, right: str) -> bool:
        return left.isalpha() and right.isalpha()

    before = source[span.start - 1 : span.start] if span.start else ""
    after = source[span.end : span.end + 1]
    return not (parts(before, source[span.start]) or parts(source[span.end - 1], after))
