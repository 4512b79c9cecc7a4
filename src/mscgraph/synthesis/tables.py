"""A synthesis as rows for programs, under the vocabulary's names."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from mscgraph.answer import Answer
from mscgraph.names import PREFIXES, short
from mscgraph.pooling.models import Pooled
from mscgraph.synthesis.arms import Group
from mscgraph.synthesis.figures import (
    model_name,
)
from mscgraph.synthesis.pools import Synthesis
from mscgraph.synthesis.rule import EFFECTS, Rule, tolerance_of
from mscgraph.synthesis.selection import Study

__all__ = [
    "Cell",
    "Row",
    "as_answer",
    "as_json",
    "asymmetry_rows",
    "effect_name",
    "form_name",
    "headline",
    "left_out_rows",
    "pool_cells",
    "rows",
    "unit_of",
    "what_is_pooled",
    "when",
]

Cell = str | float | int | None
Row = dict[str, Cell]

_DECIMAL = ox.NamedNode(PREFIXES["xsd"] + "decimal")
_INTEGER = ox.NamedNode(PREFIXES["xsd"] + "integer")
_DIGITS = 6

_EFFECT_NAMES = {
    "MeanDifference": "mean difference",
    "StandardisedMeanDifference": "standardised mean difference (Hedges' g)",
    "RiskRatio": "risk ratio",
    "OddsRatio": "odds ratio",
    "PetoOddsRatio": "Peto odds ratio",
    "RiskDifference": "risk difference",
    "HazardRatio": "hazard ratio",
    "MeanChange": "mean change from baseline",
    "Proportion": "proportion",
}


def effect_name(measure: str) -> str:
    """Return an effect of the ontology in words."""
    return _EFFECT_NAMES[measure]


def rows(synthesis: Synthesis) -> list[Row]:
    """Return a synthesis as rows: the pool, its studies, its parts, and what was left out.

    Keys are the vocabulary's names where it has them; `row` says what a row is. Estimates and
    intervals are on the scale on which a reader thinks; what does not apply is not there.
    """
    return [
        *_pool_rows(synthesis),
        *_study_rows(synthesis),
        *asymmetry_rows(synthesis),
        *left_out_rows(synthesis),
    ]


def as_answer(told: Sequence[Row]) -> Answer:
    """Return rows as an answer with the columns that any of them has, in the order of the first."""
    columns = tuple(dict.fromkeys(name for row in told for name in row))
    return Answer(columns, tuple(tuple(_term(row.get(name)) for name in columns) for row in told))


def _term(cell: Cell) -> ox.Literal | None:
    if cell is None:
        return None
    if isinstance(cell, str):
        return ox.Literal(cell)
    if isinstance(cell, int):
        return ox.Literal(str(cell), datatype=_INTEGER)
    text = f"{_rounded(cell):.12f}".rstrip("0").rstrip(".")
    return ox.Literal(text, datatype=_DECIMAL)


def _rounded(figure: float) -> float:
    return float(f"{figure:.{_DIGITS}g}")


def as_json(told: Sequence[Row]) -> str:
    """Return rows as a JSON array of objects, which have no key for what does not apply."""
    import json

    shown = [
        {name: _rounded(cell) if isinstance(cell, float) else cell for name, cell in row.items()}
        for row in told
    ]
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def headline(synthesis: Synthesis) -> str:
    """Return in one line what was asked for, and how much could be pooled."""
    rule, findings = synthesis.selection.rule, synthesis.selection.findings
    what = f"{findings.label}{when(rule)}, {what_is_pooled(synthesis)}"
    left = len(synthesis.selection.left_out)
    accounts = "1 account" if left == 1 else f"{left} accounts"
    if not synthesis.used:
        return f"{what}: nothing can be pooled; {accounts} left out{_reasons(synthesis)}"
    studies = "1 study" if len(synthesis.used) == 1 else f"{len(synthesis.used)} studies"
    pooled = "has figures, so that nothing is pooled" if len(synthesis.used) == 1 else "pooled"
    return f"{what}: {studies} {pooled}; {accounts} left out{_reasons(synthesis)}"


def _reasons(synthesis: Synthesis) -> str:
    """Return how often each reason holds, the most frequent first, places left aside."""
    counted = Counter(
        left.reason.partition(" (")[0].partition(":")[0] for left in synthesis.selection.left_out
    )
    told = "; ".join(f"{count} {reason}" for reason, count in counted.most_common())
    return f" ({told})" if told else ""


def form_name(form: str) -> str:
    """Return what figures are in words: changes, or values at the time; empty if not told."""
    return {"change": "changes", "final": "values"}.get(form, "")


def what_is_pooled(synthesis: Synthesis) -> str:
    """Return the effect in words, with its unit, and whether it is of changes or of values."""
    told = effect_name(EFFECTS[synthesis.selection.rule.effect])
    unit = unit_of(synthesis)
    told += f" in {unit}" if unit else ""
    forms = sorted({form_name(study.form) for study in synthesis.used if study.form})
    if synthesis.selection.rule.effect not in ("md", "smd") or not forms:
        return told
    words = {"changes": "changes from baseline", "values": "values at the time"}
    return f"{told}, of {' and '.join(words[form] for form in forms)}"


def when(rule: Rule) -> str:
    """Return the time of a rule in words, with its tolerance; empty where it has none."""
    if rule.weeks is None:
        return ""
    allowed = tolerance_of(rule.weeks) if rule.tolerance is None else rule.tolerance
    return f" at week {rule.weeks:g} ± {allowed:g}"


def _compact(row: Mapping[str, Cell]) -> Row:
    return {name: cell for name, cell in row.items() if cell is not None and cell != ""}


def pool_cells(pooled: Pooled) -> Row:
    """Return the figures of a pool under the vocabulary's names."""
    told, tests = pooled.natural, pooled.heterogeneity
    span = tests.i_squared_interval if tests else None
    return {
        "model": model_name(pooled),
        "studyCount": pooled.k,
        "estimate": told.estimate,
        "ciLow": told.ci_low,
        "ciHigh": told.ci_high,
        "ciLevel": 100 * pooled.level,
        **_test_cells(pooled),
        "q": tests.q if tests else None,
        "df": tests.df if tests else None,
        "heterogeneityPValue": tests.p_value if tests else None,
        "iSquared": tests.i_squared if tests else None,
        "iSquaredLow": span[0] if span else None,
        "iSquaredHigh": span[1] if span else None,
        "tauSquared": pooled.tau_squared if pooled.model != "fixed" else None,
        "predictionLow": told.prediction_low,
        "predictionHigh": told.prediction_high,
    }


def _test_cells(pooled: Pooled) -> Row:
    """Return the test of no effect; none for a proportion, which no effect would not make 0."""
    if pooled.measure == "Proportion":
        return {}
    return {
        "z": pooled.statistic if pooled.df is None else None,
        "t": pooled.statistic if pooled.df is not None else None,
        "tDf": pooled.df,
        "pValue": pooled.p_value,
    }


def _pool_rows(synthesis: Synthesis) -> list[Row]:
    if synthesis.pooled is None:
        return []
    rule, findings = synthesis.selection.rule, synthesis.selection.findings
    shared: Row = {
        "measure": findings.label,
        "effectMeasure": EFFECTS[rule.effect],
        "unit": unit_of(synthesis),
        "weeks": rule.weeks,
    }
    people = sum(_participants(study) for study in synthesis.used) or None
    whole = _compact(
        {"row": "pool", **shared, **pool_cells(synthesis.pooled), "participants": people}
    )
    parts = [
        _compact({"row": part.kind, "label": part.label, **shared, **pool_cells(part.pooled)})
        for part in synthesis.parts
    ]
    if synthesis.difference:
        test_between = synthesis.difference
        parts.append(
            {
                "row": "difference between subgroups",
                "q": test_between.q,
                "df": test_between.df,
                "heterogeneityPValue": test_between.p_value,
                "iSquared": test_between.i_squared,
            }
        )
    return [whole, *parts]


def unit_of(synthesis: Synthesis) -> str | None:
    """Return the unit of a pool; None where its effect has none."""
    if synthesis.selection.rule.effect not in ("md", "mean-change"):
        return None
    units = {study.findings[0].figure.unit for study in synthesis.used}
    return ", ".join(sorted(units)) or None


def _participants(study: Study) -> float:
    return sum(group.n for group in (study.experimental, study.comparator) if group)


def _study_rows(synthesis: Synthesis) -> list[Row]:
    if synthesis.effects is None or synthesis.pooled is None:
        return []
    told = []
    spans = synthesis.spans
    for place, study in enumerate(synthesis.used):
        estimate, low, high = spans[place]
        finding = study.findings[0]
        told.append(
            _compact(
                {
                    "row": "study",
                    "trial": study.account.trial,
                    "label": study.label,
                    "paper": study.account.paper,
                    "year": study.account.year,
                    "weeks": study.weeks,
                    "valueForm": study.form,
                    **_arm_cells("experimental", study.experimental),
                    **_arm_cells("comparator", study.comparator),
                    "estimate": estimate,
                    "ciLow": low,
                    "ciHigh": high,
                    "weightPercent": synthesis.pooled.weights[place],
                    "derived": "; ".join(study.derived),
                    "locator": finding.locator,
                    "printed": finding.printed,
                    "node": short(finding.node),
                }
            )
        )
    return told


def _arm_cells(side: str, group: Group | None) -> Row:
    if group is None:
        return {}
    return {
        f"{side}Mean": group.mean,
        f"{side}Sd": group.sd,
        f"{side}Count": group.events,
        f"{side}Denominator": group.n,
    }


def asymmetry_rows(synthesis: Synthesis) -> list[Row]:
    """Return the tests of asymmetry, where they were asked for."""
    told: list[Row] = []
    if egger := synthesis.egger:
        told.append(
            _compact(
                {
                    "row": "Egger's test",
                    "estimate": egger.intercept,
                    "ciLow": egger.ci_low,
                    "ciHigh": egger.ci_high,
                    "t": egger.t,
                    "tDf": egger.df,
                    "pValue": egger.p_value,
                    "reason": egger.warning,
                }
            )
        )
    if begg := synthesis.begg:
        told.append(
            _compact(
                {
                    "row": "Begg's test",
                    "estimate": begg.tau,
                    "z": begg.z,
                    "pValue": begg.p_value,
                    "reason": begg.warning,
                }
            )
        )
    return told


def left_out_rows(synthesis: Synthesis) -> list[Row]:
    """Return what was left out, with the reasons."""
    used = {study.label for study in synthesis.used}
    untold = [study for study in synthesis.selection.studies if study.label not in used]
    told = [
        _compact(
            {
                "row": "left out",
                "trial": study.account.trial,
                "paper": study.account.paper,
                "reason": "no event in either arm, which tells nothing of a ratio",
                "locator": study.findings[0].locator,
                "printed": study.findings[0].printed,
                "node": short(study.findings[0].node),
            }
        )
        for study in (untold if synthesis.pooled else ())
    ]
    return told + [
        _compact(
            {
                "row": "left out",
                "trial": left.account.trial,
                "paper": left.account.paper,
                "reason": left.reason,
                "locator": left.locator,
                "printed": left.printed,
                "node": short(left.node) if left.node else None,
            }
        )
        for left in synthesis.selection.left_out
    ]
