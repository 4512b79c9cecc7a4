"""What one arm gives to a pool: its figures, those that had to be derived, or why it gives none."""

from collections.abc import Sequence
from dataclasses import dataclass

from mscgraph.errors import ParameterError
from mscgraph.pooling import conversions, quantiles
from mscgraph.synthesis.findings import Figure, Finding
from mscgraph.synthesis.rule import Rule

__all__ = ["Group", "group_of"]


@dataclass(frozen=True)
class Group:
    """One arm of a study: its n, and mean and deviation, or the number with the event.

    `derived` tells by which formulas figures were computed that the paper does not print.
    """

    finding: Finding
    n: float
    mean: float | None = None
    sd: float | None = None
    events: float | None = None
    form: str = ""
    derived: tuple[str, ...] = ()


def group_of(finding: Finding, rule: Rule, others: Sequence[Finding]) -> Group | str:
    """Return what ``finding`` gives to a pool by ``rule``, or why it gives nothing.

    ``others`` are the findings of the same arm, among them its baseline, from which a change is
    derived where the rule gives the correlation.
    """
    figure = finding.figure
    if rule.effect == "hr":
        return "figures of arms, and no hazard ratio with its interval"
    if rule.counts_events:
        return _counted(finding, figure)
    if rule.effect == "mean-change" and figure.form != "change":
        if figure.weeks == 0:
            return "the baseline itself"
        return _changed(finding, rule, others)
    if rule.form and figure.form and figure.form != rule.form:
        asked = {"change": "a change from baseline", "final": "a value at the time"}
        return f"{asked[figure.form]}, where {asked[rule.form]} is asked for"
    return _measured(finding, figure, rule)


def _counted(finding: Finding, figure: Figure) -> Group | str:
    if figure.count is None and figure.has_number:
        return "a measured figure, and no number of participants with an event"
    if figure.count is None:
        return "told without a number of participants"
    if figure.denominator is None:
        return "the number of participants it is out of is not told"
    return Group(finding, figure.denominator, events=figure.count)


def _measured(finding: Finding, figure: Figure, rule: Rule) -> Group | str:
    if figure.mean is None and figure.median is None:
        return _no_mean(finding, figure)
    if figure.denominator is None:
        return "the number of participants is not told"
    if figure.mean is not None and figure.sd is not None:
        return Group(finding, figure.denominator, figure.mean, figure.sd, form=figure.form)
    if figure.median is not None and figure.low is not None and figure.high is not None:
        if not rule.may_derive:
            return "a median with its range, and nothing may be derived"
        return _of_median(finding, figure)
    return "no standard deviation, and nothing it could be derived from"


def _no_mean(finding: Finding, figure: Figure) -> str:
    if figure.count is not None:
        return "a number of participants with the event, and no mean"
    if figure.value is not None:
        return "one figure, and the paper does not say whether it is a mean"
    if figure.low is not None or figure.high is not None:
        return "a range alone"
    if finding.in_figure_only:
        return f"only in a figure ({finding.in_figure_only})"
    return "told in words, without a number"


def _of_median(finding: Finding, figure: Figure) -> Group | str:
    if figure.median is None or figure.low is None or figure.high is None:
        raise TypeError(finding.node)
    n = figure.denominator or 0.0
    try:
        derived = quantiles.of_range(figure.low, figure.median, figure.high, n)
    except ParameterError as fault:
        return f"its median and range give no mean ({fault})"
    words = f"mean and SD from median and range: {derived.formula} ({derived.source})"
    return Group(finding, n, derived.mean, derived.sd, form=figure.form, derived=(words,))


def _changed(finding: Finding, rule: Rule, others: Sequence[Finding]) -> Group | str:
    """Derive the change of an arm from its baseline and its later value."""
    later = _measured(finding, finding.figure, rule)
    if isinstance(later, str):
        return later
    baselines = [each for each in others if each.figure.weeks == 0 and each.figure.mean is not None]
    if not baselines:
        return "a value without its baseline, so that no change can be derived"
    before = _measured(baselines[0], baselines[0].figure, rule)
    if isinstance(before, str) or before.mean is None or before.sd is None:
        return "its baseline has no standard deviation"
    if later.mean is None or later.sd is None:
        raise TypeError(finding.node)
    if not rule.may_derive or rule.correlation is None:
        return (
            f"the change is {later.mean - before.mean:g}, and its deviation is not printed; it can "
            "be derived with --correlation"
        )
    if baselines[0].figure.unit != finding.figure.unit:
        return "baseline and later value are in different units"
    change = conversions.sd_of_change(before.sd, later.sd, correlation=rule.correlation)
    words = f"SD of the change: {change.formula} ({change.source})"
    n = min(later.n, before.n)
    return Group(
        finding,
        n,
        later.mean - before.mean,
        change.sd,
        form="change",
        derived=(*before.derived, *later.derived, words),
    )
