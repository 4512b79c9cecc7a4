"""Picking studies from a graph: one trial once, what may stand together, what is left out."""

from pathlib import Path

import pytest

from mscgraph.errors import ParameterError
from mscgraph.store import load
from mscgraph.synthesis.findings import read_findings
from mscgraph.synthesis.lookup import find_measure, trait_members
from mscgraph.synthesis.pictures import funnel
from mscgraph.synthesis.pools import Options, synthesise
from mscgraph.synthesis.rule import Rule, tolerance_of
from mscgraph.synthesis.selection import Selection, pick
from mscgraph.synthesis.tables import headline, rows
from mscgraph.workspace import Workspace, default

FIXTURES = Path(__file__).parent / "fixtures" / "pool"


def workspace_of(name: str, root: Path) -> Path:
    """Return a workspace at ``root`` whose graphs are those of the fixture folder ``name``."""
    for part in ("ontology", "queries", "shapes"):
        (root / part).symlink_to(default().root / part)
    (root / "graphs").symlink_to(FIXTURES / name)
    return root


@pytest.fixture
def albumin(tmp_path: Path) -> Path:
    """Return a workspace with values of two arms, and every kind of trouble beside them."""
    return workspace_of("albumin", tmp_path)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Return a workspace with changes beside values, and one measure in two units."""
    return workspace_of("mixed", tmp_path)


@pytest.fixture
def reported(tmp_path: Path) -> Path:
    """Return a workspace whose papers print hazard ratios."""
    return workspace_of("reported", tmp_path)


def selected(
    root: Path, measure: str = "Albumin", *, cells: str = "MSC", **parts: object
) -> Selection:
    store = load(Workspace.at(root))
    told: dict[str, object] = {"weeks": 24, "effect": "md"} | parts
    told.setdefault("traits", {"cell-type": trait_members(store, "cell-type", (cells,))})
    return pick(read_findings(store, measure), Rule(measure, **told))  # type: ignore[arg-type]


def labels(selection: Selection) -> list[str]:
    return [study.label for study in selection.studies]


def reasons(selection: Selection) -> dict[str, str]:
    return {
        f"{left.account.trial} in {left.account.paper}": left.reason for left in selection.left_out
    }


def test_each_trial_counts_once_and_its_own_report_first(albumin: Path) -> None:
    selection = selected(albumin)
    assert labels(selection) == ["D 2019", "A 2020", "B 2021 (high)", "B 2021 (low)"]
    (first,) = (study for study in selection.studies if study.account.trial == "a-2020")
    assert first.account.paper == "a-2020"
    assert first.experimental
    assert first.experimental.mean == 35
    told = reasons(selection)["a-2020 in c-2022"]
    assert told == "the trial is counted once, from its own report"


def test_what_is_left_out_says_why(albumin: Path) -> None:
    told = reasons(selected(albumin))
    assert told["e-2018 in e-2018"] == "no standard deviation, and nothing it could be derived from"
    assert told["f-2018 in e-2018"].startswith("no comparator")
    assert told["g-2018 in e-2018"] == "other cells (CD34-selected cell)"
    assert told["h-2018 in e-2018"] == "at another time (week 52.18)"


def test_a_shared_comparator_is_divided(albumin: Path) -> None:
    arms = [study for study in selected(albumin).studies if study.account.trial == "b-2021"]
    assert [study.comparator.n for study in arms if study.comparator] == [15, 15]
    assert all("shared comparator divided" in study.derived[0] for study in arms)


def test_a_median_with_its_range_is_derived_and_says_so(albumin: Path) -> None:
    derived = selected(albumin).studies[0]
    # Luo and Wan's formulas for n = 25, by hand.
    assert derived.experimental
    assert derived.experimental.mean == pytest.approx(33)
    assert derived.experimental.sd == pytest.approx(4.07, abs=0.005)
    assert "median and range" in derived.derived[0]
    assert "D 2019" not in labels(selected(albumin, may_derive=False))


def test_six_calendar_months_are_24_weeks(albumin: Path) -> None:
    assert "B 2021 (low)" in labels(selected(albumin))
    assert "B 2021 (low)" not in labels(selected(albumin, tolerance=1.0))


def test_a_filter_takes_narrower_terms(albumin: Path) -> None:
    store = load(Workspace.at(albumin))
    traits = {"route": trait_members(store, "route", ("hepatic route",))}
    assert labels(selected(albumin, traits=traits)) == ["B 2021 (high)", "B 2021 (low)"]


def test_a_change_needs_its_correlation(albumin: Path) -> None:
    told = reasons(selected(albumin, effect="mean-change"))
    assert "--correlation" in told["a-2020 in a-2020"]
    selection = selected(albumin, effect="mean-change", correlation=0.5)
    (study,) = (each for each in selection.studies if each.account.paper == "a-2020")
    assert study.experimental
    assert (study.experimental.mean, study.experimental.sd) == (5, 4)
    assert "0.5" in study.derived[0]


def test_deaths_are_counted_by_arm(albumin: Path) -> None:
    selection = selected(albumin, "Death", weeks=None, effect="rr")
    (study,) = selection.studies
    assert study.experimental
    assert study.comparator
    assert (study.experimental.events, study.experimental.n) == (1, 20)
    assert (study.comparator.events, study.comparator.n) == (4, 20)


def test_subgroups_leave_one_out_and_years(albumin: Path) -> None:
    options = Options(subgroup="route", leaves_one_out=True, is_cumulative=True)
    found = synthesise(selected(albumin), options)
    kinds = [(part.kind, part.label, part.pooled.k) for part in found.parts]
    assert kinds[:2] == [("subgroup", "peripheral vein", 2), ("subgroup", "portal vein", 2)]
    assert [k for kind, _, k in kinds if kind == "without"] == [3, 3, 3, 3]
    assert [(label, k) for kind, label, k in kinds if kind == "until"] == [
        ("2019", 1),
        ("2020", 2),
        ("2021", 4),
    ]
    assert found.difference
    assert found.difference.df == 1


def test_rows_come_with_their_place(albumin: Path) -> None:
    told = rows(synthesise(selected(albumin), Options(model="dl")))
    assert told[0]["row"] == "pool"
    assert told[0]["studyCount"] == 4
    studies = [row for row in told if row["row"] == "study"]
    assert sum(float(row["weightPercent"] or 0) for row in studies) == pytest.approx(100)
    assert all(row["node"] and row["locator"] for row in studies)


def test_changes_and_values_are_not_mixed_unless_asked(mixed: Path) -> None:
    with pytest.raises(ParameterError, match="--mix forms"):
        selected(mixed)
    assert len(selected(mixed, may_mix=frozenset(("forms",))).studies) == 2
    assert labels(selected(mixed, form="change")) == ["B 2021"]


def test_changes_and_values_are_never_standardised_together(mixed: Path) -> None:
    with pytest.raises(ParameterError, match="not standardised together"):
        selected(mixed, effect="smd", may_mix=frozenset(("forms",)))


def test_units_are_not_mixed_unless_asked(mixed: Path) -> None:
    with pytest.raises(ParameterError, match=r"mg/dL \(1\), umol/L \(1\)"):
        selected(mixed, "TotalBilirubin")
    some = selected(mixed, "TotalBilirubin", unit="umol/L")
    assert labels(some) == ["C 2022"]
    assert reasons(some) == {"d-2022 in c-2022": "another unit (mg/dL)"}
    both = selected(mixed, "TotalBilirubin", effect="smd", may_mix=frozenset(("units",)))
    assert len(both.studies) == 2


def test_hazard_ratios_are_taken_as_printed(reported: Path) -> None:
    found = synthesise(
        selected(reported, "Survival", weeks=None, effect="hr"), Options(model="fixed")
    )
    assert found.pooled
    # Equal intervals on the logarithmic scale: the geometric mean.
    assert found.pooled.natural.estimate == pytest.approx((0.5 * 0.8) ** 0.5, abs=1e-6)


def test_the_shipped_papers_pool_little_of_albumin_and_say_why() -> None:
    store = load(default())
    rule = Rule(
        "Albumin", 24, "md", traits={"cell-type": trait_members(store, "cell-type", ("MSC",))}
    )
    found = synthesise(pick(read_findings(store, "Albumin"), rule), Options())
    assert found.pooled is None
    assert "nothing can be pooled" in headline(found)
    told = reasons(found.selection)
    assert told["kharaziha-2009 in kharaziha-2009"].startswith("no comparator")
    assert told["shi-2012 in shi-2012"].startswith("only in a figure")
    assert told["liang-2017 in liang-2017"] == "told in words, without a number"
    assert told["peng-2011 in pan-2014"] == "only in a figure (Figure 2, panel A)"


@pytest.mark.parametrize(("weeks", "allowed"), [(1, 0.5), (4, 0.5), (24, 2.4), (48, 4.8)])
def test_a_time_may_be_a_tenth_off(weeks: float, allowed: float) -> None:
    assert tolerance_of(weeks) == pytest.approx(allowed)


@pytest.mark.parametrize(
    ("parts", "complaint"),
    [
        ({"weeks": None}, "give --weeks"),
        ({"weeks": -1}, "before the infusion"),
        ({"effect": "x"}, "no effect is called"),
        ({"correlation": 1.0}, "between -1 and 1"),
    ],
)
def test_a_rule_that_nothing_can_meet_is_refused(parts: dict[str, object], complaint: str) -> None:
    told: dict[str, object] = {"weeks": 24.0, "effect": "md"} | parts
    with pytest.raises(ParameterError, match=complaint):
        Rule("Albumin", **told)  # type: ignore[arg-type]


def test_a_measure_is_found_by_any_of_its_names() -> None:
    store = load(default())
    assert find_measure(store, "albumin") == ("Albumin", False)
    assert find_measure(store, "Fever") == ("Fever", True)
    assert find_measure(store, "mortality") == ("Death", True)
    with pytest.raises(ParameterError, match="did you mean “albumin”"):
        find_measure(store, "albumen")


def test_a_funnel_of_proportions_stands_on_the_scale_of_its_errors(albumin: Path) -> None:
    found = synthesise(selected(albumin, "Death", weeks=None, effect="proportion"), Options())
    plot = funnel(found)
    assert plot.effect_label == "Logit of the proportion"
    (study,) = plot.studies
    # One of twenty: ln(1/19), with 1/1 + 1/19 as its variance.
    assert study.estimate == pytest.approx(-2.944, abs=0.001)
    assert study.standard_error == pytest.approx(1.026, abs=0.001)


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_the_level_of_a_pool_leaves_printed_intervals_alone(reported: Path, level: float) -> None:
    picked = selected(reported, "Survival", weeks=None, effect="hr")
    found = synthesise(picked, Options(model="fixed", level=level))
    assert found.effects
    # (ln 1 - ln 0.25) / (2 × 1.96), whatever level the pool has.
    assert found.effects.standard_errors[0] == pytest.approx(0.3537, abs=0.0001)


def test_an_observed_proportion_is_shown_as_it_was() -> None:
    store = load(default())
    rule = Rule("Fever", None, "proportion")
    found = synthesise(pick(read_findings(store, "Fever"), rule), Options())
    (place,) = (n for n, study in enumerate(found.used) if study.account.trial == "kharaziha-2009")
    assert found.spans[place][:2] == (0.0, 0.0)
    assert "half an event" in found.used[place].derived[0]


def test_a_baseline_is_no_change(albumin: Path) -> None:
    told = reasons(selected(albumin, weeks=0, effect="mean-change", correlation=0.5))
    assert told["a-2020 in a-2020"] == "the baseline itself"


def test_two_trials_of_one_author_and_year_are_told_apart() -> None:
    findings = read_findings(load(default()), "Death")
    names = {each.account.trial: each.account.name for each in findings.all}
    assert names["mohamadnejad-2007-cd34"] == "Mohamadnejad 2007 (CD34)"
