"""IRIs of the project and of the vocabularies it borrows, and their short forms."""

import re

__all__ = [
    "BASE",
    "GRAPH",
    "MSC",
    "PREFIXES",
    "REPORTING",
    "SHAPE",
    "graph_iri",
    "short",
    "trial_name",
]

BASE = "https://w3id.org/mscgraph/"
GRAPH = BASE + "graph/"
MSC = BASE + "ontology#"
REPORTING = BASE + "reporting#"
SHAPE = BASE + "shape/"

# Prefix → namespace, as Turtle files and answers use them.
PREFIXES = {
    "cito": "http://purl.org/spar/cito/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "msc": MSC,
    "owl": "http://www.w3.org/2002/07/owl#",
    "paper": BASE + "paper/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "reporting": REPORTING,
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "shape": SHAPE,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "trial": BASE + "trial/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def graph_iri(name: str) -> str:
    """Return the IRI of the graph whose file has the stem ``name``."""
    return GRAPH + name


def trial_name(iri: str, label: str) -> str:
    """Return how a trial is called in figures: author and year, and what tells two such apart.

    >>> trial_name("https://w3id.org/mscgraph/trial/shi-2021-covid", "Shi 2021: cells in COVID-19")
    'Shi 2021 (COVID)'
    """
    qualifier = re.search(r"-\d{4}-([\w-]+)$", iri)
    name = label.partition(":")[0] or iri.rpartition("/")[2]
    return f"{name} ({qualifier[1].upper()})" if qualifier else name


def short(iri: str) -> str:
    """Return ``iri`` with a prefix where there is one, and as it is otherwise.

    >>> short("https://w3id.org/mscgraph/ontology#MELD")
    'msc:MELD'
    >>> short("https://w3id.org/mscgraph/graph/kharaziha-2009#meld-24")
    'kharaziha-2009#meld-24'
    """
    if iri.startswith(GRAPH):
        return iri.removeprefix(GRAPH)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
