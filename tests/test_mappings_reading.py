"""Reading an SSSOM table, and telling it as SKOS."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from mscgraph.errors import MappingsError
from mscgraph.mappings import Mapping, as_skos, read_mappings, read_metadata
from mscgraph.names import MSC, PREFIXES

SOUND = '''\
#curie_map:
#  EX: https://example.org/
#  msc: https://w3id.org/mscgraph/ontology#
#license: https://creativecommons.org/licenses/by/4.0/
subject_id\tpredicate_id\tobject_id\tmapping_justification\tcomment
msc:MELD\tskos:closeMatch\tEX:1\tsemapv:ManualMappingCuration\t"one ""score"""
msc:Other\tskos:exactMatch\tsssom:NoTermFound\tsemapv:ManualMappingCuration\t
'''


def _write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "set.sssom.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_is_read_with_its_iris(tmp_path: Path) -> None:
    first, second = read_mappings(_write(tmp_path, SOUND))
    assert first == Mapping(
        subject_id="msc:MELD",
        subject_label="",
        predicate_id="skos:closeMatch",
        object_id="EX:1",
        object_label="",
        mapping_justification="semapv:ManualMappingCuration",
        comment='one "score"',
        subject=MSC + "MELD",
        predicate=PREFIXES["skos"] + "closeMatch",
        object="https://example.org/1",
    )
    assert first.has_counterpart
    assert not second.has_counterpart


FAULTS = {
    "no header": (r"^#.*\n", "", 1, "begin the file with a header"),
    "no prefixes": (r"#curie_map:\n(#  .*\n)+", "", 1, "begin the file with a header"),
    "not YAML": (r"#license: ", "#license: [", 5, "the header is not YAML"),
    "prefix without namespace": (r"EX: .*", "EX:", 1, "prefix 'EX'"),
    "built-in prefix redefined": (r"EX: ", "skos: ", 1, "prefix 'skos'"),
    "column missing": ("\tmapping_justification\t", "\treason\t", 5, "add the column mapping_j"),
    "cell missing": (r"\tsemapv:ManualMappingCuration\t\n", "\n", 7, "3 cells for 5 columns"),
    "empty line": (r"msc:Other", "\nmsc:Other", 7, "0 cells for 5 columns"),
    "required cell empty": (r"\nmsc:Other", "\n", 7, "fill in subject_id"),
    "prefix not declared": ("EX:1", "EY:1", 6, "write 'EY:1' as prefix:name"),
    "IRI for an identifier": ("EX:1", "https://example.org/1", 6, "as prefix:name"),
    "name without prefix": ("msc:Other", "Other", 7, "subject_id: write 'Other' as prefix:name"),
    "no IRI": ("EX:1", "EX:one two", 6, "does not make an IRI"),
    "relation for reasoners": ("skos:closeMatch", "owl:equivalentClass", 6, "not owl:equivalent"),
    "quote left open": ('score"""', 'score""', 7, "unexpected end|expected after"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_file_is_refused_with_its_line(fault: str, tmp_path: Path) -> None:
    pattern, by, line, message = FAULTS[fault]
    text = re.sub(pattern, by.replace("\\", r"\\"), SOUND, flags=re.MULTILINE)
    assert text != SOUND
    path = _write(tmp_path, text)
    with pytest.raises(MappingsError, match=f"^{re.escape(str(path))}:{line}: .*({message})"):
        read_mappings(path)


def test_a_denied_match_is_refused(tmp_path: Path) -> None:
    text = SOUND.replace("\tcomment", "\tpredicate_modifier").replace('"one ""score"""', "Not")
    with pytest.raises(MappingsError, match=":6: SKOS cannot deny"):
        read_mappings(_write(tmp_path, text))


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingsError, match="cannot be read"):
        read_mappings(tmp_path / "absent.sssom.tsv")
    path = tmp_path / "set.sssom.tsv"
    path.write_bytes(SOUND.encode("utf-16"))
    with pytest.raises(MappingsError, match="not UTF-8"):
        read_mappings(path)


def test_a_term_that_was_not_found_gives_no_triple(tmp_path: Path) -> None:
    match, absence = read_mappings(_write(tmp_path, SOUND))
    turned = replace(match, subject="https://w3id.org/sssom/NoTermFound")
    assert len(as_skos([match])) == 1
    assert as_skos([absence, turned]) == []


def test_the_header_says_what_the_set_is(tmp_path: Path) -> None:
    told = read_metadata(_write(tmp_path, SOUND))
    assert told == {"license": "https://creativecommons.org/licenses/by/4.0/"}
    assert read_metadata(_write(tmp_path, "subject_id\n")) == {}
