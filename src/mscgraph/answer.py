"""Answers: the rows of a read-only query."""

import re
from dataclasses import dataclass

import pyoxigraph as ox

from mscgraph.errors import QueryError

__all__ = ["Answer", "Row", "ask"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]

_UPDATE = re.compile(
    r"^\s*(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE
)
_PROLOGUE = re.compile(
    r"^\s*(#[^\n]*\n|(BASE\s*<[^>]*>|PREFIX\s*[^\s:]*:\s*<[^>]*>)\s*)", re.IGNORECASE
)
_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True)
class Answer:
    """The columns of a query and its rows, each cell an RDF term or None where unbound."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


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


def _is_update(sparql: str) -> bool:
    rest = sparql
    while match := _PROLOGUE.match(rest):
        rest = rest[match.end() :]
    return bool(_UPDATE.match(rest))
