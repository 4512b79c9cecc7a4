"""The coverage as rows: place by place, as a matrix of signs, and counted."""

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from mscgraph.answer import Answer, Row
from mscgraph.coverage.judging import AccountCoverage, Cell
from mscgraph.coverage.lists import ReportingList
from mscgraph.coverage.states import ABSENT, SIGNS, STATED, State
from mscgraph.coverage.traces import Trace
from mscgraph.names import PREFIXES

__all__ = ["legend", "matrix", "places", "summary"]

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
_XSD = PREFIXES["xsd"]


def places(covered: Iterable[AccountCoverage], lists: Sequence[ReportingList]) -> Answer:
    """Return one row for each place that tells of an item, and one for each item without any.

    `state` is that of the account and item. Of the place are `value`, `meets` (whether a result is
    what the list asks for), `saidOf` (the cells or the delivery), `isEarlier` (whether they are
    cells from which the product was made), `locator`, `printed` and `reason`.
    """
    columns = (
        "trial",
        "paper",
        "kind",
        "depth",
        "list",
        "item",
        "asked",
        "state",
        "value",
        "meets",
        "saidOf",
        "isEarlier",
        "locator",
        "printed",
        "reason",
    )
    rows = (
        (
            *_account(account),
            ox.Literal(each.name),
            ox.NamedNode(cell.item.iri),
            ox.Literal(cell.item.label),
            ox.Literal(cell.state.value),
            *_place(cell, trace),
        )
        for account in covered
        for each in lists
        for cell in account.cells[each.name]
        for trace in cell.traces or (None,)
    )
    return Answer(columns, tuple(rows))


def _account(account: AccountCoverage) -> Row:
    """Return the cells that say which account a row is about."""
    return (
        ox.NamedNode(account.trial),
        ox.NamedNode(account.paper),
        ox.Literal(account.kind),
        ox.NamedNode(account.depth) if account.depth else None,
    )


def matrix(covered: Iterable[AccountCoverage], which: ReportingList) -> Answer:
    """Return one row for each account, with a sign for each item of one list.

    The last column counts the items that are stated, out of all.
    """
    rows = (
        (
            ox.Literal(account.trial.rpartition("/")[2]),
            ox.Literal(account.paper.rpartition("/")[2] + ("" if account.is_read_in_full else "*")),
            *(ox.Literal(cell.sign) for cell in account.cells[which.name]),
            ox.Literal(f"{account.stated(which.name)}/{len(which.items)}"),
        )
        for account in covered
    )
    codes = (item.code for item in which.items)
    return Answer(("trial", "paper", *codes, "stated"), tuple(rows))


def summary(covered: Iterable[AccountCoverage], lists: Sequence[ReportingList]) -> Answer:
    """Return one row for each account and list, with how many items are in which state.

    `inferred` are among the `stated`; the other counts add up to `items`.
    """
    columns = ("trial", "paper", "kind", "depth", "list", *_COUNTED)
    rows = (
        (
            *_account(account),
            ox.Literal(each.name),
            *(_number(account.count(each.name, states)) for states in _COUNTED.values()),
        )
        for account in covered
        for each in lists
    )
    return Answer(columns, tuple(rows))


def legend(lists: Iterable[ReportingList]) -> list[str]:
    """Return what signs and short names mean, a line for the signs and one for each list."""
    signs = [f"{sign} {state.value}" for state, sign in SIGNS.items()]
    signs.append("≠ stated, and not what the list asks for")
    signs.append("in brackets: said of cells from which the product was made")
    signs.append("* only the abstract was read")
    return [
        "Signs: " + "; ".join(signs) + ".",
        *(
            f"{each.label}: "
            + "; ".join(f"{item.code} {item.label}" for item in each.items)
            + f". {each.citation}"
            for each in lists
        ),
    ]


_COUNTED = {
    "items": frozenset(State),
    "stated": STATED,
    "inferred": {State.INFERRED},
    "partly": {State.PARTLY},
    "earlierCells": {State.EARLIER},
    "absent": ABSENT,
    "notExtracted": {State.NOT_EXTRACTED},
}


def _place(cell: Cell, trace: Trace | None) -> tuple[_Term, ...]:
    if trace is None:
        return (None,) * 7
    is_judged = bool(trace.result and cell.item.wanted)
    return (
        _text(trace.value),
        _boolean(is_true=trace.result == cell.item.wanted) if is_judged else None,
        _text(trace.cells),
        _boolean(is_true=trace.is_earlier),
        _text(trace.locator),
        _text(trace.printed),
        _text(trace.reason),
    )


def _text(text: str) -> ox.Literal | None:
    return ox.Literal(text) if text else None


def _boolean(*, is_true: bool) -> ox.Literal:
    return ox.Literal("true" if is_true else "false", datatype=ox.NamedNode(_XSD + "boolean"))


def _number(count: int) -> ox.Literal:
    return ox.Literal(str(count), datatype=ox.NamedNode(_XSD + "integer"))
