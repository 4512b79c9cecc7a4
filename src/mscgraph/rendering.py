"""Rendering: the forms of text in which an answer leaves the program."""

import json
import re
from collections.abc import Sequence

import pyoxigraph as ox

from mscgraph.answer import Answer
from mscgraph.names import short

__all__ = ["FORMATS", "plain", "render"]

FORMATS = ("table", "csv", "tsv", "json", "sparql-json", "markdown")

Cell = str | int | float | bool | None

_NUMBER = re.compile(r"([+-]?\.?\d[\d.]*)?")
# Below this many characters a column is not shortened further.
_NARROWEST = 16
_XSD = "http://www.w3.org/2001/XMLSchema#"


def render(answer: Answer, form: str, *, width: int | None = None) -> str:
    """Return ``answer`` as text in one of `FORMATS`.

    ``width`` is the number of characters of a line of a table; wider tables shorten their
    longest cells, and become one block a row where that is not enough. Raises ValueError for
    another format.
    """
    if form == "json":
        rows = [dict(zip(answer.columns, map(_json_cell, row), strict=True)) for row in answer.rows]
        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    if form == "sparql-json":
        return json.dumps(_sparql_results(answer), ensure_ascii=False, indent=2) + "\n"
    cells = [[plain(cell) for cell in row] for row in answer.rows]
    if form in ("csv", "tsv"):
        import csv
        import io

        stream = io.StringIO()
        writer = csv.writer(stream, delimiter="," if form == "csv" else "\t", lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows(cells)
        return stream.getvalue()
    if form == "markdown":
        lines = [answer.columns, ["---"] * len(answer.columns), *cells]
        return "".join(
            "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines
        )
    if form == "table":
        return _table(answer.columns, cells, width)
    raise ValueError(form)


def plain(term: object) -> str:
    """Return how a reader sees a term: a text, a number, or a short name."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return short(term.value).removeprefix("msc:")
    if isinstance(term, ox.Literal):
        return term.value
    return str(term)


def _json_cell(term: object) -> Cell:
    """Return a term as JSON has it: numbers and booleans as such, IRIs whole."""
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.removeprefix(_XSD)
        if kind == "integer":
            return int(term.value)
        if kind in ("decimal", "double", "float"):
            return float(term.value)
        if kind == "boolean":
            return term.value in ("true", "1")
        return term.value
    return term.value if isinstance(term, ox.NamedNode) else plain(term) or None


def _sparql_results(answer: Answer) -> dict[str, object]:
    """Return ``answer`` as the SPARQL 1.1 Query Results JSON Format has it."""
    bindings = [
        {
            column: _sparql_term(cell)
            for column, cell in zip(answer.columns, row, strict=True)
            if cell is not None
        }
        for row in answer.rows
    ]
    return {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}


def _sparql_term(term: object) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Literal):
        found: dict[str, object] = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = term.language
        elif term.datatype.value != _XSD + "string":
            found["datatype"] = term.datatype.value
        return found
    raise TypeError(term)


def _table(columns: tuple[str, ...], cells: list[list[str]], width: int | None) -> str:
    """Lay out aligned columns, numbers to the right; or one block a row where that is too wide."""
    widths = [
        max([len(column), *(len(row[i]) for row in cells)]) for i, column in enumerate(columns)
    ]
    while width and sum(widths) + 2 * (len(widths) - 1) > width:
        widest = widths.index(max(widths))
        if widths[widest] <= max(_NARROWEST, len(columns[widest])):
            return _blocks(columns, cells)
        widths[widest] -= 1
    right = [
        bool(cells) and all(_NUMBER.fullmatch(row[i]) for row in cells) for i in range(len(columns))
    ]

    def line(row: Sequence[str]) -> str:
        parts = (
            _cut(cell, size).rjust(size) if flush else _cut(cell, size).ljust(size)
            for cell, size, flush in zip(row, widths, right, strict=True)
        )
        return "  ".join(parts).rstrip() + "\n"

    rule = ["─" * size for size in widths]
    return line(columns) + line(rule) + "".join(line(row) for row in cells)


def _blocks(columns: tuple[str, ...], cells: list[list[str]]) -> str:
    """Lay out each row as a block of lines, one for each cell that is not empty."""
    size = max(map(len, columns))
    blocks = []
    for number, row in enumerate(cells, start=1):
        lines = [f"── {number} of {len(cells)}\n"]
        lines += [
            f"{column.ljust(size)}  {cell}\n"
            for column, cell in zip(columns, row, strict=True)
            if cell
        ]
        blocks.append("".join(lines))
    return "\n".join(blocks) or "  ".join(columns) + "\n"


def _cut(cell: str, size: int) -> str:
    return cell if len(cell) <= size else cell[: size - 1] + "…"
