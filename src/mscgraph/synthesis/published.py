"""Published meta-analyses, computed again from their own rows: as they were, and by their rule."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from mscgraph.errors import ParameterError
from mscgraph.names import GRAPH, trial_name
from mscgraph.pooling import continuous, reported
from mscgraph.pooling.effects import Effects
from mscgraph.pooling.models import Model, Pooled, pool
from mscgraph.pooling.subgroups import Difference, difference_between
from mscgraph.sparql import local, select, value
from mscgraph.synthesis.rule import Rule

__all__ = ["Printed", "PublishedPool", "PublishedRow", "Recomputed", "printed_pools", "recompute"]

# The model as the ontology names it → how it is pooled: random effects of the years in which
# these reviews appeared, and of Review Manager, are DerSimonian and Laird's.
MODELS: Mapping[str, Model] = {"FixedEffect": "fixed", "RandomEffects": "dl"}
_RATIOS = ("RiskRatio", "OddsRatio", "HazardRatio")


@dataclass(frozen=True)
class Printed:
    """The figures of a pool or a row as the paper prints them; None where it does not."""

    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    ci_level: float | None = None
    weight_percent: float | None = None
    z: float | None = None
    p_value: float | None = None
    p_comparator: str = "="
    q: float | None = None
    q_df: float | None = None
    q_p_value: float | None = None
    i_squared: float | None = None
    study_count: float | None = None


@dataclass(frozen=True)
class PublishedRow:
    """A trial's row of a forest plot: both arms (mean, SD, n) where they are printed."""

    node: str
    label: str
    account: str
    printed: Printed
    experimental: tuple[float, float, float] | None
    comparator: tuple[float, float, float] | None

    @property
    def participants(self) -> float:
        """How many participants the row has in both arms; 0 where that is not printed."""
        return sum(arm[2] for arm in (self.experimental, self.comparator) if arm)


@dataclass(frozen=True)
class PublishedPool:
    """A pooled effect of a paper, with its rows, its subgroups, and the nodes of its tests.

    `between` has the printed test of differences between subgroups.
    """

    node: str
    label: str
    measure: str
    effect_measure: str
    model: str
    weeks: float | None
    printed: Printed
    between: Printed | None
    rows: tuple[PublishedRow, ...]
    subgroups: tuple["PublishedPool", ...]
    tests: tuple[str, ...] = ()
    is_subgroup: bool = False

    @property
    def all_rows(self) -> tuple[PublishedRow, ...]:
        """Its own rows, and those of its subgroups."""
        return (*self.rows, *(row for part in self.subgroups for row in part.rows))


@dataclass(frozen=True)
class Recomputed:
    """A published pool computed again.

    `as_used` has the model that the paper used, `by_rule` the one that its stated rule asks for
    where that is another, with the `rule` in words. `difference` is the test between subgroups,
    `parts` the subgroups. `rows_from` says whether rows were taken from both arms' figures or from
    estimates and intervals. `repeated` has, for accounts whose participants come in several rows,
    how often.
    """

    published: PublishedPool
    effects: Effects
    as_used: Pooled
    by_rule: Pooled | None
    rule: str
    rows_from: str
    difference: Difference | None
    parts: tuple["Recomputed", ...]
    repeated: Mapping[str, int]

    @property
    def counted(self) -> tuple[float, float]:
        """How many participants the pool adds up, and how many there were."""
        rows = self.published.all_rows
        most: dict[str, float] = {}
        for row in rows:
            most[row.account] = max(most.get(row.account, 0.0), row.participants)
        return sum(row.participants for row in rows), sum(most.values())


def recompute(store: ox.Store, name: str, *, model: Model | None = None) -> Recomputed:
    """Compute the pooled effect ``name`` (as in ``pan-2014#pooled-meld``) again from its rows.

    The means, deviations and sizes of both arms are taken where every row prints them, else the
    estimates with their intervals. ``model`` takes the place of the one that the paper used. Raises
    ParameterError for a name that is no pooled effect, with those that are, and for one whose rows
    the paper does not print.
    """
    pools = _pools(store)
    published = pools.get(name.removeprefix(GRAPH))
    if published is None:
        known = ", ".join(each for each, found in pools.items() if found.all_rows)
        raise ParameterError(
            f"“{name}” is no pooled effect of a paper; those with rows are {known or 'none'}"
        )
    if not published.all_rows:
        raise ParameterError(
            f"{name} cannot be computed again: the paper prints the pool and none of its rows"
        )
    return _recompute(published, _rule(store, published.node), model)


def printed_pools(store: ox.Store, rule: Rule) -> list[PublishedPool]:
    """Return the pools that papers print of the rule's measure at its time."""
    return [
        found
        for found in _pools(store).values()
        if found.measure == rule.measure
        and found.printed.estimate is not None
        and (rule.weeks is None or rule.is_at_time(found.weeks))
    ]


def _recompute(
    published: PublishedPool, rule: tuple[float | None, str], model: Model | None
) -> Recomputed:
    effects, rows_from = _effects(published)
    level = (published.printed.ci_level or 95) / 100
    used = model or MODELS.get(published.model, "fixed")
    as_used = pool(effects, model=used, level=level)
    limit, words = rule
    ruled: Model = used
    if limit is not None and as_used.heterogeneity is not None:
        ruled = "dl" if as_used.heterogeneity.p_value < limit else "fixed"
    parts = tuple(_recompute(part, rule, model) for part in published.subgroups)
    times: dict[str, int] = defaultdict(int)
    for row in published.all_rows:
        times[row.account] += 1
    return Recomputed(
        published,
        effects,
        as_used,
        pool(effects, model=ruled, level=level) if _is_other(ruled, used) else None,
        words,
        rows_from,
        difference_between([part.as_used for part in parts]) if len(parts) > 1 else None,
        parts,
        {account: count for account, count in sorted(times.items()) if count > 1},
    )


def _is_other(one: Model, other: Model) -> bool:
    """Whether one is a fixed effect and the other is not: a rule chooses no more."""
    return (one == "fixed") != (other == "fixed")


def _effects(published: PublishedPool) -> tuple[Effects, str]:
    """Return the effects of all rows, and what they were taken from."""
    rows = published.all_rows
    arms = [
        (*row.experimental, *row.comparator) for row in rows if row.experimental and row.comparator
    ]
    if len(arms) == len(rows) and published.effect_measure == "MeanDifference":
        columns = [list(column) for column in zip(*arms, strict=True)]
        return continuous.mean_difference(*columns), "means, SDs and numbers of both arms"
    figures = [(row.printed.estimate, row.printed.ci_low, row.printed.ci_high) for row in rows]
    if any(value is None for row in figures for value in row):
        raise ParameterError(
            f"{published.label}: a row prints neither both arms nor an estimate with its interval"
        )
    level = (rows[0].printed.ci_level or 95) / 100
    points, lows, highs = (
        [float(v or 0.0) for v in column] for column in zip(*figures, strict=True)
    )
    measure, source = published.effect_measure, "estimates and intervals"
    if measure in _RATIOS:
        return reported.reported_ratio(measure, points, lows, highs, level=level), source
    return reported.reported_effects(measure, points, low=lows, high=highs, level=level), source


def _rule(store: ox.Store, node: str) -> tuple[float | None, str]:
    """Return the limit of P below which the review asks for random effects, and its words."""
    rows = select(
        store,
        f"""SELECT ?limit ?rule WHERE {{
            ?review a msc:Review ; msc:modelRule ?rule ; msc:reports ?pool .
            OPTIONAL {{ ?review msc:significanceLimit ?limit }}
            ?pool msc:hasSubgroup* <{node}> .
        }}""",
    )
    for row in rows:
        limit = value(row["limit"])
        return float(limit) if limit else None, value(row["rule"])
    return None, ""


_NUMBERS = {
    "estimate": "estimate",
    "ciLow": "ci_low",
    "ciHigh": "ci_high",
    "ciLevel": "ci_level",
    "weightPercent": "weight_percent",
    "z": "z",
    "pValue": "p_value",
    "studyCount": "study_count",
}


def _pools(store: ox.Store) -> dict[str, PublishedPool]:
    """Return the pooled effects of all papers that restate none, by their short name."""
    optional = " ".join(f"OPTIONAL {{ ?node msc:{name} ?{name} }}" for name in _NUMBERS)
    rows = select(
        store,
        f"""SELECT * WHERE {{
            ?node a msc:PooledEffect .
            FILTER NOT EXISTS {{ ?node msc:restates ?first }}
            OPTIONAL {{ ?node rdfs:label ?label }}
            OPTIONAL {{ ?node msc:hasMeasure ?measure }}
            OPTIONAL {{ ?node msc:hasEffectMeasure ?effect }}
            OPTIONAL {{ ?node msc:hasModel ?model }}
            OPTIONAL {{ ?node msc:weeks ?weeks }}
            OPTIONAL {{ ?node msc:pComparator ?pComparator }}
            {optional}
        }} ORDER BY ?node""",
    )
    found = {value(row["node"]): row for row in rows}
    tests = _heterogeneity(store)
    parts, test_nodes = _links(store, "hasSubgroup"), _links(store, "hasHeterogeneity")
    contributions = _rows(store)
    members = {member for some in parts.values() for member in some}

    def build(node: str) -> PublishedPool:
        row = found[node]
        within, between = tests.get(node, (Printed(), None))
        weeks = value(row["weeks"])
        return PublishedPool(
            node,
            value(row["label"]) or node.removeprefix(GRAPH),
            _name(row["measure"]),
            _name(row["effect"]),
            _name(row["model"]),
            float(weeks) if weeks else None,
            _printed(row, within),
            between,
            tuple(contributions.get(node, ())),
            tuple(sorted(map(build, parts.get(node, ())), key=lambda each: each.weeks or 0.0)),
            tuple(sorted(test_nodes.get(node, ()))),
            node in members,
        )

    return {node.removeprefix(GRAPH): build(node) for node in found}


def _name(term: object) -> str:
    return local(term) if term is not None else ""


def _number(row: ox.QuerySolution, name: str) -> float | None:
    text = value(row[name])
    return float(text) if text else None


def _printed(row: ox.QuerySolution, within: Printed) -> Printed:
    own = {field: _number(row, name) for name, field in _NUMBERS.items()}
    return Printed(
        estimate=own["estimate"],
        ci_low=own["ci_low"],
        ci_high=own["ci_high"],
        ci_level=own["ci_level"],
        weight_percent=own["weight_percent"],
        z=own["z"],
        p_value=own["p_value"],
        p_comparator=value(row["pComparator"]) or "=",
        q=within.q,
        q_df=within.q_df,
        q_p_value=within.q_p_value,
        i_squared=within.i_squared,
        study_count=own["study_count"],
    )


def _links(store: ox.Store, name: str) -> dict[str, list[str]]:
    links: dict[str, list[str]] = defaultdict(list)
    for row in select(store, f"SELECT ?one ?other WHERE {{ ?one msc:{name} ?other }}"):
        links[value(row["one"])].append(value(row["other"]))
    return links


def _heterogeneity(store: ox.Store) -> dict[str, tuple[Printed, Printed | None]]:
    """Return for each pool the printed test between studies, and that between subgroups."""
    rows = select(
        store,
        """SELECT ?pool ?level ?q ?df ?p ?i WHERE {
            ?pool msc:hasHeterogeneity ?test .
            ?test msc:hasLevel ?level .
            OPTIONAL { ?test msc:q ?q }
            OPTIONAL { ?test msc:df ?df }
            OPTIONAL { ?test msc:pValue ?p }
            OPTIONAL { ?test msc:iSquared ?i }
        }""",
    )
    found: dict[str, tuple[Printed, Printed | None]] = {}
    for row in rows:
        pool_node = value(row["pool"])
        test = Printed(
            q=_number(row, "q"),
            q_df=_number(row, "df"),
            q_p_value=_number(row, "p"),
            i_squared=_number(row, "i"),
        )
        within, between = found.get(pool_node, (Printed(), None))
        if local(row["level"]) == "BetweenSubgroups":
            between = test
        else:
            within = test
        found[pool_node] = (within, between)
    return found


def _rows(store: ox.Store) -> dict[str, list[PublishedRow]]:
    """Return the rows of each pool, sorted by trial."""
    optional = " ".join(
        f"OPTIONAL {{ ?node msc:{name} ?{name} }}"
        for name in ("estimate", "ciLow", "ciHigh", "ciLevel", "weightPercent")
    )
    sides = " ".join(
        f"""OPTIONAL {{ ?node msc:has{side} ?{side}Of .
            ?{side}Of msc:mean ?{side}Mean ; msc:sd ?{side}Sd ; msc:denominator ?{side}N }}"""
        for side in ("Experimental", "Comparator")
    )
    rows = select(
        store,
        f"""SELECT * WHERE {{
            ?pool msc:hasContribution ?node .
            ?node msc:fromAccount ?account .
            ?account msc:describes ?trial .
            ?trial rdfs:label ?name .
            {optional} {sides}
        }} ORDER BY ?pool ?name ?node""",
    )
    found: dict[str, list[PublishedRow]] = defaultdict(list)
    for row in rows:
        found[value(row["pool"])].append(
            PublishedRow(
                value(row["node"]),
                trial_name(value(row["trial"]), value(row["name"])),
                value(row["account"]),
                Printed(
                    estimate=_number(row, "estimate"),
                    ci_low=_number(row, "ciLow"),
                    ci_high=_number(row, "ciHigh"),
                    ci_level=_number(row, "ciLevel"),
                    weight_percent=_number(row, "weightPercent"),
                ),
                _arm(row, "Experimental"),
                _arm(row, "Comparator"),
            )
        )
    return found


def _arm(row: ox.QuerySolution, side: str) -> tuple[float, float, float] | None:
    figures = [_number(row, f"{side}{name}") for name in ("Mean", "Sd", "N")]
    if any(figure is None for figure in figures):
        return None
    mean, sd, n = (float(figure or 0.0) for figure in figures)
    return mean, sd, n
