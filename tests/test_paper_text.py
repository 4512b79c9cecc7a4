"""A paper's text is divided into its sections, tables and figures, over pages and captions."""

from pathlib import Path

import pytest

from mscgraph.paper_text import PaperText, read_paper_text

TEXT = Path(__file__).parent / "fixtures" / "papers" / "muster-2020.txt"
LOCATORS = (
    "Abstract | Background",
    "Abstract | Methods",
    "Abstract | Results",
    "Materials and methods | Patients",
    "Materials and methods | Cells",
    "Table 1 | Age (years) | 2",
    "Table 1 | Sex | 2",
    "Table 1 | Change at weeks | 8 wk",
    "Table 1 | Change at weeks | 16 wk",
)


@pytest.fixture(scope="module")
def paper() -> PaperText:
    return read_paper_text(TEXT.read_text(encoding="utf-8"), LOCATORS)


def words(paper: PaperText, locator: str) -> str:
    return " … ".join(" ".join(paper.text[a:b].split()) for a, b in paper.places(locator))


def test_sections_cover_the_text_without_gaps(paper: PaperText) -> None:
    assert paper.sections[0].span.start == 0
    assert paper.sections[-1].span.end == len(paper.text)
    ends = [section.span.end for section in paper.sections[:-1]]
    assert ends == [section.span.start for section in paper.sections[1:]]


def test_headings_open_sections(paper: PaperText) -> None:
    assert list(dict.fromkeys(section.name for section in paper.sections)) == [
        "Title",
        "Abstract | Background",
        "Abstract | Methods",
        "Abstract | Results",
        "Introduction",
        "Materials and methods",
        "Materials and methods | Patients",
        "Materials and methods | Cells",
        "Results",
        "Table 1",
        "Discussion",
        "References",
    ]


@pytest.mark.parametrize(
    ("locator", "begins", "ends"),
    [
        ("Title", "Cells for the liver", "A. Nobody"),
        ("Abstract", "Background This", "(P < 0.05)."),
        ("Abstract | Methods", "Methods Twelve", "of saline."),
        ("Materials and methods | Cells", "Cells Cells were", "lmol/l."),
        ("Materials and methods", "MATERIALS", "lmol/l."),
        ("Table 1 | Age (years) | 2", "Age (years) 61", "56 67"),
        ("Table 1 | Change at weeks | 16 wk", "16 wk", "0.28 3"),
        ("Whole text", "Cells for", "199–206."),
        ("References | 1", "1 Muster", "199–206."),
    ],
)
def test_a_locator_names_a_place(paper: PaperText, locator: str, begins: str, ends: str) -> None:
    assert words(paper, locator).startswith(begins)
    assert words(paper, locator).endswith(ends)


def test_a_section_goes_on_after_the_table_that_interrupts_it(paper: PaperText) -> None:
    assert words(paper, "Results").endswith("with 7 patients.")
    assert "Sex Male" not in words(paper, "Results")


def test_a_section_that_the_text_lacks_has_no_place(paper: PaperText) -> None:
    assert paper.places("Conflict of interest") == []
    assert paper.places("Table 7 | Age") == []


def test_a_mention_of_a_figure_is_no_caption() -> None:
    paper = read_paper_text("Results\nThe end is in\nFigure 3 shows the rest.\nTable 1 Ages\n61\n")
    assert [section.name for section in paper.sections] == ["Results", "Table 1"]


def test_cells_are_known_where_tabs_part_them() -> None:
    text = "Table 1. Trials\n\nTrial\tDose\tRoute\nA 2001\t3\tvein\nB 2002\t5\tvein\n"
    paper = read_paper_text(text)
    assert words(paper, "Table 1 | B 2002 | Dose") == "5"
    assert words(paper, "Table 1 | B 2002 | Reference") == "B 2002 5 vein"
