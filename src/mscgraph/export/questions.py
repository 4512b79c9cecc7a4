"""The stored questions as a graph: executable queries in the terms of SHACL."""

import re

import pyoxigraph as ox

from mscgraph.names import BASE, GRAPH, MSC, PREFIXES
from mscgraph.question import Parameter, Question, read_question
from mscgraph.workspace import Workspace

__all__ = ["QUERIES_GRAPH", "QUERY", "questions"]

QUERIES_GRAPH = GRAPH + "queries"
# Where the stored questions have their names.
QUERY = BASE + "query/"

_SH, _SCHEMA, _RDFS = PREFIXES["sh"], PREFIXES["schema"], PREFIXES["rdfs"]
_A = ox.NamedNode(PREFIXES["rdf"] + "type")
_PREFIXES_NODE = ox.NamedNode(QUERY + "prefixes")
# The endpoint that answers them; like all addresses of the project it is not yet served.
_TARGET = ox.NamedNode(BASE + "sparql")
_DECLARED = re.compile(r"^PREFIX\s+(\w+):\s*<([^>]*)>", re.MULTILINE)

Said = tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]


def questions(workspace: Workspace) -> list[ox.Quad]:
    """Return the graph of the stored questions of a workspace.

    The convention is that of SIB's collection of example queries: each question is a
    ``sh:SPARQLSelectExecutable`` with title, question in words, keywords, target and
    its text without the header; each parameter a ``sh:Parameter``, optional, with the class or
    the value list that it takes its terms from. Raises QuestionHeaderError when a header cannot be
    read.
    """
    graph = ox.NamedNode(QUERIES_GRAPH)
    read = [read_question(path) for path in workspace.questions()]
    said = [triple for question in read for triple in _said(question)]
    declared = dict(pair for question in read for pair in _DECLARED.findall(question.sparql))
    for prefix, namespace in sorted(declared.items()):
        node = ox.NamedNode(f"{_PREFIXES_NODE.value}#{prefix}")
        said += [
            (_PREFIXES_NODE, _SH + "declare", node),
            (node, _SH + "prefix", ox.Literal(prefix)),
            (node, _SH + "namespace", _literal(namespace, "anyURI")),
        ]
    return [ox.Quad(node, ox.NamedNode(name), value, graph) for node, name, value in said]


def _said(question: Question) -> list[Said]:
    node = ox.NamedNode(QUERY + question.name)
    body = re.sub(r"(?m)^#\+.*\n", "", question.sparql).strip() + "\n"
    said: list[Said] = [
        (node, _A.value, ox.NamedNode(_SH + "SPARQLExecutable")),
        (node, _A.value, ox.NamedNode(_SH + "SPARQLSelectExecutable")),
        (node, _RDFS + "label", ox.Literal(question.summary, language="en")),
        (node, _RDFS + "comment", ox.Literal(question.description, language="en")),
        (node, PREFIXES["skos"] + "scopeNote", ox.Literal(question.answer, language="en")),
        (node, _SH + "prefixes", _PREFIXES_NODE),
        (node, _SH + "select", ox.Literal(body)),
        (node, _SCHEMA + "target", _TARGET),
        *((node, _SCHEMA + "keywords", ox.Literal(tag, language="en")) for tag in question.tags),
    ]
    for parameter in question.parameters:
        said += _of_parameter(node, parameter)
    return said


def _of_parameter(question: ox.NamedNode, parameter: Parameter) -> list[Said]:
    node = ox.NamedNode(f"{question.value}#{parameter.name}")
    taken = (
        (node, MSC + "takesFrom", ox.NamedNode(MSC + parameter.of))
        if parameter.of
        else (node, _SH + "class", ox.NamedNode(MSC + parameter.kind.capitalize()))
    )
    return [
        (question, _SH + "parameter", node),
        (node, _A.value, ox.NamedNode(_SH + "Parameter")),
        # The local name of the path is the variable of the query.
        (node, _SH + "path", ox.NamedNode(f"{QUERY}parameter#{parameter.name}")),
        (node, _SH + "name", ox.Literal(parameter.name)),
        (node, _SH + "description", ox.Literal(parameter.label, language="en")),
        (node, _SH + "nodeKind", ox.NamedNode(_SH + "IRI")),
        (node, _SH + "optional", _literal("true", "boolean")),
        taken,
    ]


def _literal(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + datatype))
