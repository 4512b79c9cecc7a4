"""Trial identities: one for each account, each with a reason, and none merged by the way."""

import pytest
from rdflib import RDF, RDFS, Graph, Namespace

from mscgraph.canonical import read_graph
from mscgraph.document import read_document
from mscgraph.names import MSC as MSC_IRI
from mscgraph.workspace import Workspace

MSC = Namespace(MSC_IRI)


@pytest.fixture(scope="module")
def merged(workspace: Workspace) -> Graph:
    graph = Graph()
    for path in workspace.graphs():
        graph += read_graph(read_document(path))
    return graph


def test_each_account_is_of_one_trial_by_one_identification(merged: Graph) -> None:
    accounts = list(merged.subjects(RDF.type, MSC.Account))
    assert accounts
    for account in accounts:
        held = [
            trial
            for node in merged.subjects(MSC.ofAccount, account)
            for trial in merged.objects(node, MSC.asTrial)
        ]
        assert held == list(merged.objects(account, MSC.describes)), account


def test_a_paper_gives_one_account_of_a_trial(merged: Graph) -> None:
    told = [
        (merged.value(account, MSC.isStatedIn), trial)
        for account, trial in merged.subject_objects(MSC.describes)
    ]
    assert len(told) == len(set(told))


def test_each_trial_has_one_label_and_an_account(merged: Graph) -> None:
    trials = set(merged.subjects(RDF.type, MSC.Trial))
    labels = [label for trial in trials for label in merged.objects(trial, RDFS.label)]
    assert len(labels) == len(set(labels)) == len(trials)
    assert trials == set(merged.objects(None, MSC.describes))


def test_each_identification_says_why_and_how_sure(merged: Graph) -> None:
    identifications = list(merged.subjects(RDF.type, MSC.Identification))
    assert identifications
    for node in identifications:
        assert len(list(merged.objects(node, MSC.reason))) == 1, node
        assert len(list(merged.objects(node, MSC.hasCertainty))) == 1, node
        assert len(list(merged.objects(node, MSC.ofAccount))) == 1, node
        kinds = {MSC.asTrial, MSC.isApartFrom} & set(merged.predicates(node))
        assert len(kinds) == 1, node


def test_accounts_held_apart_are_of_two_trials(merged: Graph) -> None:
    pairs = set()
    for node, other in merged.subject_objects(MSC.isApartFrom):
        account = merged.value(node, MSC.ofAccount)
        first, second = (merged.value(each, MSC.describes) for each in (account, other))
        assert None not in (first, second), node
        assert first != second, node
        pairs.add(frozenset((account, other)))
    assert pairs
    assert len(pairs) == len(list(merged.subject_objects(MSC.isApartFrom)))


def test_nearly_equal_registration_numbers_are_spoken_of(merged: Graph) -> None:
    """One sign missing or wrong in a number of another trial must not pass in silence."""
    numbers = [
        (account, str(number).replace(" ", ""))
        for account, number in merged.subject_objects(MSC.registrationNumber)
    ]
    apart = {
        frozenset((merged.value(node, MSC.ofAccount), other))
        for node, other in merged.subject_objects(MSC.isApartFrom)
    }
    close = {
        frozenset((one, other))
        for one, first in numbers
        for other, second in numbers
        if merged.value(one, MSC.describes) != merged.value(other, MSC.describes)
        and _is_close(first, second)
    }
    assert close
    assert close <= apart


def _is_close(first: str, second: str) -> bool:
    """Return whether one sign added, left out or changed makes ``first`` of ``second``."""
    longer, shorter = sorted((first, second), key=len, reverse=True)
    if len(longer) == len(shorter):
        return sum(a != b for a, b in zip(longer, shorter, strict=True)) <= 1
    cuts = (longer[:at] + longer[at + 1 :] for at in range(len(longer)))
    return len(longer) == len(shorter) + 1 and shorter in cuts
