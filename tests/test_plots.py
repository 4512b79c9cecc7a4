"""Figures: what stands in them, that they can be read in grey, and that they come out the same."""

import sys
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from mscgraph.coverage import (
    KINDS,
    SIGNS,
    AccountCoverage,
    ReportingList,
    State,
    assess,
    choose_lists,
    read_lists,
)
from mscgraph.errors import MissingExtraError, OutputError, ParameterError
from mscgraph.names import PREFIXES
from mscgraph.plots import coverage as plot
from mscgraph.plots.coverage import TITLE, row_label, write_heat_map
from mscgraph.plots.saving import FORMATS, check_target
from mscgraph.store import load
from mscgraph.workspace import FOLDERS, Workspace, default

SVG = "{http://www.w3.org/2000/svg}"
TRAPS = Path(__file__).parent / "fixtures" / "coverage" / "traps-2020.ttl"
SOURCE = "mscgraph 0, data sha256:0"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load(default())


@pytest.fixture(scope="module")
def lists(store: ox.Store) -> list[ReportingList]:
    return read_lists(store)


@pytest.fixture(scope="module")
def covered(store: ox.Store, lists: list[ReportingList]) -> list[AccountCoverage]:
    return assess(store, lists)


def _texts(path: Path) -> list[str]:
    root = ET.parse(path).getroot()  # noqa: S314 - our own figure
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


def test_the_heat_map_names_every_account_item_and_state(
    covered: list[AccountCoverage], lists: list[ReportingList], tmp_path: Path
) -> None:
    target = tmp_path / "map.svg"
    write_heat_map(target, covered, lists, source=SOURCE)
    texts = _texts(target)
    assert TITLE in texts
    labels = [row_label(account) for account in covered]
    assert [text for text in texts if text in set(labels)] == labels
    for each in lists:
        assert each.label in texts
        for item in each.items:
            assert item.label in texts
    cells = [cell for account in covered for each in lists for cell in account.cells[each.name]]
    drawn = {cell.state for cell in cells}
    for state in State:
        assert (state.value in texts) == (state in drawn)
    # A sign for every cell, and one more for each state in the legend.
    signs = sorted([cell.sign for cell in cells] + [SIGNS[state] for state in drawn])
    known = {f"({sign})" for sign in SIGNS.values()} | set(SIGNS.values()) | {"≠"}
    assert sorted(text for text in texts if text in known) == signs
    for title in ("Own reports", "Tabulated in Li 2022", "Tabulated in Pan 2014"):
        assert title in texts
    assert "* Only the abstract was read." in texts


def test_every_state_can_be_drawn(lists: list[ReportingList], tmp_path: Path) -> None:
    for name in FOLDERS:
        (tmp_path / name).mkdir()
    for file in (default().ontology, default().reporting):
        (tmp_path / "ontology" / file.name).write_bytes(file.read_bytes())
    (tmp_path / "graphs" / TRAPS.name).write_bytes(TRAPS.read_bytes())
    small = load(Workspace.at(tmp_path))
    own = read_lists(small)
    target = tmp_path / "map.svg"
    write_heat_map(target, assess(small, own, kinds=KINDS.values()), own, source=SOURCE)
    texts = _texts(target)
    for state in State:
        assert state.value in texts
    assert "≠" in texts
    assert "stated, not as asked" in texts
    assert "Mentioned in Other 2021" in texts
    assert [each.name for each in own] == [each.name for each in lists]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_data_give_the_same_bytes(
    form: str, covered: list[AccountCoverage], lists: list[ReportingList], tmp_path: Path
) -> None:
    import matplotlib as mpl

    first, second = tmp_path / f"a.{form}", tmp_path / f"b.{form}"
    write_heat_map(first, covered[:4], lists, source=SOURCE)
    with mpl.rc_context({"font.size": 40, "lines.linewidth": 9, "svg.fonttype": "path"}):
        write_heat_map(second, covered[:4], lists, source=SOURCE)
    assert first.read_bytes() == second.read_bytes()


def test_a_figure_names_its_data_and_no_date(
    covered: list[AccountCoverage], lists: list[ReportingList], tmp_path: Path
) -> None:
    for form in FORMATS:
        target = tmp_path / f"map.{form}"
        write_heat_map(target, covered[:1], lists, source=SOURCE)
        content = target.read_bytes()
        assert SOURCE.encode() in content
        assert TITLE.encode() in content
        assert b"date>" not in content
        assert b"CreationDate" not in content


def test_a_png_has_200_dots_an_inch(
    covered: list[AccountCoverage], lists: list[ReportingList], tmp_path: Path
) -> None:
    from PIL import Image

    target = tmp_path / "map.PNG"
    write_heat_map(target, covered[:1], lists, source=SOURCE)
    with Image.open(target) as image:
        assert round(image.info["dpi"][0]) == 200
        inches = image.width / 200
    # A page of two columns is some seven inches wide.
    assert 6 < inches < 7.2


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour, by WCAG 2."""
    from matplotlib.colors import to_rgb

    linear = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    )
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("state", State)
def test_a_sign_stands_out_from_its_ground(state: State) -> None:
    ink = plot._INKS[state]  # noqa: SLF001 - the colours are what is tested
    light, dark = sorted((_luminance(ink.ground), _luminance(ink.sign)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3.5


def test_no_two_states_look_alike_in_grey() -> None:
    for one, other in combinations(State, 2):
        assert SIGNS[one] != SIGNS[other]
        assert plot._INKS[one] != plot._INKS[other]  # noqa: SLF001 - as above


def test_rows_of_one_author_and_year_are_told_apart(
    store: ox.Store, lists: list[ReportingList]
) -> None:
    pan = assess(store, lists, papers=[PREFIXES["paper"] + "pan-2014"])
    labels = [row_label(account) for account in pan]
    assert len(set(labels)) == len(labels)
    assert {"Mohamadnejad 2007 (MSC)", "Mohamadnejad 2007 (CD34)"} <= set(labels)


def test_one_list_is_drawn_by_itself(store: ox.Store, tmp_path: Path) -> None:
    chosen = choose_lists(store, ("doses",))
    target = tmp_path / "map.svg"
    write_heat_map(target, assess(store, chosen), chosen, source=SOURCE)
    texts = _texts(target)
    assert "donor" in texts
    assert "plastic adherence" not in texts


def test_without_an_account_there_is_nothing_to_draw(
    lists: list[ReportingList], tmp_path: Path
) -> None:
    with pytest.raises(ParameterError, match="no account to draw"):
        write_heat_map(tmp_path / "map.svg", [], lists, source=SOURCE)
    assert not list(tmp_path.iterdir())


def test_a_figure_that_was_there_is_kept_when_the_new_one_cannot_be_written(
    covered: list[AccountCoverage], lists: list[ReportingList], tmp_path: Path
) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_heat_map(tmp_path / f"{'x' * 300}.svg", covered[:1], lists, source=SOURCE)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["map", "map.jpeg", "map.svg.txt", ".svg"])
def test_an_ending_that_is_no_form_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(
        OutputError, match=r"end the name of a figure in one of \.svg, \.png, \.pdf"
    ):
        check_target(tmp_path / name)


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is no folder"):
        check_target(tmp_path / "nowhere" / "map.svg")


def test_a_missing_matplotlib_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'mscgraph\[analysis\]'$"):
        check_target(tmp_path / "map.svg")
