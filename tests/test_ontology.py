"""The ontology keeps its own rules: every term is named, defined and used as what it is."""

import re
from collections import Counter

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from mscgraph.names import MSC as MSC_IRI
from mscgraph.workspace import Workspace, default

MSC = Namespace(MSC_IRI)
SCHEMA = Namespace("https://schema.org/")
ONTOLOGY = Graph().parse(default().ontology)
TERMS = sorted(
    URIRef(str(term)) for term in set(ONTOLOGY.subjects()) if str(term).startswith(MSC_IRI)
)
PROPERTIES = {
    kind: set(ONTOLOGY.subjects(RDF.type, kind))
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
}


@pytest.mark.parametrize("term", TERMS, ids=lambda term: str(term).removeprefix(MSC_IRI))
def test_a_term_has_one_label_and_one_definition_that_is_a_sentence(term: URIRef) -> None:
    labels = list(ONTOLOGY.objects(term, RDFS.label))
    definitions = list(ONTOLOGY.objects(term, SKOS.definition))
    assert len(labels) == 1
    assert len(definitions) == 1
    assert re.fullmatch(r"[A-ZΑ-Ω].*\.", str(definitions[0]))
    assert ONTOLOGY.value(term, RDFS.isDefinedBy) == URIRef(MSC_IRI.rstrip("#"))


def test_a_property_is_of_one_kind() -> None:
    # OWL 2 DL lets a name be a class and an individual at once, and no property be of two kinds.
    kinds = Counter(term for terms in PROPERTIES.values() for term in terms)
    assert {term for term, count in kinds.items() if count > 1} == set()
    classes = set(ONTOLOGY.subjects(RDF.type, OWL.Class))
    assert not classes & set(kinds)


def test_every_name_that_is_used_is_declared() -> None:
    used = {
        term
        for triple in ONTOLOGY
        for term in triple
        if isinstance(term, URIRef) and term.startswith(MSC_IRI)
    }
    assert used == set(TERMS)


def test_classes_are_in_camel_case_and_properties_begin_small() -> None:
    for term in TERMS:
        name = str(term).removeprefix(MSC_IRI)
        is_property = any(term in terms for terms in PROPERTIES.values())
        assert name[0].islower() == is_property, name
        assert re.fullmatch(r"[A-Za-z][\w-]*", name)


def test_no_class_is_below_itself() -> None:
    for term in ONTOLOGY.subjects(RDF.type, OWL.Class):
        above = set(ONTOLOGY.transitive_objects(term, RDFS.subClassOf)) - {term}
        assert all(
            term not in set(ONTOLOGY.transitive_objects(other, RDFS.subClassOf)) for other in above
        )


def test_labels_are_unambiguous_within_a_value_list() -> None:
    lists = set(ONTOLOGY.objects(None, MSC.takesFrom))
    assert lists
    for top in lists:
        members = set(ONTOLOGY.transitive_subjects(RDFS.subClassOf, top))
        members |= set(ONTOLOGY.subjects(RDF.type, top))
        names = Counter(
            str(name).casefold()
            for member in members
            for predicate in (RDFS.label, SKOS.altLabel)
            for name in {str(o).casefold() for o in ONTOLOGY.objects(member, predicate)}
        )
        shared = {name for name, count in names.items() if count > 1}
        own = {str(ONTOLOGY.value(member, RDFS.label)).casefold() for member in members}
        assert shared <= own, (top, shared - own)


def test_a_measure_with_a_range_has_the_unit_of_that_range() -> None:
    measures = set(ONTOLOGY.transitive_subjects(RDFS.subClassOf, MSC.Measure))
    assert len(measures) > 20
    for measure in measures:
        low, high = (ONTOLOGY.value(measure, MSC[f"plausible{end}"]) for end in ("Low", "High"))
        assert (low is None) == (high is None)
        if low is not None and high is not None:
            assert float(str(low)) < float(str(high))
            assert ONTOLOGY.value(measure, MSC.usesUnit) is not None, measure


def test_the_panel_is_that_of_the_minimal_criteria() -> None:
    panel = {
        str(marker).removeprefix(MSC_IRI): str(result).removeprefix(MSC_IRI)
        for marker, result in ONTOLOGY.subject_objects(MSC.hasPanelResult)
    }
    assert panel == {
        "CD73": "Positive",
        "CD90": "Positive",
        "CD105": "Positive",
        "CD34": "Negative",
        "CD45": "Negative",
    }


def test_only_properties_need_evidence_or_lead_inward() -> None:
    properties = PROPERTIES[OWL.ObjectProperty] | PROPERTIES[OWL.DatatypeProperty]
    for mark in (MSC.needsEvidence, MSC.leadsInward):
        marked = set(ONTOLOGY.subjects(mark))
        assert marked
        assert marked <= properties
    numbers = {
        term
        for term in PROPERTIES[OWL.DatatypeProperty]
        if (term, MSC.needsEvidence, None) in ONTOLOGY
    }
    assert {MSC.mean, MSC.sd, MSC["count"], MSC.pValue, MSC.low, MSC.high, MSC.value} <= numbers


def test_what_repeats_is_said_to_repeat(workspace: Workspace) -> None:
    marked = set(ONTOLOGY.subjects(MSC.mayRepeat))
    declared = set().union(*PROPERTIES.values())
    assert marked <= declared
    # What carries evidence and repeats becomes a node of its own.
    assert not marked & set(ONTOLOGY.subjects(MSC.needsEvidence))
    for path in [workspace.ontology, *workspace.graphs()]:
        graph = Graph().parse(path)
        times = Counter((node, predicate) for node, predicate, _ in graph)
        repeated = {predicate for (_, predicate), count in times.items() if count > 1}
        assert repeated & declared <= marked, path.name


def test_shapes_and_questions_use_terms_of_the_ontology(workspace: Workspace) -> None:
    names = {str(term).removeprefix(MSC_IRI) for term in TERMS}
    for path in [*workspace.shapes(), *workspace.questions()]:
        text = path.read_text(encoding="utf-8")
        used = set(re.findall(r"\bmsc:([A-Za-z][\w-]*)", text))
        assert used <= names, (path.name, used - names)
