"""A published meta-analysis beside itself computed again, as rows and as tables for people."""

from collections.abc import Iterable, Mapping, Sequence

from mscgraph.answer import Answer
from mscgraph.names import short
from mscgraph.pooling.models import Pooled
from mscgraph.synthesis.figures import (
    bare_p,
    heterogeneity_cells,
    interval,
    model_name,
    number,
    p_text,
    short_model,
)
from mscgraph.synthesis.published import Printed, PublishedPool, PublishedRow, Recomputed
from mscgraph.synthesis.sections import table_of
from mscgraph.synthesis.tables import Row, effect_name, pool_cells

__all__ = [
    "printed_pool_rows",
    "printed_pool_section",
    "published_rows",
    "published_sections",
    "repeated_participants",
    "ruled_otherwise",
]


def published_rows(found: Recomputed, faults: Iterable[str] = ()) -> list[Row]:
    """Return a published pool as rows: computed again, as printed, by its rule; then its studies.

    ``faults`` are sentences on what does not agree, which become rows of their own.
    """
    told: list[Row] = []
    for each in (found, *found.parts):
        told += _pool_rows(each)
    for part in found.parts or (found,):
        told += _study_rows(part)
    if sentence := repeated_participants(found):
        counted, people = found.counted
        told.append(
            {
                "row": "counted more than once",
                "node": short(found.published.node),
                "participants": counted,
                "people": people,
                "reason": sentence,
            }
        )
    told += [{"row": "discrepancy", "reason": sentence} for sentence in faults]
    return [{name: cell for name, cell in row.items() if cell not in (None, "")} for row in told]


def repeated_participants(found: Recomputed) -> str:
    """Return a sentence on participants who are counted several times; empty where none is."""
    if not found.repeated:
        return ""
    counted, people = found.counted
    times = sorted(set(found.repeated.values()))
    often = {2: "twice", 3: "three times"}.get(times[0], f"{times[0]} times")
    if len(times) > 1:
        often = f"{times[0]} to {times[-1]} times"
    return (
        f"{found.published.label}: {people:g} patients are counted {often}, as if they were "
        f"{counted:g}; the pool is more certain than its trials allow."
    )


def _pool_rows(found: Recomputed) -> list[Row]:
    published = found.published
    shared: Row = {
        "label": published.label,
        "node": short(published.node),
        "measure": published.measure,
        "effectMeasure": published.effect_measure,
        "weeks": published.weeks,
    }
    told: list[Row] = [
        {"row": "recomputed", **shared, **pool_cells(found.as_used), **_difference(found)},
        {"row": "printed", **shared, **_printed_cells(published)},
    ]
    if found.by_rule:
        told.append(
            {
                "row": "by its own rule",
                **shared,
                **pool_cells(found.by_rule),
                "reason": found.rule,
            }
        )
    return told


def _difference(found: Recomputed) -> Row:
    if found.difference is None:
        return {}
    return {
        "subgroupQ": found.difference.q,
        "subgroupDf": found.difference.df,
        "subgroupPValue": found.difference.p_value,
        "subgroupISquared": found.difference.i_squared,
    }


def _printed_cells(published: PublishedPool) -> Row:
    printed, between = published.printed, published.between
    told: Row = {
        "model": published.model,
        "studyCount": printed.study_count,
        "estimate": printed.estimate,
        "ciLow": printed.ci_low,
        "ciHigh": printed.ci_high,
        "ciLevel": printed.ci_level,
        "z": printed.z,
        "pValue": printed.p_value,
        "pComparator": printed.p_comparator,
        "q": printed.q,
        "df": printed.q_df,
        "heterogeneityPValue": printed.q_p_value,
        "iSquared": printed.i_squared,
        "weightPercent": printed.weight_percent,
    }
    if between:
        told |= {
            "subgroupQ": between.q,
            "subgroupDf": between.q_df,
            "subgroupPValue": between.q_p_value,
            "subgroupISquared": between.i_squared,
        }
    return told


def _study_rows(found: Recomputed) -> list[Row]:
    told: list[Row] = []
    spans = found.effects.natural(level=found.as_used.level)
    for place, row in enumerate(found.published.all_rows):
        estimate, low, high = spans[place]
        shared: Row = {
            "label": row.label,
            "node": short(row.node),
            "weeks": found.published.weeks,
            **_arm_cells("experimental", row.experimental),
            **_arm_cells("comparator", row.comparator),
        }
        told += [
            {
                "row": "study recomputed",
                **shared,
                "estimate": estimate,
                "ciLow": low,
                "ciHigh": high,
                "weightPercent": found.as_used.weights[place],
            },
            {
                "row": "study printed",
                **shared,
                "estimate": row.printed.estimate,
                "ciLow": row.printed.ci_low,
                "ciHigh": row.printed.ci_high,
                "weightPercent": row.printed.weight_percent,
            },
        ]
    return told


def _arm_cells(side: str, arm: tuple[float, float, float] | None) -> Row:
    if arm is None:
        return {}
    return {f"{side}Mean": arm[0], f"{side}Sd": arm[1], f"{side}Denominator": arm[2]}


def printed_pool_rows(pools: Iterable[PublishedPool]) -> list[Row]:
    """Return pools that papers print as rows, with what can be done with each."""
    told: list[Row] = [
        {
            "row": "published pool",
            "label": each.label,
            "node": short(each.node),
            "measure": each.measure,
            "effectMeasure": each.effect_measure,
            "weeks": each.weeks,
            **_printed_cells(each),
            "reason": _what_to_do(each),
        }
        for each in pools
    ]
    return [{name: cell for name, cell in row.items() if cell not in (None, "")} for row in told]


def _what_to_do(published: PublishedPool) -> str:
    if published.all_rows:
        return f"computed again by --as-published {short(published.node)}"
    return "the paper prints none of its rows"


def printed_pool_section(pools: Sequence[PublishedPool]) -> list[tuple[str, Answer]]:
    """Return pools that papers print as a table for people; nothing where there are none."""
    if not pools:
        return []
    lines = [
        {
            "pool (see --as-published)": short(each.node),
            "effect measure": effect_name(each.effect_measure) if each.effect_measure else "",
            "studies": f"{each.printed.study_count:g}" if each.printed.study_count else "",
            "effect [CI]": _printed_interval(each.printed),
            "rows printed": "yes" if each.all_rows else "no",
        }
        for each in pools
    ]
    return [("Pools that papers print of it", table_of(lines))]


def published_sections(found: Recomputed) -> list[tuple[str, Answer]]:
    """Return a published pool as tables for people: its pools, and its rows."""
    pools = [line for each in (found, *found.parts) for line in _pool_lines(each)]
    # A weight that is printed of a subgroup's row is that within the whole plot.
    weights = {} if found.published.is_subgroup else _overall_weights(found)
    studies = [
        _study_line(part, place, row, weights)
        for part in (found.parts or (found,))
        for place, row in enumerate(part.published.all_rows)
    ]
    return [("Pools", table_of(pools)), ("Rows", table_of(studies))]


def ruled_otherwise(found: Recomputed) -> list[str]:
    """Return a sentence for each pool to which the paper's own rule gives another model."""
    told = []
    for each in (found, *found.parts):
        if each.by_rule is None:
            continue
        span = each.by_rule.natural
        shown = interval(span.estimate, span.ci_low, span.ci_high)
        is_significant = each.by_rule.p_value < 1 - each.by_rule.level
        told.append(
            f"{each.published.label}: by the paper's own rule ({each.rule}) it is "
            f"{shown} with {_with(each.by_rule)}, "
            f"{'significant' if is_significant else 'not significant'} "
            f"({p_text(each.by_rule.p_value)})."
        )
    return told


def _with(pooled: Pooled) -> str:
    return "a fixed effect" if pooled.model == "fixed" else model_name(pooled)


def _overall_weights(found: Recomputed) -> Mapping[str, float]:
    """Return the weights of rows in the pool of all, which a forest plot prints."""
    return dict(
        zip((row.node for row in found.published.all_rows), found.as_used.weights, strict=True)
    )


def _pool_lines(found: Recomputed) -> list[dict[str, str]]:
    published, printed = found.published, found.published.printed
    lines = [
        {
            "of": _short_name(published),
            "which": "printed",
            "effect [CI]": _printed_interval(printed),
            "Z": f"{printed.z:.2f}" if printed.z is not None else "",
            "P": _printed_p(printed),
            **_printed_heterogeneity(printed),
        },
        _again(found.as_used, "again"),
    ]
    if found.by_rule:
        lines.append(_again(found.by_rule, "by rule"))
    if found.difference:
        between = found.difference
        blank = dict.fromkeys(lines[0], "")
        lines += [
            blank
            | {"of": "subgroups", "which": "printed"}
            | _printed_heterogeneity(published.between or Printed()),
            blank
            | {
                "which": "again",
                "Q (df)": f"{between.q:.2f} ({between.df})",
                "P of Q": bare_p(between.p_value),
                "I², %": f"{between.i_squared:.0f}",
            },
        ]
    return lines


def _again(pooled: Pooled, how: str) -> dict[str, str]:
    return {
        "of": "",
        "which": f"{how}: {short_model(pooled)}",
        "effect [CI]": interval(
            pooled.natural.estimate, pooled.natural.ci_low, pooled.natural.ci_high
        ),
        "Z": f"{abs(pooled.statistic):.2f}",
        "P": bare_p(pooled.p_value),
        **heterogeneity_cells(pooled.heterogeneity, with_interval=False),
    }


def _short_name(published: PublishedPool) -> str:
    """Return what tells a pool from its subgroups: their times, where they have them."""
    if published.weeks is None:
        return "all" if published.subgroups else published.label
    return f"week {published.weeks:g}"


def _printed_interval(printed: Printed) -> str:
    if printed.estimate is None:
        return ""
    if printed.ci_low is None or printed.ci_high is None:
        return number(printed.estimate)
    return interval(printed.estimate, printed.ci_low, printed.ci_high)


def _printed_p(printed: Printed) -> str:
    if printed.p_value is None:
        return ""
    sign = "" if printed.p_comparator == "=" else f"{printed.p_comparator} "
    return sign + f"{printed.p_value:.5f}".rstrip("0")


def _printed_heterogeneity(printed: Printed) -> dict[str, str]:
    df = f" ({printed.q_df:g})" if printed.q_df is not None else ""
    return {
        "Q (df)": f"{printed.q:g}{df}" if printed.q is not None else "",
        "P of Q": f"{printed.q_p_value:g}" if printed.q_p_value is not None else "",
        "I², %": f"{printed.i_squared:g}" if printed.i_squared is not None else "",
    }


def _study_line(
    part: Recomputed, place: int, row: PublishedRow, weights: Mapping[str, float]
) -> dict[str, str]:
    printed = row.printed
    return {
        "trial": row.label,
        "week": f"{part.published.weeks:g}" if part.published.weeks is not None else "",
        "printed [CI]": _printed_interval(printed),
        "again [CI]": interval(*part.effects.natural(level=part.as_used.level)[place]),
        "weight, %": f"{printed.weight_percent or 0:.1f}" if row.node in weights else "",
        "again, %": f"{weights[row.node]:.1f}" if row.node in weights else "",
    }
