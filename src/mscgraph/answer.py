"""Answers: the rows of a query, and the forms in which they leave the program."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from mscgraph.errors import QueryError
from mscgraph.names import short

__all__ = ["FORMATS", "Answer", "ask", "render"]

FORMATS = ("table", "csv", "tsv", "json", "markdown")

Cell = str | int | float | bool | None

_UPDATE = re.compile(
    r"^\s*(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE
)
_PROLOGUE = re.compile(
    r"^\s*(#[^\n]*\n|(BASE\s*<[^>]*>|PREFIX\s*[^\s:]*:\s*<[^>]*>)\s*)", re.IGNORECASE
)
_NUMBER = re.compile(r"([+-]?\.?\d[\d.]*)?")
# Below this many characters a column is not shortened further.
_NARROWEST = 16
_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True)
class Answer:
    """The columns of a query and its rows, each cell an RDF term or None where unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...], ...]


def ask(store: ox.Store, sparql: str) -> Answer:
    """Ask a read-only query of ``store``.

    SELECT gives its rows, ASK one row with the verdict, CONSTRUCT and DESCRIBE the statements as
    rows of subject, predicate and object. Raises QueryError for anything else, with the line of
    a syntax error.
    """
    if _is_update(sparql):
        raise QueryError(
            "this is an update; only SELECT, ASK, CONSTRUCT and DESCRIBE are answered, and "
            "nothing was changed"
        )
    try:
        found = store.query(sparql)
        if isinstance(found, ox.QuerySolutions):
            columns = tuple(variable.value for variable in found.variables)
            return Answer(columns, tuple(tuple(row) for row in found))
        if isinstance(found, ox.QueryBoolean):
            verdict = ox.Literal(
                "true" if found else "false", datatype=ox.NamedNode(_XSD + "boolean")
            )
            return Answer(("answer",), ((verdict,),))
        triples = sorted(((t.subject, t.predicate, t.object) for t in found), key=str)
        return Answer(("subject", "predicate", "object"), tuple(triples))
    except SyntaxError as error:
        raise QueryError(f"not SPARQL: {str(error).splitlines()[0]}") from None
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from None


def render(answer: Answer, form: str, *, width: int | None = None) -> str:
    """Return ``answer`` as text in one of `FORMATS`.

    ``width`` is the number of characters of a line of a table; wider tables shorten their
    longest cells, and become one block a row where that is not enough. Raises ValueError for
    another format.
    """
    if form == "json":
        import json

        rows = [dict(zip(answer.columns, map(_json_cell, row), strict=True)) for row in answer.rows]
        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    cells = [[_text(cell) for cell in row] for row in answer.rows]
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


def _is_update(sparql: str) -> bool:
    rest = sparql
    while match := _PROLOGUE.match(rest):
        rest = rest[match.end() :]
    return bool(_UPDATE.match(rest))


def _text(term: object) -> str:
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
    return term.value if isinstance(term, ox.NamedNode) else _text(term) or None


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
