"""Figures across trials: what stands in them, that nothing overlaps, that they come out alike."""

import math
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from mscgraph.errors import OutputError, ParameterError
from mscgraph.plots.effect_direction import arrow_size, effect_directions, write_effect_directions
from mscgraph.plots.evidence_map import evidence_map, write_evidence_map
from mscgraph.plots.forest import (
    ForestArm,
    ForestGroup,
    ForestPlot,
    ForestPool,
    ForestRow,
    forest_plot,
    write_forest,
)
from mscgraph.plots.funnel import FunnelPlot, FunnelStudy, funnel_plot, write_funnel
from mscgraph.plots.page import number, width, wrap
from mscgraph.plots.saving import FORMATS, house_style
from mscgraph.plots.scale import EffectScale, effect_scale
from mscgraph.sparql import local, select, value
from mscgraph.store import load
from mscgraph.synthesis.directions import (
    DESIGNS,
    DirectionCell,
    DirectionRow,
    Directions,
    directions,
)
from mscgraph.synthesis.evidence_map import Evidence, EvidenceCell, TrialEvidence, evidence
from mscgraph.synthesis.statements import Said
from mscgraph.workspace import default

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG = "{http://www.w3.org/2000/svg}"
SOURCE = "mscgraph 0, data sha256:0"
A4 = 210 / 25.4

MEANS = ("Mean", "SD", "n")
COUNTS = ("Events", "n")


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load(default())


# Figure 3 of Pan and others, its rows and pools as they stand in the graph.
_ROWS = """
SELECT * WHERE {
  ?pool msc:hasContribution ?row ; msc:weeks ?weeks .
  ?row msc:fromAccount/msc:describes ?trial ; msc:publicationYear ?year ; msc:estimate ?estimate ;
       msc:ciLow ?low ; msc:ciHigh ?high ; msc:weightPercent ?weight ; msc:hasExperimental ?one ;
       msc:hasComparator ?other .
  ?one msc:mean ?mean1 ; msc:sd ?sd1 ; msc:denominator ?n1 .
  ?other msc:mean ?mean2 ; msc:sd ?sd2 ; msc:denominator ?n2 .
}
ORDER BY ?weeks ?trial
"""
_POOLS = """
SELECT * WHERE {
  ?pool msc:hasModel/rdfs:label ?model ; msc:estimate ?estimate ; msc:ciLow ?low ;
        msc:ciHigh ?high ; msc:weightPercent ?weight ; msc:z ?z ; msc:pValue ?p ;
        msc:pComparator ?sign ; msc:hasHeterogeneity ?test .
  ?test msc:hasLevel msc:BetweenStudies ; msc:q ?q ; msc:df ?df ; msc:iSquared ?square ;
        msc:pValue ?pq .
}
ORDER BY ?pool
"""


@pytest.fixture(scope="module")
def pan(store: ox.Store) -> ForestPlot:
    pools = {}
    for row in select(store, _POOLS):
        told = {name: value(row[name]) for name in ("model", "z", "p", "sign", "q", "df", "pq")}
        pools[local(row["pool"])] = ForestPool(
            told["model"].capitalize(),
            float(value(row["estimate"])),
            float(value(row["low"])),
            float(value(row["high"])),
            float(value(row["weight"])),
            heterogeneity=(
                f"Q = {told['q']}, df = {told['df']} (P = {told['pq']}); "
                f"I² = {value(row['square'])}%"
            ),
            test=f"Z = {told['z']} (P {told['sign']} {told['p']})",
        )
    rows: dict[str, list[ForestRow]] = {}
    weeks = {}
    for row in select(store, _ROWS):
        pool = local(row["pool"])
        weeks[pool] = value(row["weeks"])
        cells = [value(row[name]).replace("-", "−") for name in ("mean1", "sd1", "n1")]
        others = [value(row[name]).replace("-", "−") for name in ("mean2", "sd2", "n2")]
        author = local(row["trial"]).removeprefix("trial:").partition("-")[0].title()
        rows.setdefault(pool, []).append(
            ForestRow(
                f"{author} {value(row['year'])}",
                tuple(cells),
                tuple(others),
                float(value(row["estimate"])),
                float(value(row["low"])),
                float(value(row["high"])),
                float(value(row["weight"])),
            )
        )
    return ForestPlot(
        "MELD score, change from baseline",
        "Mean difference, MELD points",
        tuple(ForestGroup(f"{weeks[pool]} weeks", tuple(rows[pool]), pools[pool]) for pool in rows),
        pools["pan-2014#pooled-meld"],
        favours=("Favours stem cells", "Favours control"),
        experimental=ForestArm("Stem cells", MEANS),
        comparator=ForestArm("Control", MEANS),
        heterogeneity=("Test for subgroup differences: Q = 0.84, df = 2 (P = 0.66); I² = 0%",),
    )


def _many(count: int) -> ForestPlot:
    """Return a plot of many ratios, one of them not estimable and one far off."""
    rows = [
        ForestRow(
            f"{('Li', 'Mohamadnejad', 'Papageorgiou-Kowalski')[place % 3]} {1990 + place}",
            (f"{place}", "1,220"),
            (f"{2 * place}", "1,198"),
            math.exp(-0.4 + 0.1 * (place % 7)),
            math.exp(-0.9 - 0.3 * (place % 4)),
            math.exp(0.4 + 0.4 * (place % 4)),
            100 / count,
            is_derived=place == 3,
        )
        for place in range(count - 2)
    ]
    rows.append(ForestRow("Zero 2020", ("0", "12"), ("0", "11")))
    rows.append(ForestRow("Far 2021", ("30", "40"), ("1", "44"), 33.0, 4.7, 23100.0, 1.1))
    return ForestPlot(
        "Death from any cause within one year of the first infusion in randomised trials of cells",
        "Risk ratio",
        (ForestGroup(None, tuple(rows)),),
        ForestPool(
            "Random effects (REML, Knapp–Hartung)",
            0.68,
            0.55,
            0.84,
            100.0,
            prediction=(0.24, 1.9),
            experimental=("1,234", "14,321"),
            comparator=("1,434", "14,999"),
            heterogeneity="Q = 97.04, df = 38 (P < 0.0001); I² = 61% (42 to 73); τ² = 0.28",
            test="t = −4.46, df = 38 (P < 0.0001)",
        ),
        scale="log",
        favours=("favours stem cells", "favours standard medical treatment"),
        experimental=ForestArm("Stem cells and standard treatment", COUNTS),
        comparator=ForestArm("Standard treatment", COUNTS),
    )


def _single() -> ForestPlot:
    """Return a plot without comparators, with an interval that has no end and a long name."""
    return ForestPlot(
        "Change in single-arm trials",
        "Mean change, MELD points",
        (
            ForestGroup(
                "Into a vein",
                (
                    ForestRow("Kharaziha 2009", ("−7.2", "8"), (), -7.2, -8.7, -5.7, 60.0),
                    ForestRow(
                        "Peripheral infusion of umbilical cord cells in decompensated cirrhosis",
                        ("−1.2", "4"),
                        (),
                        -1.2,
                        -10.1,
                        7.7,
                        40.0,
                    ),
                ),
                ForestPool(
                    "Subtotal, random effects (DerSimonian–Laird)",
                    -5.1,
                    -9.0,
                    -1.2,
                    100.0,
                    experimental=("", "12"),
                ),
            ),
            ForestGroup(
                "By the hepatic artery, the portal vein or into the spleen, where the paper tells",
                (ForestRow("Open 2001", ("−7.2", "8"), (), -7.2, -math.inf, math.inf),),
            ),
        ),
        favours=("improvement", "worsening"),
        experimental=ForestArm("", ("Mean change", "n")),
    )


def _one() -> ForestPlot:
    row = ForestRow("Shi 2012", ("35", "24"), ("32", "19"), 3.1, 0.68, 5.52, 100.0)
    return ForestPlot(
        "Albumin", "Mean difference, g/L", (ForestGroup(None, (row,)),),
        experimental=ForestArm("Stem cells", ("Mean", "n")),
        comparator=ForestArm("Comparator", ("n", "N")),
    )  # fmt: skip


def _funnel(count: int) -> FunnelPlot:
    studies = [
        FunnelStudy(f"Study {2000 + place}", math.exp(0.2 * (place % 5) - 0.8), 0.1 + 0.07 * place)
        for place in range(count)
    ]
    return FunnelPlot("Survival", "Risk ratio", tuple(studies), 0.67, "Random effects", "log")


def _crowded_map() -> Evidence:
    """Return a map in which everything is said of cells from eight tissues."""
    sources = (
        "bone marrow", "umbilical cord", "adipose tissue", "umbilical cord blood", "placenta",
        "peripheral blood", "several tissues", "tissue not told",
    )  # fmt: skip
    outcomes = (
        "MELD score",
        "a very long outcome such as the time to the first event of the liver",
    )
    cells = [
        EvidenceCell(
            source,
            outcome,
            tuple(
                TrialEvidence(f"{trial}", f"Trial {trial}", list(Said)[trial % 5], trial % 2 == 0)
                for trial in range(place % 27 + 1)
            ),
        )
        for outcome in outcomes
        for place, source in enumerate(sources, start=len(outcome) // 4)
    ]
    return Evidence(sources, outcomes, tuple(cells), 27)


def _crowded_directions() -> Directions:
    """Return directions in which everything is said by trials of every design and size."""
    outcomes = ("MELD score", "serum albumin", "survival", "international normalised ratio")
    sizes = (None, 7, 49, 50, 100, 101)
    rows = [
        DirectionRow(
            f"trial-{place}",
            f"Papageorgiou-Kowalski {2000 + place}",
            DESIGNS[place // 3],
            sizes[place % 6],
            place % 2 == 0,
            ("li-2022",),
            tuple(
                DirectionCell(name, list(Said)[(place + at) % 5], at % 2 == 0, at == 3, 2)
                for at, name in enumerate(outcomes)
            ),
        )
        for place in range(12)
    ]
    return Directions(outcomes, tuple(rows))


Drawn = tuple[Callable[[], "Figure"], Callable[[Path], None]]


@pytest.fixture(scope="module")
def drawings(pan: ForestPlot, store: ox.Store) -> dict[str, Drawn]:
    """How each figure is drawn, and how it is written, by its name."""
    found: dict[str, Drawn] = {}
    forests = {"pan": pan, "many": _many(40), "single": _single(), "one": _one()}
    for name, plot in forests.items():
        found[name] = partial(forest_plot, plot), partial(write_forest, plot=plot, source=SOURCE)
    for name, funnel in {"few": _funnel(6), "more": _funnel(24)}.items():
        written = partial(write_funnel, plot=funnel, source=SOURCE)
        found[name] = partial(funnel_plot, funnel), written
    for name, told in {"map": evidence(store), "crowded map": _crowded_map()}.items():
        mapped = partial(write_evidence_map, evidence=told, source=SOURCE)
        found[name] = partial(evidence_map, told), mapped
    arrows = {"directions": directions(store), "crowded directions": _crowded_directions()}
    for name, way in arrows.items():
        pointed = partial(write_effect_directions, directions=way, source=SOURCE)
        found[name] = partial(effect_directions, way), pointed
    return found


NAMES = (
    "pan", "many", "single", "one", "few", "more", "map", "crowded map", "directions",
    "crowded directions",
)  # fmt: skip


def _texts(path: Path) -> list[str]:
    root = ET.parse(path).getroot()  # noqa: S314 - our own figure
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_cut_off_or_covers_another(drawings: dict[str, Drawn], name: str) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    assert set(drawings) == set(NAMES)
    with house_style():
        figure = drawings[name][0]()
        renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
        texts = [text for text in figure.axes[0].texts if text.get_text()]
        boxes = [text.get_window_extent(renderer) for text in texts]
    page = figure.bbox
    for text, box in zip(texts, boxes, strict=True):
        inside = page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1
        assert inside, f"cut off: {text.get_text()}"
        assert float(text.get_fontsize()) >= 6.5
    upright = [
        (text, box) for text, box in zip(texts, boxes, strict=True) if not text.get_rotation()
    ]
    for (one, first), (other, second) in combinations(upright, 2):
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        down = min(first.y1, second.y1) - max(first.y0, second.y0)
        # The boxes of letters with tails may touch.
        assert across <= 0.5 or down <= 2.0, f"{one.get_text()} covers {other.get_text()}"
    # As wide as an A4 page at most, so that letters are printed in their size.
    assert figure.get_figwidth() <= A4


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["pan", "few", "map", "directions"])
def test_the_same_data_give_the_same_bytes(
    drawings: dict[str, Drawn], name: str, form: str, tmp_path: Path
) -> None:
    import matplotlib as mpl

    first, second = tmp_path / f"a.{form}", tmp_path / f"b.{form}"
    drawings[name][1](first)
    with mpl.rc_context({"font.size": 40, "lines.linewidth": 9, "svg.fonttype": "path"}):
        drawings[name][1](second)
    content = first.read_bytes()
    assert content == second.read_bytes()
    assert SOURCE.encode() in content
    assert b"date>" not in content
    assert b"CreationDate" not in content


def test_a_forest_plot_prints_what_was_pooled(pan: ForestPlot, tmp_path: Path) -> None:
    target = tmp_path / "forest.svg"
    write_forest(target, pan, source=SOURCE)
    texts = _texts(target)
    # Figure 3 of the paper, read by eye.
    for printed in (
        "Amer 2011", "Peng 2011", "24.4%", "12.3%", "36.7%", "100.0%", "−0.45", "2.24", "20",
        "−0.95 [−2.44, 0.54]", "−3.94 [−6.38, −1.50]", "−1.23 [−2.45, −0.01]",
        "−1.68 [−2.42, −0.94]", "Stem cells", "Control", "2 weeks", "24 weeks",
        "Q = 7.04, df = 5 (P = 0.22); I² = 29%", "Z = 4.46 (P < 0.00001)",
        "Favours control →", "Mean difference, MELD points", "Effect [95% CI]",
        "Test for subgroup differences: Q = 0.84, df = 2 (P = 0.66); I² = 0%",
    ):  # fmt: skip
        assert printed in texts, printed
    assert texts.count("Fixed effect") == 4
    assert texts.count("Amer 2011") == 3
    assert not any(re.search(r"-\d", text) for text in texts), "a hyphen in place of a minus"
    content = target.read_text(encoding="utf-8")
    assert "MELD score, change from baseline. Mean difference, MELD points. Fixed effect" in content


def test_a_forest_plot_tells_what_is_not_plain(tmp_path: Path) -> None:
    target = tmp_path / "forest.svg"
    write_forest(target, _many(40), source=SOURCE)
    texts = _texts(target)
    assert "Not estimable" in texts
    assert "33.00 [4.70, 23100.00]" in texts
    assert "[0.24, 1.90]" in texts
    assert "95% prediction interval" in texts
    assert "† Computed from other figures that the paper prints." in texts
    assert "Li 1993†" in texts
    # Ratios have a logarithmic axis.
    assert {"0.3", "1", "3", "10", "30", "100"} <= set(texts)
    write_forest(target, _single(), source=SOURCE)
    texts = _texts(target)
    assert "−7.20 [−∞, ∞]" in texts
    # No word of a heading is broken, however narrow its columns.
    write_forest(tmp_path / "one.svg", _one(), source=SOURCE)
    assert "Comparator" in _texts(tmp_path / "one.svg")
    assert "Control" not in texts
    assert not any("†" in text for text in texts)


def test_squares_have_an_area_by_weight_and_diamonds_the_width_of_the_interval() -> None:
    from matplotlib.patches import Polygon, Rectangle

    rows = tuple(
        ForestRow(f"{weight}", (), (), 1.0 * place, place - 1.0, place + 1.0, weight)
        for place, weight in enumerate((80.0, 20.0))
    )
    pool = ForestPool("Fixed effect", 0.2, -0.7, 1.1)
    plot = ForestPlot("Areas", "Mean difference", (ForestGroup(None, rows),), pool)
    with house_style():
        figure = forest_plot(plot)
    patches = figure.axes[0].patches
    large, small = (patch for patch in patches if isinstance(patch, Rectangle))
    assert large.get_width() == pytest.approx(large.get_height())
    assert (large.get_width() / small.get_width()) ** 2 == pytest.approx(4)
    (diamond,) = (patch for patch in patches if isinstance(patch, Polygon))
    lefts = diamond.get_xy()[:, 0]
    one = small.get_x() + small.get_width() / 2 - large.get_x() - large.get_width() / 2
    assert max(lefts) - min(lefts) == pytest.approx(1.8 * one)


def test_a_funnel_warns_below_ten_studies(tmp_path: Path) -> None:
    assert _funnel(10).warning == ""
    assert "Only 9 studies" in _funnel(9).warning
    assert "Only one study" in _funnel(1).warning
    target = tmp_path / "funnel.svg"
    write_funnel(target, _funnel(6), source=SOURCE)
    words = " ".join(_texts(target))
    assert _funnel(6).warning in words
    assert {"Study 2000", "Standard error of the log"} <= set(_texts(target))
    write_funnel(target, _funnel(24), source=SOURCE)
    assert "Study 2000" not in _texts(target)
    assert "Only" not in " ".join(_texts(target))


def test_an_evidence_map_prints_its_counts(store: ox.Store, tmp_path: Path) -> None:
    target = tmp_path / "map.svg"
    found = evidence(store)
    write_evidence_map(target, found, source=SOURCE)
    texts = _texts(target)
    cells = [f"{len(cell.trials)} ({cell.numbered})" for cell in found.cells]
    assert sorted(text for text in texts if re.fullmatch(r"\d+ \(\d+\)", text)) == sorted(cells)
    assert "9 (3)" in cells
    assert set(found.sources) <= set(texts)
    assert "mixed (improved at some times or by some accounts, not by others)" in texts
    # Nothing worsened, so that the legend does not speak of it.
    assert "worsened" not in texts


def test_a_bubble_has_an_area_by_trials() -> None:
    from matplotlib.patches import Circle, Wedge

    def trials(count: int, said: Said) -> tuple[TrialEvidence, ...]:
        return tuple(TrialEvidence(f"{i}", f"{i}", said, has_number=i == 0) for i in range(count))

    cells = (
        EvidenceCell("bone marrow", "MELD score", trials(8, Said.IMPROVED)),
        EvidenceCell("bone marrow", "survival", trials(2, Said.NO_BENEFIT)),
    )
    told = Evidence(("bone marrow",), ("MELD score", "survival"), cells, 8)
    with house_style():
        patches = evidence_map(told).axes[0].patches
    large, small = [patch for patch in patches if isinstance(patch, Circle)][:2]
    assert (large.radius / small.radius) ** 2 == pytest.approx(4)
    first, second = [patch for patch in patches if isinstance(patch, Wedge)][:2]
    # The rim goes along one of eight trials, and along one of two.
    assert first.theta2 - first.theta1 == pytest.approx(45)
    assert second.theta2 - second.theta1 == pytest.approx(180)


def test_directions_print_trials_sizes_and_tellers(store: ox.Store, tmp_path: Path) -> None:
    target = tmp_path / "directions.svg"
    told = directions(store)
    write_effect_directions(target, told, source=SOURCE)
    texts = _texts(target)
    assert {"Shi 2012", "Lin 2017‡", "110", "Mohamadnejad 2007 (MSC)‡"} <= set(texts)
    assert set(told.outcomes) <= set(texts)
    assert set(DESIGNS[:3]) <= set(texts)
    assert DESIGNS[3] not in texts
    assert "‡ Not from the trial's own report, but as other papers tell it: Li 2022, Pan 2014." in (
        texts
    )
    assert arrow_size(49) < arrow_size(50) == arrow_size(100) < arrow_size(101)
    assert arrow_size(None) < arrow_size(1)


def _row(**changes: object) -> ForestRow:
    given: dict[str, object] = {"label": "Li 2016", "estimate": 1.0, "ci_low": 0.5, "ci_high": 2.0}
    return ForestRow(**(given | changes))  # type: ignore[arg-type]


def _faulty() -> Iterator[tuple[str, ForestPlot]]:
    def plot(row: ForestRow, **changes: object) -> ForestPlot:
        given: dict[str, object] = {"title": "T", "effect_label": "E"}
        return ForestPlot(**given, groups=(ForestGroup(None, (row,)),), **changes)  # type: ignore[arg-type]

    yield "no study to draw", ForestPlot("T", "E", ())
    yield "Li 2016: give the experimental arm 0 figures, not 1", plot(_row(experimental=("1",)))
    arm = ForestArm("Cells", COUNTS)
    yield "Li 2016: give the comparator arm 2 figures, not 0", plot(_row(), comparator=arm)
    yield "Li 2016: an effect of nan", plot(_row(estimate=math.nan))
    yield "Li 2016: an effect of 1.0 from 3.0 to 2.0", plot(_row(ci_low=3.0))
    yield "a ratio is above 0", plot(_row(estimate=-1.0, ci_low=-2.0), scale="log")
    yield "the axis cannot go from 0 to 4", plot(_row(), scale="log", axis=(0, 4))
    pool = ForestPool("Fixed effect", 1.0, 2.0, 0.5)
    yield "Fixed effect: an effect of 1.0 from 2.0 to 0.5", plot(_row(), overall=pool)


@pytest.mark.parametrize(("words", "plot"), list(_faulty()), ids=lambda each: str(each)[:40])
def test_what_cannot_be_drawn_is_told_in_a_line(
    words: str, plot: ForestPlot, tmp_path: Path
) -> None:
    with pytest.raises(ParameterError, match=re.escape(words)) as raised:
        write_forest(tmp_path / "forest.svg", plot, source=SOURCE)
    assert "\n" not in str(raised.value)
    assert not list(tmp_path.iterdir())


def test_nothing_to_draw_is_told_in_a_line(tmp_path: Path) -> None:
    empty = FunnelPlot("T", "E", (), 0.0, "Fixed effect")
    with pytest.raises(ParameterError, match="no study to draw"):
        write_funnel(tmp_path / "funnel.svg", empty, source=SOURCE)
    flat = FunnelPlot("T", "E", (FunnelStudy("Li 2016", 1.0, 0.0),), 0.0, "Fixed effect")
    with pytest.raises(ParameterError, match=r"Li 2016: an effect of 1\.0 with the standard error"):
        write_funnel(tmp_path / "funnel.svg", flat, source=SOURCE)
    below = FunnelPlot("T", "E", (FunnelStudy("Li 2016", 1.0, 0.2),), -1.0, "Fixed effect", "log")
    with pytest.raises(ParameterError, match="around a pooled effect of -1"):
        write_funnel(tmp_path / "funnel.svg", below, source=SOURCE)
    with pytest.raises(ParameterError, match="no trial tells of an outcome"):
        write_evidence_map(tmp_path / "map.svg", Evidence((), (), (), 0), source=SOURCE)
    with pytest.raises(ParameterError, match="no trial tells which way"):
        write_effect_directions(tmp_path / "way.svg", Directions((), ()), source=SOURCE)
    assert not list(tmp_path.iterdir())


def test_a_figure_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_forest(tmp_path / "nowhere" / "forest.svg", _one(), source=SOURCE)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (-4.2, 1.1, [-4, -3, -2, -1, 0, 1]),
        (0.0, 1.0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0.05, 12.0, [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]),
        (0.001, 2000.0, [0.001, 0.01, 0.1, 1, 10, 100, 1000]),
        (0.9, 1.2, [0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2]),
    ],
)
def test_an_axis_has_few_round_figures(low: float, high: float, ticks: list[float]) -> None:
    kind = "log" if low > 0 else "plain"
    scale = EffectScale("log" if kind == "log" else "plain", low, high, 0, 100)
    assert scale.ticks == pytest.approx(ticks)


def test_an_axis_shows_pools_whole_and_cuts_what_is_far_outside() -> None:
    usual = [(-1.0, -2.0, 0.0), (-1.5, -2.5, -0.5), (-0.5, -1.5, 0.5)]
    far = (-2.0, -60.0, 56.0)
    scale = effect_scale([*usual, far], [-4.0, 2.0], kind="plain", null=0.0, left=10, right=110)
    assert scale.holds(-4.0)
    assert scale.holds(2.0)
    assert scale.holds(far[0])
    assert not scale.holds(far[1])
    assert (scale.at(-60.0), scale.at(56.0)) == (10, 110)
    # The line of no effect has room on either side.
    one_sided = effect_scale([(-5.0, -6.0, -4.0)], [], kind="plain", null=0.0, left=0, right=100)
    assert one_sided.at(0.0) < 80
    single = effect_scale([(1.0, 1.0, 1.0)], [], kind="log", null=None, left=0, right=100)
    assert single.at(1.0) == pytest.approx(50)
    # Without any effect there is still an axis.
    bare = effect_scale([], [], kind="log", null=None, left=0, right=100)
    assert bare.at(1.0) == pytest.approx(50)
    endless = effect_scale([(2.0, 0.0, math.inf)], [], kind="log", null=1.0, left=0, right=100)
    assert endless.holds(2.0)
    assert endless.at(math.inf) == 100


def test_texts_are_measured_and_wrapped() -> None:
    assert wrap("", 50) == []
    assert wrap("stem cells", 500) == ["stem cells"]
    lines = wrap("Papageorgiou-Kowalski and others 2011", 70)
    assert lines[0] == "Papageorgiou-"
    assert "".join(lines).replace(" ", "") == "Papageorgiou-Kowalskiandothers2011"
    broken = wrap("Donaudampfschifffahrt", 40)
    assert "".join(broken) == "Donaudampfschifffahrt"
    assert all(width(line) <= 70 for line in lines)
    assert all(width(line) <= 40 for line in broken)
    assert width("cells", weight="bold") > width("cells") > width("cells", 6.5)
    assert (number(-0.0, 2), number(math.inf, 1), number(-3.456, 2)) == ("0.00", "∞", "−3.46")
