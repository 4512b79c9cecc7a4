"""Picking studies from the graph by a rule, and telling what was left out and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mscgraph.errors import ParameterError
from mscgraph.pooling.conversions import shared_control
from mscgraph.synthesis.accounts import Account
from mscgraph.synthesis.arms import Group, group_of
from mscgraph.synthesis.findings import Finding, Findings
from mscgraph.synthesis.rule import EFFECTS, Rule

__all__ = ["LeftOut", "Selection", "Study", "pick"]

_TRAITS = {"cell-type": "cells", "donor": "donor relation"}

# Which account of a trial counts where several have figures.
_PREFERENCE = ("OwnReport", "Tabulated", "Mentioned")

_ONE_ARM = "no comparator (figures of one arm: --effect mean-change or proportion)"
# How near an account came to giving a figure: at the time but unusable, drawn, in words, at
# another time, without a time.
_UNUSABLE, _DRAWN, _IN_WORDS, _OTHER_TIME, _FAR = range(5)


@dataclass(frozen=True)
class Study:
    """One row of a pool: a trial, or an arm of it, with what the graph has of it.

    `reported` is a finding whose estimate and interval the paper prints, in place of groups.
    """

    account: Account
    label: str
    weeks: float | None
    experimental: Group | None = None
    comparator: Group | None = None
    reported: Finding | None = None

    @property
    def derived(self) -> tuple[str, ...]:
        """How figures were computed that the paper does not print."""
        groups = (group for group in (self.experimental, self.comparator) if group)
        return tuple(dict.fromkeys(words for group in groups for words in group.derived))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The nodes that the figures stand in."""
        groups = (group.finding for group in (self.experimental, self.comparator) if group)
        return (*groups, *((self.reported,) if self.reported else ()))

    @property
    def form(self) -> str:
        """Whether figures are changes or values at the time; empty where that is not told."""
        return self.experimental.form if self.experimental else ""

    def traits(self, name: str) -> str:
        """Return the members of a trait of the arm that got cells, in one line."""
        arm = self.findings[0].arm
        return (arm.labels(name) if arm else "") or "not told"


@dataclass(frozen=True)
class LeftOut:
    """A paper's account of a trial that gives nothing to a pool, and why."""

    account: Account
    reason: str
    node: str = ""
    locator: str = ""
    printed: str = ""
    # The nearer an account came to giving a figure, the smaller.
    distance: int = _FAR


@dataclass(frozen=True)
class Selection:
    """What a rule picks: studies in the order of their years, and what is left out of them."""

    rule: Rule
    findings: Findings
    studies: tuple[Study, ...]
    left_out: tuple[LeftOut, ...]


def pick(findings: Findings, rule: Rule) -> Selection:
    """Pick from ``findings`` what ``rule`` asks for, each trial once.

    Of several papers about a trial, its own report counts before a review's table, and that before
    a mention. Where several arms with cells share a comparator, its participants are divided among
    them. Raises ParameterError where units, or changes and values, would be mixed without leave.
    """
    by_account: dict[Account, list[Finding]] = defaultdict(list)
    for finding in findings.all:
        if _is_asked_for(finding.account, rule):
            by_account[finding.account].append(finding)
    studies: list[Study] = []
    left_out: list[LeftOut] = []
    taken: dict[str, Account] = {}
    for account in sorted(by_account, key=_preference):
        told = by_account[account]
        found, why = _studies(account, told, rule)
        if not found:
            left_out.append(_drawn(why, findings.drawn.get(account.node, "")))
        elif account.trial in taken:
            first = taken[account.trial]
            reason = f"the trial is counted once, from {_paper(first)}"
            left_out.append(replace(why, reason=reason))
        else:
            taken[account.trial] = account
            studies += found
    left_out += [_silent(*each) for each in findings.silent if _is_asked_for(each[0], rule)]
    _refuse_mixtures(studies, rule)
    studies.sort(key=lambda each: (each.account.year or 9999, each.account.trial, each.label))
    left_out.sort(key=lambda each: (each.distance, each.reason, each.account.trial, each.node))
    return Selection(rule, findings, tuple(studies), tuple(dict.fromkeys(left_out)))


def _drawn(left: LeftOut, places: str) -> LeftOut:
    """Say that figures are drawn, where an account has nothing nearer to a number."""
    if not places or left.distance <= _DRAWN:
        return left
    return replace(left, reason=f"only in a figure ({places})", distance=_DRAWN)


def _is_asked_for(account: Account, rule: Rule) -> bool:
    """Whether the rule is about this trial, as this paper tells it; others are not left out."""
    return (not rule.trials or account.trial in rule.trials) and (
        not rule.papers or account.paper in rule.papers
    )


def _preference(account: Account) -> tuple[int, str]:
    return _PREFERENCE.index(account.kind), account.node


def _paper(account: Account) -> str:
    kind = {"OwnReport": "its own report", "Tabulated": "the table in", "Mentioned": "the text of"}
    name = account.paper.replace("-", " ").capitalize()
    return kind[account.kind] if account.kind == "OwnReport" else f"{kind[account.kind]} {name}"


def _silent(account: Account, status: str, place: str) -> LeftOut:
    words = {
        "InFigureOnly": "only in a figure",
        "NotReported": "no value told of this trial",
        "TestedNotReported": "measured, and not reported",
        "NotTested": "not measured",
        "NotApplicable": "does not apply",
    }
    return LeftOut(account, f"{words.get(status, 'not told')} ({place})", locator=place)


def _studies(account: Account, told: Sequence[Finding], rule: Rule) -> tuple[list[Study], LeftOut]:
    """Return the studies of one account, and what is to be said where there are none."""
    kept, why = _filtered(account, told, rule)
    if why:
        return [], why
    if reported := [each for each in kept if _is_reported(each, rule)]:
        nearest = min(reported, key=lambda each: rule.distance(each.figure.weeks))
        name = account.name
        return [Study(account, name, nearest.figure.weeks, reported=nearest)], _left(
            nearest, "the estimate that the paper prints"
        )
    groups: dict[str, Group] = {}
    reasons: list[LeftOut] = []
    for arm, of_arm in _by_arm(kept).items():
        found = _group_of_arm(of_arm, rule)
        if isinstance(found, Group):
            groups[arm] = found
        else:
            reasons.append(found)
    first = min(reasons, key=lambda each: each.distance, default=None)
    if not groups:
        return [], first or LeftOut(account, "told without arms or figures")
    if rule.is_one_arm:
        with_cells = {arm: each for arm, each in groups.items() if _gets_cells(each)}
        if not with_cells:
            return [], first or LeftOut(account, "no arm with cells has figures")
        names = _names(account, with_cells)
        return [
            Study(account, names[arm], each.finding.figure.weeks, _corrected(rule, each))
            for arm, each in with_cells.items()
        ], _left(next(iter(with_cells.values())).finding, "")
    return _compared(account, groups, first, rule)


def _compared(
    account: Account, groups: Mapping[str, Group], first: LeftOut | None, rule: Rule
) -> tuple[list[Study], LeftOut]:
    """Pair each arm with cells with the comparator, whose participants are divided among them."""
    with_cells = {arm: each for arm, each in groups.items() if _role(each) == "Experimental"}
    controls = [each for each in groups.values() if _role(each) == "Comparator"]
    some = next(iter(groups.values())).finding
    if not with_cells:
        return [], first or _left(some, "no arm with cells has figures")
    if not controls:
        return [], _left(some, _without_comparator(first), _UNUSABLE)
    control = controls[0]
    if len(with_cells) > 1:
        share = shared_control(control.n, len(with_cells), events=control.events)
        words = f"shared comparator divided: {share.formula} ({share.source})"
        control = replace(
            control, n=share.n or 0.0, events=share.events, derived=(*control.derived, words)
        )
    names = _names(account, with_cells)
    studies = [
        Study(
            account, names[arm], each.finding.figure.weeks, _corrected(rule, each, control), control
        )
        for arm, each in with_cells.items()
    ]
    return studies, _left(some, "")


# Effects whose empty cells take half an event.
_CORRECTED = ("rr", "or", "proportion")
_HALF_AN_EVENT = (
    "half an event added to each cell, one of which is empty (Cochrane Handbook, section 10.4.4.1)"
)


def _corrected(rule: Rule, group: Group, other: Group | None = None) -> Group:
    """Return the first group of a study, marked where an empty cell of the study is corrected."""
    both = [each for each in (group, other) if each]
    cells = [cell for each in both for cell in (each.events, each.n - (each.events or 0.0))]
    if rule.effect not in _CORRECTED or all(cells):
        return group
    return replace(group, derived=(*group.derived, _HALF_AN_EVENT))


def _without_comparator(first: LeftOut | None) -> str:
    """Say that there is none, or why the one that there is has no figures."""
    return f"no figures of a comparator: {first.reason}" if first else _ONE_ARM


def _filtered(
    account: Account, told: Sequence[Finding], rule: Rule
) -> tuple[list[Finding], LeftOut | None]:
    """Return the findings that the rule's filters keep, or why they keep none."""
    arms = [each.arm for each in told if each.arm and each.arm.gets_cells]
    for name, wanted in rule.traits.items():
        members = frozenset[str]().union(*(arm.names(name) for arm in arms))
        if members and not members & wanted:
            labels = dict.fromkeys(arm.labels(name) for arm in arms)
            return [], LeftOut(account, f"other {_TRAITS.get(name, name)} ({'; '.join(labels)})")
        if arms and not members:
            return [], LeftOut(account, f"{_TRAITS.get(name, name)} not told")
    if rule.unit is None:
        return list(told), None
    other = [each for each in told if each.figure.unit not in ("", rule.unit)]
    kept = [each for each in told if each not in other]
    if other and not any(each.figure.has_number for each in kept):
        return [], _left(other[0], f"another unit ({other[0].figure.unit})", _UNUSABLE)
    return kept, None


def _is_reported(finding: Finding, rule: Rule) -> bool:
    figure = finding.figure
    return (
        finding.kind == "Comparison"
        and figure.effect_measure == EFFECTS[rule.effect]
        and None not in (figure.estimate, figure.ci_low, figure.ci_high)
        and rule.is_at_time(figure.weeks)
    )


def _by_arm(told: Iterable[Finding]) -> dict[str, list[Finding]]:
    arms: dict[str, list[Finding]] = defaultdict(list)
    for finding in told:
        arms[finding.arm.node if finding.arm else ""].append(finding)
    return {arm: arms[arm] for arm in sorted(arms, key=lambda arm: (arm == "", arm))}


def _group_of_arm(told: Sequence[Finding], rule: Rule) -> Group | LeftOut:
    """Return the figures of one arm at the time of the rule, or why there are none."""
    figures = [each for each in told if each.kind != "Comparison"]
    timely = sorted(
        (each for each in figures if rule.is_at_time(each.figure.weeks)),
        key=lambda each: (rule.distance(each.figure.weeks), each.node),
    )
    reasons = []
    for each in timely:
        found = group_of(each, rule, told)
        if isinstance(found, Group):
            return found
        reasons.append(_left(each, found, _UNUSABLE))
    if reasons:
        return reasons[0]
    return _elsewhere(told, rule)


def _elsewhere(told: Sequence[Finding], rule: Rule) -> LeftOut:
    """Say why an arm without a figure at the time gives none: drawn, in words, at another time."""
    timely = [each for each in told if each.figure.weeks and rule.is_at_time(each.figure.weeks)]
    for each in timely:
        if each.in_figure_only:
            return _left(each, f"only in a figure ({each.in_figure_only})", _DRAWN)
    if timely:
        return _left(timely[0], "told in words, without a number", _IN_WORDS)
    untimed = [each for each in told if each.figure.has_number and each.figure.weeks is None]
    if untimed and rule.weeks is not None:
        return _left(untimed[0], "a number, and without a time", _OTHER_TIME)
    numbers = [each for each in told if each.figure.has_number and each.figure.weeks]
    other = numbers or [each for each in told if each.figure.weeks]
    if other:
        weeks = sorted({each.figure.weeks or 0.0 for each in other})
        times = ("week " if len(weeks) == 1 else "weeks ") + ", ".join(f"{w:g}" for w in weeks)
        how = "" if numbers else ", and in words"
        return _left(other[0], f"at another time ({times}){how}", _OTHER_TIME)
    if all(each.figure.weeks == 0 for each in told):
        return _left(told[0], "at baseline alone")
    return _left(told[0], "told in words, and without a time")


def _left(finding: Finding, reason: str, distance: int = _FAR) -> LeftOut:
    return LeftOut(
        finding.account, reason, finding.node, finding.locator, finding.printed, distance
    )


def _role(group: Group) -> str:
    return group.finding.arm.role if group.finding.arm else ""


def _gets_cells(group: Group) -> bool:
    return group.finding.arm is not None and group.finding.arm.gets_cells


def _names(account: Account, groups: Mapping[str, Group]) -> dict[str, str]:
    """Return a label for each group: the trial, and the arm where there are several."""
    if len(groups) == 1:
        return dict.fromkeys(groups, account.name)
    return {arm: f"{account.name} ({arm.rpartition('#')[2]})" for arm in groups}


def _refuse_mixtures(studies: Sequence[Study], rule: Rule) -> None:
    forms = Counter(each.form for each in studies if each.form)
    if len(forms) > 1 and "forms" not in rule.may_mix:
        raise ParameterError(
            f"{forms['change']} of the studies give changes from baseline and {forms['final']} "
            "values at the time: choose with --form, or pool both with --mix forms"
        )
    if forms.keys() > {"change"} and rule.effect == "smd" and len(forms) > 1:
        raise ParameterError(
            "changes and values at the time have different deviations and are not standardised "
            "together: choose with --form (Cochrane Handbook, section 10.5.2)"
        )
    units = Counter(
        each.findings[0].figure.unit for each in studies if not rule.counts_events and each.findings
    )
    if len(units) > 1 and "units" not in rule.may_mix:
        told = ", ".join(f"{unit or 'no unit'} ({n})" for unit, n in sorted(units.items()))
        raise ParameterError(
            f"the studies are in different units, {told}: choose with --unit, or pool them with "
            "--mix units"
        )
