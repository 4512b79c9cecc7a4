"""Excel: every figure as text, sources on a sheet of their own, nothing taken for a formula."""

from io import BytesIO

import pyoxigraph as ox
from openpyxl import load_workbook

from mscgraph.answer import Answer
from mscgraph.spreadsheet import About, as_workbook

DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
ANSWER = Answer(
    ("trial", "paper", "meanCells", "doseLocator", "dosePrinted"),
    (
        (
            ox.NamedNode("https://w3id.org/mscgraph/trial/a-2020"),
            ox.NamedNode("https://w3id.org/mscgraph/paper/a-2020"),
            ox.Literal("17.90", datatype=DECIMAL),
            ox.Literal("Table 1 | a"),
            ox.Literal("3-5"),
        ),
        (None, None, ox.Literal("=1+1"), None, ox.Literal("\x0b7")),
    ),
)


def sheets() -> dict[str, list[list[object]]]:
    book = load_workbook(BytesIO(as_workbook(ANSWER, About("Doses", "How many?", "A dose."))))
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def test_the_answer_and_its_sources_stand_on_two_sheets() -> None:
    found = sheets()
    assert list(found) == ["Answer", "Sources", "About"]
    assert found["Answer"][0] == ["row", "trial", "paper", "mean cells"]
    assert found["Sources"][0] == ["row", "paper", "dose locator", "dose printed"]
    assert found["Sources"][1] == ["1", "paper:a-2020", "Table 1 | a", "3-5"]
    assert ["question", "Doses"] in found["About"]


def test_figures_stay_text() -> None:
    book = load_workbook(BytesIO(as_workbook(ANSWER)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    answer = sheets()["Answer"]
    assert answer[1][3] == "17.90"
    assert answer[2][3] == "=1+1"
    assert sheets()["Sources"][2][3] == "7"
