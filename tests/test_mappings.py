"""Our terms in public vocabularies: every identifier checked, every term accounted for."""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

from mscgraph import __version__
from mscgraph.mappings import Mapping, as_skos, read_mappings
from mscgraph.names import MSC as MSC_IRI
from mscgraph.names import PREFIXES
from mscgraph.workspace import default

MSC = Namespace(MSC_IRI)
FILE = default().mappings
TEXT = FILE.read_text(encoding="utf-8")
ROWS = [line for line in TEXT.splitlines() if not line.startswith("#")]
HEADER = TEXT.splitlines()[: -len(ROWS)]
MAPPINGS = read_mappings(FILE)
MATCHED = [mapping for mapping in MAPPINGS if mapping.has_counterpart]
# What was looked up, with its label, in a public file: the only identifiers that may be used.
CHECKED = Path(__file__).parent / "fixtures" / "identifiers.tsv"
SHARED = Path(__file__).parents[2] / "shared" / "terms.tsv"
# The files in which an identifier outside those terms was read, and the vocabularies whose labels
# each of them gives: a list of another kind, or one that only mentions a code, is no witness.
READ_SINCE = {
    "DiseaseOntology/HumanDiseaseOntology:DOreports/HumanDO.tsv": {"DOID"},
    "EBISPOT/covoc:src/ontology/imports/hp_import.owl": {"HP"},
    "ISA-tools/stato:dev/prerelease/1.5/stato.obo": {"STATO"},
    "NCI-Thesaurus/thesaurus-obo-edition:src/mappings/cl.tsv": {"CL", "NCIT"},
    "NCIEVS/ops-cdisc-reports:common/src/test/resources/fixtures/report-files/Protocol/Archive/"
    "Protocol Terminology 2022-03-25.html": {"NCIT"},
    "SPAROntologies/pso:docs/current/pso.ttl": {"pso"},
    "bio-ontology-research-group/unit-ontology:uo.obo": {"UO"},
    "cdisc-org/COSMoS:export/cdisc_biomedical_concepts_hierarchy_latest.csv": {"NCIT"},
    "midas-network/midas-data:src/ontology/imports/ncit_import.owl": {"NCIT"},
    "monarch-initiative/mondo:src/ontology/mappings/mondo_exactmatch_ncit.sssom.tsv": {
        "MONDO",
        "NCIT",
    },
    "obophenotype/human-phenotype-ontology:src/translations/hp-nl-preprocessed.babelon.tsv": {"HP"},
    "pato-ontology/pato:pato.obo": {"PATO"},
    "rat-genome-database/CMO-Clinical-Measurement-Ontology:clinical_measurement.obo": {"CMO"},
}
# Terms that papers and reviews rank side by side, so that the ontology keeps them apart where
# medicine has one below the other.
SIDE_BY_SIDE = {
    ("AutoimmuneLiverDisease", "AutoimmuneDisease"),
    ("HepatocellularCarcinoma", "LiverTumour"),
    ("LiverTumour", "LiverDisease"),
    ("VaricealBleeding", "GastrointestinalBleeding"),
}


class Identifier(NamedTuple):
    """A row of the list of identifiers that were checked.

    `in_terms` is yes where the list of terms that was checked before this table was made has it,
    and no where it was read since, in the file that `verified_in` names.
    """

    curie: str
    label: str
    iri: str
    verified_in: str
    in_terms: str


def _identifiers() -> list[Identifier]:
    lines = CHECKED.read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == list(Identifier._fields)
    return [Identifier(*line.split("\t")) for line in lines[1:]]


IDENTIFIERS = {row.curie: row for row in _identifiers()}


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(default().ontology)


def _name(term: object) -> str:
    return str(term).removeprefix(MSC_IRI)


def _relation(mapping: Mapping) -> str:
    return mapping.predicate_id.removeprefix("skos:").removesuffix("Match")


def _listed(ontology: Graph) -> set[str]:
    """Return the name of every value: the classes below each list's head, the individuals."""
    values = {_name(value) for value in ontology.subjects(RDF.type, OWL.NamedIndividual)}
    for head in set(ontology.objects(None, MSC.takesFrom)):
        below = {_name(term) for term in ontology.transitive_subjects(RDFS.subClassOf, head)}
        values |= below - {_name(head)}
    return values


# The identifiers.


def test_every_object_stands_in_the_list_with_its_label_and_namespace() -> None:
    found = {(m.object_id, m.object_label, m.object) for m in MATCHED}
    listed = {(row.curie, row.label, row.iri) for row in IDENTIFIERS.values()}
    assert found
    assert found - listed == set(), "not checked, or not with this label"
    assert listed - found == set(), "checked and not used: take it out of the list"


def test_an_identifier_names_the_public_file_in_which_it_was_found() -> None:
    lines = CHECKED.read_text(encoding="utf-8").splitlines()[1:]
    assert len(IDENTIFIERS) == len(lines)
    assert lines == sorted(lines)
    for row in IDENTIFIERS.values():
        assert row.label, row.curie
        assert re.match(r"[\w.-]+/[\w.-]+:[\w.-]", row.verified_in), row.curie


def test_an_identifier_that_was_read_since_names_a_file_of_its_vocabulary() -> None:
    since = [row for row in IDENTIFIERS.values() if row.in_terms == "no"]
    assert {row.verified_in for row in since} == set(READ_SINCE)
    for row in since:
        assert row.curie.partition(":")[0] in READ_SINCE[row.verified_in], row


def test_the_list_agrees_with_the_terms_that_were_checked() -> None:
    assert {row.in_terms for row in IDENTIFIERS.values()} == {"yes", "no"}
    if not SHARED.is_file():
        pytest.skip("the terms as they were checked are not part of the project")
    with SHARED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    checked = {
        # A unit's UCUM code stands behind its label there.
        (row["curie"], re.sub(r" \[UCUM \S+\]$", "", row["label"]), row["iri"])
        for row in rows
        if row["verified_in"] != "UNVERIFIED"
    }
    listed = {row[:3] for row in IDENTIFIERS.values() if row.in_terms == "yes"}
    since = {row.curie for row in IDENTIFIERS.values() if row.in_terms == "no"}
    assert listed - checked == set()
    assert since & {row["curie"] for row in rows} == set(), "among the terms: say yes"


# The terms.


def test_every_value_is_mapped_or_said_to_have_no_counterpart(ontology: Graph) -> None:
    listed = _listed(ontology)
    assert len(listed) > 300
    assert listed - {_name(m.subject) for m in MAPPINGS} == set(), "map it, or sssom:NoTermFound"


def test_every_subject_is_a_term_with_its_label(ontology: Graph) -> None:
    for mapping in MAPPINGS:
        assert mapping.subject_label == str(ontology.value(URIRef(mapping.subject), RDFS.label))


def test_a_term_without_a_counterpart_says_why_and_has_no_other_row() -> None:
    rows = Counter(mapping.subject for mapping in MAPPINGS)
    cells = {row["subject_id"]: row for row in csv.DictReader(ROWS, delimiter="\t")}
    unmatched = [mapping for mapping in MAPPINGS if not mapping.has_counterpart]
    assert unmatched
    for mapping in unmatched:
        assert rows[mapping.subject] == 1, mapping
        assert mapping.predicate_id == "skos:exactMatch"
        assert re.match(r"(Ours alone: |Not checked: |Looked for in )\w", mapping.comment), mapping
        assert cells[mapping.subject_id]["object_source"] == "mscgraph:identifiers"


def test_a_match_that_is_not_exact_says_how_it_differs() -> None:
    silent = {
        (m.subject_id, m.object_id)
        for m in MATCHED
        if _relation(m) in {"close", "related", "narrow"} and not m.comment
    }
    assert silent == set()


# The judgements.


def test_a_counterpart_is_exact_for_one_term_only() -> None:
    exact = Counter(mapping.object_id for mapping in MATCHED if _relation(mapping) == "exact")
    assert exact
    assert {curie for curie, count in exact.items() if count > 1} == set()


def test_a_term_is_exact_with_one_counterpart_of_a_vocabulary() -> None:
    exact = Counter(
        (mapping.subject_id, mapping.object_id.partition(":")[0])
        for mapping in MATCHED
        if _relation(mapping) == "exact"
    )
    assert {pair for pair, count in exact.items() if count > 1} == set()


def test_two_terms_have_one_relation() -> None:
    pairs = Counter((mapping.subject_id, mapping.object_id) for mapping in MAPPINGS)
    assert {pair for pair, count in pairs.items() if count > 1} == set()


def test_broader_and_narrower_agree_with_the_hierarchy(ontology: Graph) -> None:
    # Where a counterpart is exact for one term and broader than another, the second is below the
    # first in the ontology too.
    exact = {m.object_id: URIRef(m.subject) for m in MATCHED if _relation(m) == "exact"}
    claimed = set()
    for mapping in MATCHED:
        other = exact.get(mapping.object_id)
        if other is not None and _relation(mapping) == "broad":
            claimed.add((URIRef(mapping.subject), other))
        elif other is not None and _relation(mapping) == "narrow":
            claimed.add((other, URIRef(mapping.subject)))
    assert len(claimed) > 10
    denied = {
        (_name(lower), _name(upper))
        for lower, upper in claimed
        if upper not in set(ontology.transitive_objects(lower, RDFS.subClassOf))
    }
    assert denied == SIDE_BY_SIDE


# What each vocabulary can be for a list: another kind of thing never matches exactly.
KINDS = {
    ("Route", "UBERON"): {"related"},
    ("Route", "EFO"): {"related"},
    ("Route", "OBI"): {"close", "related"},
    ("Route", "MAXO"): {"close", "related"},
    ("Marker", "HGNC"): {"related"},
    ("Disease", "HP"): {"close"},
    ("LaboratoryMeasure", "LOINC"): {"close"},
    ("LaboratoryMeasure", "OBI"): {"close"},
    ("LaboratoryMeasure", "OBA"): {"close"},
    ("LaboratoryMeasure", "VT"): {"close"},
    ("Measure", "HP"): {"close", "related"},
    ("Measure", "MONDO"): {"related"},
    ("StudyDesign", "MESH"): {"close"},
}


@pytest.mark.parametrize(("head", "prefix"), KINDS, ids=lambda value: str(value))
def test_another_kind_of_thing_is_no_exact_match(head: str, prefix: str, ontology: Graph) -> None:
    members = set(ontology.transitive_subjects(RDFS.subClassOf, MSC[head]))
    members |= set(ontology.subjects(RDF.type, MSC[head]))
    relations = {
        _relation(mapping)
        for mapping in MATCHED
        if URIRef(mapping.subject) in members and mapping.object_id.startswith(f"{prefix}:")
    }
    assert relations
    assert relations <= KINDS[head, prefix]


# Counterparts that look right by their names and are not what the papers mean, with what they
# may be to a term of ours; none where they may not be used at all.
TRAPS = {
    "CL:0002569": {("UmbilicalCordMSC", "close")},
    "CL:0010004": {("BoneMarrowMNC", "narrow")},
    "CL:2000061": {("PlacentaMSC", "close")},
    "HP:0000083": {("RenalFailure", "broad")},
    "MONDO:0005388": {("PrimaryBiliaryCholangitis", "close")},
    "MONDO:0007329": {("CryptogenicCirrhosis", "related")},
    "NCIT:C147385": set(),
    "NCIT:C15197": {("CaseControlDesign", "related")},
    "NCIT:C158289": {("DoseEscalationDesign", "related")},
    "NCIT:C38276": {
        ("CubitalVein", "broad"),
        ("IntravenousRoute", "broad"),
        ("PeripheralVein", "broad"),
        ("VenousRoute", "exact"),
        ("PortalVein", "broad"),
        ("PortalVeinMainBranch", "broad"),
    },
    "NCIT:C48227": set(),
    "NCIT:C49634": {("Withdrawn", "related")},
    "NCIT:C98774": {("ProthrombinActivity", "related")},
    "OBI:0002624": {("CaseControlDesign", "related")},
    "PATO:0000383": {("Female", "close")},
    "PATO:0000384": {("Male", "close")},
    "STATO:0000434": set(),
    "UBERON:0001414": {("CubitalVein", "related")},
    "UBERON:0014437": {("IliacCrestMarrow", "related")},
    "UO:0000035": {("Month", "close")},
    "UO:0000036": {("Year", "close")},
    "UniProtKB:P01903": {("HLA-DR", "related")},
}


@pytest.mark.parametrize("curie", TRAPS)
def test_a_trap_stays_what_it_was_judged_to_be(curie: str) -> None:
    found = {(_name(m.subject), _relation(m)) for m in MATCHED if m.object_id == curie}
    assert found == TRAPS[curie]


# The file.


def test_the_header_says_what_the_set_is(ontology: Graph) -> None:
    assert all(line.startswith("#") for line in HEADER)
    header = yaml.safe_load("\n".join(line[1:] for line in HEADER))
    iri = URIRef(MSC_IRI.rstrip("#"))
    assert header["mapping_set_id"].startswith("https://w3id.org/mscgraph/")
    assert header["mapping_set_version"] == __version__
    assert header["subject_source_version"] == str(ontology.value(iri, OWL.versionInfo))
    assert header["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert header["curie_map"]["mscgraph"] + "ontology" == str(iri)
    assert "Regenstrief" in header["comment"], "the licence of LOINC asks for its notice"
    # No person stands in a file of the project.
    assert not {key for key in header if re.match(r"(author|creator|reviewer)_", key)}


def test_the_prefixes_are_those_in_use_and_as_elsewhere() -> None:
    declared = yaml.safe_load("\n".join(line[1:] for line in HEADER))["curie_map"]
    used = {mapping.subject_id.partition(":")[0] for mapping in MAPPINGS} | {"mscgraph"}
    used |= {mapping.object_id.partition(":")[0] for mapping in MATCHED}
    assert list(declared) == sorted(used)
    assert {p: PREFIXES[p] for p in declared if p in PREFIXES} == {"msc": MSC_IRI}


def test_the_rows_are_in_canonical_form() -> None:
    columns, *rows = [line.split("\t") for line in ROWS]
    order = ["subject_id", "subject_label", "predicate_id", "object_id", "object_label"]
    assert columns == [*order, "mapping_justification", "object_source", "comment"]
    assert rows == sorted(rows)
    assert len(rows) == len(MAPPINGS)
    # Quotes only where a cell needs them, and none of ours does.
    assert '"' not in "".join(ROWS)
    assert "\r" not in TEXT
    assert TEXT.endswith("\n")


# As SKOS.


def test_each_match_gives_a_triple_and_the_absence_of_one_none() -> None:
    triples = as_skos(MAPPINGS)
    assert len(triples) == len(set(triples)) == len(MATCHED) < len(MAPPINGS)
    as_text = {str(triple) for triple in triples}
    skos = PREFIXES["skos"]
    obo = "http://purl.obolibrary.org/obo/"
    assert f"<{MSC_IRI}MSC> <{skos}exactMatch> <{obo}CL_0000134>" in as_text
    assert not any("NoTermFound" in text for text in as_text)
