"""The terms of the ontology and their counterparts in public vocabularies, from an SSSOM table."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import pyoxigraph as ox

from mscgraph.errors import MappingsError
from mscgraph.names import PREFIXES

__all__ = ["Mapping", "as_skos", "read_mappings", "read_metadata"]

# What SSSOM writes as the object where there is none.
_NO_TERM_FOUND = PREFIXES["sssom"] + "NoTermFound"

# The prefixes that SSSOM lets a header leave out.
_BUILT_IN = {
    "linkml": "https://w3id.org/linkml/",
    "semapv": "https://w3id.org/semapv/vocab/",
    **{prefix: PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "skos", "sssom", "xsd")},
}
_REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")

# Relations between concepts only: an owl:equivalentClass would hand the axioms of the other
# vocabulary to a reasoner.
_RELATIONS = tuple(
    PREFIXES["skos"] + name
    for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
)


@dataclass(frozen=True)
class Mapping:
    """One row: a term of ours, how it relates to a term of others, and that term.

    The names that SSSOM has are those of its columns; `subject`, `predicate` and `object` are
    the IRIs of the three identifiers. Empty cells are empty texts.
    """

    subject_id: str
    subject_label: str
    predicate_id: str
    object_id: str
    object_label: str
    mapping_justification: str
    comment: str
    subject: str
    predicate: str
    object: str

    @property
    def has_counterpart(self) -> bool:
        """Whether there is a term on both sides, and not the statement that none was found."""
        return _NO_TERM_FOUND not in (self.subject, self.object)


def read_mappings(path: Path) -> list[Mapping]:
    """Read the SSSOM table at ``path``, its metadata embedded, in the order of its rows.

    Raises MappingsError, with the line, for whatever would not be read as it is meant: a header
    that is no YAML or declares no prefixes, a column or a required cell that is missing, an
    identifier whose prefix is not declared, a relation that is none of the five of SKOS, a
    negated row. The format is SSSOM/TSV (https://mapping-commons.github.io/sssom/spec/).
    """
    lines = _lines(path)
    header = _header(lines)
    prefixes = _prefixes(path, header)
    return [
        _mapping(f"{path}:{line}", row, prefixes)
        for line, row in _rows(path, lines[len(header) :], len(header))
    ]


def read_metadata(path: Path) -> dict[str, str]:
    """Return what the header of the SSSOM table at ``path`` says of the whole set.

    The keys are the slots of SSSOM that hold one text, such as ``mapping_set_title``. Raises
    MappingsError when the file cannot be read or its header is no YAML.
    """
    metadata = _metadata(path, _header(_lines(path)))
    return {slot: value for slot, value in metadata.items() if isinstance(value, str)}


def as_skos(mappings: Iterable[Mapping]) -> list[ox.Triple]:
    """Return one SKOS triple for each of ``mappings``, in their order.

    A row that says that no term was found gives none.
    """
    return [
        ox.Triple(
            ox.NamedNode(mapping.subject),
            ox.NamedNode(mapping.predicate),
            ox.NamedNode(mapping.object),
        )
        for mapping in mappings
        if mapping.has_counterpart
    ]


def _lines(path: Path) -> list[str]:
    try:
        return list(io.StringIO(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise MappingsError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise MappingsError(f"{path}: not UTF-8: save it as UTF-8") from None


def _header(lines: list[str]) -> list[str]:
    return list(takewhile(lambda line: line.startswith("#"), lines))


def _metadata(path: Path, header: list[str]) -> dict[str, object]:
    """Return the slots of the ``header``; none when it is no mapping."""
    import yaml

    try:
        metadata = yaml.safe_load("".join(line[1:] for line in header))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        reason = getattr(error, "problem", None) or "a sign that YAML does not allow"
        raise MappingsError(f"{path}:{line}: the header is not YAML: {reason}") from None
    return metadata if isinstance(metadata, dict) else {}


def _prefixes(path: Path, header: list[str]) -> dict[str, str]:
    """Return prefix → namespace as the ``header`` declares them, and those built into SSSOM."""
    declared = _metadata(path, header).get("curie_map")
    if not isinstance(declared, dict):
        raise MappingsError(
            f"{path}:1: begin the file with a header, '#curie_map:' and its prefixes"
        )
    for prefix, namespace in declared.items():
        if not isinstance(namespace, str) or _BUILT_IN.get(prefix, namespace) != namespace:
            raise MappingsError(
                f"{path}:1: give the prefix '{prefix}' its namespace in the header's curie_map"
            )
    return _BUILT_IN | declared


def _rows(path: Path, lines: list[str], above: int) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line and the cells by column of each row; ``above`` counts the lines before."""
    reader = csv.reader(lines, delimiter="\t", strict=True)
    try:
        columns = next(reader, [])
        for column in _REQUIRED:
            if column not in columns:
                raise MappingsError(f"{path}:{above + 1}: add the column {column}")
        for cells in reader:
            line = above + reader.line_num
            if len(cells) != len(columns):
                raise MappingsError(
                    f"{path}:{line}: {len(cells)} cells for {len(columns)} columns: "
                    "one tab stands between two cells, and no line is empty"
                )
            yield line, dict(zip(columns, cells, strict=True))
    except csv.Error as error:
        raise MappingsError(f"{path}:{above + reader.line_num}: {error}") from None


def _mapping(where: str, row: dict[str, str], prefixes: dict[str, str]) -> Mapping:
    """Return ``row`` as a mapping; ``where`` is its file and line, for what must be mended."""
    for column in _REQUIRED:
        if not row[column]:
            raise MappingsError(f"{where}: fill in {column}")
    if row.get("predicate_modifier"):
        raise MappingsError(f"{where}: SKOS cannot deny a match: take the row out")
    iris = [_expanded(where, column, row[column], prefixes) for column in _REQUIRED]
    subject, predicate, counterpart, _ = iris
    if predicate not in _RELATIONS:
        offer = ", ".join("skos:" + iri.rpartition("#")[2] for iri in _RELATIONS)
        raise MappingsError(
            f"{where}: predicate_id: write one of {offer}, not {row['predicate_id']}"
        )
    return Mapping(
        subject_id=row["subject_id"],
        subject_label=row.get("subject_label", ""),
        predicate_id=row["predicate_id"],
        object_id=row["object_id"],
        object_label=row.get("object_label", ""),
        mapping_justification=row["mapping_justification"],
        comment=row.get("comment", ""),
        subject=subject,
        predicate=predicate,
        object=counterpart,
    )


def _expanded(where: str, column: str, curie: str, prefixes: dict[str, str]) -> str:
    """Return the IRI of ``curie``, whose prefix must be among ``prefixes``."""
    prefix, colon, local = curie.partition(":")
    if not (colon and local and prefix in prefixes):
        raise MappingsError(
            f"{where}: {column}: write '{curie}' as prefix:name, with a prefix of the curie_map"
        )
    try:
        return ox.NamedNode(prefixes[prefix] + local).value
    except ValueError:
        raise MappingsError(f"{where}: {column}: '{curie}' does not make an IRI") from None
