"""``mscgraph pool`` as a user meets it, on the shipped papers."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from mscgraph.store import load
from mscgraph.synthesis.published import Recomputed, recompute
from mscgraph.synthesis.published_tables import repeated_participants, ruled_otherwise
from mscgraph.workspace import default

from .conftest import Run

# Figure 3 of Pan and others (2014): effect, ends of its interval, Z, Q, I², rounding allowed for.
FIGURE_3 = [
    ("pooled-meld-2", -1.23, -2.45, -0.01, 1.98, 0.41, 0),
    ("pooled-meld-4", -1.87, -3.16, -0.58, 2.84, 3.86, 74),
    ("pooled-meld-24", -2.01, -3.35, -0.68, 2.96, 1.93, 48),
    ("pooled-meld", -1.68, -2.42, -0.94, 4.46, 7.04, 29),
]


def again(name: str) -> Recomputed:
    return recompute(load(default()), f"pan-2014#{name}")


@pytest.mark.parametrize(("name", "effect", "low", "high", "z", "q", "i_squared"), FIGURE_3)
def test_the_figure_of_the_meta_analysis_comes_out_again(
    name: str, effect: float, low: float, high: float, z: float, q: float, i_squared: float
) -> None:
    found = again(name).as_used
    assert found.estimate == pytest.approx(effect, abs=0.011)
    assert found.ci_low == pytest.approx(low, abs=0.011)
    assert found.ci_high == pytest.approx(high, abs=0.011)
    assert abs(found.statistic) == pytest.approx(z, abs=0.005)
    assert found.heterogeneity
    assert found.heterogeneity.q == pytest.approx(q, abs=0.02)
    assert found.heterogeneity.i_squared == pytest.approx(i_squared, abs=0.5)


def test_the_weights_of_the_rows_come_out_again() -> None:
    found = again("pooled-meld")
    for row, weight in zip(found.published.all_rows, found.as_used.weights, strict=True):
        assert row.printed.weight_percent == pytest.approx(weight, abs=0.3)
    assert found.difference
    assert found.difference.q == pytest.approx(0.84, abs=0.005)
    assert found.difference.df == 2


def test_by_its_own_rule_four_weeks_are_not_significant() -> None:
    found = again("pooled-meld-4")
    assert found.by_rule
    told = found.by_rule.natural
    span = [round(value, 2) for value in (told.estimate, told.ci_low, told.ci_high)]
    assert span == [-2.34, -5.14, 0.47]
    (sentence,) = ruled_otherwise(found)
    assert "−2.34 [−5.14, 0.47]" in sentence
    assert "not significant" in sentence
    assert again("pooled-meld-24").by_rule is None


def test_the_same_patients_are_counted_three_times() -> None:
    found = again("pooled-meld")
    counted, people = found.counted
    assert counted == 183
    assert people == 61
    assert "61 patients are counted three times, as if they were 183" in repeated_participants(
        found
    )
    assert repeated_participants(again("pooled-meld-4")) == ""


def test_people_see_printed_and_computed_beside_each_other(run: Run) -> None:
    result = run("pool", "--as-published", "pan-2014#pooled-meld", "--format", "markdown")
    assert (result.returncode, result.stderr) == (0, "")
    text = " ".join(result.stdout.split())
    assert "−3.94 [−6.34, −0.98] | −3.66 [−6.34, −0.98]" in text
    assert "−2.34 [−5.14, 0.47]" in text
    assert "61 patients are counted three times" in text
    assert "the means -14.91 and -11.25 differ by -3.66" in text


def objects(text: str) -> list[dict[str, Any]]:
    found = json.loads(text)
    assert isinstance(found, list)
    return found


def test_programs_get_the_vocabulary(run: Run) -> None:
    result = run("pool", "MELD", "--weeks", "24", "--model", "fixed", "--format", "json")
    assert result.returncode == 0
    told = objects(result.stdout)
    assert told[0]["row"] == "pool"
    assert told[0]["estimate"] == pytest.approx(-2.01, abs=0.005)
    for name in ("ciLow", "ciHigh", "q", "df", "iSquared", "pValue", "studyCount", "z"):
        assert name in told[0]
    left = [row for row in told if row["row"] == "left out"]
    assert {"trial", "paper", "reason"} <= left[0].keys()
    assert "2 studies pooled" in result.stderr


@pytest.mark.parametrize("model", ["fixed", "dl", "reml", "pm"])
def test_every_model_can_be_asked_for(run: Run, model: str) -> None:
    result = run("pool", "MELD", "--weeks", "4", "--model", model, "--format", "json")
    estimate = objects(result.stdout)[0]["estimate"]
    assert estimate == pytest.approx(-1.86 if model == "fixed" else -2.34, abs=0.006)


def test_a_pool_that_papers_print_stands_beside_a_new_one(run: Run) -> None:
    result = run("pool", "albumin", "--weeks", "24", "--format", "csv")
    assert result.returncode == 0
    told = list(csv.DictReader(io.StringIO(result.stdout)))
    (printed,) = (row for row in told if row["row"] == "published pool")
    assert (printed["node"], printed["estimate"]) == ("pan-2014#change-albumin-24", "5.28")
    assert printed["reason"] == "the paper prints none of its rows"


def test_what_cannot_be_shown_beside_a_pool_does_not_stop_it(run: Run) -> None:
    result = run("pool", "MELD", "--weeks", "24", "--asymmetry", "--format", "json")
    told = objects(result.stdout)
    assert told[0]["row"] == "pool"
    notes = " ".join(row["reason"] for row in told if row["row"] == "note")
    assert "give three, and better ten" in notes
    assert "--knapp-hartung" in notes


def test_what_check_says_of_the_figures_stands_beside_them(run: Run) -> None:
    result = run("pool", "death", "--format", "markdown")
    assert "11 of 19 is 57.9 %, not 47.4 %" in " ".join(result.stdout.split())


def test_an_effect_that_nobody_reports_is_no_failure(run: Run) -> None:
    result = run("pool", "MELD", "--weeks", "24", "--effect", "hr", "--format", "json")
    assert result.returncode == 0
    assert "nothing can be pooled" in result.stderr
    reasons = {row.get("trial"): row["reason"] for row in objects(result.stdout)}
    assert reasons["amer-2011"] == "figures of arms, and no hazard ratio with its interval"


def test_rows_go_into_a_file(run: Run, tmp_path: Path) -> None:
    result = run("pool", "MELD", "--weeks", "24", "--output", "meld.xlsx")
    assert result.returncode == 0
    assert (tmp_path / "meld.xlsx").stat().st_size > 1000


@pytest.mark.parametrize(
    "arguments",
    [
        ("MELD", "--weeks", "24", "--plot", "f.svg", "--funnel", "g.svg", "--subgroup", "cause"),
        ("death", "--plot", "f.svg", "--funnel", "g.svg"),
        ("--as-published", "pan-2014#pooled-meld", "--plot", "f.svg"),
        ("--evidence-map", "f.svg", "--directions", "g.svg"),
        ("albumin", "--directions", "f.svg"),
    ],
)
def test_figures_are_drawn_and_name_their_data(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = run("pool", *arguments)
    assert result.returncode == 0, result.stderr
    for name in set(arguments) & {"f.svg", "g.svg"}:
        drawn = (tmp_path / name).read_text(encoding="utf-8")
        assert "mscgraph 0." in drawn
        assert default().fingerprint() in drawn


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "name a MEASURE"),
        (("MELD", "--as-published", "pan-2014#pooled-meld"), "not both"),
        (("MELD",), "give --weeks"),
        (("albumen", "--weeks", "24"), "did you mean “albumin”"),
        (("--as-published", "pan-2014#x"), "those with rows are pan-2014#pooled-meld"),
        (("--as-published", "pan-2014#change-albumin-24"), "none of its rows"),
        (("MELD", "--weeks", "nan"), "numbers of weeks"),
        (("MELD", "--weeks", "24", "--mix", "units"), "cannot be subtracted"),
        (("--as-published", "pan-2014#pooled-meld", "--effect", "rr"), "--effect goes with"),
        (("--evidence-map", "f.svg", "--weeks", "24"), "--weeks goes with a MEASURE"),
        (("MELD", "--weeks", "24", "--knapp-hartung", "--model", "fixed"), "random effects"),
        (("albumin", "--weeks", "24", "--plot", "f.gif"), "end the name of a figure"),
        (("albumin", "--weeks", "24", "--plot", "f.svg"), "no forest to draw"),
    ],
)
def test_a_mistake_gets_one_clear_line(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    result = run("pool", *arguments)
    assert result.returncode == 2
    assert complaint in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.glob("f.*")) == []
