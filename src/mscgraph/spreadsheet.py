"""Spreadsheets: an answer as an Excel workbook that keeps every figure as it is printed."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from mscgraph import __version__
from mscgraph.answer import Answer
from mscgraph.rendering import plain

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["About", "as_workbook"]

# Columns that say where a figure stands; they go onto the sheet of sources.
_SOURCE = re.compile(r"(?:^l|L)ocator$|(?:^p|P)rinted$")
_PAPER = "paper"
_ROW = "row"
_WIDEST = 60
# Excel refuses these; no figure or name holds them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class About:
    """What a workbook says of itself: the question, in words, and what a row means."""

    title: str
    description: str
    answer: str


def as_workbook(answer: Answer, about: About | None = None) -> bytes:
    """Return ``answer`` as an Excel workbook.

    The sheet “Answer” has one row for each row of the answer, numbered; “Sources” gives by that
    number the paper, the place in it and the figure as printed; “About” says what was asked, when
    ``about`` tells it. Every cell is
    text, so that 17.90 keeps its zero and 3-5 does not become a date; the column heads say the
    units.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = f"mscgraph {__version__}"
    columns = answer.columns
    shown = [i for i, column in enumerate(columns) if not _SOURCE.search(column)]
    sources = [i for i, column in enumerate(columns) if _SOURCE.search(column) or column == _PAPER]
    first = book.active
    _fill(book.create_sheet("Answer"), answer, shown)
    _fill(book.create_sheet("Sources"), answer, sources)
    if about:
        book.properties.title = about.title
        _fill_about(book.create_sheet("About"), about, len(answer.rows))
    if first is not None:
        book.remove(first)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: "Worksheet", answer: Answer, chosen: list[int]) -> None:
    heads = [_ROW, *(_head(answer.columns[i]) for i in chosen)]
    lines = [
        [str(number), *(plain(row[i]) for i in chosen)]
        for number, row in enumerate(answer.rows, start=1)
    ]
    _write(sheet, [heads, *lines])
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _fill_about(sheet: "Worksheet", about: About, rows: int) -> None:
    _write(
        sheet,
        [
            ["question", about.title],
            ["in words", about.description],
            ["a row", about.answer],
            ["rows", str(rows)],
            ["made by", f"mscgraph {__version__}"],
            ["licence of the data", "CC BY 4.0"],
        ],
    )


def _write(sheet: "Worksheet", lines: list[list[str]]) -> None:
    """Write ``lines`` as text, bold in the first line, columns as wide as their longest cell."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for number, line in enumerate(lines, start=1):
        for place, text in enumerate(line, start=1):
            cell = sheet.cell(number, place)
            cell.number_format = "@"
            cell.value = _CONTROL.sub("", text) or None
            # A text that begins with = is no formula.
            if cell.value is not None:
                cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=len(text) > _WIDEST)
            if number == 1:
                cell.font = Font(bold=True)
    for place, column in enumerate(zip(*lines, strict=True), start=1):
        width = min(_WIDEST, max(map(len, column)) + 2)
        sheet.column_dimensions[get_column_letter(place)].width = width


def _head(column: str) -> str:
    """Return the name of a column in words: cellsPerKilogram reads “cells per kilogram”."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", column).lower()
