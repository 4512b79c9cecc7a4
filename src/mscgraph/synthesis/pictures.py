"""Syntheses as the plain values from which figures are drawn."""

from collections.abc import Iterable, Sequence

from mscgraph.errors import ParameterError
from mscgraph.plots.forest import ForestArm, ForestGroup, ForestPlot, ForestPool, ForestRow
from mscgraph.plots.funnel import FunnelPlot, FunnelStudy
from mscgraph.plots.scale import Kind
from mscgraph.pooling.models import Pooled
from mscgraph.pooling.subgroups import Difference
from mscgraph.synthesis.arms import Group
from mscgraph.synthesis.figures import heterogeneity, model_name, number, p_text, test
from mscgraph.synthesis.pools import Synthesis
from mscgraph.synthesis.published import PublishedRow, Recomputed
from mscgraph.synthesis.published_tables import repeated_participants, ruled_otherwise
from mscgraph.synthesis.rule import EFFECTS
from mscgraph.synthesis.selection import Study
from mscgraph.synthesis.tables import effect_name, what_is_pooled, when

__all__ = ["forest", "funnel", "published_forest"]

_MEANS, _EVENTS = ("Mean", "SD", "n"), ("Events", "n")


def forest(found: Synthesis) -> ForestPlot:
    """Return the forest plot of a synthesis, in subgroups where it has them.

    Raises ParameterError where nothing was pooled.
    """
    if found.effects is None or found.pooled is None:
        raise ParameterError("no study has figures: there is no forest to draw")
    rule = found.selection.rule
    columns = _EVENTS if rule.counts_events else _MEANS
    spans = found.spans
    lines = {
        study.label: ForestRow(
            study.label,
            _arm(study.experimental, columns),
            _arm(study.comparator, columns),
            *spans[place],
            weight_percent=found.pooled.weights[place],
            is_derived=bool(study.derived),
        )
        for place, study in enumerate(found.used)
    }
    groups: tuple[ForestGroup, ...] = (ForestGroup(None, tuple(lines.values())),)
    if found.options.subgroup:
        trait = found.options.subgroup
        groups = tuple(
            ForestGroup(
                f"{trait.capitalize()}: {part.label}",
                tuple(
                    lines[study.label] for study in found.used if study.traits(trait) == part.label
                ),
                _pool(part.pooled),
            )
            for part in found.parts
            if part.kind == "subgroup"
        )
    one_arm = rule.is_one_arm or not any(study.comparator for study in found.used)
    has_arms = not any(study.reported for study in found.used)
    lower = found.selection.findings.lower_is_better
    return ForestPlot(
        title=f"{_capital(found.selection.findings.label)}{when(rule)}",
        effect_label=_capital(what_is_pooled(found)),
        groups=groups,
        overall=_pool(found.pooled, found.used, columns) if found.pooled.k > 1 else None,
        scale="log" if found.effects.is_log else "plain",
        favours=("", "")
        if one_arm
        else _favours(lower_is_better=lower, counts_events=rule.counts_events),
        experimental=ForestArm("Cells", columns) if has_arms else None,
        comparator=None if one_arm or not has_arms else ForestArm("Control", columns),
        heterogeneity=_between(found.difference),
        notes=_notes(found),
        level=f"{100 * found.options.level:g}%",
        has_no_effect=rule.effect != "proportion",
        axis=_axis(found),
    )


# How many times as wide as the intervals an axis may be for the sake of the prediction.
_WIDEST = 2.0


def _axis(found: Synthesis) -> tuple[float, float] | None:
    """Return the ends of an axis that a wide prediction interval must not stretch; else None."""
    if found.pooled is None or found.effects is None or found.effects.is_log:
        return None
    told = found.pooled.natural
    if told.prediction_low is None or told.prediction_high is None:
        return None
    low = min(told.ci_low, *(span[1] for span in found.spans))
    high = max(told.ci_high, *(span[2] for span in found.spans))
    if told.prediction_high - told.prediction_low <= _WIDEST * (high - low):
        return None
    margin = (high - low) / 10
    return low - margin, high + margin


def _between(found: Difference | None) -> tuple[str, ...]:
    """Return the test of differences between subgroups, as a line below the overall effect."""
    if found is None:
        return ()
    test_of_it = f"Q = {found.q:.2f}, df = {found.df} ({p_text(found.p_value)})"
    return (f"Between subgroups: {test_of_it}; I² = {found.i_squared:.0f} %",)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _arm(group: Group | None, columns: Sequence[str]) -> tuple[str, ...]:
    if group is None:
        return ()
    if columns == _EVENTS:
        return f"{group.events:g}", f"{group.n:g}"
    return number(group.mean), number(group.sd), f"{group.n:g}"


def _favours(*, lower_is_better: bool | None, counts_events: bool) -> tuple[str, str]:
    """Return what lies left and right of no effect; nothing where neither is better."""
    if lower_is_better is None and not counts_events:
        return "", ""
    left, right = "Favours cells", "Favours control"
    return (left, right) if counts_events or lower_is_better else (right, left)


def _pool(pooled: Pooled, studies: Sequence[Study] = (), columns: Sequence[str] = ()) -> ForestPool:
    told = pooled.natural
    prediction = None
    if told.prediction_low is not None and told.prediction_high is not None:
        prediction = (told.prediction_low, told.prediction_high)
    tau_squared = pooled.tau_squared if pooled.model != "fixed" else None
    return ForestPool(
        _capital(model_name(pooled)),
        told.estimate,
        told.ci_low,
        told.ci_high,
        sum(pooled.weights) if studies else None,
        prediction,
        _totals((study.experimental for study in studies), columns),
        _totals((study.comparator for study in studies), columns),
        heterogeneity(pooled.heterogeneity, tau_squared),
        "" if pooled.measure == "Proportion" else test(pooled),
    )


def _totals(groups: Iterable[Group | None], columns: Sequence[str]) -> tuple[str, ...]:
    """Return the sums of an arm: of participants, and of events, which alone can be summed."""
    known = [group for group in groups if group]
    if not known:
        return ()
    people = f"{sum(group.n for group in known):g}"
    if columns == _EVENTS:
        return f"{sum(group.events or 0.0 for group in known):g}", people
    return "", "", people


def _notes(found: Synthesis) -> tuple[str, ...]:
    derived = dict.fromkeys(words for study in found.used for words in study.derived)
    left = len(found.selection.left_out)
    accounts = "1 account" if left == 1 else f"{left} accounts"
    return (*derived, f"{accounts} of this outcome without figures that could be pooled.")


def funnel(found: Synthesis) -> FunnelPlot:
    """Return the funnel plot of a synthesis.

    Raises ParameterError where nothing was pooled.
    """
    if found.effects is None or found.pooled is None:
        raise ParameterError("no study has figures: there is no funnel to draw")
    rule, effects = found.selection.rule, found.effects
    scale: Kind = "log" if effects.is_log else "plain"
    name = effect_name(EFFECTS[rule.effect])
    if effects.scale == "logit":
        # Errors are of the logit, and so is the axis.
        name, estimates, pooled = f"logit of the {name}", effects.estimates, found.pooled.estimate
    else:
        spans = effects.natural(level=found.options.level)
        estimates, pooled = tuple(span[0] for span in spans), found.pooled.natural.estimate
    return FunnelPlot(
        title=f"{_capital(found.selection.findings.label)}{when(rule)}",
        effect_label=_capital(name),
        studies=tuple(
            FunnelStudy(study.label, estimates[place], effects.standard_errors[place])
            for place, study in enumerate(found.used)
        ),
        pooled=pooled,
        model=_capital(model_name(found.pooled)),
        scale=scale,
        level=100 * found.options.level,
    )


def published_forest(found: Recomputed) -> ForestPlot:
    """Return the forest plot of a published pool as it is when it is computed again."""
    published = found.published
    weights = dict(
        zip((row.node for row in published.all_rows), found.as_used.weights, strict=True)
    )
    groups = tuple(_published_group(part, weights) for part in found.parts or (found,))
    has_arms = all(row.experimental and row.comparator for row in published.all_rows)
    sentence = repeated_participants(found)
    return ForestPlot(
        title=_capital(f"{published.label}, computed again"),
        effect_label=_capital(effect_name(published.effect_measure)),
        groups=groups,
        overall=_published_pool(found, sum(found.as_used.weights)) if found.parts else None,
        scale="log" if found.effects.is_log else "plain",
        favours=("", ""),
        experimental=ForestArm("Cells", _MEANS) if has_arms else None,
        comparator=ForestArm("Control", _MEANS) if has_arms else None,
        heterogeneity=_between(found.difference),
        notes=(*([sentence] if sentence else []), *ruled_otherwise(found)),
        level=f"{100 * found.as_used.level:g}%",
    )


def _published_group(part: Recomputed, weights: dict[str, float]) -> ForestGroup:
    spans = part.effects.natural(level=part.as_used.level)
    rows = part.published.all_rows
    return ForestGroup(
        _capital(part.published.label),
        tuple(
            ForestRow(
                row.label,
                _published_arm(row.experimental),
                _published_arm(row.comparator),
                *spans[place],
                weight_percent=weights.get(row.node),
            )
            for place, row in enumerate(rows)
        ),
        _published_pool(part, sum(weights.get(row.node, 0.0) for row in rows)),
    )


def _published_arm(arm: tuple[float, float, float] | None) -> tuple[str, ...]:
    return (number(arm[0]), number(arm[1]), f"{arm[2]:g}") if arm else ()


def _published_pool(found: Recomputed, weight: float) -> ForestPool:
    pooled, rows = found.as_used, found.published.all_rows
    return ForestPool(
        _capital(model_name(pooled)),
        pooled.natural.estimate,
        pooled.natural.ci_low,
        pooled.natural.ci_high,
        weight,
        experimental=_sum_of(rows, "experimental"),
        comparator=_sum_of(rows, "comparator"),
        heterogeneity=heterogeneity(pooled.heterogeneity),
        test=test(pooled),
    )


def _sum_of(rows: Sequence[PublishedRow], side: str) -> tuple[str, ...]:
    arms = [getattr(row, side) for row in rows]
    return ("", "", f"{sum(arm[2] for arm in arms):g}") if all(arms) else ()
