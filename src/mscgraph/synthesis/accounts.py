"""Whose words and figures are pooled: accounts of trials, and their arms."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from mscgraph.names import MSC, trial_name
from mscgraph.sparql import local, select, value

__all__ = ["Account", "Arm", "read_accounts", "read_arms"]


@dataclass(frozen=True)
class Account:
    """What one paper says of one trial: who tells it, and what the trial is called there."""

    node: str
    trial: str
    paper: str
    kind: str
    name: str
    year: int | None


@dataclass(frozen=True)
class Arm:
    """An arm of an account: its role, and what its cells were.

    `traits` has the members of route, source, donor, cell-type, disease and cause: name → label.
    """

    node: str
    role: str
    gets_cells: bool
    traits: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)

    def names(self, trait: str) -> frozenset[str]:
        """Return the members of ``trait`` by the ontology's names."""
        return frozenset(self.traits.get(trait, ()))

    def labels(self, trait: str) -> str:
        """Return the members of ``trait`` as people call them, in one line."""
        return ", ".join(sorted(self.traits.get(trait, {}).values()))


def read_accounts(store: ox.Store) -> dict[str, Account]:
    """Return every account of a trial, by its node."""
    rows = select(
        store,
        """SELECT ?account ?trial ?paper ?kind ?name ?year WHERE {
            ?account msc:describes ?trial ; msc:isStatedIn ?paper ; msc:hasAccountKind ?kind .
            OPTIONAL { ?trial rdfs:label ?name }
            OPTIONAL { ?account msc:publicationYear ?year }
        } ORDER BY ?account ?name ?year""",
    )
    found: dict[str, Account] = {}
    for row in rows:
        node, year = value(row["account"]), value(row["year"])
        found.setdefault(
            node,
            Account(
                node,
                _stem(value(row["trial"])),
                _stem(value(row["paper"])),
                local(row["kind"]),
                trial_name(value(row["trial"]), value(row["name"])),
                int(year) if year else None,
            ),
        )
    return found


def _stem(iri: str) -> str:
    return iri.rpartition("/")[2]


# What subgroups are made of: the name of a trait → where an arm's cells have it.
_TRAITS = {
    "route": "msc:receives/msc:hasDelivery/msc:hasRoute",
    "source": "msc:receives/msc:uses/msc:hasSource",
    "donor": "msc:receives/msc:uses/msc:hasDonorRelation",
    "cell-type": "msc:receives/msc:uses/msc:hasCellType",
}


def read_arms(store: ox.Store) -> dict[str, Arm]:
    """Return every arm, by its node, with the traits of its cells and participants."""
    traits: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    labels = _labels(store)
    for name, path in _TRAITS.items():
        for row in select(store, f"SELECT ?arm ?trait WHERE {{ ?arm {path} ?trait }}"):
            member = local(row["trait"])
            traits[value(row["arm"])][name][member] = labels.get(member, member)
    # Diseases and their causes belong to the trial's participants, and so to all its arms.
    for row in select(
        store,
        """SELECT ?arm ?disease ?cause WHERE {
            ?account msc:hasArm ?arm .
            { ?account msc:concernsDisease ?disease } UNION {
                { ?account msc:concernsDisease ?cause } UNION {
                    ?account msc:hasParticipants/msc:hasCharacteristic ?cause
                }
                FILTER (
                    EXISTS { ?cause rdfs:subClassOf* msc:ViralHepatitis }
                    || EXISTS { ?cause rdfs:subClassOf* msc:LiverDisease }
                )
                FILTER NOT EXISTS {
                    ?cause rdfs:subClassOf* ?stage .
                    FILTER (?stage IN (msc:Cirrhosis, msc:EndStageLiverDisease, msc:LiverFailure))
                }
                FILTER (?cause NOT IN (msc:LiverDisease, msc:ChronicLiverDisease))
            }
        }""",
    ):
        for name in ("disease", "cause"):
            if row[name] is not None:
                member = local(row[name])
                traits[value(row["arm"])][name][member] = labels.get(member, member)
    rows = select(
        store,
        """SELECT ?arm ?role (SUM(IF(BOUND(?therapy), 1, 0)) AS ?cells) WHERE {
            ?account msc:hasArm ?arm .
            OPTIONAL { ?arm msc:hasRole ?role }
            OPTIONAL { ?arm msc:receives ?therapy . ?therapy a msc:CellTherapy }
        } GROUP BY ?arm ?role""",
    )
    return {
        value(row["arm"]): Arm(
            value(row["arm"]),
            local(row["role"]) if row["role"] is not None else "",
            value(row["cells"]) != "0",
            dict(traits[value(row["arm"])]),
        )
        for row in rows
    }


def _labels(store: ox.Store) -> dict[str, str]:
    rows = select(store, "SELECT ?term ?label WHERE { ?term rdfs:label ?label } ORDER BY ?label")
    return {
        local(row["term"]): value(row["label"])
        for row in rows
        if value(row["term"]).startswith(MSC)
    }
