"""What the graph says of one measure: figures of arms, estimates, counts, words and absences."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from mscgraph.names import MSC, short
from mscgraph.sparql import local, select, value
from mscgraph.synthesis.accounts import Account, Arm, read_accounts, read_arms

__all__ = ["DEATH", "Figure", "Finding", "Findings", "read_findings"]

# Deaths are groups of participants, and have no term among the events.
DEATH = "Death"

# What a figure is, by its name in the vocabulary.
_FORMS = {"Value": "final", "ChangeFromBaseline": "change"}

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

    @property
    def has_number(self) -> bool:
        """Whether any figure is printed beside the time."""
        numbers = (self.mean, self.median, self.low, self.high, self.value, self.count)
        return any(number is not None for number in (*numbers, self.estimate))


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
    """All findings of one measure, and the accounts that say they do not report it.

    `drawn` has, for the nodes of accounts that draw the measure and print no figure of it, where.
    """

    measure: str
    label: str
    lower_is_better: bool | None
    all: tuple[Finding, ...]
    silent: tuple[tuple[Account, str, str], ...]
    drawn: Mapping[str, str] = field(default_factory=dict, hash=False)


def read_findings(store: ox.Store, measure: str) -> Findings:
    """Return what the papers of ``store`` say of ``measure``, by its local name.

    Restatements are left out: the first statement stands for them. ``MELD`` and the like are
    measures; an adverse event or ``Death`` counts participants with the event.
    """
    accounts = read_accounts(store)
    arms = read_arms(store)
    evidence = _Evidence(store, measure)
    found = [
        *_of_measure(store, measure, accounts, arms, evidence),
        *_of_events(store, measure, accounts, arms, evidence),
    ]
    found.sort(key=lambda each: (each.account.trial, each.account.node, each.node))
    told = {each.account.node for each in found}
    account_of = {node: node for node in accounts} | _accounts_of(store)
    silent: dict[tuple[Account, str, str], None] = {}
    drawn: dict[str, set[str]] = defaultdict(set)
    for node, status, place in evidence.absences():
        account = account_of.get(node)
        if account in accounts and status == "InFigureOnly":
            drawn[account].add(", ".join(place.split(" | ")))
        if node in accounts and node not in told:
            silent[accounts[node], status, place] = None
    label, polarity = _about(store, measure)
    places = {account: "; ".join(sorted(some)) for account, some in drawn.items()}
    return Findings(measure, label, polarity, tuple(found), tuple(silent), places)


def _accounts_of(store: ox.Store) -> dict[str, str]:
    rows = select(
        store, "SELECT ?node ?account WHERE { ?node msc:inAccount ?account } ORDER BY ?account"
    )
    return {value(row["node"]): value(row["account"]) for row in rows}


_POLARITIES = {"LowerIsBetter": True, "HigherIsBetter": False}


def _about(store: ox.Store, measure: str) -> tuple[str, bool | None]:
    """Return the label of a measure or event, and whether a lower value is better."""
    if measure == DEATH:
        return "death", None
    rows = select(
        store,
        f"""SELECT ?label ?lower WHERE {{
            <{MSC}{measure}> rdfs:label ?label .
            OPTIONAL {{ <{MSC}{measure}> msc:hasPolarity ?lower }}
        }} ORDER BY ?label""",
    )
    for row in rows:
        polarity = local(row["lower"]) if row["lower"] is not None else ""
        return value(row["label"]), _POLARITIES.get(polarity)
    return measure, None


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
    if measure == DEATH:
        pattern, weeks = (
            "?node msc:hasParticipantRole msc:DiedAfterTreatment",
            "untilWeeks|msc:weeks",
        )
        kind = "ParticipantGroup"
    else:
        pattern, weeks = f"?node msc:hasEvent <{MSC}{measure}>", "windowWeeks|msc:weeks"
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
        form=_FORMS.get(_local_name(cells["form"]), ""),
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
