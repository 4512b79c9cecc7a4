"""Reports of discrepancies: rows, Markdown, and a graph with its provenance."""

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from mscgraph import __version__
from mscgraph.answer import Answer
from mscgraph.check.discrepancy import Discrepancy, key
from mscgraph.check.kind import SEVERITIES, Kind
from mscgraph.check.statement import Statement
from mscgraph.names import GRAPH, MSC, PREFIXES

__all__ = [
    "DISCREPANCIES_GRAPH",
    "KINDS",
    "as_answer",
    "as_graph",
    "as_markdown",
    "kinds_as_answer",
]

DISCREPANCIES_GRAPH = GRAPH + "computed-discrepancies"
# Where the kinds of discrepancy have their names.
KINDS = "https://w3id.org/mscgraph/check/"

_COLUMNS = (
    "severity",
    "kind",
    "trial",
    "paper",
    "locator",
    "printed",
    "otherPaper",
    "otherLocator",
    "otherPrinted",
    "expected",
    "found",
    "sentence",
    "acknowledged",
    "nodes",
)
_NOTHING = Statement("", "", "", "")

Reasons = Mapping[tuple[str, ...], str]


def as_answer(found: Iterable[Discrepancy], reasons: Reasons) -> Answer:
    """Return ``found`` as rows, with the reason where one was reviewed (see `reasons`)."""
    rows = []
    for each in found:
        one, other = (*each.statements, _NOTHING, _NOTHING)[:2]
        cells: tuple[str, ...] = (
            each.severity,
            each.kind.name,
            each.trial.rpartition("/")[2],
            *(one.paper, one.locator, one.printed),
            *(other.paper, other.locator, other.printed),
            *(each.expected, each.found, each.sentence),
            reasons.get(key(each), ""),
            " ".join(statement.node.removeprefix(GRAPH) for statement in each.statements),
        )
        rows.append(tuple(ox.Literal(cell) if cell else None for cell in cells))
    return Answer(_COLUMNS, tuple(rows))


def kinds_as_answer(kinds: Iterable[Kind]) -> Answer:
    """Return what is looked for as rows: kind, severity, scope, summary, what stays silent."""
    rows = (
        (kind.name, kind.severity, kind.scope, kind.summary, kind.description, kind.silent)
        for kind in kinds
    )
    return Answer(
        ("kind", "severity", "scope", "summary", "description", "silent"),
        tuple(tuple(map(ox.Literal, row)) for row in rows),
    )


def as_markdown(found: Iterable[Discrepancy], reasons: Reasons) -> str:
    """Return ``found`` as a report to read: by severity and kind, one sentence each."""
    return "".join(_markdown(list(found), reasons))


def _markdown(found: list[Discrepancy], reasons: Reasons) -> Iterator[str]:
    yield f"# Discrepancies\n\n{len(found)} found by mscgraph {__version__}.\n"
    for severity in SEVERITIES:
        of_severity = [each for each in found if each.severity == severity]
        if of_severity:
            yield f"\n## {severity.capitalize()} ({len(of_severity)})\n"
        for kind in dict.fromkeys(each.kind.name for each in of_severity):
            mine = [each for each in of_severity if each.kind.name == kind]
            yield f"\n### {mine[0].kind.summary}\n\n"
            for each in mine:
                reason = reasons.get(key(each))
                said = f" *Reviewed: {reason}*" if reason else ""
                yield f"- {each.sentence}{said}\n"


def as_graph(found: Iterable[Discrepancy]) -> str:
    """Return ``found`` as TriG: a graph of its own, which says how it came about."""
    graph, run = ox.NamedNode(DISCREPANCIES_GRAPH), ox.NamedNode(DISCREPANCIES_GRAPH + "#run")
    agent = ox.NamedNode("https://w3id.org/mscgraph/agent/program")
    a = ox.NamedNode(PREFIXES["rdf"] + "type")
    prov = PREFIXES["prov"]
    quads = [
        ox.Quad(graph, ox.NamedNode(prov + "wasGeneratedBy"), run, graph),
        ox.Quad(run, a, ox.NamedNode(prov + "Activity"), graph),
        ox.Quad(run, ox.NamedNode(prov + "wasAssociatedWith"), agent, graph),
        ox.Quad(agent, a, ox.NamedNode(prov + "SoftwareAgent"), graph),
        ox.Quad(
            agent,
            ox.NamedNode(PREFIXES["rdfs"] + "label"),
            ox.Literal(f"mscgraph {__version__}"),
            graph,
        ),
    ]
    for number, each in enumerate(found, start=1):
        node = ox.NamedNode(f"{DISCREPANCIES_GRAPH}#{each.kind.name}-{number}")
        said: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
            (a, ox.NamedNode(MSC + "Discrepancy")),
            (ox.NamedNode(MSC + "hasFaultKind"), ox.NamedNode(KINDS + each.kind.name)),
            (
                ox.NamedNode(PREFIXES["dcterms"] + "description"),
                ox.Literal(each.sentence, language="en"),
            ),
            *((ox.NamedNode(MSC + "between"), ox.NamedNode(s.node)) for s in each.statements),
            *(
                (ox.NamedNode(MSC + name), ox.Literal(text))
                for name, text in (("expected", each.expected), ("found", each.found))
                if text
            ),
        ]
        quads += [ox.Quad(node, predicate, value, graph) for predicate, value in said]
    prefixes = {name: PREFIXES[name] for name in ("dcterms", "msc", "prov", "rdfs")}
    written = ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes)
    return (written or b"").decode("utf-8")
