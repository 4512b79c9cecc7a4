"""Facts of Kharaziha 2009, read off the paper by hand, asked of the graph."""

import pyoxigraph as ox
import pytest

from mscgraph.store import load
from mscgraph.workspace import default

PREFIXES = """
PREFIX msc: <https://w3id.org/mscgraph/ontology#>
PREFIX trial: <https://w3id.org/mscgraph/trial/>
PREFIX : <https://w3id.org/mscgraph/graph/kharaziha-2009#>
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load(default())


def _rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(PREFIXES + query)
    assert isinstance(found, ox.QuerySolutions)
    return [
        tuple("" if term is None else str(getattr(term, "value", term)) for term in row)
        for row in found
    ]


@pytest.mark.parametrize(
    ("role", "count"),
    [
        ("Enrolled", 20),
        ("DiedBeforeTreatment", 10),
        ("Treated", 10),
        ("DiedAfterTreatment", 1),
        ("LostToFollowUp", 1),
        ("Completed", 8),
    ],
)
def test_flow(store: ox.Store, role: str, count: int) -> None:
    rows = _rows(
        store,
        f"""SELECT ?count WHERE {{
            :account-kharaziha msc:hasParticipants ?group .
            ?group msc:hasParticipantRole msc:{role} ; msc:count ?count .
            FILTER NOT EXISTS {{ ?group msc:restates ?first }}
            FILTER NOT EXISTS {{ ?group msc:hasCharacteristic ?mark }}
        }}""",
    )
    assert rows == [(str(count),)]


def test_the_number_treated_is_derived(store: ox.Store) -> None:
    rows = _rows(
        store,
        """SELECT DISTINCT ?status WHERE {
            :group-treated msc:hasEvidence ?e .
            ?e msc:supports msc:count ; msc:hasStatus ?status
        }""",
    )
    assert rows == [("https://w3id.org/mscgraph/ontology#Derived",)]


# Sex, age, cause, varices, jaundice, pain, portal vein open, history of encephalopathy.
PATIENTS = [
    ("1", "Female", 61, "CryptogenicLiverDisease", "III", True, False, True, True),
    ("2", "Female", 56, "HepatitisC", "III", True, True, True, True),
    ("3", "Male", 67, "CryptogenicLiverDisease", "III", True, True, False, True),
    ("4", "Male", 38, "HepatitisB", "II", False, False, True, False),
    ("5", "Female", 55, "HepatitisB", "III", True, False, True, True),
    ("6", "Male", 58, "AlcoholicLiverDisease", "II", True, False, True, True),
    ("7", "Male", 43, "HepatitisB", "II", False, False, False, False),
    ("8", "Female", 67, "HepatitisB", "II", True, False, True, False),
]


@pytest.mark.parametrize("patient", PATIENTS, ids=lambda patient: patient[0])
def test_the_patients_of_table_1(
    store: ox.Store, patient: tuple[str, str, int, str, str, bool, bool, bool, bool]
) -> None:
    number, sex, age, cause, varices, jaundice, pain, is_open, encephalopathy = patient
    rows = _rows(
        store,
        f"""SELECT ?age ?grade ?jaundice ?pain ?open ?history WHERE {{
            ?p a msc:Participant ; msc:participantNumber "{number}" ; msc:age ?age ;
                msc:hasSex msc:{sex} ; msc:hasCause msc:{cause} ;
                msc:hasRoute msc:{"PortalVein" if is_open else "PeripheralVein"} ;
                msc:hasObservation ?a , ?b , ?c , ?d .
            ?a msc:hasCharacteristic msc:OesophagealVarices ; msc:grade ?grade .
            ?b msc:hasCharacteristic msc:Jaundice ; msc:isPresent ?jaundice .
            ?c msc:hasCharacteristic msc:AbdominalPain ; msc:isPresent ?pain .
            ?d msc:hasCharacteristic msc:EncephalopathyHistory ; msc:isPresent ?history .
            BIND (EXISTS {{ ?p msc:hasObservation/msc:hasCharacteristic msc:PatentPortalVein }}
                AS ?open)
        }}""",
    )
    verdicts = [str(yes).lower() for yes in (jaundice, pain, is_open, encephalopathy)]
    assert rows == [(str(age), varices, *verdicts)]


def test_each_table_cell_has_its_evidence(store: ox.Store) -> None:
    rows = _rows(
        store,
        """SELECT (COUNT(DISTINCT ?e) AS ?n) WHERE {
            ?e msc:printed ?figure ; msc:locator ?place ; msc:hasStatus msc:AsPrinted
            FILTER (REGEX(?place, "^Table 1 [|] .* [|] patient [1-8]$"))
        }""",
    )
    assert rows == [("88",)]


@pytest.mark.parametrize(
    ("measure", "unit", "before", "after"),
    [
        ("MELD", "", ("17.9", "5.6"), ("10.7", "6.3")),
        ("INR", "", ("1.9", "0.4"), ("1.4", "0.5")),
        ("Creatinine", "umol/L", ("114", "35"), ("80", "18")),
        ("Albumin", "g/L", ("30", "5"), ("33", "5")),
        ("TotalBilirubin", "umol/L", ("46", "29"), ("41", "31")),
        ("WhiteCellCount", "10*9/L", ("5.4", "3.2"), ("5.3", "3.1")),
    ],
)
def test_means_before_and_after(
    store: ox.Store, measure: str, unit: str, before: tuple[str, str], after: tuple[str, str]
) -> None:
    rows = _rows(
        store,
        f"""SELECT ?weeks ?mean ?sd ?n ?unit WHERE {{
            ?m a msc:Measurement ; msc:hasMeasure msc:{measure} ; msc:weeks ?weeks ;
                msc:inAccount :account-kharaziha ; msc:mean ?mean ; msc:sd ?sd ;
                msc:denominator ?n .
            OPTIONAL {{ ?m msc:unit ?unit }}
        }} ORDER BY ?weeks""",
    )
    assert rows == [("0", *before, "8", unit), ("24", *after, "8", unit)]


def test_the_units_that_the_text_damaged_are_repaired_in_sight(store: ox.Store) -> None:
    rows = _rows(
        store,
        """SELECT DISTINCT ?measure ?printed WHERE {
            ?m msc:inAccount :account-kharaziha ; msc:hasMeasure ?what ; msc:unit "umol/L" ;
                msc:hasEvidence ?e .
            ?e msc:supports msc:unit ; msc:hasStatus msc:Repaired ; msc:printed ?printed ;
                msc:reason ?reason .
            BIND (STRAFTER(STR(?what), "#") AS ?measure)
        } ORDER BY ?measure ?printed""",
    )
    assert rows == [
        ("Creatinine", "80 ± 18 lmol/l"),
        ("Creatinine", "80 ± 18mmol/l"),
        ("TotalBilirubin", "41 ± 31 lmol/l"),
        ("TotalBilirubin", "41 ± 31mmol/l"),
    ]


def test_eight_markers_tested_seven_reported(store: ox.Store) -> None:
    rows = _rows(
        store,
        """SELECT ?marker ?result WHERE {
            :product msc:isDerivedFrom*/msc:hasMarkerResult ?r .
            ?r msc:hasMarker ?m ; msc:hasResult ?o .
            BIND (STRAFTER(STR(?m), "#") AS ?marker) BIND (STRAFTER(STR(?o), "#") AS ?result)
        } ORDER BY ?marker""",
    )
    assert rows == [
        ("CD105", "Positive"),
        ("CD13", "Positive"),
        ("CD166", "Positive"),
        ("CD29", "Positive"),
        ("CD34", "Negative"),
        ("CD44", "Positive"),
        ("CD45", "TestedNotReported"),
        ("CD73", "Positive"),
    ]


def test_the_dose_and_the_ways_in(store: ox.Store) -> None:
    rows = _rows(
        store,
        """SELECT ?low ?high ?route ?n ?reason WHERE {
            :therapy msc:hasDose ?dose ; msc:hasDelivery ?way .
            ?dose msc:low ?low ; msc:high ?high ; msc:hasBasis msc:TotalCells .
            ?way msc:hasRoute ?r ; msc:amongParticipants/msc:count ?n .
            OPTIONAL { ?way msc:reason ?reason }
            BIND (STRAFTER(STR(?r), "#") AS ?route)
        } ORDER BY ?route""",
    )
    assert rows == [
        ("30000000", "50000000", "PeripheralVein", "2", "portal vein thrombosis"),
        ("30000000", "50000000", "PortalVein", "6", ""),
    ]


def test_a_death_stands_beside_the_claim_of_none(store: ox.Store) -> None:
    rows = _rows(
        store,
        """SELECT ?count ?printed WHERE {
            ?group msc:inAccount :account-kharaziha ; msc:count ?count ; msc:hasEvidence ?e ;
                msc:hasParticipantRole msc:DiedAfterTreatment .
            ?e msc:supports msc:count ; msc:printed ?printed
        } ORDER BY ?count""",
    )
    assert rows == [("0", "no morbidity or mortality"), ("1", "one died 4 months after")]


def test_other_trials_are_mentioned_and_kept_apart(store: ox.Store) -> None:
    rows = _rows(
        store,
        """SELECT ?name WHERE {
            ?a msc:hasAccountKind msc:Mentioned ; msc:describes ?t ;
                msc:isStatedIn <https://w3id.org/mscgraph/paper/kharaziha-2009>
            BIND (STRAFTER(STR(?t), "/trial/") AS ?name)
        } ORDER BY ?name""",
    )
    names = [name for (name,) in rows]
    assert names == [
        "gaia-2006",
        "gordon-2006",
        "lyra-2007",
        "mohamadnejad-2007-msc",
        "terai-2006",
        "yannaki-2006",
    ]
