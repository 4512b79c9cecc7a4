"""The verdict on a paper graph: what its file, and then the SHACL shapes, object to."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from mscgraph.canonical import read_graph
from mscgraph.document import Document, read_document, read_quads
from mscgraph.intake import UNREADABLE, check
from mscgraph.names import MSC, PREFIXES, SHAPE, short
from mscgraph.workspace import Workspace

__all__ = ["Finding", "Report", "as_shacl", "validate"]

_SEVERITIES = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "note"}
# What a rule on an account may point at.
_POINTED_AT = ("Comparison", "ParticipantGroup")
_BOUNDS = {SH.MinInclusiveConstraintComponent, SH.MaxInclusiveConstraintComponent}
_ORDER = {"violation": 0, "warning": 1, "note": 2}


@dataclass(frozen=True)
class Finding:
    """One objection to one node of a document, in a curator's words.

    `line` is where the node's description begins, None where that cannot be told.
    """

    severity: str
    node: str
    rule: str
    message: str
    found: str | None
    line: int | None


@dataclass(frozen=True)
class Report:
    """All objections to one document, violations first, then in the order of the document."""

    place: str
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether the graph can be accepted: warnings do not stand against it."""
        return all(finding.severity != "violation" for finding in self.findings)


def as_shacl(reports: Iterable[Report]) -> str:
    """Return reports as SHACL validation reports, one for each document, in Turtle."""
    graph = Graph(bind_namespaces="none")
    for prefix in ("sh", "shape", "xsd"):
        graph.bind(prefix, PREFIXES[prefix])
    kinds = {name: kind for kind, name in _SEVERITIES.items()}
    for number, report in enumerate(reports, start=1):
        about = BNode(f"report{number}")
        graph.add((about, RDF.type, SH.ValidationReport))
        graph.add((about, RDFS.label, Literal(report.place)))
        graph.add((about, SH.conforms, Literal(not report.findings)))
        for index, finding in enumerate(report.findings, start=1):
            result = BNode(f"report{number}result{index}")
            graph.add((about, SH.result, result))
            graph.add((result, RDF.type, SH.ValidationResult))
            graph.add((result, SH.focusNode, URIRef(finding.node)))
            graph.add((result, SH.resultMessage, Literal(finding.message, lang="en")))
            graph.add((result, SH.resultSeverity, kinds[finding.severity]))
            graph.add((result, SH.sourceShape, URIRef(SHAPE + finding.rule)))
    return graph.serialize(format="longturtle")


class _PreparedQueries(Graph):
    """A graph that parses each SPARQL text once.

    pyshacl asks the same text for every focus node; most of its time would go to parsing it.
    """

    def __init__(self) -> None:
        super().__init__(bind_namespaces="none")

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(query_object, str):
            query_object = _prepared(query_object)
        return super().query(query_object, *args, **kwargs)


@cache
def _prepared(sparql: str) -> Query:
    return prepareQuery(sparql)


def validate(
    documents: Iterable[Document], workspace: Workspace, *, processes: int = 1
) -> Iterator[Report]:
    """Yield a report for each document, in the order given.

    Each graph is judged alone, with the ontology and the shared graphs of ``workspace`` beside
    it, so that no other paper's statements can stand in for its own; ``processes`` of them at a
    time. Raises TurtleError when a document is not Turtle.
    """
    listed = list(documents)
    workers = min(processes, len(listed))
    if workers <= 1:
        judge = _Judge(workspace)
        yield from map(judge, listed)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers, initializer=_prepare, initargs=(workspace,)) as pool:
        yield from pool.map(_judge, listed)


class _Judge:
    """What every graph of a workspace is judged by, read once."""

    def __init__(self, workspace: Workspace) -> None:
        document = read_document(workspace.ontology)
        self._terms = read_quads(document)
        self._ontology = _PreparedQueries()
        self._ontology += read_graph(document)
        self._shapes = Graph(bind_namespaces="none")
        for path in workspace.shapes():
            self._shapes += read_graph(read_document(path))
        self._shared = {
            path.stem: read_graph(read_document(path)) for path in workspace.shared_graphs()
        }

    def __call__(self, document: Document) -> Report:
        remarks = check(read_quads(document, lenient=True), self._terms)
        findings = [
            Finding(
                "violation",
                remark.node,
                remark.rule,
                remark.message,
                None,
                document.line_of(remark.node),
            )
            for remark in remarks
        ]
        if not any(remark.rule in UNREADABLE for remark in remarks):
            own = read_graph(document)
            shared = (graph for name, graph in self._shared.items() if name != document.name)
            named = _referred_to(own, shared)
            with _together(self._ontology, (own, named)) as data:
                findings += _shacl_findings(document, own, data, self._shapes)
        findings.sort(key=lambda f: (_ORDER[f.severity], f.line or 0, f.node, f.rule, f.message))
        return Report(document.place, tuple(findings))


# The judge of a worker process.
_judges: list[_Judge] = []


def _prepare(workspace: Workspace) -> None:
    _judges[:] = [_Judge(workspace)]


def _judge(document: Document) -> Report:
    return _judges[0](document)


def _referred_to(own: Graph, shared: Iterable[Graph]) -> Graph:
    """Return what the trials and papers that ``own`` names are, and what they are called.

    The rest of the shared graphs says nothing of ``own``, and judging it again with every graph
    would take longer than the graph itself.
    """
    named = set(own.objects())
    found = Graph(bind_namespaces="none")
    for graph in shared:
        for predicate in (RDF.type, RDFS.label):
            for node, value in graph.subject_objects(predicate):
                if node in named:
                    found.add((node, predicate, value))
    return found


@contextmanager
def _together(ontology: Graph, others: Iterable[Graph]) -> Iterator[Graph]:
    """Lend ``ontology`` what ``others`` say; copying it for every graph would take longer."""
    lent = {triple for graph in others for triple in graph if triple not in ontology}
    for triple in lent:
        ontology.add(triple)
    try:
        yield ontology
    finally:
        for triple in lent:
            ontology.remove(triple)


def _shacl_findings(
    document: Document, own: Graph, data: Graph, shapes: Graph
) -> Iterable[Finding]:
    from pyshacl import validate as run

    _, results, words = run(data, shacl_graph=shapes, inplace=True)
    if not isinstance(results, Graph):  # a shape itself is at fault: ours to mend
        raise RuntimeError(words)
    subjects = set(own.subjects())
    findings = set()
    for result in results.subjects(RDF.type, SH.ValidationResult):
        focus = results.value(result, SH.focusNode)
        if focus not in subjects:
            continue
        if _is_flagged(own, results, result):
            continue
        value = results.value(result, SH.value)
        node = _offender(own, focus, value)
        findings.add(
            Finding(
                _SEVERITIES[URIRef(str(results.value(result, SH.resultSeverity)))],
                str(node),
                str(results.value(result, SH.sourceShape)).removeprefix(SHAPE),
                str(results.value(result, SH.resultMessage)),
                _found(data, value) if value not in (node, focus) else None,
                document.line_of(str(node)),
            )
        )
    return findings


def _is_flagged(own: Graph, results: Graph, result: Any) -> bool:
    """Tell whether evidence flags a figure out of bounds as an error that the paper prints."""
    if results.value(result, SH.sourceConstraintComponent) not in _BOUNDS:
        return False
    path = results.value(result, SH.resultPath)
    return any(
        (evidence, URIRef(MSC + "hasFault"), None) in own
        and (evidence, URIRef(MSC + "supports"), path) in own
        for evidence in own.objects(
            results.value(result, SH.focusNode), URIRef(MSC + "hasEvidence")
        )
    )


def _offender(own: Graph, focus: Any, value: Any) -> Any:
    """Return the node to mend: the value where a rule on accounts points to another node."""
    if (
        isinstance(value, URIRef)
        and value != focus
        and any((value, RDF.type, URIRef(MSC + kind)) in own for kind in _POINTED_AT)
        and (focus, RDF.type, URIRef(MSC + "Account")) in own
    ):
        return value
    return focus


def _found(data: Graph, value: Any) -> str | None:
    """Return how a report shows the value that was found."""
    if isinstance(value, URIRef):
        label = data.value(value, RDFS.label)
        if label is not None:
            return str(label)
        return short(str(value))
    return None if value is None or isinstance(value, BNode) else str(value)
