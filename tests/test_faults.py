"""Each fault of a curator, made in the real graph: which rule sees it, at which node and line."""

from dataclasses import dataclass, replace

import pytest

from mscgraph.document import Document, read_document
from mscgraph.validation import Report, validate
from mscgraph.workspace import default


@dataclass(frozen=True)
class Fault:
    """A change to the text of the graph, and the rules that see it at a node."""

    name: str
    subject: str
    old: str
    new: str
    rules: frozenset[str]
    # Where the objection points, when not to the node that was changed.
    seen_at: str | None = None


def _fault(
    name: str, subject: str, old: str, new: str, *rules: str, at: str | None = None
) -> Fault:
    return Fault(name, subject, old, new, frozenset(rules), at)


FAULTS = [
    _fault(
        "evidence-lost",
        ":meld-24",
        "        :ev-meld-24 ,\n        :ev-meld-24-abstract ,\n",
        "",
        "finding-without-evidence",
    ),
    _fault(
        "marker-both-ways",
        ":marker-cd34",
        "msc:hasMarker msc:CD34",
        "msc:hasMarker msc:CD73",
        "marker-both-ways",
        at=":cultured",
    ),
    _fault(
        "dose-without-basis", ":dose", "    msc:hasBasis msc:TotalCells ;\n", "", "Dose-hasBasis"
    ),
    _fault("sd-negative", ":meld-24", "msc:sd 6.3", "msc:sd -6.3", "number-sd"),
    _fault("p-above-one", ":change-meld", "msc:pValue 0.05", "msc:pValue 5", "number-pValue"),
    _fault(
        "completed-above-enrolled",
        ":group-completed",
        "msc:count 8",
        "msc:count 28",
        "more-than-before",
        "more-than-at-risk",
    ),
    _fault(
        "nct-malformed",
        ":account-kharaziha",
        '"NCT00420134"',
        '"NCT0042013"',
        "registration-number",
    ),
    _fault("unit-of-another-measure", ":albumin-24", '"g/L"', '"umol/L"', "unit-of-measure"),
    _fault("unit-lost", ":albumin-24", '    msc:unit "g/L" ;\n', "", "unit-missing"),
    _fault(
        "country-in-words",
        ":account-kharaziha",
        'msc:country "IR"',
        'msc:country "Iran"',
        "Account-country",
    ),
    _fault("number-quoted", ":meld-24", "msc:mean 10.7", 'msc:mean "10.7"', "number-mean"),
    _fault(
        "impossible-decimal",
        ":meld-24",
        "msc:mean 10.7",
        'msc:mean "1e6"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        "impossible-literal",
    ),
    _fault(
        "impossible-year",
        ":account-kharaziha",
        '"2009"^^xsd:gYear',
        '"20x9"^^xsd:gYear',
        "impossible-literal",
    ),
    _fault(
        "time-without-unit", ":creatinine-normalised", '    msc:timeUnit "wk" ;\n', "", "time-unit"
    ),
    _fault(
        "time-without-anchor",
        ":creatinine-normalised",
        "    msc:hasTimeAnchor msc:FirstInfusion ;\n",
        "",
        "time-anchor",
    ),
    _fault(
        "controlled-without-comparator",
        ":account-kharaziha",
        "msc:SingleArmDesign",
        "msc:RandomisedControlledDesign",
        "comparator-missing",
    ),
    _fault(
        "weeks-do-not-follow",
        ":group-died-after",
        "msc:weeks 17.39",
        "msc:weeks 16",
        "weeks-follow",
    ),
    _fault("term-misspelt", ":delivery-portal", "msc:hasRoute", "msc:hasRout", "unknown-term"),
    _fault(
        "node-misspelt", ":therapy", "msc:hasDose :dose", "msc:hasDose :doses", "node-not-described"
    ),
]


def _changed(document: Document, fault: Fault) -> Document:
    head, mark, rest = document.text.partition(f"\n{fault.subject}\n")
    assert mark, fault.subject
    block, end, tail = rest.partition("\n.\n")
    assert fault.old in block, f"{fault.old!r} is not in {fault.subject}"
    changed = block.replace(fault.old, fault.new)
    return replace(document, text=head + mark + changed + end + tail)


@pytest.fixture(scope="module")
def graph() -> Document:
    return read_document(default().root / "graphs" / "kharaziha-2009.ttl")


@pytest.fixture(scope="module")
def reports(graph: Document) -> dict[str, Report]:
    documents = [_changed(graph, fault) for fault in FAULTS]
    return dict(zip((f.name for f in FAULTS), validate(documents, default()), strict=True))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_seen_where_it_is(
    fault: Fault, graph: Document, reports: dict[str, Report]
) -> None:
    report = reports[fault.name]
    assert not report.conforms
    violations = [f for f in report.findings if f.severity == "violation"]
    assert {finding.rule for finding in violations} == fault.rules
    where = fault.seen_at or fault.subject
    text = _changed(graph, fault).text.splitlines()
    for finding in violations:
        assert finding.node.endswith(f"#{where.lstrip(':')}")
        assert finding.line is not None
        assert text[finding.line - 1] == where


NEAR_MISSES = [
    _fault("sd-above-mean", ":bilirubin-24", "msc:sd 31", "msc:sd 50"),
    _fault("basis-not-stated", ":dose", "msc:TotalCells", "msc:BasisNotStated"),
    _fault("p-of-one", ":change-meld", "msc:pValue 0.05", "msc:pValue 1"),
    _fault("all-completed", ":group-completed", "msc:count 8", "msc:count 10"),
    _fault("another-accepted-unit", ":albumin-24", '"g/L"', '"g/dL"'),
    _fault("another-country", ":account-kharaziha", 'msc:country "IR"', 'msc:country "CH"'),
    _fault("another-registry", ":account-kharaziha", '"NCT00420134"', '"IRCT2012010812"'),
    _fault("whole-number-for-a-mean", ":meld-24", "msc:mean 10.7", "msc:mean 11"),
]


@pytest.fixture(scope="module")
def near_misses(graph: Document) -> dict[str, Report]:
    documents = [_changed(graph, fault) for fault in NEAR_MISSES]
    return dict(zip((f.name for f in NEAR_MISSES), validate(documents, default()), strict=True))


@pytest.mark.parametrize("fault", NEAR_MISSES, ids=lambda fault: fault.name)
def test_a_near_miss_passes(fault: Fault, near_misses: dict[str, Report]) -> None:
    assert near_misses[fault.name].conforms
