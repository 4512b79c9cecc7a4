"""Stored questions: one ``.rq`` file each, with a ``#+`` header that introduces it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mscgraph.errors import (
    MscgraphError,
    ParameterError,
    QuestionHeaderError,
    UnknownQuestionError,
)
from mscgraph.names import MSC, PREFIXES
from mscgraph.workspace import Workspace

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = [
    "TOPICS",
    "Parameter",
    "Question",
    "about",
    "find_question",
    "names",
    "read_header",
    "read_question",
    "resolve",
    "slots",
]

# What questions are about, in the order in which they are listed.
TOPICS = ("trials", "participants", "cells", "treatment", "outcomes", "literature")

_IN_EVERY_QUESTION = frozenset(
    ("and", "did", "for", "how", "many", "that", "the", "was", "were", "what", "which", "with")
)
_SLOT = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}")


@dataclass(frozen=True)
class Parameter:
    """What a reader may narrow a question by.

    `kind` is ``class`` for a value list's member or narrower class (`of` names the list),
    ``trial`` for a trial, ``paper`` for a paper that tells of one.
    """

    name: str
    kind: str
    of: str | None
    label: str


@dataclass(frozen=True)
class Question:
    """A SPARQL query with the words that introduce it to a reader.

    `topic` is one of `TOPICS`, under which it is listed.
    `compares` is ``papers`` where the question sets several papers' accounts of one trial side
    by side, which no other question may do.
    """

    name: str
    topic: str
    summary: str
    description: str
    answer: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    sparql: str
    compares: str | None = None

    def bound(self, values: "Mapping[str, Sequence[ox.NamedNode | ox.Literal]]") -> str:
        """Return the query with ``values`` in its slots; parameters that are left out stay open.

        The terms are written by the RDF library, never pasted as text. Raises ParameterError
        for a parameter that the question does not take.
        """
        known = {parameter.name for parameter in self.parameters}
        for name in values:
            if name not in known:
                import difflib

                near = difflib.get_close_matches(name, known, n=1)
                offer = f"did you mean --{near[0]}?" if near else self._offer()
                raise ParameterError(f"{self.name} takes no parameter --{name}; {offer}")

        def fill(slot: re.Match[str]) -> str:
            terms = values.get(slot.group(1))
            if not terms:
                return slot.group(0)
            return f"VALUES ?{slot.group(1)} {{ {' '.join(str(term) for term in terms)} }}"

        return _SLOT.sub(fill, self.sparql)

    def _offer(self) -> str:
        if not self.parameters:
            return "it takes none"
        return "it takes " + ", ".join(f"--{parameter.name}" for parameter in self.parameters)


def read_question(path: Path) -> Question:
    """Read the stored question at ``path``; its name is the file's stem.

    Raises QuestionHeaderError when the header is not YAML, lacks a part, or names a parameter
    that the query has no slot for.
    """
    sparql = path.read_text(encoding="utf-8")
    header = read_header(sparql, path, QuestionHeaderError)
    try:
        topic = header["topic"]
        if topic not in TOPICS:
            raise QuestionHeaderError(f"{path}: the topic is one of {', '.join(TOPICS)}")
        return Question(
            name=path.stem,
            topic=topic,
            summary=header["summary"],
            description=header["description"],
            answer=header["answer"],
            tags=tuple(header["tags"]),
            parameters=tuple(_parameters(header.get("parameters") or {}, sparql, path)),
            sparql=sparql,
            compares=header.get("compares"),
        )
    except KeyError as missing:
        raise QuestionHeaderError(f"{path}: add '#+ {missing.args[0]}: …' to the header") from None


def read_header(sparql: str, path: Path, error: type[MscgraphError]) -> dict[str, Any]:
    """Return the ``#+`` header of a query; ``error``, which names ``path``, when it is no YAML."""
    import yaml

    lines = takewhile(lambda line: line.startswith("#+"), sparql.splitlines())
    try:
        header = yaml.safe_load("\n".join(line[2:] for line in lines)) or {}
    except yaml.YAMLError as fault:
        first = str(fault).splitlines()[0]
        raise error(f"{path}: the #+ header is not YAML: {first}") from None
    if not isinstance(header, dict):
        raise error(f"{path}: the #+ header is no list of parts such as '#+ summary: …'")
    return header


def about(words: str, questions: Iterable[Question], store: "ox.Store") -> list[Question]:
    """Return the questions that speak of ``words``, those that speak of most of them first.

    A word counts where the name, title, description or tags have one that begins as it does, its
    last three letters aside, so that “infused” finds “infusion”; or where a parameter takes a
    term of that name, so that “albumin” finds what can be narrowed to a measure, which counts
    half. Short words, and those that every question has, are left out.
    """
    wanted = set(re.findall(r"[a-z0-9]{3,}", words.casefold())) - _IN_EVERY_QUESTION
    lists: dict[tuple[str, str | None], str] = {}
    ranked = []
    for question in questions:
        told = [question.name, question.summary, question.description, *question.tags]
        taken_terms = []
        for parameter in question.parameters:
            taken = (parameter.kind, parameter.of)
            if taken not in lists:
                known = names(parameter, store) if parameter.of else ()
                lists[taken] = " ".join(name for name in known if ":" not in name)
            told += [parameter.name, parameter.label]
            taken_terms.append(lists[taken])
        ranked.append((_score(wanted, told) + _score(wanted, taken_terms) / 2, question))
    return [each for score, each in sorted(ranked, key=lambda pair: -pair[0]) if score]


def _score(wanted: Iterable[str], texts: Iterable[str]) -> int:
    """Count the ``wanted`` words that ``texts`` speak of."""
    words = set(re.findall(r"[a-z0-9]+", " ".join(texts).casefold()))
    stems = (word[: max(4, len(word) - 3)] for word in wanted)
    return sum(any(word.startswith(stem) for word in words) for stem in stems)


def slots(sparql: str) -> list[str]:
    """Return the names of the parameters that ``sparql`` has slots for, in their order."""
    return _SLOT.findall(sparql)


def _parameters(declared: dict[str, Any], sparql: str, path: Path) -> list[Parameter]:
    if odd := set(slots(sparql)) ^ set(declared):
        name = sorted(odd)[0]
        raise QuestionHeaderError(
            f"{path}: the parameter {name} needs both a line in the header and a line "
            f"'VALUES ?{name} {{ UNDEF }}' in the query"
        )
    return [
        Parameter(name, entry["type"], entry.get("of"), entry["label"])
        for name, entry in declared.items()
    ]


def find_question(name: str, workspace: Workspace) -> Path:
    """Return the file of the stored question ``name``.

    Raises UnknownQuestionError, with the nearest name, when there is none.
    """
    paths = {path.stem: path for path in workspace.questions()}
    if name in paths:
        return paths[name]
    import difflib

    near = [known for known in sorted(paths) if name and name in known]
    near += difflib.get_close_matches(name, paths, n=1, cutoff=0.5)
    hint = f"did you mean “{near[0]}”?" if near else "“mscgraph ask” lists them"
    raise UnknownQuestionError(f"there is no stored question “{name}”; {hint}")


def resolve(parameter: Parameter, text: str, store: "ox.Store") -> "ox.NamedNode":
    """Return the term that a reader means by ``text``: its name, label, synonym or IRI.

    Raises ParameterError, with the nearest term, when the parameter's list has none.
    """
    import pyoxigraph as ox

    known = names(parameter, store)
    wanted = text.strip().strip("<>").casefold()
    for prefix in ("", "msc:", "trial:", "paper:"):
        key = wanted.removeprefix(prefix)
        if key in known:
            return ox.NamedNode(known[key])
    import difflib

    near = difflib.get_close_matches(wanted, known, n=1, cutoff=0.6)
    hint = f"; did you mean “{near[0]}”?" if near else ""
    kind = f"member of the list {parameter.of}" if parameter.of else parameter.kind
    raise ParameterError(f"--{parameter.name}: “{text}” is no {kind}{hint}")


def names(parameter: Parameter, store: "ox.Store") -> dict[str, str]:
    """Return every way to name a value of ``parameter`` → its IRI, in lower case."""
    if parameter.kind == "trial":
        members = f"?term a <{MSC}Trial> ."
    elif parameter.kind == "paper":
        members = f"?account <{MSC}isStatedIn> ?term ."
    else:
        top = f"<{MSC}{parameter.of}>"
        members = f"{{ ?term <{PREFIXES['rdfs']}subClassOf>* {top} }} UNION {{ ?term a {top} }}"
    query = f"""
        SELECT DISTINCT ?term ?name WHERE {{
            {members}
            OPTIONAL {{ ?term <{PREFIXES["rdfs"]}label>|<{PREFIXES["skos"]}altLabel> ?name }}
        }}
        ORDER BY ?term ?name
    """
    found: dict[str, str] = {}
    for row in store.query(query):  # type: ignore[union-attr]
        iri = row["term"].value
        found.setdefault(iri.casefold(), iri)
        found.setdefault(re.split(r"[#/]", iri)[-1].casefold(), iri)
        if row["name"] is not None:
            found.setdefault(row["name"].value.casefold(), iri)
    return found
