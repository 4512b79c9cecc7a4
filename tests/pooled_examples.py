"""What the tests of pooling share: examples from files, and how a row of a table is computed."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from mscgraph.pooling.asymmetry import begg, egger
from mscgraph.pooling.continuous import mean_difference, standardised_mean_difference
from mscgraph.pooling.counts import (
    odds_ratio,
    peto_odds_ratio,
    proportion,
    risk_difference,
    risk_ratio,
)
from mscgraph.pooling.effects import Effects
from mscgraph.pooling.models import Model, Pooled, pool
from mscgraph.pooling.reported import hazard_ratio_of_log_rank, reported_effects
from mscgraph.pooling.sensitivity import cumulative, leave_one_out
from mscgraph.pooling.subgroups import by_subgroup

FOLDER = Path(__file__).parent / "fixtures" / "pooling"

Columns = dict[str, list[str]]
Pool = Callable[[Effects], Pooled]

MODELS: dict[str, Model] = {"fixed": "fixed", "dl": "dl", "reml": "reml", "pm": "pm"}


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read the rows of a tab-separated file with a comment above its head."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [dict(zip(head, row, strict=True)) for row in rows]


def studies(example: str) -> Columns:
    """Read the columns of an example."""
    rows = read_rows(FOLDER / "studies" / f"{example}.tsv")
    return {name: [row[name] for row in rows] for name in rows[0]}


def made(example: str, effects: str) -> Effects:
    """Make the effects of an example in the way that a table names."""
    columns = studies(example)

    def figures(*names: str) -> list[list[float]]:
        return [[float(cell) for cell in columns[name]] for name in names]

    kind, _, option = effects.partition(" ")
    if kind == "given":
        estimates, variances = figures("estimate", "variance")
        return Effects("StandardisedMeanDifference", tuple(estimates), tuple(variances))
    if kind == "reported":
        estimates, errors = figures("estimate", "se")
        return reported_effects("StandardisedMeanDifference", estimates, se=errors)
    if kind == "hazard_ratio_of_log_rank":
        return hazard_ratio_of_log_rank(*figures("difference", "variance"))
    if kind == "proportion":
        events, total = figures("events", "total")
        return proportion(events, total, transformation=option)  # type: ignore[arg-type]
    if kind in ("mean_difference", "standardised_mean_difference"):
        means = figures("mean1", "sd1", "n1", "mean2", "sd2", "n2")
        if kind == "mean_difference":
            return mean_difference(*means, is_sd_pooled=option == "pooled-sd")
        form: Any = option.replace("-", " ")
        return standardised_mean_difference(*means, form=form)
    of_counts: dict[str, Callable[..., Effects]] = {
        "risk_ratio": risk_ratio,
        "odds_ratio": odds_ratio,
        "risk_difference": risk_difference,
        "peto_odds_ratio": peto_odds_ratio,
    }
    return of_counts[kind](*figures("events1", "total1", "events2", "total2"))


def pool_named(words: Sequence[str]) -> Pool:
    """Return the pool that the words of a table ask for, such as ``dl hk``."""
    first, *others = words
    if first == "mh":
        return partial(
            pool,
            method="mantel-haenszel",
            correct_zeros="correct-zeros" in others,
            level=0.9 if "90" in others else 0.95,
        )
    if first == "peto":
        return partial(pool, method="peto")
    return partial(
        pool,
        model=MODELS[first],
        knapp_hartung="hk" in others,
        never_narrower="never-narrower" in others,
        prediction="normal" if "normal" in others else "k-1" if "k-1" in others else "k-2",
    )


def computed(example: str, effects: str, pooled: str) -> Any:
    """Compute what a table is about: effects, a pool, subgroups, a test, or a row of pools."""
    made_effects = made(example, effects)
    kind, *words = pooled.split() or [""]
    if not kind:
        return made_effects
    if kind == "egger":
        return egger(made_effects)
    if kind == "begg":
        return begg(made_effects)
    if kind == "subgroups":
        column = "allocation" if example == "bcg" else "is_random"
        return by_subgroup(made_effects, studies(example)[column], pooled=pool_named(words))
    if kind == "leave-one-out":
        return leave_one_out(made_effects, pooled=pool_named(words))
    if kind == "cumulative":
        years = [float(year) for year in studies(example)["year"]]
        return {
            f"{year:g}": each
            for year, each in cumulative(made_effects, years, pooled=pool_named(words))
        }
    return pool_named([kind, *words])(made_effects)


def at(value: Any, path: str) -> float:
    """Follow a dotted path through attributes, places and keys."""
    for name in path.split("."):
        if isinstance(value, dict):
            value = value[name]
        elif isinstance(value, tuple):
            value = value[int(name)]
        else:
            value = getattr(value, name)
    return float(value)
