"""Exports: everything is in them, they come back as they were, and a second run is the same."""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import BNode, Dataset, Literal, URIRef

import mscgraph
from mscgraph.answer import ask
from mscgraph.errors import ExportError, MappingsError, WorkspaceError
from mscgraph.export import EXTENSIONS, Graphs, collect, context_document, render, select
from mscgraph.export.context import terms
from mscgraph.export.counterparts import MAPPINGS_GRAPH
from mscgraph.export.description import DATASET, DATASET_GRAPH
from mscgraph.export.questions import QUERIES_GRAPH, QUERY
from mscgraph.mappings import as_skos, read_mappings
from mscgraph.names import GRAPH, MSC, PREFIXES, graph_iri
from mscgraph.question import read_question
from mscgraph.store import ACCOUNTS_GRAPH, ONTOLOGY_GRAPH, REPORTING_GRAPH, load
from mscgraph.workspace import FOLDERS, Workspace, default

from .conftest import Run

FORMATS = tuple(EXTENSIONS)
READERS = {
    "nquads": (ox.RdfFormat.N_QUADS, "nquads"),
    "trig": (ox.RdfFormat.TRIG, "trig"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
}

# What a graph of papers has never held, and what makes writers and readers stumble.
AWKWARD = """
PREFIX : <https://w3id.org/mscgraph/graph/odd-2020#>
PREFIX msc: <https://w3id.org/mscgraph/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

:numbers msc:mean 17.90 , 17.9 , 0.0000001 , 12 , "text" , "5"^^xsd:decimal ; msc:count 8 , 8.0 ;
    msc:isPresent true , "1"^^xsd:boolean , "true" ; msc:corrected "12" , 12 , 12.0 ;
    msc:enrolmentStart "2006"^^xsd:gYear , "2006-02"^^xsd:gYearMonth , "2006-02-03"^^xsd:date ;
    <https://example.org/unheard-of> 1.50 , "plain" , :numbers , msc:MELD , 2.0e3 .
:texts rdfs:label "a name"@en , "un nom"@fr , "no language" ;
    msc:reason "two\\nlines and \\"quotes\\" and \\\\ and \\t" ,
        "\\u2028 and \\u0085 \\u000B" , "" ,
        "'''\\"\\"\\"" , "@type" , "id" , "MELD" , "graph:odd-2020#numbers" .
:terms msc:hasMeasure msc:MELD , :of-my-own , "MELD" ; msc:supports msc:mean , rdfs:label ;
    msc:hasArm msc:MELD , <https://example.org/a#b%20c> , <urn:x:y> , <https://example.org/> .
:lists owl:unionOf ( msc:MELD "x" [ rdfs:label "inside"@en ] ( ) ( 1 ) ) , ( 2 ) ;
    owl:intersectionOf ( ) ; msc:about ( :a ) , rdf:nil , _:shared .
:nearly owl:unionOf [ rdf:first 1 ; rdf:rest rdf:nil ; rdfs:label "no list"@en ] ,
    [ rdf:first 1 , 2 ; rdf:rest rdf:nil ] , [ rdf:rest _:bare ] .
:one msc:about _:shared , [ ] . _:shared rdfs:label "shared"@en .
_:circle msc:about _:ring . _:ring msc:about _:circle .
_:self msc:about _:self .
[] a [ a owl:Class ] , msc:Trial .
"""


@pytest.fixture(scope="module")
def graphs() -> dict[str, list[ox.Quad]]:
    return collect(default())


@pytest.fixture(scope="module")
def texts(graphs: Graphs) -> dict[str, str]:
    return {form: render(graphs, form, default()) for form in FORMATS}


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """Return a workspace with the shipped ontology and one graph of awkward statements."""
    for name in FOLDERS:
        (tmp_path / name).mkdir()
    text = default().ontology.read_text(encoding="utf-8")
    (tmp_path / "ontology" / "mscgraph.ttl").write_text(text, encoding="utf-8")
    (tmp_path / "graphs" / "odd-2020.ttl").write_text(AWKWARD, encoding="utf-8")
    return Workspace(tmp_path)


def _canonical(quads: Iterator[ox.Quad] | list[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _read_by_rdflib(text: str, form: str) -> Iterator[ox.Quad]:
    """Read ``text`` as any user of rdflib would."""
    dataset = Dataset()
    dataset.parse(data=text, format=READERS[form][1])
    for subject, predicate, value, graph in dataset.quads():
        assert isinstance(graph, URIRef)
        yield ox.Quad(_term(subject), _term(predicate), _term(value), ox.NamedNode(graph))


def _term(term: object) -> Any:
    if isinstance(term, URIRef):
        return ox.NamedNode(term)
    if isinstance(term, BNode):
        return ox.BlankNode(term)
    assert isinstance(term, Literal)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(term.datatype) if term.datatype else None)


def _on_disk(workspace: Workspace) -> list[ox.Quad]:
    """Return what the files say, read without the program's help."""
    files = {path: graph_iri(path.stem) for path in workspace.graphs()}
    files[workspace.ontology] = ONTOLOGY_GRAPH
    if workspace.reporting.is_file():
        files[workspace.reporting] = REPORTING_GRAPH
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name))
        for path, name in files.items()
        for quad in ox.parse(path=path, base_iri=name, rename_blank_nodes=True)
    ]


def test_every_file_and_what_is_computed_has_its_graph(graphs: Graphs) -> None:
    files = {graph_iri(path.stem) for path in default().graphs()}
    written = {ONTOLOGY_GRAPH, REPORTING_GRAPH}
    made = {ACCOUNTS_GRAPH, DATASET_GRAPH, MAPPINGS_GRAPH, QUERIES_GRAPH}
    assert set(graphs) == files | written | made
    assert list(graphs) == sorted(graphs)
    said = [quad for iri in files | written for quad in graphs[iri]]
    assert _canonical(said) == _canonical(_on_disk(default()))


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_says_the_same_to_two_readers(
    form: str, graphs: Graphs, texts: dict[str, str]
) -> None:
    wanted = _canonical([quad for quads in graphs.values() for quad in quads])
    assert _canonical(ox.parse(texts[form], format=READERS[form][0])) == wanted
    assert _canonical(_read_by_rdflib(texts[form], form)) == wanted


@pytest.mark.parametrize("form", FORMATS)
def test_awkward_statements_come_back(form: str, small: Workspace) -> None:
    graphs = collect(small)
    text = render(graphs, form, small)
    wanted = _canonical([quad for quads in graphs.values() for quad in quads])
    assert _canonical(ox.parse(text, format=READERS[form][0])) == wanted
    name = ox.NamedNode(graph_iri("odd-2020"))
    disk = _canonical([quad for quad in _on_disk(small) if quad.graph_name == name])
    assert _canonical([quad for quad in wanted if quad.graph_name == name]) == disk
    # rdflib makes a list without items of "1"^^xsd:boolean and the like; the digits it keeps.
    again = {str(quad.object) for quad in _read_by_rdflib(text, form)}
    for digits in ("17.90", "17.9", "0.0000001"):
        assert f'"{digits}"^^<{PREFIXES["xsd"]}decimal>' in again


def test_a_run_with_another_seed_gives_the_same_bytes(texts: dict[str, str]) -> None:
    seed = os.environ.get("PYTHONHASHSEED", "random")
    script = (
        "import hashlib; from mscgraph.export import *; from mscgraph.workspace import default\n"
        "w = default(); g = collect(w)\n"
        "for f in EXTENSIONS: print(hashlib.sha256(render(g, f, w).encode()).hexdigest())"
    )
    found = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONHASHSEED": "2" if seed == "1" else "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    here = [hashlib.sha256(text.encode()).hexdigest() for text in texts.values()]
    assert found.stdout.split() == here


def test_nquads_are_sorted_by_code_point(texts: dict[str, str]) -> None:
    lines = texts["nquads"].encode().split(b"\n")
    assert lines.pop() == b""
    assert lines == sorted(set(lines))
    assert all(line.endswith(b"> .") for line in lines)


def test_whoever_loads_the_nquads_gets_the_same_answers(texts: dict[str, str]) -> None:
    store = ox.Store()
    store.load(texts["nquads"], format=ox.RdfFormat.N_QUADS)
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in list(store))
    own = load(default())
    for path in default().questions():
        sparql = read_question(path).sparql
        assert ask(store, sparql) == ask(own, sparql), path.stem


def test_trig_reads_like_the_files(texts: dict[str, str]) -> None:
    text = texts["trig"]
    head, *blocks = re.split(r"^GRAPH ", text, flags=re.MULTILINE)
    assert head.split("\n") == sorted(head.split("\n"), key=lambda line: (not line, line))
    names = [block.partition(" ")[0] for block in blocks]
    assert names == sorted(names)
    own = next(block for block in blocks if block.startswith(f"<{graph_iri('kharaziha-2009')}>"))
    file = (default().root / "graphs" / "kharaziha-2009.ttl").read_text(encoding="utf-8")
    for local in ("account-kharaziha", "ev-meld-24", "meld-24"):
        node = re.search(rf"^:{local}\n(.*?)^\.$", file, re.DOTALL | re.MULTILINE)
        assert node is not None
        body = re.sub(r"(?<=\s):(?=[a-z])", "kharaziha-2009:", node.group(1))
        assert f"\nkharaziha-2009:{local}\n{body}.\n" in own


def test_jsonld_holds_its_context_and_no_number(texts: dict[str, str]) -> None:
    document = json.loads(texts["jsonld"])
    assert list(document) == ["@context", "@graph"]
    assert document["@context"] == json.loads(context_document(default()))["@context"]
    assert document["@context"].pop("@version") == 1.1

    def numbers(value: object) -> Iterator[object]:
        if isinstance(value, dict | list):
            for part in value.values() if isinstance(value, dict) else value:
                yield from numbers(part)
        elif not isinstance(value, str | bool):
            yield value

    assert list(numbers(document)) == []


def test_jsonld_uses_the_short_names(texts: dict[str, str]) -> None:
    document = json.loads(texts["jsonld"])
    own = next(g for g in document["@graph"] if g["id"] == "graph:kharaziha-2009")["@graph"]
    ids = [node["id"] for node in own]
    assert ids == sorted(ids)
    assert ids[0] == "graph:kharaziha-2009"
    meld = next(node for node in own if node["id"] == "graph:kharaziha-2009#meld-24")
    assert meld["type"] == "Measurement"
    assert meld["hasMeasure"] == "MELD"
    assert meld["mean"] == "10.7"
    assert meld["denominator"] == "8"
    assert meld["weeks"] == {"type": "xsd:integer", "@value": "24"}
    evidence = next(node for node in own if node["id"] == "graph:kharaziha-2009#ev-meld-24")
    assert evidence["supports"] == ["mean", "sd"]
    # Only terms that the ontology does not have are written with a prefix.
    keys = {key for graph in document["@graph"] for node in graph["@graph"] for key in node}
    # The stored questions are told in SHACL and schema.org, which keep their prefixes.
    borrowed = ("schema:", "sh:")
    assert {key for key in keys if ":" in key and not key.startswith(borrowed)} == set()


def test_the_readme_shows_a_node_as_it_is(texts: dict[str, str]) -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    shown = json.loads(readme.partition("```json\n")[2].partition("```")[0])
    document = json.loads(texts["jsonld"])
    nodes = (node for graph in document["@graph"] for node in graph["@graph"])
    found = [node for node in nodes if node["id"] == shown["id"] and "type" in node]
    assert [shown.items() <= node.items() for node in found] == [True]


def test_jsonld_nests_what_has_no_name(texts: dict[str, str]) -> None:
    document = json.loads(texts["jsonld"])
    terms = next(g for g in document["@graph"] if g["id"] == ONTOLOGY_GRAPH)["@graph"]
    assert not [node["id"] for node in terms if node["id"].startswith("_:")]
    panel = next(node for node in terms if node["id"] == "msc:PanelConformantProduct")
    parts = panel["equivalentClass"][0]["intersectionOf"]
    assert parts[0] == "CellProduct"
    assert parts[1]["type"] == "owl:Restriction"


def test_the_context_on_disk_is_the_one_that_follows_from_the_ontology() -> None:
    file = default().ontology.parent / "context.jsonld"
    assert file.read_text(encoding="utf-8") == context_document(default()), (
        "run: mscgraph export --format context --output ontology/context.jsonld"
    )


@pytest.mark.parametrize(
    ("name", "definition"),
    [
        ("Measurement", "msc:Measurement"),
        ("MELD", "msc:MELD"),
        ("agent", "msc:agent"),
        ("mean", {"@id": "msc:mean", "@type": "xsd:decimal"}),
        ("count", {"@id": "msc:count", "@type": "xsd:integer"}),
        ("isPresent", {"@id": "msc:isPresent", "@type": "xsd:boolean"}),
        ("publicationYear", {"@id": "msc:publicationYear", "@type": "xsd:gYear"}),
        ("created", {"@id": "dcterms:created", "@type": "xsd:date"}),
        # A year, a month or a day: each value says which.
        ("enrolmentStart", "msc:enrolmentStart"),
        ("corrected", "msc:corrected"),
        ("describes", {"@id": "msc:describes", "@type": "@id"}),
        ("hasArm", {"@id": "msc:hasArm", "@type": "@id", "@container": "@set"}),
        ("hasMeasure", {"@id": "msc:hasMeasure", "@type": "@vocab"}),
        ("supports", {"@id": "msc:supports", "@type": "@vocab", "@container": "@set"}),
        ("label", {"@id": "rdfs:label", "@language": "en"}),
        ("altLabel", {"@id": "skos:altLabel", "@language": "en", "@container": "@set"}),
        ("exactMatch", {"@id": "skos:exactMatch", "@type": "@id", "@container": "@set"}),
        ("unionOf", {"@id": "owl:unionOf", "@type": "@vocab", "@container": "@list"}),
        ("trial", "https://w3id.org/mscgraph/trial/"),
        ("type", "@type"),
    ],
)
def test_a_name_means_what_the_ontology_says(name: str, definition: object) -> None:
    assert json.loads(context_document(default()))["@context"][name] == definition


def test_the_context_names_every_term(graphs: Graphs) -> None:
    context = json.loads(context_document(default()))["@context"]
    named = {
        value["@id"] if isinstance(value, dict) else value
        for value in context.values()
        if not isinstance(value, float)
    }
    ours = {
        quad.subject.value.replace(MSC, "msc:")
        for quad in graphs[ONTOLOGY_GRAPH]
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(MSC)
    }
    assert len(ours) > 600
    assert ours <= named
    assert len(named) == len(context) - 1


def test_a_borrowed_term_gives_way_to_one_of_the_project() -> None:
    def quad(subject: str) -> ox.Quad:
        a, kind = PREFIXES["rdf"] + "type", PREFIXES["owl"] + "DatatypeProperty"
        return ox.Quad(*(ox.NamedNode(iri) for iri in (subject, a, kind)))

    names = {
        term.iri: term.name
        for term in terms([quad(MSC + "label"), quad(MSC + "trial"), quad(MSC + "id")])
    }
    assert names[MSC + "label"] == "label"
    assert names[PREFIXES["rdfs"] + "label"] == "rdfs:label"
    assert names[MSC + "trial"] == "msc:trial"
    assert names[MSC + "id"] == "msc:id"


def test_the_mappings_are_told_as_skos_with_what_their_set_is(graphs: Graphs) -> None:
    skos = as_skos(read_mappings(default().mappings))
    assert len(skos) > 300
    quads = graphs[MAPPINGS_GRAPH]
    matches = [quad.triple for quad in quads if quad.predicate.value.endswith("Match")]
    assert set(matches) == set(skos)
    whole = ox.NamedNode(ONTOLOGY_GRAPH + "/mappings.sssom.tsv")
    rest = [quad for quad in quads if quad.triple not in set(skos)]
    said = {
        quad.predicate.value: getattr(quad.object, "value", "")
        for quad in rest
        if quad.subject == whole
    }
    dcterms = PREFIXES["dcterms"]
    assert said.pop(PREFIXES["rdf"] + "type") == PREFIXES["sssom"] + "MappingSet"
    assert said.pop(dcterms + "license") == "https://creativecommons.org/licenses/by/4.0/"
    assert said.pop(PREFIXES["owl"] + "versionInfo") == mscgraph.__version__
    # The notice that LOINC asks for goes wherever its codes go.
    assert "Regenstrief" in said.pop(PREFIXES["rdfs"] + "comment")
    assert set(said) == {dcterms + "title", dcterms + "description"}
    assert [q.object for q in rest if q.subject == ox.NamedNode(MAPPINGS_GRAPH)] == [whole]


def test_mappings_may_be_missing_and_their_header_may_not_lie(small: Workspace) -> None:
    assert MAPPINGS_GRAPH not in collect(small)
    table = default().mappings.read_text(encoding="utf-8")
    faulty = table.replace("#license: https:", "#license: by word of mouth:", 1)
    small.mappings.write_text(faulty, encoding="utf-8")
    with pytest.raises(MappingsError, match=r"mappings\.sssom\.tsv: the header: "):
        collect(small)
    bare = "".join(line for line in table.splitlines(keepends=True) if "#mapping_set" not in line)
    small.mappings.write_text(bare, encoding="utf-8")
    predicates = {quad.predicate.value for quad in collect(small)[MAPPINGS_GRAPH]}
    assert all(iri.startswith(PREFIXES["skos"]) for iri in predicates)


def test_the_description_counts_what_is_there(graphs: Graphs) -> None:
    void = PREFIXES["void"]
    said: dict[tuple[str, str], list[str]] = {}
    for quad in graphs[DATASET_GRAPH]:
        assert isinstance(quad.subject, ox.NamedNode)
        key = quad.subject.value, quad.predicate.value
        said.setdefault(key, []).append(getattr(quad.object, "value", ""))
    others = {iri: quads for iri, quads in graphs.items() if iri != DATASET_GRAPH}
    assert said[DATASET, void + "subset"] == sorted(others)
    for iri, quads in others.items():
        assert said[iri, void + "triples"] == [str(len(quads))]
    merge = {(q.subject, q.predicate, q.object) for quads in others.values() for q in quads}
    assert said[DATASET, void + "triples"] == [str(len(merge))]
    assert said[DATASET, PREFIXES["dcat"] + "version"] == [mscgraph.__version__]
    licence = PREFIXES["dcterms"] + "license"
    ontology = [q.object for q in graphs[ONTOLOGY_GRAPH] if q.predicate.value == licence]
    assert [ox.NamedNode(iri) for iri in said[DATASET, licence]] == ontology


def test_a_collection_without_a_description_of_its_own_is_counted_only(small: Workspace) -> None:
    predicates = {quad.predicate.value for quad in collect(small)[DATASET_GRAPH]}
    assert predicates == {
        PREFIXES["rdf"] + "type",
        PREFIXES["void"] + "subset",
        PREFIXES["void"] + "triples",
    }


def test_graphs_are_chosen_by_name(graphs: Graphs) -> None:
    chosen = select(graphs, ["trials", "ontology"])
    assert chosen == {iri: graphs[iri] for iri in (GRAPH + "trials", ONTOLOGY_GRAPH)}
    with pytest.raises(ExportError, match=r"no graph “trial”; the graphs are .*kharaziha-2009"):
        select(graphs, ["trials", "trial"])


@pytest.mark.parametrize("name", ["computed-accounts", "dataset", "mappings", "ontology"])
def test_a_file_does_not_take_the_name_of_a_graph_that_is_made(name: str, small: Workspace) -> None:
    (small.root / "graphs" / f"{name}.ttl").touch()
    with pytest.raises(WorkspaceError, match=rf"{name}\.ttl: give this file another name"):
        collect(small)


@pytest.mark.parametrize("form", ["trig", "jsonld"])
def test_a_statement_about_a_statement_is_refused(form: str) -> None:
    a, b = ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/b")
    quads = {a.value: [ox.Quad(a, b, ox.Triple(a, b, b), a)]}
    with pytest.raises(ExportError, match=f"^{form} cannot hold a statement about a statement"):
        render(quads, form, default())


def test_another_format_is_the_fault_of_the_caller(graphs: Graphs) -> None:
    with pytest.raises(KeyError, match="turtle"):
        render(graphs, "turtle", default())


@pytest.mark.parametrize("form", ["trig", "jsonld"])
def test_a_text_that_does_not_say_the_same_is_not_given_away(
    form: str, small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = f"mscgraph.export.{form}.as_{form}"
    monkeypatch.setattr(writer, lambda *_: "{}" if form == "jsonld" else "")
    with pytest.raises(ExportError, match="would not say the same"):
        render(collect(small), form, small)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--output", "a.ttl"), "a.ttl: end the name with one of .nq, .trig, .jsonld"),
        (("--output", "a.nq", "--format", "trig"), "a.nq: the name is that of nquads"),
        (("--output", "a.nq", "--format", "context"), "a.nq: the name is that of nquads"),
        (("--output", "missing/a.nq", "--graph", "papers"), "missing/a.nq: cannot be written"),
        (("--output", ".", "--format", "trig", "--graph", "papers"), ".: this is no file"),
        (("--format", "turtle"), "'turtle' is not one of"),
        (("--format", "context", "--graph", "papers"), "leave out --graph"),
        (("--graph", "nobody-1900"), "there is no graph “nobody-1900”"),
    ],
)
def test_a_wrong_export_is_refused_in_one_line(
    arguments: tuple[str, ...], message: str, run: Run, tmp_path: Path
) -> None:
    found = run("export", *arguments)
    assert found.returncode == 2
    assert found.stdout == ""
    assert found.stderr.count("\n") == 1
    assert message in found.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_written_whole_and_keeps_what_it_was(run: Run, tmp_path: Path) -> None:
    real = tmp_path / "real.trig"
    real.write_text("before", encoding="utf-8")
    real.chmod(0o640)
    (tmp_path / "link.trig").symlink_to(real)
    found = run("export", "--graph", "papers", "--output", "link.trig")
    assert found.returncode == 0
    assert re.fullmatch(r"link\.trig: \d+ statements in 1 graph\n", found.stderr)
    assert found.stdout == ""
    assert (tmp_path / "link.trig").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert (
        real.read_text(encoding="utf-8")
        == run("export", "--graph", "papers", "--format", "trig").stdout
    )
    assert {path.name for path in tmp_path.iterdir()} == {"real.trig", "link.trig"}


def test_standard_output_gets_utf8_wherever_it_is(graphs: Graphs) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "mscgraph", "export", "--graph", "papers"],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        capture_output=True,
        check=True,
    )
    papers = {GRAPH + "papers": graphs[GRAPH + "papers"]}
    assert found.stdout.decode("utf-8") == render(papers, "nquads", default())
    assert not found.stdout.isascii()


def test_a_node_without_a_name_that_two_graphs_share_stays_one() -> None:
    node, label = ox.BlankNode("b"), ox.NamedNode(PREFIXES["rdfs"] + "label")
    one, two = ox.NamedNode(GRAPH + "one"), ox.NamedNode(GRAPH + "two")
    graphs = {
        one.value: [ox.Quad(one, label, node, one), ox.Quad(node, label, one, one)],
        two.value: [ox.Quad(node, label, two, two)],
    }
    again = ox.parse(render(graphs, "jsonld", default()), format=ox.RdfFormat.JSON_LD)
    assert len({str(q.subject) for q in again if isinstance(q.subject, ox.BlankNode)}) == 1


def test_each_stored_question_is_an_executable_query(graphs: Graphs) -> None:
    store = ox.Store()
    store.extend(graphs[QUERIES_GRAPH])
    answers = load(default())
    for path in default().questions():
        question = read_question(path)
        node = ox.NamedNode(QUERY + question.name)

        def said(name: str, node: ox.NamedNode = node) -> list[object]:
            predicate = ox.NamedNode(PREFIXES["sh"] + name)
            return [quad.object for quad in store.quads_for_pattern(node, predicate, None)]

        (select,) = said("select")
        assert isinstance(select, ox.Literal)
        assert ask(answers, select.value) == ask(answers, question.sparql)
        assert len(said("parameter")) == len(question.parameters)
        assert said("prefixes")
