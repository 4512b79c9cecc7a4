"""The reporting lists as data: each item is named, defined, and read from terms that exist."""

import re

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from mscgraph.names import MSC as MSC_IRI
from mscgraph.names import REPORTING
from mscgraph.workspace import default

MSC = Namespace(MSC_IRI)
ONTOLOGY = Graph().parse(default().ontology)
LISTS = Graph().parse(default().reporting)
ITEMS = sorted(URIRef(str(item)) for item in LISTS.subjects(RDF.type, MSC.ReportingItem))
READINGS = list(LISTS.subjects(RDF.type, MSC.Reading))
PROPERTIES = {
    str(term)
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
    for term in ONTOLOGY.subjects(RDF.type, kind)
}


def test_the_two_lists_are_complete() -> None:
    sizes = {
        str(LISTS.value(each, SKOS.notation)): len(list(LISTS.subjects(MSC.isItemOf, each)))
        for each in LISTS.subjects(RDF.type, MSC.ReportingList)
    }
    assert sizes == {"doses": 5, "isct": 12}
    assert len(ITEMS) == 17


def test_a_list_names_its_source() -> None:
    sources = {
        str(LISTS.value(each, SKOS.notation)): str(LISTS.value(each, DCTERMS.source))
        for each in LISTS.subjects(RDF.type, MSC.ReportingList)
    }
    assert sources == {
        "doses": "https://doi.org/10.2106/JBJS.18.00915",
        "isct": "https://doi.org/10.1080/14653240600855905",
    }
    for each in LISTS.subjects(RDF.type, MSC.ReportingList):
        assert re.search(r" \d{4};\d+", str(LISTS.value(each, DCTERMS.bibliographicCitation)))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: str(item).removeprefix(REPORTING))
def test_an_item_is_named_defined_and_read(item: URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition, SKOS.notation, MSC.asksOf, MSC.itemNumber):
        assert len(list(LISTS.objects(item, predicate))) == 1
    assert re.fullmatch(r"[A-Z].*\.", str(LISTS.value(item, SKOS.definition)))
    # Three letters keep a matrix of twelve items within a line.
    assert len(str(LISTS.value(item, SKOS.notation))) <= 3
    readings = set(LISTS.objects(item, MSC.hasReading))
    assert readings
    assert any((reading, MSC.readsAbsenceOf, None) in LISTS for reading in readings)


def test_items_of_a_list_have_their_own_numbers_and_short_names() -> None:
    for each in LISTS.subjects(RDF.type, MSC.ReportingList):
        items = list(LISTS.subjects(MSC.isItemOf, each))
        numbers = sorted(int(str(LISTS.value(item, MSC.itemNumber))) for item in items)
        assert numbers == list(range(1, len(items) + 1))
        assert len({str(LISTS.value(item, SKOS.notation)) for item in items}) == len(items)


def test_readings_use_what_the_ontology_declares() -> None:
    declared = set(ONTOLOGY.subjects())
    used = {term for triple in LISTS for term in triple if str(term).startswith(MSC_IRI)}
    assert used <= declared
    assert READINGS
    for reading in READINGS:
        assert list(LISTS.objects(reading, MSC.readsClass))
        for kind in LISTS.objects(reading, MSC.readsClass):
            assert (kind, RDF.type, OWL.Class) in ONTOLOGY
        for predicate in (MSC.readsProperty, MSC.readsAbsenceOf):
            assert {str(term) for term in LISTS.objects(reading, predicate)} <= PROPERTIES
        for term in LISTS.objects(reading, MSC.readsTerm):
            kinds = set(ONTOLOGY.objects(term, RDF.type))
            assert kinds & {MSC.Marker, MSC.Lineage}


def test_a_value_that_is_read_needs_evidence() -> None:
    # Without evidence there is neither a locator nor a status to tell.
    for value in LISTS.objects(None, MSC.readsProperty):
        assert (value, MSC.needsEvidence, None) in ONTOLOGY, value


def test_the_criteria_ask_for_what_the_panel_asks_for() -> None:
    wanted = {
        (LISTS.value(reading, MSC.readsTerm), LISTS.value(item, MSC.asksForResult))
        for item in LISTS.subjects(MSC.asksForResult)
        for reading in LISTS.objects(item, MSC.hasReading)
    }
    panel = set(ONTOLOGY.subject_objects(MSC.hasPanelResult))
    assert len(panel) == 5
    assert panel <= wanted
