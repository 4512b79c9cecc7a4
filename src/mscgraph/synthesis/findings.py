"""What the graph says of one measure: figures of arms, estimates, counts, words and absences."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from mscgraph.names import MSC, short
from mscgraph.sparql import local, select, value

__all__ = ["Account", "Arm", "Figure", "Finding", "Findings", "read_findings"]

# Of what a figure is: its name in the vocabulary.
FORMS = {"Value": "final", "ChangeFromBaseline": "change"}

_FIGURES = [
    "mean",
    "sd",
    "median",
    "low",
    "high",
    "value",
    "count",
    "denominator",
    "estimate",
    "ciLow",
    "ciHigh",
    "ciLevel",
    "weeks",
]


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
    """An arm of an account: its role, and what its cells were."""

    node: str
    role: str
    gets_cells: bool
    traits: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Figure:
    """The figures of one node: of an arm at a time, or of a difference between arms.

    Means, deviations and bounds are in `unit`, `weeks` from the first infusion where the paper
    says so. Figures that the paper does not print are None.
    """

    weeks: float | None = None
    mean: float | None = None
    sd: float | None = None
    median: float | None = None
    low: float | None = None
    high: float | None = None
    value: float | None = None
    count: float | None = None
    denominator: float | None = None
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    ci_level: float | None = None
    unit: str = ""
    form: str = ""
    effect_measure: str = ""


@dataclass(frozen=True)
class Finding:
    """A node about the measure: a Measurement, a Comparison, a death count or an event.

    `in_figure_only` has the places of figures that the paper draws and does not print.
    """

    node: str
    kind: str
    account: Account
    arm: Arm | None
    figure: Figure
    locator: str
    printed: str
    in_figure_only: str = ""


@dataclass(frozen=True)
class Findings:
    """All findings of one measure, and the accounts that say they do not report it."""

    measure: str
    label: str
    unit: str
    lower_is_better: bool | None
    all: tuple[Finding, ...]
    silent: tuple[tuple[Account, str, str], ...]


def read_findings(store: ox.Store, measure: str) -> Findings:
    """Return what the papers of ``store`` say of ``measure``, by its local name.

    Restatements are left out: the first statement stands for them. ``MELD`` and the like are
    measures; an adverse event or ``Death`` counts participants with the event.
    """
    accounts = _accounts(store)
    arms = _arms(store)
    evidence = _Evidence(store, measure)
    found = [
        *_of_measure(store, measure, accounts, arms, evidence),
        *_of_events(store, measure, accounts, arms, evidence),
    ]
    found.sort(key=lambda each: (each.account.trial, each.account.node, each.node))
    told = {each.account.node for each in found}
    silent = [
        (accounts[node], status, place)
        for node, status, place in evidence.absences()
        if node in accounts and node not in told
    ]
    label, unit, polarity = _about(store, measure)
    return Findings(measure, label, unit, polarity, tuple(found), tuple(silent))


_POLARITIES = {"LowerIsBetter": True, "HigherIsBetter": False}


def _about(store: ox.Store, measure: str) -> tuple[str, str, bool | None]:
    rows = select(
        store,
        f"""SELECT ?label ?unit ?lower WHERE {{
            <{MSC}{measure}> rdfs:label ?label .
            OPTIONAL {{ <{MSC}{measure}> msc:usesUnit ?unit }}
            OPTIONAL {{ <{MSC}{measure}> msc:hasPolarity ?lower }}
        }} ORDER BY ?unit""",
    )
    for row in rows:
        unit = value(row["unit"])
        polarity = local(row["lower"]) if row["lower"] is not None else ""
        return value(row["label"]), "" if unit == "1" else unit, _POLARITIES.get(polarity)
    return measure, "", None


def _accounts(store: ox.Store) -> dict[str, Account]:
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
                value(row["name"]).partition(":")[0],
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


def _arms(store: ox.Store) -> dict[str, Arm]:
    traits: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, path in _TRAITS.items():
        for row in select(store, f"SELECT ?arm ?trait WHERE {{ ?arm {path} ?trait }}"):
            traits[value(row["arm"])][name].add(local(row["trait"]))
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
                traits[value(row["arm"])][name].add(local(row[name]))
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
            {name: frozenset(members) for name, members in traits[value(row["arm"])].items()},
        )
        for row in rows
    }


# What a quotation says of a node, the most telling first.
_TELLING = {
    name: rank
    for rank, name in enumerate(
        [
            "mean",
            "count",
            "estimate",
            "median",
            "value",
            "low",
            "hasBenefit",
            "hasDirection",
            "hasSignificance",
        ]
    )
}


class _Evidence:
    """Where each node is printed, and what of it is drawn or not told."""

    def __init__(self, store: ox.Store, measure: str) -> None:
        self._places: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        self._drawn: dict[str, set[str]] = defaultdict(set)
        self._absent: list[tuple[str, str, str]] = []
        rows = select(
            store,
            """SELECT ?node ?status ?place ?printed ?of ?about WHERE {
                ?node msc:hasEvidence ?evidence .
                ?evidence msc:hasStatus ?status ; msc:locator ?place .
                OPTIONAL { ?evidence msc:printed ?printed }
                OPTIONAL { ?evidence msc:supports ?of }
                OPTIONAL { ?evidence msc:concerns ?about }
            }""",
        )
        for row in rows:
            node, status, place = value(row["node"]), local(row["status"]), value(row["place"])
            if status == "InFigureOnly":
                self._drawn[node].add(", ".join(place.split(" | ")))
            if row["about"] is not None and local(row["about"]) == measure:
                self._absent.append((node, status, place))
            if row["printed"] is not None:
                rank = _TELLING.get(local(row["of"]), len(_TELLING))
                self._places[node].append((rank, place, value(row["printed"])))

    def of(self, node: str) -> tuple[str, str]:
        """Return locator and printed figure of ``node``; empty where it quotes nothing."""
        places = sorted(self._places.get(node, []))
        return places[0][1:] if places else ("", "")

    def drawn(self, node: str) -> str:
        """Return the places of figures of ``node`` that are only drawn."""
        return "; ".join(sorted(self._drawn.get(node, ())))

    def absences(self) -> list[tuple[str, str, str]]:
        """Return node, status and place of what is said to be absent of the measure, sorted."""
        return sorted(set(self._absent))


def _of_measure(
    store: ox.Store,
    measure: str,
    accounts: Mapping[str, Account],
    arms: Mapping[str, Arm],
    evidence: _Evidence,
) -> Iterator[Finding]:
    optional = " ".join(f"OPTIONAL {{ ?node msc:{name} ?{name} }}" for name in _FIGURES)
    rows = select(
        store,
        f"""SELECT * WHERE {{
            VALUES ?kind {{ msc:Measurement msc:Comparison }}
            ?node a ?kind ; msc:hasMeasure <{MSC}{measure}> ; msc:inAccount ?account .
            FILTER NOT EXISTS {{ ?node msc:restates ?first }}
            {optional}
            OPTIONAL {{ ?node msc:inArm ?arm }}
            OPTIONAL {{ ?node msc:unit ?unit }}
            OPTIONAL {{ ?node msc:hasValueForm ?form }}
            OPTIONAL {{ ?node msc:hasEffectMeasure ?effect }}
        }}""",
    )
    seen = set()
    for row in rows:
        node, account = value(row["node"]), value(row["account"])
        if account not in accounts or (node, account) in seen:
            continue
        seen.add((node, account))
        yield _finding(row, local(row["kind"]), accounts[account], arms, evidence)


def _of_events(
    store: ox.Store,
    measure: str,
    accounts: Mapping[str, Account],
    arms: Mapping[str, Arm],
    evidence: _Evidence,
) -> Iterator[Finding]:
    """Yield deaths, which are groups of participants, and adverse events of the name."""
    if measure == "Death":
        pattern, weeks = (
            "?node msc:hasParticipantRole msc:DiedAfterTreatment",
            "untilWeeks|msc:weeks",
        )
        kind = "ParticipantGroup"
    else:
        pattern, weeks = f"?node msc:hasEvent <{MSC}{measure}>", "windowWeeks"
        kind = "AdverseEvent"
    rows = select(
        store,
        f"""SELECT * WHERE {{
            ?node a msc:{kind} ; msc:inAccount ?account .
            {pattern} .
            FILTER NOT EXISTS {{ ?node msc:restates ?first }}
            OPTIONAL {{ ?node msc:count ?count }}
            OPTIONAL {{ ?node msc:denominator ?denominator }}
            OPTIONAL {{ ?node msc:{weeks} ?weeks }}
            OPTIONAL {{ ?node msc:inArm ?arm }}
        }}""",
    )
    for row in rows:
        account = value(row["account"])
        if account in accounts:
            yield _finding(row, kind, accounts[account], arms, evidence)


def _finding(
    row: ox.QuerySolution,
    kind: str,
    account: Account,
    arms: Mapping[str, Arm],
    evidence: _Evidence,
) -> Finding:
    node = value(row["node"])
    cells = {name: _cell(row, name) for name in (*_FIGURES, "arm", "unit", "form", "effect")}
    numbers = {
        name: float(cells[name]) if cells[name] else None for name in _FIGURES if name in cells
    }
    figure = Figure(
        weeks=numbers["weeks"],
        mean=numbers["mean"],
        sd=numbers["sd"],
        median=numbers["median"],
        low=numbers["low"],
        high=numbers["high"],
        value=numbers["value"],
        count=numbers["count"],
        denominator=numbers["denominator"],
        estimate=numbers["estimate"],
        ci_low=numbers["ciLow"],
        ci_high=numbers["ciHigh"],
        ci_level=numbers["ciLevel"],
        unit=cells["unit"],
        form=FORMS.get(_local_name(cells["form"]), ""),
        effect_measure=_local_name(cells["effect"]),
    )
    locator, printed = evidence.of(node)
    arm = arms.get(cells["arm"])
    return Finding(node, kind, account, arm, figure, locator, printed, evidence.drawn(node))


def _cell(row: ox.QuerySolution, name: str) -> str:
    try:
        return value(row[name])
    except KeyError:
        return ""


def _local_name(iri: str) -> str:
    return short(iri).removeprefix("msc:") if iri else ""


def traits_of(arm: Arm | None, name: str) -> Iterable[str]:
    """Return the members of the trait ``name`` (route, source, donor …) of ``arm``, sorted."""
    return sorted(arm.traits.get(name, ())) if arm else ()
